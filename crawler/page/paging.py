"""Pagers: where the other pages of a list are, as far as the page's own links and calls tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from crawler.page.addressing import absolute
from crawler.page.linking import Anchor
from crawler.page.menus import Menus
from crawler.page.opening import Openers
from crawler.page.page import Pager
from crawler.page.tree import Element, squeeze

_WORDS = re.compile(r"^[\s\[【<>«»‹›]*(?:下一?页|后一?页|下页|next|>|>>|»|›)[\s\]】>»›]*$", re.IGNORECASE)
_LAST = re.compile(r"^[\s\[【]*(?:尾页|末页|最后一?页|last)[\s\]】]*$", re.IGNORECASE)
_BACK = re.compile(r"^[\s\[【<>«»‹›]*(?:上一?页|前一?页|首页|第一页|prev|previous|first)[\s\]】<«‹]*$", re.IGNORECASE)
_NUMBER = re.compile(r"^[\s\[【]*第?\s*(\d{1,3})\s*页?[\s\]】]*$")
_PAGE_OF = re.compile(r"(?<!\d)\d{1,4}\s*/\s*(\d{1,4})\s*页|共\s*(\d{1,4})\s*页|总页数\s*[:：]?\s*(\d{1,4})")
_PARAMETERS = ("pageindex", "currentpage", "page", "pageno", "pagenum", "curpage", "p", "pn", "pageid", "currpage")
_SUFFIX = re.compile(r"^(?P<head>.*?)(?:[_-](?P<number>\d{1,4}))?(?P<tail>\.[a-z]{3,5})$", re.IGNORECASE)
PAGES_LIMIT = 2_000


def number_in(url: str) -> int | None:
    """Page number that an address carries in a parameter, or None."""
    for name, value in parse_qsl(urlsplit(url).query):
        if name.lower() in _PARAMETERS and value.isdigit() and len(value) <= 4:
            return int(value)
    return None


def is_paging(label: str) -> bool:
    """Whether a link's label only leads to another page of a list (上一页, 下一页, 尾页); no column is called so."""
    return any(words.match(label) for words in (_WORDS, _LAST, _BACK))


def _paging_links(menus: Menus) -> list[tuple[Anchor, str]]:
    found: list[tuple[Anchor, str]] = []
    for anchor in menus.anchors:
        label = anchor.label if anchor.label else anchor.title
        if _WORDS.match(label):
            found.append((anchor, "next"))
        elif _LAST.match(label):
            found.append((anchor, "last"))
        elif (match := _NUMBER.match(label)) is not None:
            found.append((anchor, match.group(1)))
    words = [pair for pair in found if not pair[1].isdigit()]
    numbers = [pair for pair in found if pair[1].isdigit()]
    # A lone figure is a count or a year; figures are pages beside the words or in a row of their own.
    return found if words or (len(numbers) >= 2 and {"2"} & {kind for _, kind in numbers}) else []


def _between(following: str, final: str) -> list[str]:
    """All addresses from the next page to the last where both differ by one number only."""
    first = re.split(r"(\d+)", following)
    second = re.split(r"(\d+)", final)
    if len(first) != len(second):
        return []
    different = [place for place in range(len(first)) if first[place] != second[place]]
    if len(different) != 1 or not first[different[0]].isdigit() or not second[different[0]].isdigit():
        return []
    place = different[0]
    start, end = int(first[place]), int(second[place])
    if not 0 < abs(end - start) <= PAGES_LIMIT:
        return []
    # Some systems count down: the first page has no number, page 2 the highest.
    step = 1 if end > start else -1
    return ["".join([*first[:place], str(number), *first[place + 1 :]]) for number in range(start, end + step, step)]


def _filled(numbered: dict[int, str]) -> dict[int, str]:
    """Addresses of the pages between those that are told, where all follow one count."""
    known = sorted(numbered)
    for low, high in pairwise(known):
        between = _between(numbered[low], numbered[high]) if high > low + 1 else []
        if len(between) == high - low + 1:
            numbered = {**numbered, **dict(zip(range(low, high + 1), between, strict=True))}
    return numbered


def page_choices(root: Element, base: str, openers: Openers) -> dict[int, str]:
    """Pages that a select box offers, by their number."""
    found: dict[int, str] = {}
    for element in root.order:
        if element.tag != "option":
            continue
        match = _NUMBER.match(squeeze("".join(element.pieces())))
        box = next((above for above in element.ancestors() if above.tag == "select"), None)
        value = element.get("value").strip()
        if match is None or box is None or not value:
            continue
        address = absolute(base, openers.address(box.get("onchange"), value) or (value if "/" in value else ""))
        if address:
            found[int(match.group(1))] = address
    return found if len(found) >= 2 and sorted(found) == list(range(min(found), max(found) + 1)) else {}


def _in_order(others: list[str], numbered: dict[int, str]) -> list[str]:
    places = {address: number for number, address in numbered.items()}
    return sorted(others, key=lambda address: places.get(address, 0)) if set(others) <= set(places) else others


def pager_of(menus: Menus, url: str, shown: str, choices: Mapping[int, str] = MappingProxyType({})) -> Pager:
    """Pager of the generic kinds: plain anchors, numbered parameters; script paging that leads nowhere is said.

    Args:
        url: the page's own address.
        shown: visible text of the page, for 共 N 页; empty for an article, whose text may count its own pages.
        choices: pages that a select box offers.
    """
    total = next((int(next(group for group in match.groups() if group)) for match in _PAGE_OF.finditer(shown)), None)
    links = _paging_links(menus)
    following = next((anchor.url for anchor, kind in links if kind == "next" and anchor.url), "")
    final = next((anchor.url for anchor, kind in links if kind == "last" and anchor.url), "")
    here = number_in(url)
    numbered = {int(kind): anchor.url for anchor, kind in links if kind.isdigit() and anchor.url}
    if links or total:
        numbered = _filled({**choices, **numbered})
    others: list[str] = []
    if following and following != url:
        others = [following]
        if final and final != url:
            others = _between(following, final) or others
    current = here if here is not None else 1
    for number in sorted(numbered):
        if number > current and numbered[number] != url and numbered[number] not in others:
            others.append(numbered[number])
    if final and final != url and final not in others and others:
        others.append(final)
    if total is None or total == max(numbered, default=0):
        others = _in_order(others, numbered)
    blind = any(not anchor.url and (kind == "next" or (kind.isdigit() and int(kind) > 1)) for anchor, kind in links)
    if total is None and numbered and max(numbered) >= 2:
        total = max(numbered)
    by_script = not others and ((blind and total != 1) or (total is not None and total > 1 and not links))
    return Pager(total, tuple(dict.fromkeys(others)), by_script)
