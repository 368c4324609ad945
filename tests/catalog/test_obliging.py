"""Who owes what: one case a rule of FAIRNESS.md and CONTRACTS.md, on small literal directories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from catalog_literal import (
    EDUCATION,
    FINANCE,
    GOVERNMENT,
    ORGANS,
    PARTY,
    REFORM,
    STREET,
    TAX,
    TOWN,
    catalogue,
    directory,
    district,
    path,
    requirement,
)

from catalog.district import District, Organ
from catalog.errors import CatalogueError
from catalog.obligation import Obligation
from catalog.obliging import adopted, obligations
from catalog.requirement import Requirement, Root, Scope

DAY = date(2021, 11, 30)
BUDGET = path("法定主动公开内容", "预算/决算")
KINDS = ("government", "department", "town", "subdistrict")


def owed(one: Requirement, place: District | None = None, as_of: date = DAY) -> tuple[Obligation, ...]:
    return obligations(catalogue(directory(one)), place or district(), as_of)


def ids(owing: tuple[Obligation, ...]) -> list[str]:
    return [obligation.id for obligation in owing]


def test_a_portal_duty_is_one_obligation_however_many_are_responsible() -> None:
    (one,) = owed(requirement(Scope.PORTAL, BUDGET, responsible=("区发展改革委", "区财政局"), lead=("区教委",)))
    assert one.id == "case/budget/1@reform"
    assert (one.organ, one.responsible, one.lead) == (REFORM, (REFORM, FINANCE), (EDUCATION,))
    assert one.unresolved == ()
    assert one.mapping_required == ""
    assert one.roots == ("portal",)
    assert one.is_walked


def test_a_responsible_unit_outside_the_roster_is_listed_and_the_next_one_is_addressed() -> None:
    (one,) = owed(requirement(Scope.PORTAL, BUDGET, responsible=("区商务委", "区财政局")))
    assert (one.organ, one.unresolved) == (FINANCE, ("区商务委",))
    assert one.is_walked


@pytest.mark.parametrize("group", ["区政府有关部门", "区疫情防控工作领导小组成员单位", "有关单位"])
def test_an_open_group_goes_to_the_lead_and_is_listed(group: str) -> None:
    (one,) = owed(requirement(Scope.PORTAL, BUDGET, responsible=(group,), lead=("区财政局",)))
    assert (one.organ, one.responsible, one.unresolved) == (FINANCE, (FINANCE,), (group,))
    assert one.is_walked


def test_a_printed_group_never_becomes_one_column_a_member() -> None:
    (one,) = owed(requirement(Scope.PORTAL, BUDGET, responsible=("区政府各部门", "各镇乡街道"), lead=("区财政局",)))
    assert (one.organ, one.responsible, one.unresolved) == (FINANCE, (FINANCE,), ())


def test_nobody_known_leaves_the_government() -> None:
    (one,) = owed(requirement(Scope.PORTAL, BUDGET, responsible=("区民政局",), lead=("区司法局",)))
    assert (one.organ, one.unresolved) == (GOVERNMENT, ("区民政局", "区司法局"))


def test_a_party_organ_leads_and_is_never_obliged() -> None:
    (one,) = owed(requirement(Scope.PORTAL, BUDGET, responsible=("区委网信办",), lead=("区委网信办",)))
    assert (one.organ, one.responsible, one.lead) == (GOVERNMENT, (GOVERNMENT,), (PARTY,))
    every = owed(requirement(Scope.ORGANS, BUDGET, organ_kinds=(*KINDS, "institution", "vertical", "party")))
    assert PARTY not in [one.organ for one in every]


def test_organs_owe_one_obligation_each_and_only_kinds_that_are_named() -> None:
    owing = owed(requirement(Scope.ORGANS, BUDGET, organ_kinds=("department", "town", "subdistrict")))
    assert [one.organ for one in owing] == [FINANCE, REFORM, EDUCATION, TOWN, STREET]
    assert ids(owing)[0] == "case/budget/1@finance"
    assert owing[0].roots == ("organ:finance", "portal")
    assert TAX not in [one.organ for one in owing]
    vertical = owed(requirement(Scope.ORGANS, BUDGET, organ_kinds=("vertical",)))
    assert [one.organ for one in vertical] == [TAX]


def test_the_root_of_a_path_is_the_notices() -> None:
    (section, *_) = owed(requirement(Scope.ORGANS, BUDGET, organ_kinds=("department",), root=Root.SECTION))
    (portal, *_) = owed(requirement(Scope.ORGANS, BUDGET, organ_kinds=("department",), root=Root.PORTAL))
    assert (section.roots, portal.roots) == (("organ:finance",), ("portal",))


def test_the_governments_place_is_the_portals_own_tree() -> None:
    (one,) = owed(requirement(Scope.ORGANS, BUDGET, organ_kinds=("government",)))
    assert (one.organ, one.at_portal, one.roots) == (GOVERNMENT, True, ("portal",))


def test_portal_and_organs_is_the_governments_and_one_each_organ() -> None:
    owing = owed(requirement(Scope.PORTAL_AND_ORGANS, BUDGET, organ_kinds=("government", "department")))
    assert [(one.organ, one.at_portal) for one in owing] == [
        (GOVERNMENT, True),
        (FINANCE, False),
        (REFORM, False),
        (EDUCATION, False),
    ]


def test_a_central_list_is_one_instance_an_organ_in_one_column() -> None:
    owing = owed(requirement(Scope.CENTRAL_LIST, BUDGET, organ_kinds=("government", "town")))
    assert [(one.organ, one.roots) for one in owing] == [(GOVERNMENT, ("portal",)), (TOWN, ("portal",))]


def test_two_paths_are_two_obligations_numbered_from_one() -> None:
    owing = owed(requirement(Scope.PORTAL, BUDGET, path("收费项目"), responsible=("区财政局",)))
    assert ids(owing) == ["case/budget/1@finance", "case/budget/2@finance"]
    assert [one.path_number for one in owing] == [1, 2]


def test_what_only_a_person_can_confirm_is_mapping_required_until_then() -> None:
    confirmed = replace(FINANCE, confirmed=("budget",))
    place = district(GOVERNMENT, confirmed, REFORM)
    one = requirement(Scope.ORGANS, BUDGET, organ_kinds=("government", "department"), confirm_organs=True)
    government, finance, reform = owed(one, place)
    assert (government.mapping_required, finance.mapping_required) == ("", "")
    assert reform.mapping_required == "“财政预决算信息”是否适用于万州区发展和改革委员会，尚待人工确认。"
    assert [duty.is_walked for duty in (government, finance, reform)] == [True, True, False]


def test_manual_duties_are_one_each_venue_and_never_walked() -> None:
    venues = ("政务服务中心", "公共图书馆")
    owing = owed(requirement(Scope.MANUAL, venues=venues, responsible=("区财政局",)))
    assert ids(owing) == ["case/budget/0@政务服务中心", "case/budget/0@公共图书馆"]
    assert [one.venue for one in owing] == list(venues)
    assert {one.organ for one in owing} == {FINANCE}
    assert not any(one.is_walked for one in owing)


def test_manual_duties_of_organs_are_one_each() -> None:
    owing = owed(requirement(Scope.MANUAL, organ_kinds=("town", "subdistrict")))
    assert ids(owing) == ["case/budget/0@town", "case/budget/0@street"]
    both = owed(requirement(Scope.MANUAL, organ_kinds=("town",), venues=("便民服务中心",)))
    assert [(one.id, one.organ, one.venue) for one in both] == [
        ("case/budget/0@便民服务中心@town", TOWN, "便民服务中心")
    ]


def test_a_manual_duty_without_venue_goes_to_those_responsible() -> None:
    (one,) = owed(requirement(Scope.MANUAL, responsible=("区教委",)))
    assert (one.id, one.organ) == ("case/budget/0@education", EDUCATION)


def test_no_duty_is_dropped_where_the_roster_names_no_organ_of_its_kind() -> None:
    place = district(GOVERNMENT, FINANCE)
    one = requirement(Scope.ORGANS, BUDGET, organ_kinds=("town",), lead=("区财政局",))
    (owing,) = owed(one, place)
    assert owing.id == "case/budget/1@unassigned"
    assert (owing.organ, owing.is_walked) == (FINANCE, False)
    assert "名册尚未列明" in owing.mapping_required
    assert owed(one, replace(place, roster_complete=True)) == ()


def test_a_district_without_a_government_gets_an_implied_one_and_says_so() -> None:
    (one,) = owed(requirement(Scope.PORTAL, BUDGET), district(FINANCE))
    assert (one.id, one.organ.name) == ("case/budget/1@government", "万州区人民政府")
    assert one.unresolved == ("本级政府（名册未列，暂称万州区人民政府）",)
    (own,) = owed(requirement(Scope.ORGANS, BUDGET, organ_kinds=("government",)), district(FINANCE))
    assert own.organ == one.organ


@pytest.mark.parametrize(
    "facts, as_of, stands, by_basis",
    [
        ({}, date(2021, 6, 2), False, False),
        ({}, date(2021, 6, 3), True, False),
        ({"valid_from": date(2021, 11, 1)}, date(2021, 10, 31), False, False),
        ({"valid_to": date(2022, 1, 15)}, date(2022, 1, 15), True, False),
        ({"valid_to": date(2022, 1, 15)}, date(2022, 1, 16), False, False),
        ({"valid_to": date(2022, 1, 15), "basis": ("预算法 第十四条",)}, date(2022, 1, 15), True, False),
        ({"valid_to": date(2022, 1, 15), "basis": ("预算法 第十四条",)}, date(2022, 1, 16), True, True),
    ],
)
def test_what_stands_on_a_day(facts: dict[str, object], as_of: date, stands: bool, by_basis: bool) -> None:
    owing = owed(requirement(Scope.PORTAL, BUDGET, **facts), as_of=as_of)
    assert bool(owing) is stands
    if stands:
        assert owing[0].by_basis_only is by_basis
        notice = "某府办发〔2021〕1号 一（三）1"
        assert owing[0].citations[0] == ("预算法 第十四条" if by_basis else notice)


def test_a_carried_directory_is_adopted_once() -> None:
    carrier = directory(requirement(Scope.PORTAL, BUDGET), id="carrier", carries=("carried", "not_here"))
    carried = directory(requirement(Scope.PORTAL, BUDGET), id="carried", carries=("carrier",))
    place = district(directories=("carrier", "carried"))
    assert [one.id for one in adopted(catalogue(carrier, carried), place)] == ["carrier", "carried"]
    only_carrier = district(directories=("carrier",))
    assert [one.id for one in adopted(catalogue(carrier, carried), only_carrier)] == ["carrier", "carried"]


def test_one_column_owed_by_two_directories_is_two_obligations() -> None:
    two = catalogue(*(directory(requirement(Scope.PORTAL, BUDGET), id=one) for one in ("first", "second")))
    owing = obligations(two, district(directories=("first", "second")), DAY)
    assert ids(owing) == ["first/budget/1@government", "second/budget/1@government"]


def test_an_unknown_directory_is_named() -> None:
    place = replace(district(directories=("kase",)), file="wanzhou.toml")
    with pytest.raises(CatalogueError, match=r'wanzhou\.toml: directories: .*"kase".*did you mean "case"'):
        obligations(catalogue(directory(requirement(Scope.PORTAL, BUDGET))), place, DAY)


def test_a_confirmation_of_an_unknown_requirement_is_named() -> None:
    place = district(replace(FINANCE, confirmed=("budgett",)))
    with pytest.raises(CatalogueError, match=r'organ "万州区财政局": .*"budgett".*did you mean "budget"'):
        owed(requirement(Scope.PORTAL, BUDGET), place)


def test_two_obligations_never_share_an_id() -> None:
    twins = (Organ("a", "甲局", FINANCE.kind), Organ("a", "乙局", FINANCE.kind))
    with pytest.raises(CatalogueError, match="two obligations would have the id"):
        owed(requirement(Scope.ORGANS, BUDGET, organ_kinds=("department",)), district(*twins))


def test_every_kind_of_the_small_roster_is_there() -> None:
    assert {organ.kind for organ in ORGANS} >= set(KINDS)


def test_on_a_bureaus_own_site_nobody_is_taken_for_the_government() -> None:
    """What a government owes on its portal is asked of a person there, never of the bureau whose site is walked."""
    bureau = replace(FINANCE, entry="http://127.0.0.1:9100/")
    site = replace(district(bureau), home=bureau.entry)
    whole = requirement(Scope.PORTAL_AND_ORGANS, BUDGET, organ_kinds=KINDS)
    asked = {one.organ.id: one.mapping_required for one in owed(whole, site)}
    assert asked["finance"] == ""
    assert "自己的网站" in asked["government"]
    portal = replace(site, home="http://127.0.0.1:9200/")
    assert {one.mapping_required for one in owed(whole, portal)} == {""}


def test_after_the_task_year_the_standing_basis_is_cited_first() -> None:
    one = requirement(Scope.PORTAL, BUDGET, responsible=("区财政局",), basis=("预算法 第十四条",))
    notice = replace(directory(one), task_ends_on=date(2022, 1, 15))
    cited = [
        obligations(catalogue(notice), district(), day)[0].citations[0]
        for day in (date(2022, 1, 15), date(2022, 1, 16))
    ]
    assert cited[0] != "预算法 第十四条"
    assert cited[1] == "预算法 第十四条"
