"""Units listed on one page (页面所列机构): names where units are listed, never news, services or columns; pure."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from catalog.spelling import fold
from crawler.page.page import Page, PageLink, Zone
from crawler.probing.naming import UnitName, unit_name
from crawler.probing.placenames import bare_place
from crawler.walking.places import ancestors

CLUSTER = 4
"""So many units side by side are a list of units, whatever stands above them."""
SHARE = 0.7
_ABOVE_COUNTY = re.compile(r"市级|市直|市属|市政府")


@dataclass(frozen=True, slots=True)
class _Labels:
    """Labels of indexes (索引名称), from data: words they are made of, one of which must be a core."""

    words: re.Pattern[str]
    cores: re.Pattern[str]
    never: re.Pattern[str]
    of_others: re.Pattern[str]


@cache
def _labels() -> _Labels:
    table = tomllib.loads(files("crawler.probing").joinpath("indexes.toml").read_text(encoding="utf-8"))
    cores = sorted(table["cores"], key=len, reverse=True)
    words = sorted((*table["cores"], *table["words"]), key=len, reverse=True)
    return _Labels(
        re.compile(f"(?:{'|'.join(words)})+"),
        re.compile("|".join(cores)),
        re.compile("|".join(table["never"])),
        re.compile("|".join(table["of_others"])),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """Listed unit (所列机构): one link of a page that names a unit.

    Attributes:
        where: why it is believed: the index's name, the heading above it, or a list of units.
        rank: 0 under the index of 信息公开 pages, 1 of units, 2 of 机构设置, 3 beside other units only.
    """

    name: UnitName
    link: PageLink
    page: Page
    where: str
    rank: int


@lru_cache(maxsize=10_000)
def index_rank(label: str, place: str) -> int | None:
    """How good an index of units a label promises, smaller is better; None where it promises none."""
    text = fold(label)
    for own in (place, bare_place(place)):
        if own and text.startswith(own):
            text = text[len(own) :]
            break
    text = re.sub(r"[()（）\[\]【】]", "", text)
    known = _labels()
    if not 2 <= len(text) <= 20 or known.never.search(text) or is_of_others(text, place):
        return None
    if not known.cores.search(text) or not known.words.fullmatch(text):
        return None
    if "公开" in text or "专属网页" in text:
        return 0
    return 2 if re.search(r"机构|组织|职能", text) and not re.search(r"部门|镇|街|乡", text) else 1


def is_of_others(text: str, place: str) -> bool:
    """Whether a heading stands above units of others: the level above, other places, friends."""
    if place.endswith(("市", "州", "盟")):
        text = _ABOVE_COUNTY.sub("", text)
    return bool(_labels().of_others.search(text))


def units_listed(
    page: Page,
    place: str,
    inside: Callable[[str], bool],
    *,
    index: str = "",
    index_rank_: int = 1,
    frame: Collection[str] = (),
) -> tuple[Listed, ...]:
    """Units that a page lists, in page order.

    Args:
        inside: whether an address belongs to the portal.
        index: label by which the page was reached as an index of units; empty for any other page.
        frame: addresses that stand on every page of the site; on an index page they are no entries of it.
    """
    named = _named(page, place)
    shares = _shares(page, named)
    found: list[Listed] = []
    for number, name in named.items():
        link = page.links[number]
        heads = [page.links[above].label for above in ancestors(page.links, number)]
        if any(is_of_others(fold(head), place) for head in heads):
            continue
        rank, where = _believed(heads, place, link, shares, index, index_rank_, frame)
        if where and (rank < 3 or inside(link.url)):
            found.append(Listed(name, link, page, where, rank))
    return tuple(found)


def _named(page: Page, place: str) -> dict[int, UnitName]:
    rows = {row.url for row in page.rows if row.published_on is not None}
    named = {}
    for number, link in enumerate(page.links):
        if not link.url or link.zone is Zone.BREADCRUMB or link.url in rows:
            continue
        name = unit_name(link.title, place) if link.title else None
        name = unit_name(link.label, place) or name
        if name is not None and index_rank(link.label, place) is None:
            named[number] = name
    return named


def _shares(page: Page, named: Collection[int]) -> dict[int, tuple[int, float]]:
    """Of each group of links: how many name units, and what share of it that is."""
    linked = [(number, link) for number, link in enumerate(page.links) if link.url and link.zone is not Zone.BREADCRUMB]
    total = Counter(link.group for _, link in linked)
    units = Counter(link.group for number, link in linked if number in named)
    return {group: (units[group], units[group] / total[group]) for group in units}


def _believed(
    heads: list[str],
    place: str,
    link: PageLink,
    shares: dict[int, tuple[int, float]],
    index: str,
    rank_of_index: int,
    frame: Collection[str],
) -> tuple[int, str]:
    for head in heads:
        rank = index_rank(head, place)
        if rank is not None:
            return rank, f"“{head}”之下"
    count, share = shares[link.group]
    if index and link.zone is not Zone.FOOTER and (link.url not in frame or (count >= CLUSTER and share >= SHARE)):
        return rank_of_index, f"索引页“{index}”"
    if count >= CLUSTER and share >= SHARE:
        return 3, "机构链接列表"
    return 9, ""
