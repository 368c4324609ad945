"""Drafts of columns: relative references, list pages, where a menu leads."""

from __future__ import annotations

from datetime import date

import pytest

from portals.columns import Article, Column, Door, Shape, relative


@pytest.mark.parametrize(
    ("page", "target", "reference"),
    [
        ("/", "/zwgk/", "./zwgk/"),
        ("/zwgk/zfxxgkml/", "/zwgk/zfxxgkml/zfgb/", "./zfgb/"),
        ("/zwgk/zfxxgkml/index_1.html", "/zwgk/zfxxgkml/", "./"),
        ("/zwgk/zcjd/202111/t1.html", "/zwgk/zcjd/202111/P1.pdf", "./P1.pdf"),
        ("/bm/czj/", "/zwgk/", "../../zwgk/"),
    ],
)
def test_references_are_relative_as_trs_writes_them(page: str, target: str, reference: str) -> None:
    assert relative(page, target) == reference


def test_a_menu_leads_to_its_first_open_child() -> None:
    menu = Column("机关简介", "/jgjj/", shape=Shape.MENU)
    menu.add(Column("联系我们", "/jgjj/lxwm/", door=Door.NOT_OFFERED))
    open_child = menu.add(Column("内设机构", "/jgjj/nsjg/"))
    assert menu.entry is open_child


def test_list_pages_are_counted_from_zero_and_newest_first() -> None:
    articles = [Article(f"第{day}号", date(2021, 11, day), "区政府") for day in range(1, 10)]
    column = Column("政府公报", "/zfgb/", articles=articles, rows_a_page=4)
    assert [column.page_path(index) for index in range(column.page_count())] == [
        "/zfgb/",
        "/zfgb/index_1.html",
        "/zfgb/index_2.html",
    ]
    assert column.sorted_articles()[0].title == "第9号"
