"""Asking: what a page leaves to a service is asked there and put in its place; what is not told stays unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.page.inserting import PROGRAM_FILE
from crawler.page.page import Ask, Page
from crawler.walking.bearings import Bearings
from crawler.walking.scheduling import Course, look
from ledger.observation import ColumnShape
from ledger.reason import Reason

ASKS = 4
"""Services of one page that are asked for its list, or for its menu."""
LINKS = 5
"""A page whose service counts no entries is an empty column only if it offers at least so many links."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Filled page (补全后的页面): the page as a browser would show it.

    Attributes:
        fault: why its list is still unread; None where it is read, or nothing had to be asked.
        answers: archived answers that it was filled from.
    """

    page: Page
    fault: Reason | None = None
    answers: tuple[str, ...] = ()


def ask(bearings: Bearings, wanted: Ask, referrer: str) -> Course[Page | Reason]:
    """The answer of a service, or why there is none; only the district's own services are asked."""
    if not bearings.inside(wanted.url):
        return Reason.REDIRECT_OFFSITE
    seen = yield from look(bearings.ask(wanted, referrer))
    if isinstance(seen.page, Page):
        return seen.page if bearings.inside(seen.page.url) else Reason.REDIRECT_OFFSITE
    return seen.page.reason if seen.page is not None else Reason.INTERNAL


def ask_each(bearings: Bearings, wanted: Sequence[Ask], referrer: str) -> Course[tuple[list[Page], Reason | None]]:
    """The answers of several services, and the first fault among them."""
    answers: list[Page] = []
    fault = Reason.BUDGET if len(wanted) > ASKS else None
    for one in wanted[:ASKS]:
        answer = yield from ask(bearings, one, referrer)
        if isinstance(answer, Page):
            answers.append(answer)
        else:
            fault = fault or answer
    return answers, fault


def fill_list(bearings: Bearings, page: Page) -> Course[Filled]:
    """The page with the list that its services give; empty only where they all count no entries."""
    if not page.list_asks or not page.list_by_script:
        return Filled(page)
    answers, fault = yield from ask_each(bearings, page.list_asks, page.url)
    seen = tuple(answer.snapshot_id for answer in answers)
    best = max(answers, key=lambda answer: len(answer.rows), default=None)
    if best is not None and best.rows:
        return Filled(_listed(page, best), fault, seen)
    if fault is None and not all(answer.records == 0 and answer.whole for answer in answers):
        # Neither rows nor the word that there are none: a browser may show what was answered.
        fault = Reason.NEEDS_BROWSER
    if fault is not None:
        return Filled(replace(page, rows=(), list_by_script=True), fault, seen)
    return Filled(_counted_empty(page), None, seen)


def _listed(page: Page, answer: Page) -> Page:
    return replace(
        page,
        shape=ColumnShape.LIST,
        rows=answer.rows,
        pager=answer.pager,
        records=answer.records,
        list_by_script=False,
        list_asks=(),
        second_row_count=answer.second_row_count,
        replaced=page.replaced or answer.replaced,
        whole=page.whole and answer.whole,
    )


def _counted_empty(page: Page) -> Page:
    """The page of a list without entries; what else the page shows is left as it is."""
    told = replace(page, list_by_script=False, list_asks=(), records=0)
    if page.shape is ColumnShape.UNKNOWN and not page.blocks and page.whole and len(page.links) >= LINKS:
        return replace(told, shape=ColumnShape.EMPTY)
    return told


def fill_menu(bearings: Bearings, page: Page) -> Course[tuple[list[Page], bool]]:
    """Pages of the menu that services give, and whether one of them is missing or names nothing."""
    answers, fault = yield from ask_each(bearings, page.menu_asks, page.url)
    # A program file that writes no menu after all is no missing menu.
    named = all((answer.links or answer.adapter == PROGRAM_FILE) and answer.whole for answer in answers)
    return answers, fault is not None or not named


def told_target(bearings: Bearings, page: Page) -> Course[str]:
    """Where a service says that this page sends its reader; empty where it does not say."""
    for one in page.redirect_asks[:ASKS]:
        answer = yield from ask(bearings, one, page.url)
        if isinstance(answer, Page) and answer.redirect_to:
            return answer.redirect_to
    return ""
