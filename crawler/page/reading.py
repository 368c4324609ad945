"""Reading: bytes of one arrival in, a ``Page`` out; two parsers, no fetching, no opinion about duties."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.spelling import fold
from crawler.page.addressing import absolute, base_of
from crawler.page.crumbs import entries_of, find_crumb
from crawler.page.dating import address_day, parse_day
from crawler.page.decoding import decode
from crawler.page.linking import Menus, anchors_of, links_of
from crawler.page.listing import Listing, listings_of, rows_of
from crawler.page.page import Page
from crawler.page.paging import pager_of
from crawler.page.redirecting import redirect_of
from crawler.page.scripting import expand
from crawler.page.tags import tags_of, title_of
from crawler.page.tree import Element, grow_lexbor, grow_lxml, number
from crawler.page.zoning import footer_of, zones_of
from ledger.observation import ColumnShape
from ledger.work import Arrival


@dataclass(slots=True)
class Sight:
    """Sight (页面结构): one parser's tree of a page and what is found in it."""

    root: Element
    base: str
    menus: Menus
    listings: list[Listing]
    crumb: Element | None


def _look(root: Element, url: str) -> Sight:
    number(root)
    base = base_of(root, url)
    menus = Menus(root, anchors_of(root, base))
    return Sight(root, base, menus, listings_of(root, menus), find_crumb(root, menus))


def _main_listing(sight: Sight, feet: list[Element]) -> Listing | None:
    after = sight.crumb.place if sight.crumb is not None else 0
    dated = [
        listing
        for listing in sight.listings
        if listing.dated * 3 >= len(listing.cells)
        and listing.cells[0].element.place > after
        and not any(foot.holds(listing.container) for foot in feet)
    ]
    return max(dated, key=lambda listing: len(listing.cells), default=None)


def read_page(arrival: Arrival) -> Page:
    """Read an archived answer; hostile bytes give a poor page, never an exception."""
    decoded = decode(arrival.body, arrival.header("Content-Type"))
    first, complete = grow_lexbor(decoded.text)
    expand(first, grow_lexbor)
    sight = _look(first, arrival.url)
    second_tree, _ = grow_lxml(decoded.text)
    expand(second_tree, grow_lxml)
    second = _look(second_tree, arrival.url)
    feet = footer_of(first)
    main = _main_listing(sight, feet)
    second_main = _main_listing(second, footer_of(second_tree))
    zones = zones_of(first, sight.crumb, [main.container] if main else [], feet)
    shown = first.text()
    links = links_of(sight.menus, zones)
    tags = tags_of(first)
    pager = pager_of(sight.menus, None, arrival.url, shown)
    return Page(
        url=arrival.url,
        snapshot_id=arrival.snapshot_id,
        seen_at=arrival.fetched_at,
        title=title_of(first),
        tags=tags,
        links=links,
        breadcrumb=entries_of(sight.crumb, sight.menus) if sight.crumb is not None else (),
        redirect_to=redirect_of(first, arrival.url, sight.base, shown, len(links)),
        frames=tuple(
            address
            for element in first.walk()
            if element.tag in ("iframe", "frame") and (address := absolute(sight.base, element.get("src")))
        ),
        shape=ColumnShape.LIST if main is not None else ColumnShape.UNKNOWN,
        rows=rows_of(main) if main is not None else (),
        pager=pager,
        text=shown,
        tag_date=parse_day(tags.get("PubDate", "")),
        address_date=address_day(arrival.url),
        second_labels=frozenset(fold(anchor.label) for anchor in second.menus.anchors),
        second_row_count=len(rows_of(second_main)) if second_main is not None else 0,
        charset=decoded.charset,
        replaced=decoded.replaced,
        whole=complete,
    )
