"""Reading proved on recorded real pages; the counts they are held against come from the bytes by plain patterns."""

from __future__ import annotations

import re
from functools import cache

import pytest
from recorded_pages import recorded

from crawler.page.dating import parse_day
from crawler.page.page import Page
from crawler.page.reading import read_page
from crawler.refusal.classifier import read_or_refuse
from crawler.refusal.fingerprint import HostFingerprints
from ledger.observation import ColumnShape
from ledger.work import Arrival
from shared_data import needs_shared

pytestmark = [needs_shared, pytest.mark.shared]

SHENYANG = "shenyang_housing_bureau"
DAOZHEN = "daozhen_hr_bureau"
SINGLE = "single_pages"
MENU = (
    *("政策", ">行政规范性文件", "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", ">部门文件", ">政策解读"),
    *(">机关简介", ">权责清单", ">部门会议", ">意见征集", ">决策部署", ">预算/决算", ">重大民生信息", ">建议提案"),
    *(">人事信息", ">政务服务", ">工作要闻", ">行政执法与市场监督", ">政策法规", "政府信息公开年报", "依申请公开"),
)
ROW = re.compile(
    rb"<li>(?:(?!</li>).)*?<a [^>]*>(?:(?!</li>).)*?</a>\s*<(?:span|b)[^>]*>\s*20\d\d-\d\d-\d\d", re.DOTALL
)
ARTICLE = re.compile(rb"href=\"\./\d{6}/t20\d{6}_\d+\.html\"")
DAOZHEN_EMPTY = {"/zwgk/fpgz/", "/zwgk/ggzypz/", "/zwgk/ghjh/", "/zwgk/zcjd/", "/syqt/lxfs/"}


@cache
def pages(name: str) -> tuple[tuple[Arrival, Page], ...]:
    return tuple((came, read_page(came)) for came in recorded(name))


def columns(name: str) -> list[tuple[Arrival, Page]]:
    return [(came, page) for came, page in pages(name) if "/t20" not in came.url and not page.redirect_to]


def test_every_page_of_the_bureau_shows_its_menu_of_22_labels() -> None:
    for came, page in pages(SHENYANG):
        if (
            page.redirect_to
            or came.url.count("/") < 5
            or not any(link.label == "政府信息公开指南" for link in page.links)
        ):
            continue
        shown = [(">" if link.parent is not None else "") + link.label for link in page.links]
        start = shown.index("政府信息公开指南") - 2
        assert shown[start : start + 22] == list(MENU), came.url


def test_the_bare_refresh_leads_to_the_guide() -> None:
    (start,) = [page for came, page in pages(SHENYANG) if came.url.endswith("/zwgkzdgz/")]
    assert start.redirect_to == "https://fcj.shenyang.gov.cn/zwgkzdgz/zfxxgkzn/"


@pytest.mark.parametrize("name", [SHENYANG, DAOZHEN])
def test_every_row_of_every_list_is_read_by_both_parsers(name: str) -> None:
    checked = 0
    for came, page in columns(name):
        printed = len(ROW.findall(came.body)) or len(ARTICLE.findall(came.body))
        if page.shape is ColumnShape.LIST and page.breadcrumb:
            assert (len(page.rows), page.second_row_count) == (printed, printed), came.url
            checked += printed
        elif page.blocks:
            assert sum(len(block.rows) for block in page.blocks) == printed, came.url
            checked += printed
    assert checked >= 200


def test_budgets_and_accounts_are_two_blocks_with_their_own_addresses() -> None:
    (page,) = [page for came, page in pages(SHENYANG) if came.url.endswith("/ysjs/")]
    assert page.shape is ColumnShape.SUBCOLUMNS
    assert [(block.label, block.url[-9:], len(block.rows)) for block in page.blocks] == [
        ("预算", "/ysjs/ys/", 5),
        ("决算", "/ysjs/js/", 5),
    ]


def test_the_really_empty_columns_are_empty_and_no_other_page_is() -> None:
    for name in (SHENYANG, DAOZHEN, SINGLE):
        found = {came.url for came, page in pages(name) if page.shape is ColumnShape.EMPTY}
        wanted = {f"http://www.gzdzhrss.com{path}index.html" for path in DAOZHEN_EMPTY} if name == DAOZHEN else set()
        assert found == wanted


def test_left_menus_by_document_write_are_read() -> None:
    (page,) = [page for came, page in pages(DAOZHEN) if came.url.endswith("/zwgk/zcjd/index.html")]
    written = [link for link in page.links if link.from_script]
    assert len(written) == 14
    assert {page.links[link.parent].label for link in written if link.parent is not None} == {"政务公开"}
    assert not page.menu_by_script


def test_pagers_name_the_pages_that_follow() -> None:
    seen = {came.url: page.pager for came, page in columns(DAOZHEN)}
    pager = seen["http://www.gzdzhrss.com/gzdt/rsks/index.html"]
    assert pager.total == 7
    assert pager.others[0] == "http://www.gzdzhrss.com/gzdt/rsks/index_1.html"
    assert len(pager.others) == 6
    # The recording lacks exactly these fourteen pages.
    assert sum(len(pager.others) for pager in seen.values()) == 14


def test_articles_are_articles_and_show_their_dates() -> None:
    for came, page in pages(DAOZHEN):
        if "/t20" in came.url:
            assert page.shape is ColumnShape.ARTICLE, came.url
            assert page.displayed_date is not None, came.url
            assert page.address_date is not None, came.url


def _untagged(came: Arrival) -> Arrival:
    body = re.sub(rb"<meta[^>]+(?:PubDate|ArticleTitle)[^>]*>", b"", came.body, flags=re.IGNORECASE)
    return Arrival(came.visit, came.url, came.status, came.headers, body, came.snapshot_id, came.fetched_at)


def test_titles_and_dates_are_found_without_the_tags() -> None:
    """Hidden tags, then compared: the heading and the displayed date stand for themselves."""
    titled = headed = dated = shown = 0
    for came, page in pages(SINGLE):
        tagged = page.tags.get("ArticleTitle", "")
        if not tagged or page.shape is not ColumnShape.ARTICLE:
            continue
        plain = read_page(_untagged(came))
        titled += 1
        heading = "".join(f"{plain.heading} {plain.title}".split())
        headed += "".join(tagged.split())[:12] in heading
        day = parse_day(page.tags.get("PubDate", ""))
        if day is not None and plain.displayed_date is not None:
            dated += 1
            shown += abs((plain.displayed_date - day).days) <= 3
    assert titled >= 40
    assert headed >= 0.95 * titled
    assert shown >= 0.7 * dated


def test_only_the_true_soft_404_is_refused() -> None:
    refused = [came.url for name in (SHENYANG, DAOZHEN, SINGLE) for came in recorded(name) if _is_refused(came)]
    assert refused == ["https://www.bengbu.gov.cn/public/22331/50862385.html"]


def _is_refused(came: Arrival) -> bool:
    return not isinstance(read_or_refuse(came, HostFingerprints()), Page)
