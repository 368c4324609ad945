"""Refusals: answers that are no page of the portal are named before anybody reads a meaning into them."""
