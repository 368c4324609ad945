"""Which words on a page name a unit, and of what kind (机构名称与类别); rules are data, folders never count."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catalog.district import OrganKind
from crawler.probing.placenames import bare_place, government_place, innermost, leading_place, level_of

_ASIDE = re.compile(r"[(（〔\[【]([^()（）〔〕\[\]【】]{2,24})[)）〕\]】]")
_TAIL = re.compile(
    r"(?:[-_—|·:：]?(?:政府)?(?:信息公开|政务公开|政务信息公开)(?:目录|平台|专栏|栏目|专题|网|专页|专区|年报)?"
    r"|[-_—|]?(?:门户网站|官方网站|网站|官网|子网站|子站|主页|首页|专属网页|网页|专栏|网))$"
)
_ONLY = re.compile(r"[㐀-鿿〇]{2,40}")
_ABOVE = re.compile(r"^(?:省|自治区|中央|国务院|国家|全国|最高|中华|解放军|兵团)")
_OTHER_CITY = re.compile(r"^市(?!场|政(?!府|协)|容|民|属国有)")
_OTHER_COUNTY = re.compile(r"^(?:县(?!域)|区(?!域|划|块|情|级|直)|旗)(?=[一-龥]{2})")
LONGEST = 30


@dataclass(frozen=True, slots=True)
class UnitName:
    """Unit name (机构名称) as read from a page.

    Attributes:
        shown: as the page prints it, cleaned of what belongs to no name (网站, 信息公开目录).
        core: without place names and level (财政局).
        others: names in brackets beside it (挂牌机构).
        note: of the rule that gave the kind, or empty.
    """

    shown: str
    core: str
    kind: OrganKind
    others: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: OrganKind
    note: str
    ends: tuple[str, ...]
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    rules: tuple[_Rule, ...]
    names: frozenset[str]
    ends: tuple[str, ...]
    words: tuple[str, ...]
    units: tuple[str, ...]
    before_town: tuple[str, ...]


@cache
def _rules() -> _Rules:
    table = tomllib.loads(files("crawler.probing").joinpath("names.toml").read_text(encoding="utf-8"))
    generic = table["generic"]
    rules = tuple(
        _Rule(OrganKind(one["kind"]), one["note"], tuple(one.get("ends", ())), tuple(one.get("holds", ())))
        for one in table["rule"]
    )
    lists = (tuple(generic[key]) for key in ("ends", "words", "units", "before_town"))
    return _Rules(rules, frozenset(generic["names"]), *lists)


def unit_name(label: str, place: str) -> UnitName | None:
    """The unit of a place that a label names, or None: a column, a title, a service, a unit of another place.

    Args:
        place: of the portal (万州区); empty where nobody knows it, then units of other places are not told apart.
    """
    text = "".join(unicodedata.normalize("NFKC", label).split())
    if not 2 <= len(text) <= 2 * LONGEST:
        return None
    inside = tuple(found.group(1) for found in _ASIDE.finditer(text))
    text = _ASIDE.sub("", text).strip("-_—|·:：,，.。、>》»")
    text = _without_tail(text)
    if not _ONLY.fullmatch(text) or len(text) > LONGEST:
        return None
    core = core_of(text, place)
    if core is None or len(core) < 2 or core in _rules().names:
        return None
    rule = _rule_of(text, core)
    if rule is None or not _is_name(core, rule.kind):
        return None
    others = tuple(one for one in inside if _ends_as_unit(one))
    return UnitName(text, core, rule.kind, others, rule.note)


def _without_tail(text: str) -> str:
    shorter = _TAIL.sub("", text)
    return shorter if len(shorter) >= 2 else text


def core_of(name: str, place: str) -> str | None:
    """A name without the place's own name and level; None where it belongs to another place."""
    if not place:
        leading = leading_place(name)
        return name[name.find(leading) + len(leading) :] if leading else _without_level(name)
    bare = bare_place(place)
    at = name.find(place)
    if 0 <= at <= 14:
        rest = name[at + len(place) :]
        return _without_level(rest) if rest else None
    at = name.find(bare)
    if len(bare) >= 2 and (at == 0 or (0 < at <= 12 and name.startswith(("国家", "中共", "中国", "共青团")))):
        rest = name[at + len(bare) :].removeprefix(level_of(place))
        return rest or None
    if _ABOVE.match(name):
        return None
    leading = leading_place(name)
    if leading and innermost(leading) != place:
        return None
    level = level_of(place)
    if level != "市" and _OTHER_CITY.match(name):
        return None
    other = _OTHER_COUNTY.match(name)
    if other and other.group()[0] != level:
        return None
    return _without_level(name)


def _without_level(name: str) -> str:
    for pattern in (_OTHER_COUNTY, _OTHER_CITY):
        if pattern.match(name):
            return name[1:]
    return name.removeprefix("本级")


def _rule_of(name: str, core: str) -> _Rule | None:
    for rule in _rules().rules:
        if core.endswith(rule.ends) or any(word in name for word in rule.holds):
            return rule
    return None


def _is_name(core: str, kind: OrganKind) -> bool:
    rules = _rules()
    if core.endswith(rules.ends):
        return False
    if kind in (OrganKind.TOWN, OrganKind.SUBDISTRICT):
        own = re.sub(r"(?:人民)?政府$|办(?:事处)?$", "", core)
        return len(own) <= 12 and not any(word in own for word in rules.before_town)
    rest = core
    for unit in rules.units:
        rest = rest.replace(unit, "")
    return not any(word in rest for word in rules.words)


def _ends_as_unit(name: str) -> bool:
    return bool(_ONLY.fullmatch(name)) and any(name.endswith(rule.ends) for rule in _rules().rules if rule.ends)


def is_government(label: str, place: str) -> bool:
    """Whether a label names the place's own government (万州区人民政府)."""
    said = government_place(label)
    return bool(said) and (not place or said in (place, bare_place(place))) and label.rstrip().endswith("政府")


def full_name(unit: UnitName, place: str) -> tuple[str, bool]:
    """A unit's full name, and whether it was completed by us from a short form (区财政局: 万州区财政局)."""
    name = unit.shown
    if unit.kind is OrganKind.TOWN and not name.endswith("政府"):
        name = f"{name}人民政府"
    elif unit.kind is OrganKind.SUBDISTRICT and not name.endswith("办事处"):
        name = re.sub(r"街(?:道)?办?$", "街道办事处", name)
    if place and place not in name:
        bare = bare_place(place)
        core = core_of(name, place) or name
        party = unit.kind is OrganKind.PARTY and name.startswith(("区委", "县委", "市委", "旗委"))
        if not (name.startswith(("国家", "中共", "中国", "共青团")) and bare in name):
            name = f"{place}{name[1:] if party else core}"
    return name, name != unit.shown
