"""Checks of dates (时效): renewed within a period, published by a day."""
