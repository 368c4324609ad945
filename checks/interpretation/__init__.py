"""Checks of policy interpretation (政策解读)."""
