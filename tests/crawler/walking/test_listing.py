"""What a column holds: pages of a list, sub-columns, articles, attachments, the explained policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from literal_portal import (
    EDUCATION,
    FINANCE,
    Portal,
    filler,
    itinerary,
    listings,
    look,
    menu,
    page,
    refused,
    url,
    wanted,
)

from crawler.page.page import Block, Page, PageLink, Pager, Zone
from crawler.plan import Itinerary, Seeker
from ledger.observation import (
    ArticleObservation,
    ColumnShape,
    Link,
    ListingObservation,
    Need,
    Observation,
    ResourceObservation,
    Row,
    Wanted,
)
from ledger.reason import Reason

DAY = date(2021, 11, 1)
LEAF = "政府公报"


def row(number: int, title: str = "", days: int = 0, path: str = "") -> Row:
    return Row(title or f"第{number}期", url(path or f"gb/{number}.html"), DAY - timedelta(days=days or number))


def rows(*numbers: int) -> tuple[Row, ...]:
    return tuple(row(number) for number in numbers)


def listed(path: str, *shown: Row, later: tuple[str, ...] = (), total: int | None = None, **facts: object) -> Page:
    shape = facts.pop("shape", ColumnShape.LIST if shown else ColumnShape.EMPTY)
    links = facts.pop("links", ())
    pager = facts.pop("pager", Pager(total, tuple(url(one) for one in later)))
    return page(path, *links, rows=shown, shape=shape, pager=pager, second_row_count=len(shown), **facts)  # type: ignore[misc]


def portal(*pages: Page) -> Portal:
    return Portal().add(page("", *menu((LEAF, "gb/")), *filler()), *pages)


def seen_of(place: Portal, want: Wanted) -> list[Observation]:
    return look(place, itinerary(LEAF, wants={LEAF: want}))


def held(place: Portal, want: Wanted) -> ListingObservation:
    return listings(seen_of(place, want))["portal", LEAF]


def articles(seen: list[Observation]) -> list[ArticleObservation]:
    return [one for one in seen if isinstance(one, ArticleObservation)]


def resources(seen: list[Observation]) -> list[ResourceObservation]:
    return [one for one in seen if isinstance(one, ResourceObservation)]


def many(count: int, each: int = 2) -> list[Page]:
    """A list over several pages, newest first."""
    names = ["gb/", *(f"gb/index_{number}.html" for number in range(1, count))]
    return [
        listed(name, *rows(*range(number * each, number * each + each)), later=tuple(names[1:]), total=count)
        for number, name in enumerate(names)
    ]


def test_sorted_list_is_read_on_its_first_page_only() -> None:
    place = portal(*many(3))
    shown = held(place, wanted(Need.LISTING))
    assert (shown.shape, len(shown.rows), shown.pages_read, shown.pages_offered) == (ColumnShape.LIST, 2, 1, 3)
    assert (shown.whole, shown.reason) == (False, None)
    assert place.addresses == [url("gb/")]


def test_unsorted_list_is_read_on() -> None:
    first, second, third = many(3)
    first = replace(first, rows=rows(7, 3))
    shown = held(portal(first, second, third), wanted(Need.LISTING))
    assert (shown.whole, shown.pages_read) == (True, 3)
    assert [one.page for one in shown.rows] == [1, 1, 2, 2, 3, 3]


def test_undated_list_has_no_order_to_be_in() -> None:
    first, second = many(2)
    first = replace(first, rows=tuple(replace(one, published_on=None) for one in first.rows))
    assert held(portal(first, second), wanted(Need.LISTING)).pages_read == 1


def test_whole_listing_is_read_to_its_end_and_no_further_than_thirty_pages() -> None:
    shown = held(portal(*many(4)), wanted(Need.WHOLE_LISTING))
    assert (shown.whole, shown.pages_read, len(shown.snapshot_ids)) == (True, 4, 4)
    shown = held(portal(*many(40)), wanted(Need.WHOLE_LISTING))
    assert (shown.whole, shown.pages_read, shown.reason) == (False, 30, Reason.BUDGET)


def test_sought_row_ends_the_reading_when_it_is_met() -> None:
    pages = many(5)
    pages[2] = replace(pages[2], rows=(row(40, "2020年 政府工作报告"), *pages[2].rows))
    shown = held(portal(*pages), wanted(Need.SOUGHT_ROW, sought=(("2020", "政府工作报告"),)))
    assert shown.pages_read == 3
    shown = held(portal(*many(5)), wanted(Need.SOUGHT_ROW, sought=(("2020", "政府工作报告"),)))
    assert (shown.pages_read, shown.whole) == (5, True)


def test_missing_page_of_a_list_leaves_it_not_whole() -> None:
    pages = many(3)
    shown = held(portal(pages[0], pages[2]), wanted(Need.WHOLE_LISTING))
    assert (shown.whole, shown.reason, len(shown.rows)) == (False, Reason.HTTP_4XX, 4)


def test_same_rows_again_are_a_trap() -> None:
    first = listed("gb/", *rows(1, 2), later=("gb/index_1.html",))
    again = listed("gb/index_1.html", *rows(1, 2), later=("gb/index_2.html",))
    place = portal(first, again)
    shown = held(place, wanted(Need.WHOLE_LISTING))
    assert (shown.whole, shown.reason, len(shown.rows)) == (False, Reason.TRAP, 2)
    assert url("gb/index_2.html") not in place.addresses


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"list_by_script": True}, Reason.NEEDS_BROWSER),
        ({"whole": False}, Reason.TRUNCATED),
        ({"replaced": True}, Reason.ENCODING),
        ({"shape": ColumnShape.UNKNOWN}, Reason.AMBIGUOUS),
    ],
)
def test_emptiness_that_may_be_our_fault_is_not_believed(facts: dict[str, object], reason: Reason) -> None:
    shown = held(portal(listed("gb/", **facts)), wanted(Need.LISTING))
    assert (shown.shape, shown.whole, shown.reason) == (ColumnShape.UNKNOWN, False, reason)


def test_emptiness_that_the_second_parser_does_not_see_is_not_believed() -> None:
    empty = replace(listed("gb/"), second_row_count=3)
    assert held(portal(empty), wanted(Need.LISTING)).reason is Reason.PARSER_DISAGREE
    shown = held(portal(listed("gb/")), wanted(Need.LISTING))
    assert (shown.shape, shown.whole, shown.reason) == (ColumnShape.EMPTY, True, None)


def test_pages_that_only_a_script_can_turn_leave_the_list_not_whole() -> None:
    shown = held(portal(listed("gb/", *rows(1, 2), pager=Pager(7, (), True))), wanted(Need.LISTING))
    assert (shown.whole, shown.reason) == (False, Reason.NEEDS_BROWSER)


def test_list_in_a_frame_is_read() -> None:
    outer = listed("gb/", frames=(url("gb/list/"),), links=menu("甲栏目", "乙栏目", "丙栏目"))
    shown = held(portal(outer, listed("gb/list/", *rows(1))), wanted(Need.LISTING))
    assert (shown.shape, len(shown.rows)) == (ColumnShape.LIST, 1)
    shown = held(portal(outer).add(refused("gb/list/", Reason.TIMEOUT)), wanted(Need.LISTING))
    assert (shown.shape, shown.reason) == (ColumnShape.UNKNOWN, Reason.TIMEOUT)


def container(*children: object) -> Portal:
    tree = menu((LEAF, "gb/", list(children)))
    return Portal().add(page("", *menu((LEAF, "gb/")), *filler()), listed("gb/", links=tree))


def test_container_is_judged_by_its_children() -> None:
    place = container(("2021年", "gb/2021/"), ("2020年", "gb/2020/"))
    place.add(listed("gb/2021/", *rows(1, 2)), listed("gb/2020/"))
    shown = held(place, wanted(Need.LISTING))
    assert (shown.shape, shown.whole) == (ColumnShape.SUBCOLUMNS, True)
    assert shown.child_shapes == (("2021年", ColumnShape.LIST), ("2020年", ColumnShape.EMPTY))
    assert [one.child for one in shown.rows] == ["2021年", "2021年"]


PAGER = (("首页", "p/0/"), ("[上一页]", "p/1/"), ("下一页>", "p/2/"), ("尾页", "p/3/"))


def test_buttons_of_a_pager_below_a_heading_are_no_sub_columns() -> None:
    """A program writes them behind the list's heading, also where the list has one page and nothing in it."""
    place = container(("2021年", "gb/2021/"), ("2020年", "gb/2020/"))
    place.add(*(listed(f"gb/{year}/", links=menu((f"{year}年", "", list(PAGER)))) for year in (2021, 2020)))
    shown = held(place, wanted(Need.LISTING, Need.SUBCOLUMNS))
    assert shown.child_shapes == (("2021年", ColumnShape.EMPTY), ("2020年", ColumnShape.EMPTY))
    assert shown.whole
    shown = held(portal(listed("gb/", links=menu((LEAF, "gb/", list(PAGER))))), wanted(Need.LISTING))
    assert (shown.shape, shown.children) == (ColumnShape.EMPTY, ())


def test_child_that_cannot_be_read_leaves_the_container_not_whole() -> None:
    place = container(("2021年", "gb/2021/"), ("2020年", "gb/2020/")).add(listed("gb/2020/"))
    place.add(refused("gb/2021/", Reason.WAF_CHALLENGE, 412))
    shown = held(place, wanted(Need.LISTING))
    assert (shown.whole, shown.reason) == (False, Reason.WAF_CHALLENGE)
    assert dict(shown.child_shapes)["2021年"] is ColumnShape.UNKNOWN


def test_column_that_leads_to_its_first_child_has_that_child_s_list() -> None:
    tree = menu((LEAF, "gb/", [("2021年", "gb/2021/"), ("2020年", "gb/2020/")]))
    first = listed("gb/2021/", *rows(1), links=tree)
    place = Portal().add(page("", *menu((LEAF, "gb/")), *filler()), first, listed("gb/2020/", *rows(2), links=tree))
    place.alias("gb/", first)
    shown = held(place, wanted(Need.LISTING, Need.SUBCOLUMNS))
    assert [(one.title, one.child) for one in shown.rows] == [("第1期", "2021年"), ("第2期", "2020年")]


def test_blocks_are_sub_columns_and_their_lists_are_read_where_wanted() -> None:
    blocks = (Block("预算", url("gb/ys/"), rows(1, 2)), Block("决算", "", rows(3)))
    place = portal(listed("gb/", blocks=blocks, shape=ColumnShape.SUBCOLUMNS), listed("gb/ys/", *rows(1, 2, 5)))
    shown = held(place, wanted(Need.LISTING))
    assert [(one.child, one.title) for one in shown.rows] == [
        ("决算", "第3期"),
        ("预算", "第1期"),
        ("预算", "第2期"),
        ("预算", "第5期"),
    ]
    assert [child.label for child in shown.children] == ["预算", "决算"]


def test_newest_article_is_opened() -> None:
    place = portal(listed("gb/", row(5), row(2), row(9)), page("gb/2.html", text="正文", displayed_date=DAY))
    (article,) = articles(seen_of(place, wanted(Need.LISTING, Need.ARTICLE)))
    assert (article.role, article.url, article.row_date) == ("newest", url("gb/2.html"), DAY - timedelta(days=2))
    assert (article.text, article.displayed_date, article.reason) == ("正文", DAY, None)


def test_article_that_refuses_says_why() -> None:
    place = portal(listed("gb/", row(5))).add(refused("gb/5.html", Reason.HTTP_5XX, 502))
    (article,) = articles(seen_of(place, wanted(Need.LISTING, Need.ARTICLE)))
    assert (article.reason, article.text) == (Reason.HTTP_5XX, "")
    away = portal(listed("gb/", replace(row(5), url="https://mp.weixin.qq.com/s/1")))
    (article,) = articles(seen_of(away, wanted(Need.LISTING, Need.ARTICLE)))
    assert article.reason is Reason.REDIRECT_OFFSITE


def test_column_that_is_one_article_is_its_own_newest() -> None:
    place = portal(listed("gb/", shape=ColumnShape.ARTICLE, text="电话 023-1", attachments=(Link("表", url("a.pdf")),)))
    place.headers[url("a.pdf")] = (200, "application/pdf", 900)
    seen = seen_of(place, wanted(Need.LISTING, Need.ARTICLE, Need.ATTACHMENTS))
    assert [(one.role, one.url) for one in articles(seen)] == [("newest", url("gb/"))]
    assert [(one.url, one.broken) for one in resources(seen)] == [(url("a.pdf"), False)]


@pytest.mark.parametrize(
    ("answer", "broken"),
    [
        ((200, "application/pdf", 900), False),
        ((404, "text/html", 300), True),
        ((410, "text/html", 300), True),
        ((200, "application/pdf", 0), True),
        ((200, "application/pdf", 2), True),
        ((200, "text/html; charset=utf-8", 3000), True),
    ],
)
def test_attachment_answers_or_is_broken(answer: tuple[int, str, int], broken: bool) -> None:
    shown = page("gb/1.html", attachments=(Link("附件1", url("gb/P1.pdf")),), media=("https://v.qq.com/x.mp4",))
    place = portal(listed("gb/", row(1)), shown)
    place.headers[url("gb/P1.pdf")] = answer
    (one,) = resources(seen_of(place, wanted(Need.LISTING, Need.ATTACHMENTS)))
    assert (one.broken, one.reason, one.status, one.referring_url) == (broken, None, answer[0], url("gb/1.html"))


@pytest.mark.parametrize(("label", "reason"), [("2021年决算.pdf", Reason.AMBIGUOUS), ("在线申报", None)])
def test_page_in_place_of_a_file_that_only_its_link_names_is_not_for_us_to_judge(
    label: str, reason: Reason | None
) -> None:
    place = portal(listed("gb/", row(1)), page("gb/1.html", attachments=(Link(label, url("gb/download.jsp?id=7")),)))
    place.headers[url("gb/download.jsp?id=7")] = (200, "text/html; charset=utf-8", 3000)
    (one,) = resources(seen_of(place, wanted(Need.LISTING, Need.ATTACHMENTS)))
    assert (one.broken, one.reason) == (False, reason)


def test_refused_attachment_is_not_broken() -> None:
    place = portal(listed("gb/", row(1)), page("gb/1.html", attachments=(Link("附件1", url("gb/P1.pdf")),)))
    place.headers[url("gb/P1.pdf")] = (403, "text/html", 90)
    (one,) = resources(seen_of(place, wanted(Need.LISTING, Need.ATTACHMENTS)))
    assert (one.broken, one.reason) == (False, Reason.HTTP_4XX)


def test_no_more_than_ten_attachments_are_asked_for() -> None:
    files = tuple(Link(f"附件{number}", url(f"gb/P{number}.pdf")) for number in range(14))
    place = portal(listed("gb/", row(1)), page("gb/1.html", attachments=files))
    assert len(resources(seen_of(place, wanted(Need.LISTING, Need.ATTACHMENTS)))) == 10


def test_row_that_leads_to_a_file_is_its_own_attachment() -> None:
    place = portal(listed("gb/", row(1, path="gb/W1.pdf")))
    place.headers[url("gb/W1.pdf")] = (404, "text/html", 9)
    seen = seen_of(place, wanted(Need.LISTING, Need.ARTICLE, Need.ATTACHMENTS))
    assert [one.attachments for one in articles(seen)] == [(Link("第1期", url("gb/W1.pdf")),)]
    assert [one.broken for one in resources(seen)] == [True]


POLICY = "万州区科技创新券管理办法"


def interpretation(*links: Link, text: str = "", title: str = f"《{POLICY}》政策解读") -> Portal:
    shown = page("gb/1.html", body_links=links, text=text, heading=title)
    back = PageLink("相关解读", url("gb/1.html"), zone=Zone.NAVIGATION)
    policy = page("wj/1.html", back, heading=f"重庆市万州区人民政府关于印发《{POLICY}》的通知")
    return portal(listed("gb/", row(1, title)), shown, policy, page("wj/2.html", heading="其他通知"))


@pytest.mark.parametrize(
    ("place", "opened"),
    [
        (interpretation(Link("政策原文", url("wj/1.html"))), True),
        (interpretation(Link(f"《{POLICY}》", url("wj/1.html"))), True),
        (interpretation(Link("万州府发〔2021〕5号", url("wj/1.html"))), True),
        (interpretation(Link("科技创新券...", url("wj/1.html")), text="文件链接：科技创新券..."), True),
        (interpretation(Link("点此", url("wj/2.html")), Link("查看", url("wj/1.html"))), True),
        (interpretation(Link("点此", url("wj/2.html"))), False),
        (interpretation(), False),
    ],
)
def test_explained_policy_is_opened(place: Portal, opened: bool) -> None:
    found = [one for one in articles(seen_of(place, wanted(Need.COUNTERPART))) if one.role == "counterpart"]
    assert bool(found) is opened
    for one in found:
        assert (one.url, one.referring_url) == (url("wj/1.html"), url("gb/1.html"))
        assert Link("相关解读", url("gb/1.html")) in one.links


def test_policy_that_cannot_be_opened_is_said() -> None:
    place = interpretation(Link("政策原文", url("wj/9.html")))
    found = [one for one in articles(seen_of(place, wanted(Need.COUNTERPART))) if one.role == "counterpart"]
    assert [(one.url, one.reason) for one in found] == [(url("wj/9.html"), Reason.HTTP_4XX)]


def shared(want: Wanted, **unless: str) -> Itinerary:
    """The leaf shared by the finance and the education organ, each looking for its own rows."""
    own = {organ: replace(want, organ_names=organ.names) for organ in (FINANCE, EDUCATION)}
    base = itinerary(LEAF, wants={LEAF: replace(want, organ_names=(*FINANCE.names, *EDUCATION.names))})
    leaf = base.children[0].leaf
    assert leaf is not None
    seekers = tuple(Seeker(organ.id, own[organ], organ, unless.get(organ.id, "")) for organ in own)
    node = replace(base.children[0], leaf=replace(leaf, seekers=seekers))
    return replace(base, children=(node,))


def central(count: int) -> Portal:
    pages = many(count)
    pages[0] = replace(pages[0], rows=(row(1, "区财政局2020年法治政府建设年度报告"), *pages[0].rows[1:]))
    pages[2] = replace(pages[2], rows=(row(4, "万州区教育委员会2020年法治政府建设年度报告"), *pages[2].rows[1:]))
    return portal(*pages)


def test_central_list_is_read_until_every_organ_s_row_is_seen() -> None:
    want = wanted(Need.LISTING, Need.ARTICLE, sought=(("2020", "法治政府"),))
    place = central(5).add(page("gb/1.html"), page("gb/4.html"))
    seen = look(place, shared(want))
    assert listings(seen)["portal", LEAF].pages_read == 3
    assert [(one.role, one.url) for one in articles(seen)] == [
        ("newest", url("gb/1.html")),
        ("sought", url("gb/4.html")),
    ]


def test_portal_list_is_read_deeper_only_for_organs_without_the_column_of_their_own() -> None:
    want = wanted(Need.LISTING)
    education = itinerary(LEAF, organ=EDUCATION, start=url("jw/"))
    place = central(5).add(page("jw/", *menu((LEAF, "jw/gb/"), "甲栏目", "乙栏目", "丙栏目")))
    place.add(listed("jw/gb/", *rows(21)))
    seen = look(place, shared(want, education="organ:education"), education)
    assert listings(seen)["portal", LEAF].pages_read == 1
    place.add(refused("jw/gb/", Reason.TIMEOUT))
    seen = look(place, shared(want, education="organ:education"), education)
    assert listings(seen)["portal", LEAF].pages_read == 3


def test_list_is_read_on_until_a_row_holds_one_of_the_words() -> None:
    first, second, third = many(3)
    second = replace(second, rows=(row(2, "2020年部门决算"), row(3)))
    want = replace(wanted(Need.LISTING), any_of=("预算", "决算"))
    assert held(portal(first, second, third), want).pages_read == 2
    assert held(portal(*many(3)), want).whole
    first = replace(first, rows=(row(0, "2021年部门预算"), row(1)))
    assert held(portal(first, second, third), want).pages_read == 1


def test_list_is_read_on_until_a_row_is_as_old_as_its_day() -> None:
    want = replace(wanted(Need.LISTING), until=DAY - timedelta(days=3))
    assert held(portal(*many(3)), want).pages_read == 2
    assert held(portal(*many(3)), replace(want, until=DAY - timedelta(days=90))).whole
    assert held(portal(*many(3)), replace(want, until=DAY)).pages_read == 1


def test_day_of_a_named_document_is_looked_for_among_its_own_rows() -> None:
    first, second, third = many(3)
    second = replace(second, rows=(row(2, "年度计划"), row(3)))
    third = replace(third, rows=(row(4, "年度计划"), row(5)))
    want = replace(wanted(Need.LISTING, sought=(("年度计划",),)), until=DAY - timedelta(days=3))
    assert held(portal(first, second, third), want).pages_read == 3


def test_other_kinds_of_rows_are_opened_while_an_element_is_lacking():
    shown = [
        row(1, "2021年债务限额", path="gb/1.html"),
        row(2, "2020年债务限额", path="gb/2.html"),
        row(3, "2021年债券发行", path="gb/3.html"),
        row(4, "2021年债务余额", path="gb/4.html"),
        row(5, "2021年还本付息", path="gb/5.html"),
        row(6, "2021年债券期限", path="gb/6.html"),
    ]
    texts = {1: "限额", 3: "发行", 4: "余额", 5: "付息", 6: "期限"}
    opened = [page(f"gb/{one}.html", shape=ColumnShape.ARTICLE, text=text) for one, text in texts.items()]
    place = portal(listed("gb/", *shown), *opened)

    def titles(*elements: tuple[str, ...]) -> list[str]:
        want = wanted(Need.LISTING, Need.ARTICLE, elements=elements)
        return [one.title for one in articles(seen_of(place, want))]

    assert titles(("限额",)) == ["2021年债务限额"]
    assert titles(("限额",), ("甲", "余额")) == ["2021年债务限额"]
    assert titles(("利率",)) == ["2021年债务限额", "2021年债券发行", "2021年债务余额", "2021年还本付息"]
    assert titles(("付 息",), ("发行",)) == ["2021年债务限额"]
