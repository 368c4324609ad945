"""Confirming (主体确认): whose page an organ's page says it is: by heading, then breadcrumb, title and SiteName."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from catalog.district import Organ, OrganKind
from catalog.roles import bare
from catalog.spelling import fold
from crawler.page.page import Page
from crawler.walking.organ_index import Names

_PARTS = re.compile(r"\s*(?:[-_|｜—–·>»]+|--+)\s*")
_UNIT = re.compile(r"^[一-龥（）()、]{2,24}(?:局|委员会|街道办事处|[镇乡]人民政府)$")
_UNIT_OF_A_PLACE = re.compile(r"^[一-龥（）()、]{2,24}(?:委|办|办公室|中心|街道|[镇乡]|管委会|支队|大队|会|院|站)$")
_NO_UNIT = re.compile(r"我局|本局|我委|本委|^(?:人民)?政府办公?室?$|乡镇|镇乡|镇街|街镇|部门|各街道")
_LONGEST = 30


class Said(StrEnum):
    """Said (页面主体): whose page a page says it is."""

    OWN = "own"
    ANOTHER = "another"
    NOBODY = "nobody"


def whose(page: Page, organ: Organ, organs: Sequence[Organ], names: Names) -> Said:
    """Whose page it says it is: the first of heading, breadcrumb, title and SiteName that names a unit decides.

    A SiteName that names another unit than the heading is a copied template; the heading is what readers see. A unit
    that is only mentioned (in a news title) decides where nothing else does.
    """
    others = [one for one in organs if one.id != organ.id and one.kind is not OrganKind.GOVERNMENT]
    tiers = [[part for part in tier if part] for tier in _tiers(page)]
    for parts in tiers:
        if any(names.match(organ, part) or names.said(organ, fold(part)) for part in parts):
            return Said.OWN
        if any(_is_another(part, others, names) for part in parts):
            return Said.ANOTHER
    text = " ".join(fold(part) for parts in tiers for part in parts)
    return Said.ANOTHER if any(names.said(one, text) for one in others) else Said.NOBODY


def _tiers(page: Page) -> Iterator[Sequence[str]]:
    yield (page.heading,)
    yield (*(crumb.label for crumb in reversed(page.breadcrumb)), page.tags.get("ColumnName", ""))
    yield (page.title, *_PARTS.split(page.title))
    yield (page.tags.get("SiteName", ""),)


def _is_another(part: str, others: Sequence[Organ], names: Names) -> bool:
    if any(names.match(other, part) for other in others):
        return True
    return is_unit(part, names)


def is_unit(label: str, names: Names) -> bool:
    """Whether a label is, as a whole, the name of some unit, in the roster or not; the government itself is none."""
    text = fold(label)
    if len(text) > _LONGEST:
        return False
    plain = bare(text, names.district)
    if _NO_UNIT.search(plain):
        return False
    return bool(_UNIT.search(text)) or (plain != text and bool(_UNIT_OF_A_PLACE.search(plain)))


def differs_in_template(page: Page, organ: Organ, organs: Sequence[Organ], names: Names) -> str:
    """The SiteName of a copied template: it names another unit than the page itself; empty where it does not."""
    name = page.tags.get("SiteName", "")
    others = [one for one in organs if one.id != organ.id and one.kind is not OrganKind.GOVERNMENT]
    if not name or names.match(organ, name) or names.said(organ, fold(name)):
        return ""
    return name if _is_another(name, others, names) else ""
