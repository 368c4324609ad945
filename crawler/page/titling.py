"""The title of an article (标题) as the page shows it, told from section names, index tables and notes beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.page.dating import find_dates, parse_day
from crawler.page.tree import SILENT, Element, squeeze

_TITLED = re.compile(
    r"(?:^|[\s_-])(?:\w{0,12}title\d?|biaoti|bt\d?|tit|tt|arti_title|headline|subject|doctitle)(?:$|[\s_-])"
)
_HEADED = re.compile(r"(?:^|[\s_-])(?:title|biaoti|bt|tit|arti_title)(?:$|[\s_-])")
_LARGE = re.compile(r"font-size\s*:\s*(?:2[0-9]|3[0-9])(?:\.\d+)?\s*p[xt]|font-weight\s*:\s*(?:bold|[6-9]00)")
_NOTE = re.compile(
    r"来\s*源|发\s*布\s*(?:时|日|机|者|人|单)|(?:日\s*期|时\s*间)\s*[:：]|浏览|阅读次|点击|字\s*[号体]|打印|分享到|作\s*者\s*[:：]|索\s*引\s*号|当前.{0,2}位置|责任编辑"
)
_DOCUMENT = re.compile(
    r"关于|通知|通告|公告|意见|办法|规定|方案|报告|公示|解读|通报|细则|批复|决定|条例|预算|决算|规划|计划|公报|目录|指南|问答|图解|读懂|措施|纪要|名单|一览|招聘|会议|情况|召开|开展"
)
_HOUSE = re.compile(r"(?:网站|门户|官网|网|政府|局|委员会|办公室|中心|厅|部|院|平台|委|处|镇|乡|街道办事处)$")
_SEGMENTS = re.compile(r"[_|｜]+|\s*-{1,3}\s*|\s*[—–]{1,3}\s*|\s+|>{1,2}|»|<{1,2}|·")
_CUT = re.compile(r"(?:\.{2,}|…+)\s*$")
_NUMBER = re.compile(r"^[（(\[]?[\u4e00-\u9fffA-Za-z]{2,20}[〔\[（(]\d{4}[〕\]）)]\s*第?\s*\d+\s*号[）)\]]?$")
_SIGNS = re.compile(r"[\W_]+")
_TAIL = re.compile(r"[\s(（\[【]*$")
_STAMP = re.compile(r"^\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s*|^[\s)）\]】]+")
_RANKED = {"h1": 30, "h2": 25, "h3": 18, "ucaptitle": 45, "h4": 10, "h5": 6, "strong": 12, "b": 12}
_LABEL = re.compile(r"^[\[【(（]?\s*(?:信息|文件|公文)?\s*(?:名\s*称|标\s*题)\s*[\]】)）]?\s*[:：]\s*")
_LONGEST = 220
_SEGMENT_LIMIT = 14
_TOP = 14
"""Elements at the beginning of the text among which its title may stand."""
ENOUGH = 40
"""Score below which a text is no title: a named or large heading in the right place, or agreement with <title>."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Setting (标题所处环境) in which a title is sought.

    Attributes:
        start: place behind which the article begins (end of the breadcrumb), 0 where there is none.
        holder: element that holds the text, or None.
        title: of ``<title>``.
        names: labels that name a column or the site, and no article: breadcrumb, SiteName.
        tagged: the page's ArticleTitle, or empty.
    """

    start: int
    holder: Element | None
    title: str
    names: frozenset[str]
    tagged: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """Title (标题) with its place, and the day that stands behind it in one element with it, if one does."""

    text: str = ""
    place: int = 0
    day: date | None = None


def bare(text: str) -> str:
    """Letters and digits alone, widths folded, by which two spellings of one title are compared."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()


def without_date(text: str) -> str:
    """A heading without the date that stands behind it in the same element (标题 （2021年07月12日）)."""
    dates = find_dates(text[-40:])
    if not dates or len(unicodedata.normalize("NFKC", text)) != len(text):
        return text
    offset = len(text) - len(text[-40:])
    start, end = dates[-1].start + offset, dates[-1].end + offset
    rest = text[end:]
    while (cut := _STAMP.sub("", rest)) != rest:
        rest = cut
    kept = _TAIL.sub("", text[:start])
    closed = text[:start] != kept or text[start - 1 : start].isspace()
    return kept if not rest and closed and len(kept) >= 4 else text


def pieces_of(title: str) -> list[str]:
    """Runs of the parts of a ``<title>``, the longest first; one of them is the article's title, or none."""
    places = [0]
    for match in _SEGMENTS.finditer(title):
        places += [match.start(), match.end()]
    places.append(len(title))
    starts, ends = places[0::2], places[1::2]
    if len(starts) > _SEGMENT_LIMIT:
        return [title]
    runs = {title[start:end].strip() for start in starts for end in ends if end > start}
    return sorted((run for run in runs if len(run) >= 2), key=len, reverse=True)


def _candidates(root: Element, setting: Setting) -> Iterator[tuple[Element, str]]:
    """Elements outside links whose text may be a title, with that text."""
    holder = setting.holder
    end = holder.place + 4 * _TOP if holder is not None else len(root.order)
    linked = 0
    seen: set[tuple[str, str]] = set()
    for element in root.order[:end]:
        if element.place <= linked:
            continue
        if element.tag in SILENT or element.tag in ("a", "title", "select", "button", "nav"):
            linked = max(linked, element.last)
            continue
        if element.hidden or element.last - element.place > 40:
            continue
        text = squeeze("".join(element.pieces()))
        if 4 <= len(text) <= _LONGEST and (element.tag, text) not in seen and not _is_link(element, text):
            seen.add((element.tag, text))
            yield element, text


def _is_link(element: Element, text: str) -> bool:
    """Most of what it says is the label of a link."""
    return any(child.tag == "a" and 2 * len(child.text()) > len(text) for child in element.walk())


def _agreement(text: str, whole: str, parts: frozenset[str], pieces: list[str]) -> int:
    """How well a text agrees with the page's ``<title>``: it is a part of it, runs on where it is cut, or stamps it."""
    if text in parts:
        return 40 + min(80, 4 * len(text))
    if len(whole) >= 10 and text.startswith(whole):
        return 70
    for piece in pieces:
        if len(piece) >= 8 and piece in text and len(text) - len(piece) <= 14:
            return 60
    return 0


def _note_places(root: Element, start: int) -> list[int]:
    """Places of notes such as 来源 and 发布时间, which stand right behind an article's title."""
    return [
        element.place
        for element in root.order[start:]
        if element.nodes
        and element.tag not in SILENT
        and any(isinstance(node, str) and len(node) < 400 and _NOTE.search(node) for node in element.nodes)
    ]


def _standing(element: Element, setting: Setting, notes: list[int]) -> int:
    """What the place of a text says for its being the title."""
    holder, score = setting.holder, 0
    if element.place <= setting.start:
        return -40
    if holder is None or element.last < holder.place:
        score += 20
    elif holder.holds(element) and element is not holder:
        score += 12 if element.place - holder.place <= _TOP else -40
    if any(0 < place - element.last <= 15 for place in notes):
        score += 25
    return score


def _looks(element: Element, text: str) -> int:
    """What its markup and wording say for it."""
    score = _RANKED.get(element.tag, 0)
    if element.attributes:
        score += 20 if _TITLED.search(element.marks) else 0
        score += 12 if _LARGE.search(element.get("style").lower()) or element.get("size") in ("4", "5", "6") else 0
        score += 6 if element.get("align").lower() == "center" or "center" in element.get("style") else 0
    score += 10 if _DOCUMENT.search(text) else 0
    score -= 15 if len(text) < 6 else 0
    score -= 40 if text.endswith(("。", "；", "，")) else 0
    score -= 60 if _NUMBER.match(text) else 0
    return score


def title_shown(root: Element, setting: Setting) -> Title:
    """The article's title as shown, without the date that may stand behind it; empty where none can be told."""
    titles = pieces_of(_CUT.sub("", setting.title))
    bared = [piece for piece in map(bare, titles) if piece]
    houses = frozenset(bare(piece) for piece in titles if _HOUSE.search(piece) and not _DOCUMENT.search(piece))
    parts = (frozenset(bared) - houses) | ({bare(setting.tagged)} - {""})
    whole = bare(_CUT.sub("", setting.title))
    notes = _note_places(root, setting.start)
    best, best_score, agreed = Title(), 0, False
    for element, shown in _candidates(root, setting):
        if shown.endswith(("：", ":")) or _NOTE.search(shown[-60:] if len(shown) > 60 else shown):
            continue
        text = without_date(_LABEL.sub("", shown))
        plain = bare(text)
        named = plain in setting.names or plain in houses
        agreement = -60 if named else _agreement(plain, whole, parts, bared[:3])
        score = agreement + _standing(element, setting, notes) + _looks(element, text)
        if score > best_score or (score == best_score and len(text) > len(best.text)):
            behind = parse_day(shown[len(text) :]) if text != shown else None
            best, best_score, agreed = Title(text, element.place, behind), score, agreement > 0
    if not agreed and (spread := _spread(root, setting, titles, parts)):
        return Title(spread, setting.holder.place if setting.holder is not None else 0)
    return best if best_score >= ENOUGH else Title()


def _spread(root: Element, setting: Setting, titles: list[str], parts: frozenset[str]) -> str:
    """The part of ``<title>`` that the page shows over several lines at the beginning of its text."""
    holder = setting.holder
    if holder is None:
        return ""
    first = root.order[setting.start : holder.place - 1]
    above = "".join(
        node for element in first if element.tag not in SILENT for node in element.nodes if isinstance(node, str)
    )
    shown = bare(above[-1500:] + "".join(holder.pieces())[:1500])
    for piece in titles:
        plain = bare(piece)
        if len(plain) >= 10 and plain in parts and plain not in setting.names and plain in shown:
            return piece
    return ""


def heading_of(root: Element, start: int, title: str) -> str:
    """Heading of a page that is no article: the first heading or titled block behind a place that is no link."""
    found = ""
    for element in root.order:
        titled = element.tag in ("h1", "h2", "h3") or (element.attributes and _HEADED.search(element.marks))
        if not titled or element.hidden or element.tag in ("head", "title", "a", "input"):
            continue
        text = squeeze("".join(element.pieces()))
        if not 2 <= len(text) <= 150:
            continue
        near = element.place > start and (not found or (title and title.startswith(text[:10])))
        if near or (not found and element.tag == "h1" and title and text in title):
            found = text
    return found
