"""Traps end: pages without end, sessions in addresses, repeating segments; nothing in them is ever missing or empty."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from literal_portal import itinerary, wanted
from site_in_text import GONE, NAV, SITE, Sent, column, rows, sent, walked

from crawler.plan import Itinerary
from ledger.observation import ColumnObservation, ColumnShape, ListingObservation, Need, Observation, Reach
from ledger.reason import Reason

LEAF = "规划信息"
PATH = f"政府信息公开>法定主动公开内容>{LEAF}"
AT_MOST = 60
"""Requests that one column's walk may take, however much a trap offers."""


def wants() -> Itinerary:
    """The column, its whole list and a row that is never found."""
    return itinerary(PATH, wants={PATH: wanted(Need.LISTING, Need.WHOLE_LISTING, sought=(("找不到的标题",),))})


def page(text: str) -> Sent:
    return Sent(text.encode())


def trapped(answer: Callable[[str], Sent | None]) -> tuple[list[Observation], list[str]]:
    """The site with a trap under /gk/gh/: what the trap does not answer, the site does."""

    def site(path: str) -> Sent:
        return answer(path) or sent(SITE, path)

    return walked(site, wants())


def column_of(seen: list[Observation]) -> ColumnObservation:
    (found,) = [one for one in seen if isinstance(one, ColumnObservation)]
    return found


def listing_of(seen: list[Observation]) -> ListingObservation:
    (found,) = [one for one in seen if isinstance(one, ListingObservation)]
    return found


def listed(number: int, following: str) -> Sent:
    """A page of the list, with rows that no other page has, and the way to the next one."""
    titles = [f"规划第{number}批第{one}件" for one in range(3)]
    pager = f'<div class="page"><a href="{following}">下一页</a></div>'
    return page(column(LEAF, rows(f"/gk/gh/{number}/", *titles), pager))


def test_a_list_whose_pages_never_end_ends_as_budget() -> None:
    def answer(path: str) -> Sent | None:
        found = re.fullmatch(r"/gk/gh/(?:index_(\d+)\.html)?", path)
        number = int(found.group(1) or 0) if found else 0
        return listed(number, f"/gk/gh/index_{number + 1}.html") if found else None

    seen, asked = trapped(answer)
    listing = listing_of(seen)
    assert (listing.shape, listing.whole, listing.reason) == (ColumnShape.LIST, False, Reason.BUDGET)
    assert 25 <= listing.pages_read <= 30
    assert len(asked) < AT_MOST


def test_a_list_that_shows_the_same_rows_for_ever_is_a_trap() -> None:
    def answer(path: str) -> Sent | None:
        found = re.fullmatch(r"/gk/gh/(?:index_(\d+)\.html)?", path)
        if not found:
            return None
        following = f"/gk/gh/index_{int(found.group(1) or 0) + 1}.html"
        same = rows("/gk/gh/", "规划甲", "规划乙", "规划丙")
        return page(column(LEAF, same, f'<div class="page"><a href="{following}">下一页</a></div>'))

    seen, asked = trapped(answer)
    listing = listing_of(seen)
    assert (listing.whole, listing.reason) == (False, Reason.TRAP)
    assert len(asked) < 20


def test_a_calendar_without_end_is_not_walked_through() -> None:
    def answer(path: str) -> Sent | None:
        found = re.fullmatch(r"/gk/gh/(?:\?month=(\d+))?", path)
        if not found:
            return None
        month = int(found.group(1) or 202111)
        days = "".join(f'<a href="?month={month}&day={day}">{day}</a>' for day in range(1, 31))
        ways = f'<a href="?month={month - 1}">上一月</a><a href="?month={month + 1}">下一月</a>'
        return page(column(LEAF, f'<div class="right"><div class="calendar">{ways}{days}</div></div>'))

    seen, asked = trapped(answer)
    assert column_of(seen).reach is Reach.FOUND
    assert listing_of(seen).shape is not ColumnShape.EMPTY
    assert len(asked) < AT_MOST


@pytest.mark.parametrize("session", [";jsessionid={:032X}", "?PHPSESSID={:026x}", "?sid={:016x}"])
def test_a_session_in_every_address_makes_no_new_pages(session: str) -> None:
    """Each answer writes another session into its links, as servers do for guests without cookies."""
    answers: list[str] = []
    pattern = re.escape(session.partition("{")[0]) + r"\w+"

    def site(path: str) -> Sent:
        plain = re.sub(pattern, "", path)
        answers.append(plain)
        found = sent(SITE, plain)
        mark = session.format(len(answers))
        body = re.sub(r'href="(/[^"]*)"', lambda link: f'href="{link[1]}{mark}"', found.body.decode())
        return Sent(body.encode(), found.status, found.headers)

    seen, asked = walked(site, wants())
    assert column_of(seen).reach is Reach.FOUND
    assert len(listing_of(seen).rows) == 3
    assert len(asked) < 15


def test_a_session_that_a_redirect_renews_for_ever_is_a_trap() -> None:
    def answer(path: str) -> Sent | None:
        found = re.fullmatch(r"/gk/gh/(?:\?sid=(\d+))?", path)
        if not found:
            return None
        return Sent(b"", 302, (("Location", f"/gk/gh/?sid={int(found.group(1) or 0) + 1}"),))

    seen, _ = trapped(answer)
    found = column_of(seen)
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.TRAP)


@pytest.mark.parametrize(
    "shell",
    [
        '<html><head><meta http-equiv="refresh" content="0;url=/gk/gh/?sid={}"></head></html>',
        "<script>location.href='/gk/gh/?sid={}';</script>",
    ],
)
def test_a_session_that_a_script_renews_for_ever_is_a_trap(shell: str) -> None:
    def answer(path: str) -> Sent | None:
        found = re.fullmatch(r"/gk/gh/(?:\?sid=(\d+))?", path)
        return page(shell.format(int(found.group(1) or 0) + 1)) if found else None

    seen, asked = trapped(answer)
    found = column_of(seen)
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.TRAP)
    assert len(asked) < 30


def test_shells_that_send_to_each_other_are_a_trap() -> None:
    ways = {"/gk/gh/": "/gk/gh2/", "/gk/gh2/": "/gk/gh/"}

    def answer(path: str) -> Sent | None:
        return page(f"<script>location.replace('{ways[path]}')</script>") if path in ways else None

    found = column_of(trapped(answer)[0])
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.TRAP)


def test_segments_that_repeat_themselves_are_not_followed_down() -> None:
    """Relative links on a server that answers every address below the column with the column."""

    def answer(path: str) -> Sent | None:
        if not path.startswith("/gk/gh/"):
            return None
        if re.search(r"t\d{8}_\d+\.html$", path):
            return GONE
        below = '<div class="page"><a href="gh/">下一页</a></div>'
        return page(column(LEAF, rows("", "规划甲", "规划乙", "规划丙"), below))

    seen, asked = trapped(answer)
    listing = listing_of(seen)
    assert column_of(seen).reach is Reach.FOUND
    assert (listing.whole, listing.reason) in ((False, Reason.TRAP), (False, Reason.BUDGET))
    assert max(path.count("/gh/") for path in asked) <= 30
    assert len(asked) < AT_MOST


def test_menus_that_repeat_themselves_below_every_page_are_no_missing_column() -> None:
    """Every address answers with the same menu whose relative links lead one level deeper, and never with a column."""
    entries = '<li><a href="gk/">政府信息公开</a></li><li><a href="nr/">法定主动公开内容</a></li>'
    shown = f"<html><head><title>某区</title></head><body>{NAV}<div><ul>{entries}</ul></div></body></html>"

    def site(path: str) -> Sent:
        return sent(SITE, "/") if path == "/" else page(shown)

    seen, asked = walked(site, wants())
    found = column_of(seen)
    assert found.reach is not Reach.FOUND
    assert found.reach is not Reach.ABSENT
    assert len(asked) < AT_MOST
