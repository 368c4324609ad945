"""Private places (个人信息位置): where in an archived response private data stands, in words, never the data itself."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from ledger.exchange import ArchivedResponse
from ledger.privacy import find_private
from reports.pack.office_passages import UnreadableError, of_office
from reports.pack.passages import Passage, of_json, of_lines, of_markup

WITHHELD_REASON = "涉个人信息，留存备查"
SHOWN = 30
"""Places that are listed; of more the number is said."""
_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-:]{2,30})", re.IGNORECASE)
_MARKUP = re.compile(r"\s*(?:\ufeff\s*)?<")
_JSON = re.compile(r"\s*(?:\ufeff\s*)?(?:[\[{]|[\w$.]+\s*\(\s*[\[{])")
_TAGS = re.compile(r"<[^<>]*>")
_RUN = re.compile(r"\d(?:[ \-\u00a0\u3000]?\d){10}")
_OPAQUE = (
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版办公文档（doc、xls、wps 等）"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"RIFF", "音视频或图片"),
)
_MEDIA = re.compile(r"(?:image|audio|video|font)/", re.IGNORECASE)


def private_places(archived: ArchivedResponse) -> tuple[str, ...]:
    """Places in an archived response at which private data stands, in Chinese words for the organ; never the values.

    HTML and XML are read with their scripts, comments and attributes, JSON by field, plain text by line, xlsx and docx
    by sheet, table and row, headers by name. What ``unexamined`` names is not looked into, and gives none.
    """
    try:
        passages = tuple(_passages(archived))
    except UnreadableError:
        passages = ()
    headers = tuple(Passage(f"响应头 {name[:40]}", unquote(value)) for name, value in archived.headers)
    found = (*_found(headers, glued=False), *_found(passages, glued=True), *_found(passages, glued=False))
    places = list(dict.fromkeys(found))
    if len(places) <= SHOWN:
        return tuple(places)
    return (*places[:SHOWN], f"等共 {len(places)} 处")


def unexamined(archived: ArchivedResponse) -> str:
    """Why a response was not looked into for private data (the kind of file, in Chinese), or empty where it was."""
    body = archived.body
    kind = next((said for magic, said in _OPAQUE if body.startswith(magic)), "")
    if kind or not body:
        return kind
    if _MEDIA.match(archived.header("content-type")):
        return "图片或音视频"
    if body.startswith(b"PK\x03\x04"):
        try:
            for _ in of_office(body):
                pass
        except UnreadableError as error:
            return str(error)
    return ""


def _passages(archived: ArchivedResponse) -> Iterator[Passage]:
    body = archived.body
    if body.startswith(b"PK\x03\x04"):
        return of_office(body)
    if not body or any(body.startswith(magic) for magic, _ in _OPAQUE) or _MEDIA.match(archived.header("content-type")):
        return iter(())
    text = _decoded(body, archived.header("content-type"))
    # nine pages of ten hold no number that is long enough: they need no closer look
    if "&#" not in text and not _RUN.search(text) and not _RUN.search(_TAGS.sub("", text)):
        return iter(())
    if _MARKUP.match(text):
        return of_markup(text)
    return of_json(text) if _JSON.match(text) else of_lines(text)


def _found(passages: Sequence[Passage], *, glued: bool) -> Iterable[str]:
    """Places with the kind of what stands there; numbers split over neighbours are read as one where ``glued``."""
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for passage in passages:
        if parts and not (glued and passage.joined):
            parts.append("\n")
            length += 1
        starts.append(length)
        parts.append(passage.text)
        length += len(passage.text)
    for span in find_private("".join(parts)):
        passage = passages[bisect_right(starts, span.start) - 1]
        yield f"{passage.place}（{span.kind.value}）"


def _decoded(body: bytes, content_type: str) -> str:
    """Text of a body; numbers are the same in any encoding that keeps ASCII, the words beside them are not."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    labels = [one for source in (content_type, body[:5000].decode("latin-1")) for one in _LABEL.findall(source)]
    for label in ("utf-8", *labels, "gb18030"):
        try:
            return body.decode("gb18030" if label.lower().startswith("gb") else label)
        except (UnicodeError, LookupError):
            continue
    return body.decode("gb18030", "replace")
