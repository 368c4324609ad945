"""Fixtures of the catalogue's data: the built-in catalogue, and the five notices where they are at hand."""

from __future__ import annotations

import pytest

from catalog.catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue as it comes with the package."""
    return load_catalogue()
