"""Pages that scripts make, shown by a real browser over a loopback site; one browser for most of the tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from loopback_site import serve
from shown_pages import ROUTES, Shown, pages, show


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """All pages, shown in one crawl by one browser."""
    with serve({}, "127.0.0.2") as stranger, serve({}) as site:
        site.pages.update(pages(stranger))
        paths = [path for path in site.pages if "." not in path and path != "/routes"]
        yield Shown(site, stranger, show(tmp_path_factory.mktemp("night"), site, [*paths, *ROUTES]))
