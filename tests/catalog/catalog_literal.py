"""Small literal directories and districts for tests of what is owed."""

from __future__ import annotations

from datetime import date

from catalog.aliases import ColumnAliases, OrganAliases
from catalog.catalogue import Catalogue
from catalog.district import District, Organ, OrganKind
from catalog.path import DisclosurePath, PathOrigin, Step
from catalog.requirement import Directory, Requirement, Scope

GOVERNMENT = Organ("government", "万州区人民政府", OrganKind.GOVERNMENT)
FINANCE = Organ("finance", "万州区财政局", OrganKind.DEPARTMENT, "区财政局")
REFORM = Organ("reform", "万州区发展和改革委员会", OrganKind.DEPARTMENT, "区发展改革委")
EDUCATION = Organ("education", "万州区教育委员会", OrganKind.DEPARTMENT)
TOWN = Organ("town", "万州区高梁镇人民政府", OrganKind.TOWN)
STREET = Organ("street", "万州区太白街道办事处", OrganKind.SUBDISTRICT)
TAX = Organ("tax", "国家税务总局重庆市万州区税务局", OrganKind.VERTICAL)
PARTY = Organ("party", "中共万州区委网络安全和信息化委员会办公室", OrganKind.PARTY, "区委网信办")
ORGANS = (GOVERNMENT, FINANCE, REFORM, EDUCATION, TOWN, STREET, TAX, PARTY)

EDUCATION_NAMES = frozenset({"区教委", "区教育委员会", "区教育局", "区教体局"})
ORGAN_ALIASES = OrganAliases((EDUCATION_NAMES, frozenset({"区发展改革委", "区发展和改革委员会"})))


def district(
    *organs: Organ, name: str = "万州区", directories: tuple[str, ...] = ("case",), **more: object
) -> District:
    """A district of these organs; without any, one of each kind."""
    return District("wanzhou", name, "", directories, organs or ORGANS, **more)  # type: ignore[arg-type]


def path(*labels: str, origin: PathOrigin = PathOrigin.PRINTED) -> DisclosurePath:
    """A path from 政府网站 to these labels."""
    return DisclosurePath(tuple(Step(label) for label in ("政府网站", *labels)), origin)


def requirement(scope: Scope, *paths: DisclosurePath, id: str = "budget", **more: object) -> Requirement:  # noqa: A002
    """A requirement with this scope and these paths."""
    return Requirement(id, "财政预决算信息", "一（三）1", "公开预决算", scope, paths=paths, **more)  # type: ignore[arg-type]


def directory(*requirements: Requirement, id: str = "case", **more: object) -> Directory:  # noqa: A002
    """A directory that holds these requirements, in force from 2021-06-03."""
    facts: dict[str, object] = {
        "document_number": "某府办发〔2021〕1号",
        "issued_on": date(2021, 6, 3),
        "valid_from": date(2021, 6, 3),
        **more,
    }
    return Directory(id=id, title="测试通知", requirements=requirements, **facts)  # type: ignore[arg-type]


def catalogue(*directories: Directory) -> Catalogue:
    """A catalogue of these directories with the alias pairs above."""
    return Catalogue({one.id: one for one in directories}, ColumnAliases(), ORGAN_ALIASES)
