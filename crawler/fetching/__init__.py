"""Fetching: requests, scope, addresses, robots, politeness, archive and replay; nothing here reads a page."""
