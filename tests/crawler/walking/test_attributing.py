"""A doubtful name in an organ's menu is the portal's where the page behind says so, and a doubt everywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from literal_portal import FINANCE, Portal, columns, filler, itinerary, look, menu, page, refused, url

from crawler.page.page import Page
from ledger.observation import ColumnObservation, Link, Reach
from ledger.reason import Reason

LEAF = "政府信息公开>法定主动公开内容>预算/决算"
OWN = (("工作动态", "bm/cz/dt/"), ("通知文件", "bm/cz/tz/"), ("领导信息", "bm/cz/ld/"))
DEEP = "zwgk/ml/fmqd/"
HOME = ("首页", "")
COLUMN = ("政务公开", "zwgk/")
INSIDE = ("政府信息公开目录", "zwgk/ml/")


def walked(crumbs: Sequence[tuple[str, str]], says: Page | None = None, *, gone: bool = False) -> ColumnObservation:
    """An organ's page with the portal's menu, where 政务公开 leads to a page whose breadcrumb is this."""
    top = menu(("首页", ""), ("政务公开", DEEP), ("新闻中心", "xw/"), ("部门", "bm/"))
    breadcrumb = tuple(Link(label, url(path) if path or label == "首页" else "") for label, path in crumbs)
    inner = menu(INSIDE, ("市场准入负面清单", DEEP), ("政府公报", "zwgk/ml/gb/"), ("政策解读", "zwgk/ml/jd/"))
    deep = replace(says or page(DEEP), links=inner, breadcrumb=breadcrumb)
    place = Portal().add(
        page("", *menu(COLUMN, ("新闻中心", "xw/"), ("部门", "bm/")), *filler()),
        page("bm/cz/", *top, *menu((FINANCE.name, "", list(OWN)), group=2, first=len(top))),
        refused(DEEP, Reason.TIMEOUT) if gone else deep,
    )
    seen = look(place, itinerary(), itinerary(LEAF, organ=FINANCE, start=url("bm/cz/")))
    return columns(seen)["organ:finance", *LEAF.split(">")]


def test_a_name_that_leads_into_the_portal_s_own_column_is_no_doubt() -> None:
    found = walked((HOME, COLUMN, INSIDE, ("市场准入负面清单", DEEP)))
    assert (found.reach, found.reason, found.url) == (Reach.ABSENT, None, url("bm/cz/"))


@pytest.mark.parametrize(
    "crumbs",
    [
        (),
        (HOME,),
        (HOME, ("市场准入负面清单", DEEP)),
        (HOME, ("政务公开", DEEP), INSIDE),
        (HOME, ("部门", "bm/"), ("财政", "bm/x/"), ("政务公开", DEEP)),
        (HOME, COLUMN, ("部门信息公开", "zwgk/bm/"), ("财政", "zwgk/bm/cz/")),
        (HOME, COLUMN, ("区教委", "zwgk/jw/")),
        (HOME, COLUMN, ("万州区财政局", "zwgk/cz/")),
        (("首页", "bm/cz/"), COLUMN, INSIDE),
    ],
)
def test_a_page_that_does_not_say_whose_it_is_leaves_the_doubt(crumbs: Sequence[tuple[str, str]]) -> None:
    found = walked(crumbs)
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.AMBIGUOUS)


@pytest.mark.parametrize(
    "says",
    [
        page(DEEP, heading="财政局信息公开"),
        page(DEEP, title="万州区财政局-政务公开"),
        page(DEEP, tags={"SiteName": "区财政局"}),
    ],
)
def test_a_page_that_names_the_organ_leaves_the_doubt(says: Page) -> None:
    found = walked((HOME, COLUMN, INSIDE), says)
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.AMBIGUOUS)


def test_a_page_that_cannot_be_read_leaves_the_doubt() -> None:
    found = walked((HOME, COLUMN, INSIDE), gone=True)
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.AMBIGUOUS)
