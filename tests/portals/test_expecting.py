"""The truth is reasoned from drafts: one draft a case, written out."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.district import Organ, OrganKind
from catalog.obligation import Obligation
from catalog.path import DisclosurePath, PathOrigin, Step
from catalog.requirement import Directory, Due, DueKind, Expectation, Requirement, Root, Scope
from portals.branches import Grove, Place, Site
from portals.columns import Article, Column, Door, File, Grid, Shape
from portals.expecting import truths
from portals.publishing import Truth
from portals.roster import Seat

AS_OF = date(2021, 11, 30)
ORGAN = Organ("finance", "云川区财政局", OrganKind.DEPARTMENT, short="区财政局")
STEPS = ("政府信息公开", "预算/决算")


def duty(*expectations: Expectation, due: tuple[Due, ...] = (), origin: PathOrigin = PathOrigin.PRINTED) -> Obligation:
    path = DisclosurePath(tuple(Step(label) for label in ("政府网站", *STEPS)), origin)
    requirement = Requirement(
        "budget",
        "预算",
        "一",
        "预算",
        Scope.ORGANS,
        root=Root.SECTION,
        due=due,
        paths=(path,),
        expectations=expectations,
    )
    directory = Directory("d", "通知", "云川府办发〔2021〕8号", AS_OF, AS_OF, (requirement,))
    return Obligation("d/budget/1@finance", "yunchuan", directory, requirement, ORGAN, path, 1, at_portal=False)


def judged(leaf: Column, *obligations: Obligation, above: Column | None = None) -> Truth:
    site = Site("organ:finance", ORGAN.name, Seat(ORGAN, "czj"), "/bm/czj/")
    platform = above or Column(STEPS[0], "/bm/czj/zfxxgk/", shape=Shape.MENU)
    platform.add(leaf)
    place = (site.root, STEPS)
    grove = Grove({"organ:finance": site}, {place: leaf}, {place: (platform, leaf)})
    return truths(obligations or (duty(Expectation("column.not_empty")),), grove, AS_OF)[0]


def leaf(*articles: Article, door: Door = Door.OPEN) -> Column:
    return Column("预算/决算", "/bm/czj/zfxxgk/ysjs/", articles=list(articles), door=door)


def row(title: str, day: date) -> Article:
    return Article(title, day, ORGAN.name)


BUDGET = row("云川区财政局2021年部门预算", date(2021, 2, 10))


@pytest.mark.parametrize(
    ("door", "standing"),
    [
        (Door.OPEN, "published"),
        (Door.NOT_OFFERED, "missing"),
        (Door.MOVED, "path_deviates"),
        (Door.DEAD, "broken"),
        (Door.HOME, "broken"),
        (Door.SAYS_GONE, "broken"),
        (Door.OFFSITE, "offsite"),
    ],
)
def test_the_door_decides_before_the_content(door: Door, standing: str) -> None:
    assert judged(leaf(BUDGET, door=door)).standing == standing


def test_a_refused_column_could_not_be_verified() -> None:
    column = leaf(BUDGET, door=Door.REFUSED)
    column.refusal = "challenge_412"
    truth = judged(column)
    assert (truth.standing, truth.reason) == ("could_not_verify", "waf_challenge")


def test_a_customary_path_is_never_missing() -> None:
    customary = duty(Expectation("column.not_empty"), origin=PathOrigin.CUSTOMARY)
    assert judged(leaf(BUDGET, door=Door.NOT_OFFERED), customary).standing == "manual"


def test_an_empty_column_and_a_table() -> None:
    assert judged(leaf()).standing == "empty"
    table = leaf()
    table.grid = Grid(("序号",), (("1",),))
    assert judged(table).standing == "published"


def test_an_alias_of_the_leaf_is_said() -> None:
    column = leaf(BUDGET)
    column.spelling = "财政预决算"
    truth = judged(column)
    assert (truth.standing, truth.match) == ("published_under_alias", "alias")


def test_a_statement_stands_for_content() -> None:
    said = row("关于云川区财政局2021年度无相关信息的情况说明", date(2021, 3, 1))
    said.statement = True
    assert judged(leaf(said)).standing == "statement"


@pytest.mark.parametrize(("day", "standing"), [(date(2020, 11, 29), "stale"), (date(2020, 11, 30), "published")])
def test_stale_begins_on_the_day_after_the_period(day: date, standing: str) -> None:
    fresh = duty(Expectation("timely.updated_within", {"days": 365}))
    assert judged(leaf(row("预算", day)), fresh).standing == standing


@pytest.mark.parametrize(
    ("title", "day", "standing"),
    [
        ("2020年年度报告", date(2021, 1, 31), "published"),
        ("2020年年度报告", date(2021, 2, 1), "published_late"),
        ("2019年年度报告", date(2020, 1, 20), "overdue"),
    ],
)
def test_yearly_document(title: str, day: date, standing: str) -> None:
    yearly = duty(
        Expectation("content.annual_instance", {"words": ["报告"], "years_back": 1}),
        Expectation("timely.published_by"),
        due=(Due(DueKind.YEARLY, "条例 第四十九条", month_day="01-31"),),
    )
    assert judged(leaf(row(title, day)), yearly).standing == standing


def test_named_document_without_deadline_is_item_missing() -> None:
    named = duty(Expectation("content.named_document", {"words": ["负面清单", "2020"]}))
    assert judged(leaf(row("市场准入负面清单（2019年版）", date(2021, 1, 1))), named).standing == "item_missing"


def test_element_lacking_is_incomplete_unless_a_file_may_hold_it() -> None:
    elements = duty(Expectation("content.elements_present", {"elements": ["限额", "利率"]}))
    told = row("债务限额", date(2021, 5, 1))
    assert judged(leaf(told), elements).standing == "incomplete"
    told.files.append(File("表.xls", "xls", "application/vnd.ms-excel", b"x"))
    truth = judged(leaf(told), elements)
    assert (truth.standing, truth.reason) == ("could_not_verify", "attachment_unread")


def test_interpretation_must_be_linked_both_ways() -> None:
    linked = duty(Expectation("interpretation.linked_both_ways"))
    explained, policy = row("解读", date(2021, 5, 2)), row("文件", date(2021, 5, 1))
    explained.related = [("文件链接", policy)]
    assert judged(leaf(explained), linked).standing == "unlinked"
    policy.related = [("政策解读", explained)]
    assert judged(leaf(explained), linked).standing == "published"


def test_one_missing_level_is_carried_by_the_first_duty() -> None:
    platform = Column(STEPS[0], "/bm/czj/zfxxgk/", door=Door.NOT_OFFERED)
    first = duty(Expectation("column.not_empty"))
    site = Site("organ:finance", ORGAN.name, Seat(ORGAN, "czj"), "/bm/czj/")
    one, other = leaf(BUDGET), Column("收费项目", "/bm/czj/zfxxgk/sfxm/")
    places: dict[Place, Column] = {
        ("organ:finance", STEPS): one,
        ("organ:finance", ("政府信息公开", "收费项目")): other,
    }
    chains: dict[Place, tuple[Column, ...]] = {place: (platform, column) for place, column in places.items()}
    second_path = DisclosurePath(
        tuple(Step(label) for label in ("政府网站", "政府信息公开", "收费项目")), PathOrigin.PRINTED
    )
    second = Obligation(
        "d/fees/1@finance",
        "yunchuan",
        first.directory,
        first.requirement,
        ORGAN,
        second_path,
        1,
        at_portal=False,
    )
    carried, caused = truths((first, second), Grove({"organ:finance": site}, places, chains), AS_OF)
    assert (carried.standing, carried.caused_by) == ("missing", "")
    assert (caused.standing, caused.caused_by) == ("missing", first.id)


def test_an_absence_from_a_menu_written_by_script_needs_a_browser() -> None:
    site = Site("organ:finance", ORGAN.name, Seat(ORGAN, "czj"), "/bm/czj/", menu_style="written")
    column = leaf(BUDGET, door=Door.NOT_OFFERED)
    place: Place = ("organ:finance", STEPS)
    grove = Grove({"organ:finance": site}, {place: column}, {place: (Column(STEPS[0], "/bm/czj/zfxxgk/"), column)})
    (truth,) = truths((duty(Expectation("column.not_empty")),), grove, AS_OF)
    assert (truth.standing, truth.reason) == ("could_not_verify", "needs_browser")


@pytest.mark.parametrize(("browser", "reason"), [(False, "needs_browser"), (True, "ambiguous")])
def test_a_list_that_no_script_fills_is_told_by_nobody_once_a_browser_looked(browser: bool, reason: str) -> None:
    site = Site("organ:finance", ORGAN.name, Seat(ORGAN, "czj"), "/bm/czj/")
    column = leaf(BUDGET)
    column.script_list = True
    place: Place = ("organ:finance", STEPS)
    grove = Grove({"organ:finance": site}, {place: column}, {place: (Column(STEPS[0], "/bm/czj/zfxxgk/"), column)})
    (truth,) = truths((duty(Expectation("column.not_empty")),), grove, AS_OF, browser=browser)
    assert (truth.standing, truth.reason) == ("could_not_verify", reason)
