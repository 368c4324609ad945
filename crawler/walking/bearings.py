"""Bearings: what every generator of one root knows before it starts; facts and visits, no pages looked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from catalog.aliases import ColumnAliases
from catalog.district import District, Organ
from crawler.fetching.scope import Scope, locate
from crawler.page.page import Ask, Page
from crawler.walking.scheduling import Course, Job, T
from ledger.work import Visit, VisitKind, visit_key

NONE: frozenset[str] = frozenset()
ADDRESSES = 100_000
"""Addresses whose plain form is remembered: the same menus stand on every page of a site."""


_SESSION = re.compile(r";(?:jsessionid|phpsessid|sessionid)=[^?#/]*", re.IGNORECASE)
"""The same page has another address at every visit where a server writes the session into it."""

_ROUTE = re.compile(r"#!?/(?=[^/#]).*$")


class Spawn(Protocol):
    """Starting of a job (启动任务)."""

    def __call__(self, course: Course[T], failed: Callable[[], T]) -> Job[T]: ...


@dataclass(frozen=True, slots=True)
class Bearings:
    """Bearings (行程背景) of one root.

    Attributes:
        root: ``"portal"`` or ``"organ:<id>"``.
        chrome: addresses that the portal's home page offers; on other pages links to them are the site's frame.
        section: folder of the organ's page; what lies in it is the organ's own, wherever else it is offered.
        home_page: the portal's home page where this root is walked from it; None on an organ's section.
        inner: folded labels of the mandated columns that have sub-columns of their own (疫情防控).
        leaves: folded labels of all leaf columns.
        browser: a browser is at hand for pages that scripts make.
        careful: index and label of the steps of which the look is to confirm an accusation; an absence there is
            believed only when a browser sees it too.
        repeated: folded labels that the mandated paths give to several columns (政策解读).
        homes: other addresses that show the home page: where it redirects to, or the page behind its picture.
    """

    root: str
    organ: Organ | None
    district: District
    aliases: ColumnAliases
    scope: Scope
    spawn: Spawn
    chrome: frozenset[str] = NONE
    section: str = ""
    home_page: Page | None = None
    inner: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    repeated: frozenset[str] = NONE
    homes: frozenset[str] = NONE
    browser: bool = False
    careful: frozenset[tuple[int, str]] = frozenset()

    @property
    def organ_names(self) -> tuple[str, ...]:
        """Names that fill templates; empty at the portal."""
        return self.organ.names if self.organ else ()

    def inside(self, url: str) -> bool:
        """Whether an address belongs to the district."""
        location = locate(url)
        return location is not None and self.scope.holds(location)

    def is_home(self, url: str) -> bool:
        """Whether an address is the portal's home page."""
        return same_address(url, self.district.home) or (bool(self.homes) and _plain(url) in self.homes)

    def is_frame(self, page_url: str, url: str) -> bool:
        """Whether a link of a page belongs to the site's frame: it leads where the home page leads too."""
        if not url or self.is_home(page_url) or _plain(url) not in self.chrome:
            return False
        return not (self.section and href(url).startswith(self.section))

    def page(self, url: str, referrer: str = "") -> Visit:
        """The visit of a page; the home page is never fetched twice, its control page at the start stands for it."""
        plain = href(url)
        if same_address(plain, self.district.home):
            return control_visit(self.district.home, "start")
        return Visit(visit_key(plain), plain, referrer=referrer)

    def rendered(self, url: str, referrer: str = "") -> Visit:
        """The visit of a page by browser; one a page of an application, which its fragment may tell apart."""
        plain = href(url) + route_of(url)
        return Visit(visit_key(plain, VisitKind.RENDERED), plain, VisitKind.RENDERED, referrer=referrer)

    def resource(self, url: str, referrer: str = "") -> Visit:
        """The visit of an attachment, image or medium."""
        plain = href(url)
        return Visit(f"{VisitKind.RESOURCE} {visit_key(plain)}", plain, VisitKind.RESOURCE, referrer=referrer)

    def ask(self, ask: Ask, referrer: str) -> Visit:
        """The visit of a service that a page is filled from; its answer is read as a part of that page.

        A page with a ``<base>`` refers by it: that is what the answer's addresses are written for.
        """
        plain = href(ask.url)
        key = f"{VisitKind.ASK} {visit_key(plain, method=ask.method, body=ask.body)}"
        return Visit(key, plain, VisitKind.ASK, ask.method, ask.body, ask.base or referrer)


def control_visit(home: str, turn: str) -> Visit:
    """The visit of the control page (对照页); ``turn`` is start, end or an hour."""
    return Visit(visit_key(home, VisitKind.CONTROL, turn=turn), home, VisitKind.CONTROL)


@lru_cache(maxsize=ADDRESSES)
def href(url: str) -> str:
    """One writing of an address, without fragment and session; an address nobody understands stays as it is."""
    location = locate(_SESSION.sub("", url))
    return location.href if location else url


def route_of(url: str) -> str:
    """The fragment that names a page of an application (``#/column/12``); empty for a place within a page."""
    found = _ROUTE.search(url)
    return found.group() if found else ""


def same_address(one: str, other: str) -> bool:
    """Whether two addresses mean one page: without fragment, save a route, and ``index.html`` is its folder."""
    return bool(one) and bool(other) and _plain(one) == _plain(other)


def folder_of(url: str) -> str:
    """The folder in which a page lies; empty for the top of a host, which is nobody's own."""
    plain = href(url)
    folder = plain[: plain.rfind("/") + 1]
    return folder if folder.count("/") > 3 else ""


@lru_cache(maxsize=ADDRESSES)
def _plain(url: str) -> str:
    location = locate(_SESSION.sub("", url))
    if location is None:
        return url
    path = location.href.partition("://")[2]
    for name in ("index.html", "index.htm", "index.shtml"):
        if path.endswith(f"/{name}"):
            path = path.removesuffix(name)
    return (path.rstrip("/") or path) + route_of(url)


def homes_of(home: Page | None) -> frozenset[str]:
    """Addresses by which the home page that was reached is known."""
    return NONE if home is None else frozenset((_plain(home.url),))


def chrome_of(home: Page | None) -> frozenset[str]:
    """Addresses of all that the home page offers."""
    if home is None:
        return NONE
    return frozenset(_plain(link.url) for link in home.links if link.url)
