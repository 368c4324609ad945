"""Names that mean several columns are settled by path and content: the right one is taken, a wrong one never."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from literal_portal import EDUCATION, FINANCE, GOVERNMENT, Portal, columns, filler, itinerary, look, menu, page, url

from catalog.catalogue import load_catalogue
from crawler.page.page import Page
from crawler.plan import Seeker
from ledger.observation import ColumnObservation, ColumnShape, ListingObservation, Need, Reach, Row, Wanted
from ledger.reason import Reason

ALIASES = load_catalogue().columns
DISCLOSURE = "政府信息公开>"
STATUTORY = "政府信息公开>法定主动公开内容>"
CATALOGUE = "政务公开>政府信息公开目录>"
REST = (("公共资源配置", "o/1/"), ("建设高标准市场体系", "o/2/"), ("爱国卫生运动", "o/3/"))


def walk(path: str, tree: list[object], *titles: str, organ: bool = False) -> ColumnObservation:
    """Walk one path on a portal whose menus are this tree; every column lists these titles."""
    rows = tuple(Row(title, url(f"a/{number}.html"), date(2021, 3, 1)) for number, title in enumerate(titles))
    top = menu(*tree)
    place = Portal().add(page("", *menu(*((one[0], one[1]) for one in tree), *filler_entries())))
    for link in (*top, *menu(*REST)):
        place.add(page(link.url, *top, *filler(), rows=rows, shape=ColumnShape.LIST, second_row_count=len(rows)))
    if organ:
        place.add(page("bm/", *top))
        own = itinerary(path, organ=FINANCE, start=url("bm/"))
        return columns(look(place, itinerary(), own, aliases=ALIASES))["organ:finance", *path.split(">")]
    return columns(look(place, itinerary(path), aliases=ALIASES))["portal", *path.split(">")]


def filler_entries() -> tuple[tuple[str, str], ...]:
    return (("走进万州", "f/1/"), ("新闻中心", "f/2/"), ("办事服务", "f/3/"))


def under(*labels: str, leaf: list[object]) -> list[object]:
    """A tree of levels with these entries at its end and three others beside them."""
    tree: list[object] = [*leaf, *REST]
    for number, label in enumerate(reversed(labels)):
        tree = [(label, f"l/{number}{len(labels)}/", tree)]
    return tree


LEVELS = ("政府信息公开", "法定主动公开内容")
BOTH = ["政务公开", "政府信息公开目录"]


@pytest.mark.parametrize(
    ("path", "above", "title", "reach"),
    [
        (f"{DISCLOSURE}政府信息公开年报", ["政府信息公开"], "2020年政府信息公开工作年度报告", Reach.FOUND),
        (f"{DISCLOSURE}政府信息公开年报", ["政府信息公开"], "2020年度报告", Reach.FOUND),
        (f"{DISCLOSURE}政府信息公开年报", ["政府信息公开"], "2020年法治政府建设年度报告", Reach.UNREACHED),
        (
            f"{CATALOGUE}法治政府建设年度报告",
            BOTH,
            "2020年法治政府建设年度报告",
            Reach.FOUND,
        ),
        (
            f"{CATALOGUE}法治政府建设年度报告",
            BOTH,
            "2020年政府信息公开年报",
            Reach.UNREACHED,
        ),
        (f"{CATALOGUE}法治政府建设年度报告", BOTH, "2020年网站年度报表", Reach.UNREACHED),
        (f"{CATALOGUE}法治政府建设年度报告", BOTH, "2020年度报告", Reach.UNREACHED),
    ],
)
def test_yearly_report(path: str, above: list[str], title: str, reach: Reach) -> None:
    found = walk(path, under(*above, leaf=[("年度报告", "nb/")]), title)
    assert found.reach is reach
    assert found.reason is (Reason.AMBIGUOUS if reach is Reach.UNREACHED else None)


def test_yearly_report_under_another_column_is_that_column_s() -> None:
    """政府信息公开 > 年度报告 beside a catalogue without the report on the rule of law: an absence, and no doubt."""
    tree = [
        ("政府信息公开", "zf/", [("公开指南", "zf/zn/"), ("年度报告", "zf/nb/"), ("公开制度", "zf/zd/")]),
        *under("政务公开", "政府信息公开目录", leaf=[("政府公报", "gb/")]),
    ]
    assert walk(f"{CATALOGUE}法治政府建设年度报告", tree, "年报").reach is Reach.ABSENT


@pytest.mark.parametrize(
    ("tree", "reach"),
    [
        (under(*LEVELS, leaf=[("政策文件", "zc/")]), Reach.FOUND),
        (under(*LEVELS, leaf=[("履职依据", "ly/"), ("政策文件", "zc/")]), Reach.FOUND),
        ([*under(*LEVELS, leaf=[]), ("政策文件", "zc/")], Reach.ABSENT),
        (
            [*under(*LEVELS, leaf=[]), ("新闻中心", "xw/", [("政策文件", "zc/")])],
            Reach.ABSENT,
        ),
    ],
)
def test_policy_documents_are_the_grounds_of_duty_only_where_these_may_stand(tree: list[object], reach: Reach) -> None:
    found = walk(f"{STATUTORY}履职依据", tree, "关于印发办法的通知")
    assert found.reach is reach
    if any("ly/" in str(one) for one in tree):
        assert found.url == url("ly/")


@pytest.mark.parametrize(
    ("entry", "reach"),
    [
        ([("公开目录", "ml/")], Reach.FOUND),
        ([("村务公开", "cw/", [("公开目录", "ml/")])], Reach.UNREACHED),
        ([("公开目录", "ml/"), ("政府信息公开目录", "zf/")], Reach.FOUND),
    ],
)
def test_catalogue_by_its_short_name(entry: list[object], reach: Reach) -> None:
    """公开目录 right under 政务公开 is the catalogue; under 村务公开 it is another one."""
    tree = [("政务公开", "gk/", [*entry, ("公开指南", "zn/"), ("公开制度", "zd/")])]
    found = walk("政务公开>政府信息公开目录", tree)
    assert found.reach is reach
    if len(entry) > 1:
        assert found.url == url("zf/")


@pytest.mark.parametrize("label", ["政策问答库", "政策咨询", "媒体解读", "解读回应"])
def test_question_library_is_neither_text_nor_documents(label: str) -> None:
    tree = under("政务公开", "政府信息公开目录", leaf=[("政策解读", "jd/", [(label, "wd/"), ("图片解读", "tp/")])])
    assert walk(f"{CATALOGUE}政策解读>文字", tree, "问答").reach is not Reach.FOUND
    tree = under(*LEVELS, leaf=[("履职依据", "ly/", [(label, "wd/"), *REST])])
    assert walk(f"{STATUTORY}履职依据>本区县（本部门）规范性文件", tree, "问答").reach is Reach.ABSENT


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        (f"{CATALOGUE}疫情防控>政策解读", "yq/jd/"),
        (f"{CATALOGUE}“六稳”“六保”>政策解读", "lw/jd/"),
        (f"{CATALOGUE}政策解读", "jd/"),
        (f"{CATALOGUE}疫情防控>重要政策", "yq/zc/"),
    ],
)
def test_interpretation_inside_other_columns_is_theirs(path: str, taken: str) -> None:
    leaf = [
        ("疫情防控", "yq/", [("重要政策", "yq/zc/"), ("政策解读", "yq/jd/"), ("防疫服务", "yq/fw/")]),
        ("“六稳”“六保”", "lw/", [("重要政策", "lw/zc/"), ("政策解读", "lw/jd/"), ("动态", "lw/dt/")]),
        ("政策解读", "jd/", [("文字解读", "jd/wz/"), ("图片解读", "jd/tp/"), ("视频解读", "jd/sp/")]),
    ]
    tree = under("政务公开", "政府信息公开目录", leaf=leaf)
    assert walk(path, tree, "解读").url == url(taken)


@pytest.mark.parametrize("missing", ["疫情防控", "“六稳”“六保”", ""])
def test_interpretation_of_another_column_does_not_stand_in(missing: str) -> None:
    """Where the column's own child is gone, that of its neighbour is no substitute, in all three directions."""
    kids = {"疫情防控": "yq", "“六稳”“六保”": "lw"}
    leaf: list[object] = [
        (
            name,
            f"{path}/",
            [("动态", f"{path}/dt/"), *([] if name == missing else [("政策解读", f"{path}/jd/")]), *REST],
        )
        for name, path in kids.items()
    ]
    if missing:
        leaf.append(("政策解读", "jd/"))
    tree = under("政务公开", "政府信息公开目录", leaf=leaf)
    path = f"{CATALOGUE}{missing + '>' if missing else ''}政策解读"
    both = (f"{CATALOGUE}疫情防控>重要政策", f"{CATALOGUE}“六稳”“六保”>重要政策", path)
    top = menu(*tree)
    place = Portal().add(page("", *menu(*((one[0], one[1]) for one in tree), *filler_entries())))
    place.add(*(page(link.url, *top, *filler()) for link in (*top, *menu(*REST))))
    found = columns(look(place, itinerary(*both), aliases=ALIASES))["portal", *path.split(">")]
    assert found.reach is Reach.ABSENT


@pytest.mark.parametrize("leaf", ["失效", "废止和失效", "有效", "现行有效"])
@pytest.mark.parametrize("label", ["现行有效", "失效/废止"])
def test_documents_in_force_and_repealed_are_not_each_other(label: str, leaf: str) -> None:
    tree = under("政府信息公开", "履职依据", leaf=[("规范性文件", "gf/", [(leaf, "gf/1/"), *REST])])
    path = f"政府信息公开>履职依据>规范性文件>{label}"
    is_meant = ("废" in label) == ("废" in leaf or leaf == "失效")
    assert walk(path, tree, "办法").reach is (Reach.FOUND if is_meant else Reach.ABSENT)


SPLIT = [("政府预决算", "zf/"), ("部门预决算", "bm/")]


def split_portal(leaf: list[tuple[str, str]], rows: dict[str, tuple[str, ...]]) -> Portal:
    top = menu(*under(*LEVELS, leaf=leaf))
    place = Portal().add(page("", *menu(("政府信息公开", "l/12/"), *filler_entries())))
    pages: list[Page] = []
    for link in top:
        titles = rows.get(link.label, ())
        shown = tuple(Row(title, f"{link.url}{n}.html", date(2021, 3, 1)) for n, title in enumerate(titles))
        shape = ColumnShape.LIST if shown else ColumnShape.EMPTY
        pages.append(page(link.url, *top, *filler(), rows=shown, shape=shape, second_row_count=len(shown)))
    return place.add(*pages)


def budget(place: Portal) -> tuple[ColumnObservation, ListingObservation | None]:
    """The column as shared by the government and two organs at the portal."""
    path = f"{STATUTORY}预算/决算"
    want = Wanted(frozenset((Need.COLUMN, Need.LISTING)))
    own = {one: replace(want, organ_names=one.names) for one in (FINANCE, EDUCATION)}
    shared = replace(want, organ_names=(*FINANCE.names, *EDUCATION.names))
    base = itinerary(path, wants={path: shared})
    level = base.children[0].children[0]
    leaf = level.children[0].leaf
    assert leaf is not None
    seekers = (Seeker("gov", want, GOVERNMENT), *(Seeker(one.id, wanted, one) for one, wanted in own.items()))
    node = replace(level.children[0], leaf=replace(leaf, seekers=seekers))
    tree = replace(base, children=(replace(base.children[0], children=(replace(level, children=(node,)),)),))
    seen = look(place, tree, aliases=ALIASES)
    found = [one for one in seen if isinstance(one, ListingObservation)]
    return columns(seen)["portal", *path.split(">")], found[0] if found else None


@pytest.mark.parametrize("leaf", [SPLIT, SPLIT[::-1]])
def test_budgets_of_government_and_departments_in_two_columns(leaf: list[tuple[str, str]]) -> None:
    rows = {"政府预决算": ("2021年政府预算",), "部门预决算": ("区财政局2021年部门预算", "区教委2021年部门预算")}
    column, listing = budget(split_portal(leaf, rows))
    assert column.url == url("zf/")
    assert listing is not None
    assert {row.title for row in listing.rows} == {one for titles in rows.values() for one in titles}


def test_exact_name_goes_before_the_departments_budgets_below_it() -> None:
    rows = {"预算/决算": ("2021年政府预算",), "部门预决算": ("区财政局2021年部门预算", "区教委2021年部门预算")}
    column, _ = budget(split_portal([("部门预决算", "bm/"), ("预算/决算", "ys/")], rows))
    assert column.url == url("ys/")
