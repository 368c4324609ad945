"""The note beside an article's title (信息栏): the day shown as that of publication, told from all other days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.page.dating import find_dates
from crawler.page.indexing import Pair
from crawler.page.lining import Line
from crawler.page.tree import Element

_RANKS: tuple[tuple[str, int], ...] = (
    ("发布 发表 上网 挂网 上传 刊发 刊登 网上发布 信息发布 首发", 0),
    ("公布 公开 发稿 信息 稿件 录入 添加 入库 上报 投稿 来稿", 1),
    ("更新 修改 编辑 创建", 3),
    ("生成 发文 印发", 5),
)
_RANK_OF = {word: rank for words, rank in _RANKS for word in words.split()}
_WORDS = "|".join(r"\s*".join(word) for word in sorted(_RANK_OF, key=len, reverse=True))
_LABELLED = re.compile(
    rf"(?:(?<!页面)(?<!网页)(?P<word>{_WORDS})\s*(?:日\s*期|时\s*间|于)|(?<![\u4e00-\u9fff])(?:日\s*期|时\s*间))\s*[】\]）)]?\s*[:：]?\s*[\[（(]?\s*"
)
_NOTE = re.compile(r"来\s*源|浏览|阅读|点击|字\s*[号体]|打印|作\s*者|编辑|发布|分享|访问")
_SPAN = re.compile(r"^\s*(?:日)?\s*(?:至|到|~|～|—|前|后|起|以来|止|-\s*\d)|^\s*[\u4e00-\u9fff]")
_WEEK = re.compile(
    r"^\s*(?:星期|周[一二三四五六日天]|来源|作者|浏览|点击|字|阅读|发布|信息|编辑|责任|打印|分享|【|\[|文章|访问|稿源|供稿|时间)"
)
_SENTENCE = re.compile(r"[，。；]")
_OTHER = re.compile(
    r"成文|生成|印发|施行|实施|生效|失效|废止|截止|截至|有效期|会议|活动|报名|开始|结束|起止|征集|举行|开标|今天|现在是|版权|Copyright"
)
"""Words of days that are not those of publication."""
_RUNNING = 60
_NOTE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Dated:
    """Dated note (标注的日期): a day with the rank of its label, 0 for 发布日期, and its place; lower ranks win."""

    rank: int
    day: date
    place: int


def _after(text: str, start: int) -> date | None:
    """The day that stands directly behind a label."""
    dates = find_dates(text[start : start + 40])
    return dates[0].day if dates and dates[0].start <= 2 else None


def labelled(lines: Iterable[Line]) -> list[Dated]:
    """Days that a label names as those of publication, or of something near it."""
    found: list[Dated] = []
    for line in lines:
        if len(line.text) > _NOTE_LENGTH:
            continue
        texts = (line.text,) if line.apart == line.text else (line.text, line.apart)
        for text in texts:
            days = [
                Dated(_rank(match.group("word")), day, line.place)
                for match in _LABELLED.finditer(text)
                if (day := _after(text, match.end())) is not None
            ]
            if days:
                found += days
                break
    return found


def _rank(word: str | None) -> int:
    return _RANK_OF["".join(word.split())] if word else 2


def of_pairs(pairs: Iterable[Pair]) -> list[Dated]:
    """Days of the index table whose label stands apart from them."""
    found: list[Dated] = []
    for pair in pairs:
        match = _LABELLED.fullmatch(pair.label)
        dates = find_dates(pair.value[:40]) if match is not None else ()
        if match is not None and dates and dates[0].start <= 2 and dates[0].day is not None:
            found.append(Dated(_rank(match.group("word")), dates[0].day, pair.place))
    return found


def unlabelled(lines: Sequence[Line], title: str) -> date | None:
    """The day that stands alone, or among notes such as 来源, beside the title."""
    for line in lines:
        if len(line.text) > 120 or line.text == title or _OTHER.search(line.text):
            continue
        for text in (line.text, line.apart):
            dates = find_dates(text)
            if not dates:
                continue
            first = dates[0]
            rest = text[first.end :]
            alone = len(text) - len(first.text) <= 16 and not _SPAN.match(rest)
            among = _NOTE.search(text) is not None and (not _SPAN.match(rest) or _WEEK.match(rest))
            if (alone or among) and len(dates) <= 2:
                return first.day
    return None


def opening(holder: Element, lines: Sequence[Line]) -> list[Line]:
    """Lines inside the text's element that stand before and behind the running text."""
    inside = [line for line in lines if holder.holds(line.block)]
    running = next(
        (number for number, line in enumerate(inside) if len(line.text) >= _RUNNING and _SENTENCE.search(line.text)),
        len(inside),
    )
    return [*inside[: min(running, 40)], *inside[max(running, len(inside) - 4) :]]
