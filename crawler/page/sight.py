"""One parser's sight of a page: its tree, menus, breadcrumb, lists, and which list is the main one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from catalog.spelling import fold
from crawler.cms.adapter import LISTED
from crawler.page.addressing import base_of
from crawler.page.article import find_holder, text_length
from crawler.page.blocks import blocks_of, head_of, is_aside, more_of
from crawler.page.bordering import is_away, of_others
from crawler.page.crumbs import entries_of, find_crumb
from crawler.page.dating import parse_day
from crawler.page.face import is_noted
from crawler.page.footing import footer_of
from crawler.page.linking import Anchor, anchors_of
from crawler.page.listing import Listing, listings_of, looks_like_articles
from crawler.page.menus import Menus
from crawler.page.opening import openers_of
from crawler.page.page import Block
from crawler.page.paging import page_choices
from crawler.page.region import Region, region_of
from crawler.page.scripting import performance_of, programs
from crawler.page.tags import tags_of
from crawler.page.tree import Element, number
from ledger.observation import Link

_ARTICLE_ADDRESS = re.compile(
    r"/t\d{8}_\d+|/art/\d{4}/|/art_\d+|content_\d+|/content/|/20\d{2}-?\d\d/[^/]+\.|/info/\d+/\d+"
    r"|[?&](?:infoid|article\w*|newsid)=",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default|list)[\w-]*\.\w+$|/$", re.IGNORECASE)


@dataclass(slots=True)
class Sight:
    """Sight (页面结构) of one parser.

    Attributes:
        main: the main list, or None.
        holder: the element that holds the article's text, or None; ``article`` when the page is one text.
        choices: pages that a select box offers, by number.
        listed: an adapter put the column's own list in place; ``main`` is None where that holds nothing.
        others: lists of other units, which are no part of the column.
        tagged: its tags, its address or the note beside its title say that it is an article, whatever it holds.
    """

    root: Element
    base: str
    menus: Menus
    crumb: Element | None
    entries: tuple[Link, ...]
    feet: list[Element]
    tags: dict[str, str]
    listings: list[Listing]
    region: Region
    main: Listing | None = None
    blocks: tuple[Block, ...] = ()
    holder: Element | None = None
    article: bool = False
    tagged: bool = False
    heads: dict[int, str] = field(default_factory=dict)
    listed: bool = False
    choices: dict[int, str] = field(default_factory=dict)
    others: list[Listing] = field(default_factory=list)


def look(root: Element, url: str) -> Sight:
    """See one tree."""
    number(root)
    base = base_of(root, url)
    openers = openers_of(performance_of(root).functions, "\n".join(programs(root)), root)
    menus = Menus(root, anchors_of(root, base, openers))
    crumb = find_crumb(root, menus)
    feet = footer_of(root)
    listings = listings_of(root, menus)
    holder, named = find_holder(root, feet, crumb)
    after = crumb.last if crumb is not None else 0
    dated = [listing for listing in listings if _is_dated(listing, after, feet)]
    rowed = [one for one in listings if _is_of_lists(one, after, feet)]
    kept = [listing.container for listing in (*dated, *rowed) if listing.container.tag not in ("body", "html")]
    if holder is not None and named:
        kept.append(holder)
    entries = entries_of(crumb, menus) if crumb is not None else ()
    region = region_of(root, menus, crumb, feet, kept)
    sight = Sight(root, base, menus, crumb, entries, feet, tags_of(root), listings, region, holder=holder)
    sight.choices = page_choices(root, base, openers)
    holder = next((element for element in root.order if LISTED in element.attributes), None)
    if holder is not None:
        sight.main, sight.listed = _placed(holder, listings), True
        sight.others = [one for one in listings if not holder.holds(one.container) and is_away(one, url)]
        return sight
    sight.others = of_others(dated, region, menus, _names(sight), url)
    dated = [listing for listing in dated if listing not in sight.others]
    _settle_article(sight, named, dated, url)
    if not sight.article:
        _settle_list(sight, dated)
    return sight


def _placed(holder: Element, listings: list[Listing]) -> Listing | None:
    """The list that an adapter put in place as one: all in it are rows, dated or not; None where it is still unread."""
    cells = [cell for listing in listings for cell in listing.cells if holder.holds(cell.element)]
    return Listing(holder, sorted(cells, key=lambda cell: cell.anchor.place)) if cells else None


def _is_dated(listing: Listing, after: int, feet: list[Element]) -> bool:
    return (
        listing.dated * 3 >= len(listing.cells)
        and listing.cells[0].element.place > after
        and not any(foot.holds(listing.container) for foot in feet)
    )


def _is_of_lists(listing: Listing, after: int, feet: list[Element]) -> bool:
    """Each row is a list of its own, and they read like documents."""
    lists = all(cell.element.tag in ("ul", "ol") for cell in listing.cells) and len(listing.cells) >= 2
    behind = listing.cells[0].element.place > after and not any(foot.holds(listing.container) for foot in feet)
    return lists and behind and looks_like_articles(listing)


def _settle_article(sight: Sight, named: bool, dated: list[Listing], url: str) -> None:
    """Decide whether the page is one text: by tags and address, then by its body against its lists."""
    holder = sight.holder
    length = text_length(holder) if holder is not None else 0
    longest = max(dated, key=lambda listing: len(listing.cells), default=None)
    rows = len(longest.cells) if longest is not None else 0
    inside = holder is not None and longest is not None and holder.holds(longest.container)
    tagged = "ArticleTitle" in sight.tags or parse_day(sight.tags.get("PubDate", "")) is not None
    addressed = bool(_ARTICLE_ADDRESS.search(url)) and not _INDEX.search(url)
    region = sight.region
    sight.tagged = tagged or addressed or is_noted(sight.root, region.start, region.end, holder, sight.listings)
    if rows >= 5 and not tagged and not addressed and (not named or inside):
        return
    if sight.tagged:
        hung = holder is not None and any(
            child.tag in ("img", "a", "video", "embed", "iframe") for child in holder.walk()
        )
        sight.article = length >= 10 or hung
    elif named and not inside:
        sight.article = length >= 60 and rows < 5
    elif not inside and (rows or not sight.others):
        sight.article = (rows == 0 and length >= 150) or (rows < 3 and length >= 400)
    if not (sight.article or rows or sight.others) and sight.crumb is not None and _plain_length(sight) >= 60:
        # A column page that is a short text in no holder of its own: 联系我们, 领导信息.
        sight.article, sight.holder = True, None


def _plain_length(sight: Sight) -> int:
    """Characters of the main region that are no links."""
    linked = sum(len(anchor.label) for anchor in sight.menus.anchors if sight.region.holds(anchor.element))
    return len("".join(sight.region.text().split())) - linked


def bare_length(sight: Sight) -> int:
    """Characters of the main region that stand outside of its rows and links."""
    cells = [cell.element for listing in sight.listings for cell in listing.cells if sight.region.holds(cell.element)]
    return len("".join(sight.region.text().split())) - sum(
        len("".join("".join(cell.pieces()).split())) for cell in cells
    )


def _settle_list(sight: Sight, dated: list[Listing]) -> None:
    menus, region = sight.menus, sight.region
    before = region.start
    candidates: list[Listing] = []
    for listing in dated:
        head = head_of(listing, menus, before, region.start)
        before = listing.last
        sight.heads[id(listing)] = head.label if head is not None else ""
        listing.head = head
        if head is None or not is_aside(head.label):
            candidates.append(listing)
    if not candidates:
        undated = [
            listing
            for listing in sight.listings
            if len(listing.cells) >= 2
            and listing not in sight.others
            and region.holds(listing.cells[0].anchor.element)
            and looks_like_articles(listing)
        ]
        sight.main = max(undated, key=lambda listing: len(listing.cells), default=None)
        if sight.main is None:
            sight.blocks = blocks_of([], region, menus)
        return
    sight.main = _main_of(sight, candidates)
    if sight.main is None:
        sight.blocks = blocks_of(dated, region, menus)
        if not sight.blocks:
            sight.main = max(candidates, key=lambda listing: len(listing.cells))


def subcolumns_of(sight: Sight, url: str) -> list[Anchor]:
    """Links behind the breadcrumb that lead below the page's own folder and to no article: its sub-columns."""
    folder = url.partition("?")[0].rpartition("/")[0] + "/"
    start = sight.crumb.last if sight.crumb is not None else 0
    return [
        anchor
        for anchor in sight.menus.anchors
        if anchor.place > start
        and anchor.url.startswith(folder)
        and len(anchor.url) > len(folder)
        and _INDEX.search(anchor.url)
        and "/" in anchor.url[len(folder) :]
        and not any(foot.holds(anchor.element) for foot in sight.feet)
    ]


def _names(sight: Sight) -> set[str]:
    """Folded names under which the page may call its own column."""
    names = {fold(sight.entries[-1].label)} if sight.entries else set()
    names.add(fold(sight.tags.get("ColumnName", "")))
    return names - {""}


def _main_of(sight: Sight, candidates: list[Listing]) -> Listing | None:
    """The one list that is the column's own: under its name, without a heading, or far longer than the rest."""
    names = _names(sight)
    own = [listing for listing in candidates if fold(sight.heads[id(listing)]) in names]
    if own:
        return max(own, key=lambda listing: len(listing.cells))
    bare = [listing for listing in candidates if not sight.heads[id(listing)]]
    longest = max(candidates, key=lambda listing: len(listing.cells))
    if bare and (len(candidates) == 1 or longest in bare):
        return max(bare, key=lambda listing: len(listing.cells))
    if len(candidates) == 1:
        only = candidates[0]
        until = only.last + 40
        more = more_of(only, only.head, sight.menus, until)
        return None if more else only
    others = max(len(listing.cells) for listing in candidates if listing is not longest)
    return longest if len(longest.cells) >= 3 * others and len(longest.cells) >= 10 else None
