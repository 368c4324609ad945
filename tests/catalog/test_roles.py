"""Roles as notices print them find the one organ they mean, and nobody where two fit or none."""

from __future__ import annotations

import pytest
from catalog_literal import EDUCATION, FINANCE, GOVERNMENT, ORGAN_ALIASES, PARTY, REFORM, STREET, TAX, TOWN, district

from catalog.aliases import OrganAliases
from catalog.district import District, Organ, OrganKind
from catalog.roles import bare, government_of, group_kinds, is_open_group, other_names, resolve


@pytest.mark.parametrize(
    "role, organ",
    [
        ("区财政局", FINANCE),
        ("万州区财政局", FINANCE),
        ("财政局", FINANCE),
        ("重庆市万州区财政局", FINANCE),
        ("区教委", EDUCATION),
        ("区教育局", EDUCATION),
        ("区发展改革委", REFORM),
        ("区发展和改革委员会", REFORM),
        ("区税务局", TAX),
        ("区委网信办", PARTY),
        ("高梁镇", TOWN),
        ("高梁镇政府", TOWN),
        ("太白街道", STREET),
        ("太白街道办", STREET),
        ("区政府", GOVERNMENT),
        ("区县政府", GOVERNMENT),
        ("各区县政府", GOVERNMENT),
        ("本级政府", GOVERNMENT),
        ("万州区人民政府", GOVERNMENT),
    ],
)
def test_a_role_finds_its_organ(role: str, organ: Organ) -> None:
    assert resolve(role, district(), ORGAN_ALIASES) == organ


@pytest.mark.parametrize(
    "role",
    [
        *(
            "区民政局",
            "市财政局",
            "市教委",
            "区政府各部门",
            "区政府有关部门",
            "区疫情防控工作领导小组成员单位",
            "有关单位",
        ),
        *("各镇乡街道", "区", "政"),
    ],
)
def test_a_role_that_nobody_fits_finds_nobody(role: str) -> None:
    assert resolve(role, district(), ORGAN_ALIASES) is None


@pytest.mark.parametrize("name", ["垫江县教育委员会", "垫江县教委", "县教育局", "县教体局", "垫江教委"])
def test_the_district_of_another_level_is_found(name: str) -> None:
    organ = Organ("education", name, OrganKind.DEPARTMENT)
    assert resolve("区教委", district(organ, name="垫江县"), ORGAN_ALIASES) == organ


def test_an_unnamed_county_is_found() -> None:
    organ = Organ("education", "某县教育委员会", OrganKind.DEPARTMENT)
    assert resolve("区教委", district(organ, name="某县"), ORGAN_ALIASES) == organ


def test_a_city_is_its_own_level() -> None:
    organ = Organ("education", "江城市教育局", OrganKind.DEPARTMENT)
    city = district(organ, name="江城市")
    assert resolve("市教委", city, ORGAN_ALIASES) == organ
    assert resolve("区教委", city, ORGAN_ALIASES) == organ


def test_an_office_of_the_government_is_not_the_government() -> None:
    office = Organ("office", "万州区人民政府办公室", OrganKind.DEPARTMENT)
    assert resolve("区政府办公室", district(GOVERNMENT, office), OrganAliases()) == office


def test_a_centre_is_found_with_and_without_its_level() -> None:
    centre = Organ("centre", "区党政信息中心", OrganKind.INSTITUTION)
    assert resolve("党政信息中心", district(centre), OrganAliases()) == centre
    assert resolve("区党政信息中心", district(centre), OrganAliases()) == centre


def test_form_of_organisation_is_looked_through_last() -> None:
    bureau = Organ("bureau", "万州区商务局", OrganKind.DEPARTMENT)
    committee = Organ("committee", "万州区商务委员会", OrganKind.DEPARTMENT)
    assert resolve("区商务委", district(bureau), OrganAliases()) == bureau
    assert resolve("区商务委", district(bureau, committee), OrganAliases()) == committee


def test_the_name_of_a_subject_is_no_organ() -> None:
    bureau = Organ("bureau", "万州区商务局", OrganKind.DEPARTMENT)
    assert resolve("商务", district(bureau), OrganAliases()) is None


def test_two_that_fit_equally_well_are_nobody() -> None:
    twins = (Organ("a", "万州区教育局", OrganKind.DEPARTMENT), Organ("b", "万州区教体局", OrganKind.DEPARTMENT))
    assert resolve("区教委", district(*twins), ORGAN_ALIASES) is None


def test_the_label_city_in_a_name_is_no_place() -> None:
    assert bare("万州区城市管理局", district()) == "城市管理局"
    assert bare("区城市管理局", district()) == "城市管理局"


@pytest.mark.parametrize(
    "role, kinds",
    [
        ("区政府各部门", (OrganKind.DEPARTMENT,)),
        ("各镇乡街道", (OrganKind.TOWN, OrganKind.SUBDISTRICT)),
        ("各街镇", (OrganKind.TOWN, OrganKind.SUBDISTRICT)),
        ("各镇人民政府", (OrganKind.TOWN,)),
        ("各街道办事处", (OrganKind.SUBDISTRICT,)),
        ("区财政局", ()),
        ("区政府有关部门", ()),
    ],
)
def test_groups_that_a_roster_can_expand(role: str, kinds: tuple[OrganKind, ...]) -> None:
    assert group_kinds(role) == kinds


@pytest.mark.parametrize("role", ["区政府有关部门", "区疫情防控工作领导小组成员单位", "有关单位"])
def test_groups_that_no_roster_can_expand(role: str) -> None:
    assert is_open_group(role)


def test_a_district_without_a_government_has_an_implied_one() -> None:
    government = government_of(district(FINANCE))
    assert (government.name, government.implied) == ("万州区人民政府", True)
    assert isinstance(district(), District)


def test_an_organ_goes_by_the_names_of_the_table_unless_another_bears_them() -> None:
    other = Organ("other", "万州区教育局", OrganKind.DEPARTMENT)
    assert {"区教委", "万州教委", "区教体局", "万州教育委员会"} <= set(
        other_names(EDUCATION, district(), ORGAN_ALIASES)
    )
    assert "区教委" not in other_names(EDUCATION, district(EDUCATION, other), ORGAN_ALIASES)
    assert other_names(FINANCE, district(), ORGAN_ALIASES) == ("万州财政局",)
    county = Organ("education", "某县教育委员会", OrganKind.DEPARTMENT)
    assert "县教体局" in other_names(county, district(county, name="某县"), ORGAN_ALIASES)
