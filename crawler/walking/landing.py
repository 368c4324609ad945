"""Landing: from an address to the page that is really shown there, through shells and frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.page.page import Page, Unusable
from crawler.walking.asking import fill_menu, told_target
from crawler.walking.bearings import Bearings, route_of, same_address
from crawler.walking.rendering import is_shell, seen_or_plain
from crawler.walking.scheduling import Course, look
from ledger.reason import Reason

REDIRECTS = 3
FRAMES = 4
FEW_LINKS = 3
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Landing:
    """Landing (落地页面): what an address shows in the end.

    Attributes:
        url: as linked.
        page: the page that shows; None when refused.
        refused: why there is no page.
        offsite: the address, or where its shell sends us, lies outside the district's hosts.
        pages: every page seen on the way, the last one shown included.
        at_home: the portal's home page was served instead.
    """

    url: str
    page: Page | None
    refused: Unusable | None = None
    offsite: bool = False
    pages: tuple[Page, ...] = ()
    at_home: bool = False

    @property
    def final_url(self) -> str:
        """The address that answered last."""
        shown = self.page or self.refused
        return shown.url if shown else self.url

    @property
    def snapshot_id(self) -> str:
        """The archived answer on which this rests."""
        shown = self.page or self.refused
        return shown.snapshot_id if shown else ""

    @property
    def seen_at(self) -> datetime | None:
        """When it was seen."""
        shown = self.page or self.refused
        return shown.seen_at if shown else None

    @property
    def is_dead(self) -> bool:
        """It answered as an address does that leads nowhere: 404, 410, a soft 404 or the home page."""
        if self.at_home:
            return True
        if self.refused is None:
            return False
        return self.refused.status in _GONE or self.refused.reason is Reason.SOFT_404


def land(bearings: Bearings, url: str, referrer: str = "") -> Course[Landing]:
    """Fetch an address, follow up to three shells that send elsewhere, then frames of a page without links."""
    pages: list[Page] = []
    been = [url]
    for _ in range(REDIRECTS + 1):
        offsite = not bearings.inside(been[-1])
        seen = yield from look(bearings.page(been[-1], referrer))
        page = seen.page
        if not isinstance(page, Page):
            refused = page or Unusable(seen.url, seen.snapshot_id, _time(seen.seen_at), Reason.INTERNAL)
            return Landing(url, None, refused, offsite, tuple(pages))
        if not offsite and (is_shell(page) or route_of(been[-1])):
            shown = yield from _through_shell(bearings, page, been[-1])
            if isinstance(shown, Unusable):
                return Landing(url, None, shown, False, (*pages, page))
            page = shown
        pages.append(page)
        target = page.redirect_to
        if not target and not offsite and page.redirect_asks:
            target = yield from told_target(bearings, page)
        if offsite or not target:
            break
        if any(same_address(target, one) for one in (*been, page.url)):
            return _trapped(url, page, pages)
        been.append(target)
    else:
        return _trapped(url, pages[-1], pages)
    if not offsite and page.frames and len(page.links) < FEW_LINKS:
        page = yield from _framed(bearings, page, pages)
    at_home = not offsite and bearings.is_home(page.url) and not bearings.is_home(url)
    return Landing(url, page, None, offsite, tuple(pages), at_home)


def _through_shell(bearings: Bearings, page: Page, url: str) -> Course[Page | Unusable]:
    """The page of an application; services of its shell go first, and without a browser a route leads nowhere."""
    route = route_of(url)
    if not route and (page.menu_asks or page.list_asks or page.redirect_asks or page.redirect_to):
        return page
    shown = yield from seen_or_plain(bearings, page, url)
    if route and isinstance(shown, Page) and not shown.seen_by:
        return Unusable(url, page.snapshot_id, page.seen_at, Reason.NEEDS_BROWSER)
    return shown


def _framed(bearings: Bearings, page: Page, pages: list[Page]) -> Course[Page]:
    """The frame that shows most, with the menus of all frames beside it."""
    framed, unread = yield from read_frames(bearings, page)
    pages.extend(framed)
    best = max((page, *framed), key=_weight)
    others = [one for one in (page, *framed) if one is not best]
    return beside(best, others, unread=unread) if framed else page


def read_frames(bearings: Bearings, page: Page) -> Course[tuple[list[Page], bool]]:
    """The frames of a page that belong to the district, and whether one of them could not be read."""
    framed: list[Page] = []
    inside = [address for address in page.frames if bearings.inside(address)]
    unread = len(inside) > FRAMES
    for address in inside[:FRAMES]:
        seen = yield from look(bearings.page(address, page.url))
        if isinstance(seen.page, Page):
            framed.append(seen.page)
        else:
            unread = True
    return framed, unread


def beside(page: Page, others: Sequence[Page], *, unread: bool = False) -> Page:
    """One page of all that a browser shows together: the page, and what its frames link to.

    Args:
        unread: a frame is missing; then nothing can be said to be absent.
    """
    links = list(page.links)
    for other in others:
        first, group = len(links), max((link.group for link in links), default=0) + 1
        links += [
            replace(link, parent=None if link.parent is None else link.parent + first, group=link.group + group)
            for link in other.links
        ]
    return replace(
        page,
        links=tuple(links),
        breadcrumb=page.breadcrumb or next((one.breadcrumb for one in others if one.breadcrumb), ()),
        frames=(),
        second_labels=page.second_labels.union(*(one.second_labels for one in others)),
        menu_by_script=unread or any(one.menu_by_script for one in (page, *others)),
        whole=all(one.whole for one in (page, *others)),
    )


def with_told_menu(bearings: Bearings, page: Page) -> Course[Page]:
    """The page with the menus that its services give; one that is missing leaves the menu unread."""
    told, unread = yield from fill_menu(bearings, page)
    return beside(replace(page, menu_by_script=False, menu_asks=()), told, unread=unread)


def _weight(page: Page) -> tuple[int, int, int]:
    return len(page.rows), len(page.links), len(page.text)


def _trapped(url: str, page: Page, pages: list[Page]) -> Landing:
    refused = Unusable(page.url, page.snapshot_id, page.seen_at, Reason.TRAP, "redirects in a circle")
    return Landing(url, None, refused, False, tuple(pages))


def _time(moment: datetime | None) -> datetime:
    return moment or datetime.fromisoformat("1970-01-01T00:00:00+00:00")
