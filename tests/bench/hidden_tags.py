"""Questions that a real page's own tags answer: the tags hidden, their values kept for comparison."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import lxml.html

from crawler.cms import ADAPTERS
from crawler.page.dating import find_dates, parse_day
from crawler.page.decoding import decode
from crawler.page.growing import grow_lexbor
from crawler.page.source import is_markup, prepare
from crawler.page.tags import tags_of
from ledger.work import Arrival

_META = re.compile(rb"<meta\b(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", re.IGNORECASE)
_HIDDEN = re.compile(rb"\bname\s*=\s*[\"']?\s*(?:ArticleTitle|PubDate|ColumnName)\b", re.IGNORECASE)
_VALIDITY = re.compile(r"^(?:现行)?(?:有效|失效|废止|已废止|已修改|部分有效|部分失效)$")
_SILENT = ("script", "style", "noscript", "template", "head", "textarea")


class Kind(StrEnum):
    """Kind of value that a tag gives."""

    TITLE = "title"
    DATE = "date"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Question:
    """Question put to a reader: what stands in the page where its own tag says ``value``.

    Attributes:
        value: of the hidden tag; a date as YYYY-MM-DD.
        stripped: the page without the three tags, and ``source`` its decoded text.
        apart: why the value is not counted, or empty.
        shown_as_column: the value is a name of a column that the page shows.
    """

    kind: Kind
    value: str
    stripped: Arrival
    source: str
    apart: str = ""
    shown_as_column: bool = False

    def judge(self, found: str) -> str:
        """Right, wrong or missed; dates compare by day, texts without spaces and punctuation."""
        if not found:
            return "missed"
        if self.kind is Kind.DATE:
            day = parse_day(found)
            return "missed" if day is None else ("right" if day.isoformat() == self.value else "wrong")
        return "right" if bare(found) == bare(self.value) else "wrong"


def bare(text: str) -> str:
    """Letters and digits alone, widths folded, for comparing two spellings of one text."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def hide(body: bytes) -> bytes:
    """A page without its ArticleTitle, PubDate and ColumnName."""
    return _META.sub(lambda match: b"" if _HIDDEN.search(match.group()) else match.group(), body)


def visible(source: str) -> str:
    """What a page shows, without help of our reader: one line a string."""
    try:
        tree = lxml.html.document_fromstring(
            source.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (lxml.etree.ParserError, ValueError):
        return ""
    lxml.etree.strip_elements(tree, lxml.etree.Comment, *_SILENT, with_tail=False)
    for hidden in tree.xpath("//*[@hidden or contains(translate(@style, ' N', 'n'), 'display:none')]"):
        hidden.drop_tree()
    return "\n".join(text.strip() for text in tree.itertext() if text.strip())


def _days(shown: str) -> set[date]:
    lines = [*shown.split("\n"), "".join(shown.split()), " ".join(shown.split())]
    return {found.day for line in lines for found in find_dates(line) if found.day is not None}


def questions_of(arrival: Arrival) -> Iterator[Question]:
    """What the page's own tags answer; nothing for a page without them."""
    if not is_markup(arrival.body):
        return
    decoded = decode(arrival.body, arrival.header("Content-Type"))
    tags = tags_of(grow_lexbor(decoded.text)[0])
    stripped = replace(arrival, body=hide(arrival.body))
    source = decode(stripped.body, arrival.header("Content-Type")).text
    unfolded = prepare(source, arrival.url, ADAPTERS).unfolded.source
    left = tags_of(grow_lexbor(source)[0])
    assert not {"ArticleTitle", "PubDate", "ColumnName"} & set(left), f"a tag was not hidden: {arrival.url}"
    shown = visible(unfolded)
    lines = {bare(line) for line in shown.split("\n")}
    folded = bare(shown)
    if title := tags.get("ArticleTitle", ""):
        apart = "" if bare(title) in folded else "not in the visible page"
        column = bare(title) == bare(tags.get("ColumnName", "")) or (bare(title) in lines and len(bare(title)) <= 6)
        yield Question(Kind.TITLE, title, stripped, source, apart, column)
    if (day := parse_day(tags.get("PubDate", ""))) is not None:
        apart = "" if day in _days(shown) else "not in the visible page"
        yield Question(Kind.DATE, day.isoformat(), stripped, source, apart)
    if column_name := tags.get("ColumnName", ""):
        yield Question(Kind.COLUMN, column_name, stripped, source, _column_apart(column_name, tags, shown))


def _column_apart(name: str, tags: dict[str, str], shown: str) -> str:
    if _VALIDITY.match(name):
        return "a validity word"
    if bare(name) == bare(tags.get("SiteName", "")):
        return "the site's own name"
    return "" if "".join(name.split()) in "".join(shown.split()) else "not in the visible page"
