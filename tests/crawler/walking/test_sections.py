"""An organ's own page is found by its name in the portal's index, and never by its address."""

from __future__ import annotations

from dataclasses import replace

from literal_portal import (
    DISTRICT,
    EDUCATION,
    FINANCE,
    TOWN,
    Portal,
    columns,
    filler,
    itinerary,
    look,
    menu,
    page,
    refused,
    url,
)

from catalog.aliases import OrganAliases
from catalog.district import Organ
from ledger.observation import MatchKind, Observation, Reach, SectionObservation
from ledger.reason import Reason

PATH = "政府信息公开>法定主动公开内容>预算/决算"
OTHERS = ("区教委", "区民政局", "区审计局", "龙都街道")


def section(seen: list[Observation], organ: Organ = FINANCE) -> SectionObservation:
    return next(one for one in seen if isinstance(one, SectionObservation) and one.root == f"organ:{organ.id}")


def portal(name: str = "区财政局", **facts: object) -> Portal:
    index = menu(*((other, f"bm/x{number}/") for number, other in enumerate(OTHERS)), (name, "bm/sfj_1/"))
    tree = [("预算/决算", "bm/sfj_1/ys/"), ("收费项目", "bm/sfj_1/sf/"), ("机关简介", "bm/sfj_1/jg/")]
    return Portal().add(
        page("", *menu(("政务公开", "zw/"), ("部门街镇", "bm/")), *filler()),
        page("bm/", *index),
        page("bm/sfj_1/", *menu(("法定主动公开内容", "bm/sfj_1/nr/", tree)), **facts),
        page("bm/sfj_1/ys/"),
    )


def walked(place: Portal, organ: Organ = FINANCE, **facts: object) -> list[Observation]:
    return look(place, itinerary(), itinerary(PATH, organ=organ), **facts)


def test_section_is_found_from_the_index_and_walked() -> None:
    place = portal()
    seen = walked(place)
    found = section(seen)
    assert (found.reach, found.url, found.match) == (Reach.FOUND, url("bm/sfj_1/"), MatchKind.EXACT)
    assert columns(seen)["organ:finance", *PATH.split(">")].url == url("bm/sfj_1/ys/")
    assert place.addresses == [url("bm/"), url("bm/sfj_1/"), url("bm/sfj_1/ys/")]


def test_names_without_the_place_and_by_the_alias_table_are_found() -> None:
    assert section(walked(portal("财政局"))).match is MatchKind.NORMALISED
    aliases = OrganAliases((frozenset(("区财政局", "区财税办")),))
    assert section(walked(portal("区财税办"), organ_aliases=aliases)).match is MatchKind.ALIAS
    assert section(walked(portal("区财税办"))).reach is Reach.ABSENT


def test_index_is_read_once_for_all_organs() -> None:
    place = portal().add(page("bm/x0/"), page("bm/x3/"))
    look(place, itinerary(), *(itinerary(PATH, organ=organ) for organ in (FINANCE, EDUCATION, TOWN)))
    assert place.addresses.count(url("bm/")) == 1


def test_organ_that_no_index_lists_has_no_section_and_no_absent_columns() -> None:
    seen = walked(portal("区水利局"))
    found = section(seen)
    assert (found.reach, found.url) == (Reach.ABSENT, url("bm/"))
    assert found.offered == (*OTHERS, "区水利局")
    column = columns(seen)["organ:finance", *PATH.split(">")]
    assert (column.reach, column.reason) == (Reach.UNREACHED, Reason.SECTION_NOT_FOUND)


def test_index_that_could_not_be_read_proves_no_absence() -> None:
    found = section(walked(portal().add(refused("bm/", Reason.HTTP_5XX, 503))))
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.HTTP_5XX)


def test_section_that_names_another_organ_is_ambiguous() -> None:
    seen = walked(portal(heading="万州区教育委员会", title="区教委-万州区人民政府"))
    assert (section(seen).reach, section(seen).reason) == (Reach.UNREACHED, Reason.AMBIGUOUS)
    assert columns(seen)["organ:finance", *PATH.split(">")].reason is Reason.AMBIGUOUS
    own = walked(portal(heading="万州区财政局", title="区财政局-万州区人民政府"))
    assert section(own).reach is Reach.FOUND


def test_section_that_refuses_says_why() -> None:
    seen = walked(portal().add(refused("bm/sfj_1/", Reason.LOGIN_WALL, 200)))
    assert section(seen).reason is Reason.LOGIN_WALL
    assert columns(seen)["organ:finance", *PATH.split(">")].reason is Reason.LOGIN_WALL


def test_index_behind_the_disclosure_platform_is_found() -> None:
    place = portal()
    place.add(
        page("", *menu(("政府信息公开", "zw/")), *filler()),
        page("zw/", *menu("公开指南", "公开制度", ("部门信息公开", "bm/"))),
    )
    assert section(walked(place)).reach is Reach.FOUND


def test_known_entry_needs_no_index() -> None:
    place = portal()
    finance = replace(FINANCE, entry=url("bm/sfj_1/"))
    district = replace(DISTRICT, organs=(finance, EDUCATION))
    seen = look(place, itinerary(), itinerary(PATH, organ=finance, start=finance.entry), district=district)
    assert section(seen).reach is Reach.FOUND
    assert url("bm/") not in place.addresses


def test_own_host_of_an_organ_belongs_to_the_district() -> None:
    place = portal()
    place.add(
        page("bm/", *menu(*OTHERS, ("区财政局", "http://czj.wz.gov.cn/"))),
        page("http://czj.wz.gov.cn/", *menu(("预算/决算", "http://czj.wz.gov.cn/ys/"), *OTHERS)),
        page("http://czj.wz.gov.cn/ys/"),
    )
    assert columns(walked(place))["organ:finance", *PATH.split(">")].reach is Reach.FOUND
    probes = [visit.url for visit in place.asked if visit.kind == "probe"]
    assert len({one.split("/")[2] for one in probes}) == len(probes) == 2


def test_section_of_another_district_is_offsite() -> None:
    place = portal().add(page("bm/", *menu(*OTHERS, ("区财政局", "http://czj.example.cn/"))))
    seen = walked(place)
    assert section(seen).reach is Reach.OFFSITE
    assert columns(seen)["organ:finance", *PATH.split(">")].reason is Reason.REDIRECT_OFFSITE


def said_by(name: str = "区财政局", **facts: object) -> SectionObservation:
    crumbs = facts.pop("crumbs", ())
    return section(walked(portal(name, crumbs=crumbs, **facts)))


def test_page_of_a_unit_outside_the_roster_is_not_taken_for_the_organ_s() -> None:
    for facts in (
        {"heading": "万州区水利局"},
        {"heading": "科学技术局"},
        {"title": "万州区科学技术局-万州区人民政府"},
        {"crumbs": ("首页", "部门信息公开", "区水利局")},
        {"tags": {"SiteName": "万州区生态环境局"}},
        {"heading": "万州区太安镇人民政府"},
    ):
        assert (said_by(**facts).reach, said_by(**facts).reason) == (Reach.UNREACHED, Reason.AMBIGUOUS), facts


def test_page_that_names_no_unit_is_taken_as_it_is_linked() -> None:
    for facts in (
        {"heading": "政府信息公开", "title": "政府信息公开-万州区人民政府"},
        {"heading": "部门信息公开", "crumbs": ("首页", "区政府部门")},
        {"title": "万州区人民政府办公室", "heading": "新闻中心"},
        {"heading": "联系我局"},
    ):
        assert said_by(**facts).reach is Reach.FOUND, facts


def test_heading_goes_before_the_site_name_of_a_copied_template() -> None:
    copied = said_by(heading="万州区财政局", tags={"SiteName": "万州区教育委员会"})
    assert copied.reach is Reach.FOUND
    assert "万州区教育委员会" in copied.detail
    foreign = said_by(heading="万州区教育委员会", tags={"SiteName": "万州区财政局"})
    assert foreign.reason is Reason.AMBIGUOUS


def test_old_name_on_the_page_is_the_organ_s_where_the_table_knows_it() -> None:
    aliases = OrganAliases((frozenset(("区财政局", "区财税局")),))
    place = portal(heading="万州区财税局")
    assert section(walked(place, organ_aliases=aliases)).reach is Reach.FOUND
    assert section(walked(portal(heading="万州区财税局"))).reason is Reason.AMBIGUOUS


def test_next_entry_of_the_name_is_tried_where_the_first_leads_to_another_unit() -> None:
    place = portal(heading="万州区财政局")
    wrong = menu(("区财政局", "bm/x9/"), *((other, f"bm/x{number}/") for number, other in enumerate(OTHERS)))
    place.add(page("bm/", *wrong, *menu(("区财政局", "bm/sfj_1/"), group=8)), page("bm/x9/", heading="万州区水利局"))
    assert section(walked(place)).url == url("bm/sfj_1/")


def test_organ_s_name_over_the_portal_s_menu_makes_it_no_menu_of_the_organ() -> None:
    """The head of an organ's page (logo and the portal's main menu below it) beside its own menu of the same labels."""
    names = ("新闻中心", "zw/", "渝快办", "信箱")
    top = [("政府信息公开", "zw/"), *((name, f"t{number}/") for number, name in enumerate(names))]
    own = [("政府信息公开", "bm/sfj_1/zf/"), ("工作动态", "bm/sfj_1/dt/"), ("通知", "bm/sfj_1/tz/")]
    tree = [("法定主动公开内容", "nr/"), ("公开指南", "zn/"), ("预算/决算", "ys/")]
    for head in (("万州区财政局", ""), ("万州区财政局", "http://www.wz.gov.cn/")):
        place = portal()
        logo = menu((*head, top), ("万州区财政局", "", own))
        place.add(
            page("", *menu(*top, ("部门街镇", "bm/")), *filler()),
            page("bm/sfj_1/", *logo, heading="万州区财政局"),
            page("zw/", *menu(*tree)),
            page("ys/", *menu(*tree)),
            page("bm/sfj_1/zf/", *logo, *menu(*((label, f"bm/sfj_1/{path}") for label, path in tree), group=77)),
            page("bm/sfj_1/nr/", *menu(("预算/决算", "bm/sfj_1/ys/"), *tree[1:2], group=78)),
        )
        assert columns(walked(place))["organ:finance", *PATH.split(">")].url == url("bm/sfj_1/ys/"), head
