"""The index of a page's menu: what hangs below what, remembered while the same page is asked."""

from __future__ import annotations

from literal_portal import menu, url

from catalog.spelling import fold
from crawler.page.page import PageLink
from crawler.walking.indexing import menu_index


def test_links_below_entries_with_their_levels() -> None:
    links = menu(("一", "1/", [("二", "2/", [("三", "3/")]), ("四", "4/")]), ("五", "5/"))
    known = menu_index(links)
    assert known.below((0,)) == {1: 0, 2: 1, 3: 0}
    assert known.below((0, 1)) == {2: 0, 3: 0}
    assert known.below((4,)) == {}
    assert known.names[2] == frozenset((fold("三"),))
    assert menu_index(links) is known


def test_circle_of_parents_ends() -> None:
    links = (PageLink("一", url("1/"), parent=1), PageLink("二", url("2/"), parent=0))
    assert menu_index(links).below((0,)) == {1: 0}
