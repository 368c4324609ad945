"""Verifying packs (核验佐证包) with all we have: the carried verifier, and our own libraries as a second opinion."""
