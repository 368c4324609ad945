"""From a role printed in a notice (区教委) to an organ of a district (某县教育委员会); no guess where two fit."""

from __future__ import annotations

import re
import unicodedata

from catalog.aliases import OrganAliases
from catalog.district import District, Organ, OrganKind

_LEADING_LEVEL = re.compile(r"^(?:本级|各?区县|各?区|各?县)(?!委)(?=[一-龥]{2})")
_LEVEL = re.compile(r"^[区县](?=[一-龥]{2})")
_MUNICIPAL = re.compile(r"^市(?=[一-龥]{2})")
_OFFICE_OF_A_PLACE = re.compile(r"(?<=[一-龥][镇乡])政府$|(?<=[一-龥]街道)办(?:事处)?$")
"""Portals list 高梁镇人民政府 and 太白街道办事处 as 高梁镇 and 太白街道."""

_HEADS_OFFICES = ("政府", "区委", "县委", "市委")
_OFFICE_OF_IT = re.compile(
    r"(?:办公厅|办公室|办(?![理法事公])|新闻办|法制办|外事办|国资委|研究室|督查室|信访办|驻.{1,6}办事处"
    r"|组织部|宣传部|统战部|政法委|编办|党校)"
)
"""Units whose names begin with that of the body they serve."""

_PLACE_REACH = 12
"""How far into a full name the district's own name may begin (国家税务总局重庆市 before it)."""

_OPEN_GROUP = re.compile(r"有关|相关|成员单位|等单位|各单位|建设单位|管理单位|承办单位")
_GROUPS = (
    (
        re.compile(r"各(?:镇乡街道|乡镇街道|街镇|镇街|乡镇(?:、|（|\()?街道|镇乡|乡镇)"),
        (OrganKind.TOWN, OrganKind.SUBDISTRICT),
    ),
    (re.compile(r"各(?:镇|乡)(?:人民)?(?:政府)?$"), (OrganKind.TOWN,)),
    (re.compile(r"各街道(?:办事处)?$"), (OrganKind.SUBDISTRICT,)),
    (re.compile(r"各(?:工作)?部门$|政府部门$"), (OrganKind.DEPARTMENT,)),
)


def is_open_group(role: str) -> bool:
    """Whether a role means units that no roster can list (区政府有关部门, 成员单位); a person must say who they are."""
    return bool(_OPEN_GROUP.search(role))


def group_kinds(role: str) -> tuple[OrganKind, ...]:
    """Kinds of organ that a group means (各镇乡街道); empty for a single unit and for an open group."""
    if is_open_group(role):
        return ()
    return next((kinds for pattern, kinds in _GROUPS if pattern.search(role)), ())


def government_of(district: District) -> Organ:
    """The district's government (本级政府) as an organ; an implied one where the roster has none."""
    for organ in district.organs:
        if organ.kind is OrganKind.GOVERNMENT:
            return organ
    return Organ("government", f"{district.name}人民政府", OrganKind.GOVERNMENT, implied=True)


def resolve(role: str, district: District, aliases: OrganAliases) -> Organ | None:
    """The one organ of the district that a role means.

    Names are compared after taking place names and a leading 区 or 县 off both sides; then by the alias table; then by
    form of organisation (教育委员会, 教育委, 教育局). A municipal role (市教委) means no organ of a district that is no
    city itself.

    Returns:
        None for a group, for a role that no organ fits, and where two organs fit equally well.
    """
    if is_open_group(role) or group_kinds(role):
        return None
    if _MUNICIPAL.match(role) and not district.name.endswith("市"):
        return None
    wanted = bare(role, district)
    if wanted == "政府":
        return government_of(district)
    names = {organ: {bare(name, district) for name in organ.names} for organ in district.organs}
    spellings = {wanted}
    for group in aliases.groups:
        group_names = {bare(name, district) for name in group}
        if wanted in group_names:
            spellings |= group_names
    stems = {_stem(name) for name in spellings}
    for found in (
        [organ for organ, own in names.items() if wanted in own],
        [organ for organ, own in names.items() if spellings & own],
        [organ for organ, own in names.items() if stems & {_stem(name) for name in own}],
    ):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def other_names(organ: Organ, district: District, aliases: OrganAliases) -> tuple[str, ...]:
    """Names by which the organ also goes: by the alias table (区发改委), and with the bare place (万州财政局).

    Names of the table are left out where they also fit another organ of the district.
    """
    own = {bare(name, district) for name in organ.names}
    taken = {bare(name, district) for other in district.organs if other.id != organ.id for name in other.names}
    cores = [_LEVEL.sub("", name[len(district.name) :]) for name in organ.names if name.startswith(district.name)]
    for group in aliases.groups:
        forms = {bare(name, district) for name in group}
        if forms & own and not forms & taken:
            cores += [_LEVEL.sub("", name) for name in sorted(group)]
    places = (district.name[-1:], district.name.rstrip("区县市"))
    made = (f"{place}{core}" for core in cores if core for place in places if place)
    return tuple(name for name in dict.fromkeys(made) if name not in organ.names)


def bare(name: str, district: District) -> str:
    """A unit's name without place names and level, in one writing (万州区教育委员会 and 区教育委 are 教育委)."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    start = text.find(district.name)
    short_name = district.name.rstrip("区县市")
    if 0 <= start <= _PLACE_REACH:
        text = text[start + len(district.name) :] or text
    elif len(short_name) >= 2 and text.startswith(short_name):
        text = text[len(short_name) :] or text
    text = _LEADING_LEVEL.sub("", text, count=1)
    if district.name.endswith("市"):
        text = _MUNICIPAL.sub("", text, count=1)
    text = text.replace("人民政府", "政府").replace("委员会", "委").replace("和", "").replace("与", "")
    return _OFFICE_OF_A_PLACE.sub("", text)


def holds_name(text: str, name: str) -> bool:
    """Whether a folded text holds a folded name that begins no longer name (区政府 in 区政府办公室)."""
    start = text.find(name) if name else -1
    while start >= 0:
        if not (name.endswith(_HEADS_OFFICES) and _OFFICE_OF_IT.match(text, start + len(name))):
            return True
        start = text.find(name, start + 1)
    return False


def _stem(name: str) -> str:
    """Name with 委 or 局 made one mark; other names stay, so that a subject (商务) is no committee of it (商务委)."""
    return f"{name[:-1]}*" if len(name) > 2 and name[-1] in "委局" else name
