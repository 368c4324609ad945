"""Lines of a CDXJ index: where each response stands, under the key by which replay programs ask for it."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus, urlencode

from reports.pack.address_key import address_key
from reports.pack.archive_copy import CopiedRecord
from reports.pack.canonical import Canonical, canonical_json

INDEXED = frozenset({"response", "revisit"})
LONGEST_QUERY = 4096
"""Characters of a request body that go into a key, as in every program that reads it."""
_MIME_END = re.compile(r"[;\s]")


@dataclass(frozen=True, slots=True)
class HttpHead:
    """Head of an HTTP message (报文首部) as archived: first line in three parts, fields by lower-case name."""

    first: tuple[str, str, str]
    fields: dict[str, str]
    body: bytes

    @property
    def mime(self) -> str:
        """Content type without its parameters."""
        return _MIME_END.split(self.fields.get("content-type", ""), maxsplit=1)[0].strip()


def http_head(block: bytes) -> HttpHead:
    """The head of an archived request or response; the first of equal fields counts."""
    head, _, body = block.partition(b"\r\n\r\n")
    line, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    fields: dict[str, str] = {}
    for name, _, value in (one.partition(":") for one in lines):
        fields.setdefault(name.strip().casefold(), value.strip())
    first, _, rest = line.partition(" ")
    second, _, third = rest.partition(" ")
    return HttpHead((first, second, third), fields, body)


def cdxj_line(answer: CopiedRecord, request: CopiedRecord | None, offset: int, file_name: str) -> bytes:
    """One line: key, moment to the second, facts as JSON.

    Args:
        answer: a response or revisit record.
        request: its request record; a body that was posted becomes part of the key.
        offset: where its gzip member begins in ``file_name``.
    """
    head, url = http_head(answer.block), answer.fields["warc-target-uri"]
    facts: dict[str, Canonical] = {
        "url": _text(url),
        "mime": "warc/revisit" if answer.kind == "revisit" else _text(head.mime),
        "status": head.first[1],
        "digest": answer.fields.get("warc-payload-digest", ""),
        "length": str(len(answer.member)),
        "offset": str(offset),
        "filename": file_name,
    }
    asked = http_head(request.block) if request is not None else None
    if asked is not None and asked.first[0] not in ("", "GET"):
        body = posted(asked)
        facts |= {"method": asked.first[0], "requestBody": body}
        url += ("&" if "?" in url else "?") + f"__wb_method={asked.first[0]}" + (f"&{body}" if body else "")
    moment = re.sub(r"\D", "", answer.fields["warc-date"])[:14]
    return f"{address_key(url)} {moment} ".encode() + canonical_json(facts) + b"\n"


def posted(request: HttpHead) -> str:
    """A request body as a query, in the way in which replay programs write one (webrecorder's specification)."""
    if request.first[0] not in ("POST", "PUT"):
        return ""
    kind = request.fields.get("content-type", "")
    reading = next((one for prefix, one in _READINGS.items() if kind.startswith(prefix)), _as_bytes)
    return reading(request.body)[:LONGEST_QUERY]


def _as_form(body: bytes) -> str:
    try:
        return unquote_plus(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _as_bytes(body)


def _as_bytes(body: bytes) -> str:
    return "__wb_post_data=" + base64.b64encode(body).decode("ascii") if body else ""


def _as_json(body: bytes) -> str:
    try:
        return _flat(json.loads(body))
    except ValueError:
        return ""


def _as_text(body: bytes) -> str:
    try:
        return _flat(json.loads(body))
    except ValueError:
        return _as_bytes(body)


def _flat(value: Any) -> str:
    """All named values of a JSON text as a query; a name that comes again gets its number (``id.2_``)."""
    found: list[tuple[str, str]] = []
    times: Counter[str] = Counter()

    def gather(one: Any, name: str) -> None:
        if isinstance(one, dict):
            for key, inner in one.items():
                gather(inner, key)
        elif isinstance(one, list):
            for inner in one:
                gather(inner, name)
        elif name:
            times[name] += 1
            found.append((name if times[name] == 1 else f"{name}.{times[name]}_", str(one)))

    gather(value, "")
    return urlencode(found)


_READINGS: dict[str, Callable[[bytes], str]] = {
    "application/x-www-form-urlencoded": _as_form,
    "application/json": _as_json,
    "text/plain": _as_text,
}


def _text(value: str) -> str:
    """Bytes that were no UTF-8 become replacement characters: an index holds text."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
