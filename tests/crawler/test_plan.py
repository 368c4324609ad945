"""The plan: obligations become one tree a start page, steps are shared, wants are joined."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalog.district import District, Organ, OrganKind
from catalog.obligation import Obligation
from catalog.path import DisclosurePath, PathOrigin, Step
from catalog.requirement import Directory, Requirement, Root, Scope
from crawler.plan import Itinerary, expected_requests, plan
from ledger.observation import Need, Wanted

GOVERNMENT = Organ("gov", "万州区人民政府", OrganKind.GOVERNMENT)
FINANCE = Organ("finance", "万州区财政局", OrganKind.DEPARTMENT, "区财政局", entry="http://czj.wz.gov.cn/")
EDUCATION = Organ("education", "万州区教育委员会", OrganKind.DEPARTMENT, "区教委")
DISTRICT = District("wanzhou", "万州区", "http://www.wz.gov.cn/", (), (GOVERNMENT, FINANCE, EDUCATION))
DAY = date(2021, 6, 3)


def owed(
    name: str,
    path: str,
    organ: Organ = GOVERNMENT,
    *,
    root: Root = Root.EITHER,
    at_portal: bool = True,
    **facts: object,
) -> Obligation:
    steps = tuple(Step(label, label == "法定主动公开内容") for label in ("政府网站", *path.split(">"))) if path else ()
    disclosure = DisclosurePath(steps, PathOrigin.PRINTED) if steps else None
    requirement = Requirement(name, name, "一", "", Scope.PORTAL, root=root)
    directory = Directory("t", "t", "t", DAY, DAY, (requirement,))
    return Obligation(
        f"t/{name}/1@{organ.id}", "wanzhou", directory, requirement, organ, disclosure, 1, at_portal=at_portal, **facts
    )  # type: ignore[arg-type]


def tree(itinerary: Itinerary) -> list[str]:
    return [">".join(leaf.labels) for leaf in itinerary.leaves]


def test_shared_steps_are_one_node_and_shared_columns_one_leaf() -> None:
    first = owed("rules", "政府信息公开>履职依据>行政法规")
    second = owed("rules_again", "政府信息公开>履职依据>行政法规")
    third = owed("budget", "政府信息公开>预算/决算")
    wants = {
        first.id: Wanted(frozenset({Need.LISTING}), (("2020",),)),
        second.id: Wanted(frozenset({Need.ARTICLE}), (("2021",),), ("区财政局",)),
    }
    (portal,) = plan([first, second, third], wants, DISTRICT)
    assert (portal.root, portal.organ, portal.start_url) == ("portal", None, DISTRICT.home)
    assert len(portal.children) == 1
    assert tree(portal) == ["政府信息公开>履职依据>行政法规", "政府信息公开>预算/决算"]
    leaf, budget = portal.leaves
    assert leaf.obligation_ids == (first.id, second.id)
    assert leaf.wanted == Wanted(frozenset({Need.LISTING, Need.ARTICLE}), (("2020",), ("2021",)), ("区财政局",))
    assert budget.wanted.needs == {Need.COLUMN}


def test_organs_follow_the_portal_and_keep_their_entries() -> None:
    path = "政府信息公开>法定主动公开内容>预算/决算"
    budget = [owed("budget", path, organ, at_portal=False) for organ in (FINANCE, EDUCATION)]
    itineraries = plan(budget, {}, DISTRICT)
    assert [(one.root, one.start_url) for one in itineraries] == [
        ("portal", DISTRICT.home),
        ("organ:finance", "http://czj.wz.gov.cn/"),
        ("organ:education", ""),
    ]
    (leaf,) = itineraries[0].leaves
    assert [(seeker.organ.id, seeker.unless_found) for seeker in leaf.seekers] == [
        ("finance", "organ:finance"),
        ("education", "organ:education"),
    ]
    assert itineraries[1].children[0].children[0].step.may_be_skipped


def test_section_only_duties_leave_the_portal_alone_but_it_is_still_the_control() -> None:
    itineraries = plan([owed("a", "联系我们", FINANCE, root=Root.SECTION, at_portal=False)], {}, DISTRICT)
    assert [(one.root, len(one.leaves)) for one in itineraries] == [("portal", 0), ("organ:finance", 1)]


def test_what_nobody_walks_is_left_out() -> None:
    manual = owed("hall", "")
    unmapped = owed("rules", "政府信息公开>履职依据", mapping_required="责任主体待确认")
    assert [tree(one) for one in plan([manual, unmapped], {}, DISTRICT)] == [[]]
    assert plan([owed("budget", "预算/决算")], {}, replace(DISTRICT, home="")) == ()


def test_path_that_is_the_start_page_itself_is_a_leaf_of_the_itinerary() -> None:
    alone = owed("section", "x", FINANCE, root=Root.SECTION, at_portal=False)
    alone = replace(alone, path=DisclosurePath((Step("政府网站"),), PathOrigin.TEXT))
    itineraries = plan([alone], {}, DISTRICT)
    assert itineraries[1].leaf is not None
    assert itineraries[1].leaves[0].labels == ()


def test_expected_requests_grow_with_what_is_wanted() -> None:
    duty = owed("budget", "政府信息公开>预算/决算")
    few = expected_requests(plan([duty], {}, DISTRICT))
    wants = {duty.id: Wanted(frozenset({Need.ARTICLE, Need.ATTACHMENTS, Need.SUBCOLUMNS}))}
    assert 0 < few < expected_requests(plan([duty], wants, DISTRICT))
    assert expected_requests(()) == 0
