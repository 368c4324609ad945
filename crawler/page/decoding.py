"""Decoding of page bytes: labels are heard, but the bytes decide, since headers and meta tags lie."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-:]{2,30})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-:]{2,30})", re.IGNORECASE)
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民"
    "得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那"
    "社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通"
    "并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区"
    "市县局府信息示告通务网站首页当前置政策规划预算决算机关目录指南报"
    "，。、；：“”（）《》　—…？！\xa0»"
    "這為個國來時們會後說對發經業務區縣長開關於與處資訊網頁請電總統書學動過進還點無東車門問間實產員義"
)
_OTHERS = re.compile(r"[\x00-\x7f]+")
_SAMPLE = 4_000
"""Characters beyond ASCII by which encodings are compared."""
_GB = frozenset(("chinese", "csgb2312", "csiso58gb231280", "iso-ir-58", "x-gbk", "euc-cn", "euccn", "hz-gb-2312"))
_GB_PAGES = frozenset(("cp936", "ms936", "windows-936", "936"))
_BIG5 = frozenset(("big5", "big5-hkscs", "big-5", "big5hkscs", "cn-big5", "csbig5", "x-x-big5", "cp950", "windows-950"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text (解码后的文本), the encoding that was taken, and whether a replacement character stands in it."""

    text: str
    charset: str
    replaced: bool


def _known(label: str) -> str:
    """Codec for a label; every gb* label is read as gb18030, its superset."""
    name = label.strip().lower()
    if name in _GB or name in _GB_PAGES or name.startswith("gb"):
        return "gb18030"
    if name in _BIG5:
        return "big5hkscs"
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    if found in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7") or found.startswith(("base64", "hex", "rot13")):
        # A label read from ASCII bytes cannot be true of a text in which ASCII bytes could not be read.
        return ""
    return found


def _labels(body: bytes, content_type: str) -> list[str]:
    header = _HEADER.search(content_type)
    names = [header.group(1)] if header else []
    names += [match.group(1).decode("ascii", "ignore") for match in _META.finditer(body[:200_000])][:3]
    return list(dict.fromkeys(codec for name in names if (codec := _known(name))))


def _wide(body: bytes) -> str:
    """UTF-16 without a mark: markup in it has a zero beside every ASCII byte."""
    head = body[:400]
    if head.count(0) < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 4 * max(even, 1):
        return "utf-16-le"
    return "utf-16-be" if even > 4 * max(odd, 1) else ""


def _familiarity(text: str) -> float:
    """Share of everyday characters among all that are not ASCII, replacement characters counted against it."""
    others = _OTHERS.sub("", text[:200_000])[:_SAMPLE]
    if not others:
        return 1.0
    good = sum(character in _COMMON for character in others)
    return (good - 3 * others.count("\ufffd")) / len(others)


def _strict_utf8(body: bytes) -> str | None:
    try:
        # final=False: a page cut within a character is still UTF-8.
        return codecs.getincrementaldecoder("utf-8")("strict").decode(body, final=False)
    except UnicodeDecodeError:
        return None


def _settle(body: bytes, codec: str) -> Decoded:
    text = body.decode(codec, "replace")
    return Decoded(text, codec, "\ufffd" in text)


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode a page: mark, then UTF-16 by its shape, then valid UTF-8, then what reads most like Chinese.

    Args:
        body: content-decoded bytes.
        content_type: the header's value, or empty.
    """
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return _settle(body[len(mark) :], codec)
    if wide := _wide(body):
        return _settle(body, wide)
    text = _strict_utf8(body)
    if text is not None:
        cut = not body.isascii() and len(text.encode("utf-8")) != len(body)
        return Decoded(text + "\ufffd" if cut else text, "utf-8", cut or "\ufffd" in text)
    labels = _labels(body, content_type)
    candidates = list(dict.fromkeys([*labels, "gb18030", "utf-8", "big5hkscs"]))
    best: Decoded | None = None
    best_score = 0.0
    for codec in candidates:
        decoded = _settle(body, codec)
        score = _familiarity(decoded.text) + (0.05 if codec in labels else 0.0)
        if best is None or score > best_score:
            best, best_score = decoded, score
    assert best is not None
    return best
