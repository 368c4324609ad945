"""Probing: what a portal that nobody described shows of itself, from pages to a proposal; no fetching here."""
