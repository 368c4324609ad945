"""Rendering: a page that scripts make is looked at again by browser, and what both show is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.path import Step
from catalog.spelling import fold
from crawler.page.page import Page, PageLink, Pager, Unusable
from crawler.plan import Leaf
from crawler.walking.bearings import Bearings
from crawler.walking.scheduling import Course, look
from ledger.observation import ColumnShape, Row
from ledger.reason import Reason

BROWSER = "browser"
SHELL_LINKS = 3
FEW_LABELS = 6
"""Labels from which on it means something that a browser shows less than half of them."""
_TELLING = (ColumnShape.LIST, ColumnShape.ARTICLE, ColumnShape.TABLE, ColumnShape.SUBCOLUMNS)
_OUR_OWN = frozenset({Reason.NEEDS_BROWSER, Reason.INTERNAL, Reason.BUDGET})


def is_shell(page: Page) -> bool:
    """Whether a page is nothing but the place that an application fills."""
    return page.menu_by_script and page.list_by_script and len(page.links) <= SHELL_LINKS and not page.rows


def by_browser(bearings: Bearings, page: Page, url: str = "") -> Course[Page | Unusable]:
    """What a browser shows at a page's address, put together with what its source says; asked once an address.

    Args:
        url: the address with the route of an application, where the page's own has none.

    Returns:
        The page as it was, where there is no browser or it was asked before; ``Unusable`` where it showed no page.
    """
    if not bearings.browser or page.seen_by:
        return page
    seen = yield from look(bearings.rendered(url or page.url))
    if isinstance(seen.page, Page):
        return together(page, seen.page)
    return seen.page or Unusable(page.url, page.snapshot_id, page.seen_at, Reason.INTERNAL)


def seen_or_plain(bearings: Bearings, page: Page, url: str = "") -> Course[Page | Unusable]:
    """As ``by_browser``; a page that could not be shown stays as its source is: unread, never empty."""
    shown = yield from by_browser(bearings, page, url)
    if isinstance(shown, Unusable) and (shown.reason in _OUR_OWN or not shown.snapshot_id):
        return page
    return shown


def with_shown_list(bearings: Bearings, page: Page) -> Course[Page]:
    """The page with the list that a browser shows, where a script makes it and no service of it could be asked."""
    if not page.list_by_script or page.rows or page.list_asks:
        return page
    shown = yield from seen_or_plain(bearings, page)
    return shown if isinstance(shown, Page) else page


def why_untold(page: Page) -> Reason:
    """Why the list that a script makes was not told; once a browser looked for it, no other browser is needed."""
    return page.unseen_because or (Reason.AMBIGUOUS if page.seen_by else Reason.NEEDS_BROWSER)


def with_shown_menu(bearings: Bearings, page: Page) -> Course[Page]:
    """The page with the menus that a browser shows, where a script makes one and no service of it could be asked."""
    if not page.menu_by_script or page.menu_asks:
        return page
    shown = yield from seen_or_plain(bearings, page)
    return shown if isinstance(shown, Page) else page


def is_careful(bearings: Bearings, step: Step | None, index: int) -> bool:
    """Whether an accusation hangs on this step."""
    return (index, step.label if step else "") in bearings.careful


def is_careful_leaf(bearings: Bearings, leaf: Leaf) -> bool:
    """Whether an accusation hangs on this column's page."""
    return is_careful(bearings, leaf.steps[-1] if leaf.steps else None, len(leaf.steps) - 1)


def careful_steps(leaves: Sequence[Leaf], obligation_ids: frozenset[str]) -> frozenset[tuple[int, str]]:
    """Steps on the paths of obligations under suspicion; the start page itself is step -1."""
    suspected = [leaf for leaf in leaves if obligation_ids.intersection(leaf.obligation_ids)]
    steps = {(index, step.label) for leaf in suspected for index, step in enumerate(leaf.steps)}
    return frozenset(steps | {(-1, "") for leaf in suspected if not leaf.steps})


def together(plain: Page, shown: Page) -> Page:
    """One page of what its source says and what a browser shows: nothing that either of them names is lost."""
    missing_foreign = shown.unseen == "foreign"
    rows = _rows(shown.rows, plain.rows)
    return replace(
        shown,
        tags={**plain.tags, **shown.tags},
        links=_links(shown.links, plain.links),
        breadcrumb=shown.breadcrumb or plain.breadcrumb,
        redirect_to="",
        shape=_shape(plain, shown),
        rows=rows,
        blocks=shown.blocks or plain.blocks,
        pager=_pager(plain.pager, shown.pager, counted=plain.records is not None),
        empty_notice=shown.empty_notice or plain.empty_notice,
        text=shown.text if len(shown.text) >= len(plain.text) else plain.text,
        tables=shown.tables or plain.tables,
        body_links=tuple(dict.fromkeys((*shown.body_links, *plain.body_links))),
        attachments=tuple(dict.fromkeys((*shown.attachments, *plain.attachments))),
        images=tuple(dict.fromkeys((*shown.images, *plain.images))),
        media=tuple(dict.fromkeys((*shown.media, *plain.media))),
        displayed_date=shown.displayed_date or plain.displayed_date,
        tag_date=shown.tag_date or plain.tag_date,
        index_fields={**plain.index_fields, **shown.index_fields},
        # What the source itself holds needs no script, however the rest of it looks in the browser.
        menu_by_script=plain.menu_by_script and (shown.menu_by_script or missing_foreign),
        list_by_script=not rows and plain.list_by_script and (shown.list_by_script or missing_foreign),
        records=plain.records,
        second_labels=shown.second_labels | plain.second_labels,
        second_row_count=max(shown.second_row_count or 0, plain.second_row_count or 0),
        whole=shown.whole and plain.whole,
        adapter=plain.adapter,
        adapter_mark=plain.adapter_mark,
        scripted=plain.scripted,
        seen_by=BROWSER,
        disagrees=_disagrees(plain, shown),
    )


def _shape(plain: Page, shown: Page) -> ColumnShape:
    """The shape that the browser shows; a list that its own source counts as none stays empty where it adds nothing."""
    if plain.shape is ColumnShape.EMPTY and shown.shape is ColumnShape.UNKNOWN and _adds_nothing(plain, shown):
        return ColumnShape.EMPTY
    if shown.shape in _TELLING or plain.shape not in _TELLING:
        return shown.shape
    return plain.shape


def _adds_nothing(plain: Page, shown: Page) -> bool:
    told = plain.records == 0 or bool(plain.empty_notice)
    more = shown.rows or shown.blocks or shown.tables or shown.attachments or shown.images or shown.media
    return told and not more and len(shown.text) <= len(plain.text)


def _rows(first: Sequence[Row], second: Sequence[Row]) -> tuple[Row, ...]:
    known = {(row.title, row.url) for row in first}
    return (*first, *(row for row in second if (row.title, row.url) not in known))


def _links(first: Sequence[PageLink], second: Sequence[PageLink]) -> tuple[PageLink, ...]:
    """All links of the first, then what only the second has, hung under the same entries."""
    places = {(link.label, link.url): index for index, link in enumerate(first)}
    group = max((link.group for link in first), default=0) + 1
    links = list(first)
    moved: dict[int, int] = {}
    for index, link in enumerate(second):
        known = places.get((link.label, link.url))
        if known is not None:
            moved[index] = known
            continue
        moved[index] = len(links)
        links.append(replace(link, parent=None, group=link.group + group))
    for index, link in enumerate(second):
        place = moved[index]
        if place >= len(first) and link.parent is not None:
            links[place] = replace(links[place], parent=moved.get(link.parent))
    return tuple(links)


def _pager(plain: Pager, shown: Pager, *, counted: bool) -> Pager:
    """Both pagers; buttons that a browser shows beside a list that its own source counts lead to nothing else."""
    others = shown.others or plain.others
    by_script = (plain.by_script or (shown.by_script and not counted)) and not others and not plain.asks
    total = shown.total if shown.total is not None else plain.total
    return replace(plain, total=total, others=others, by_script=by_script)


def _disagrees(plain: Page, shown: Page) -> bool:
    """A page whose scripts take away most of what its source offers: what a visitor sees is in doubt."""
    offered = {fold(link.label) for link in plain.links if link.label}
    left = offered & {fold(link.label) for link in shown.links}
    return len(offered) >= FEW_LABELS and len(left) * 2 < len(offered)
