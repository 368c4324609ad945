"""evidence.wacz (WACZ 1.1.1): the night's archived pages as replay programs open them, the same bytes every time."""

from __future__ import annotations

import hashlib
import html
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from ledger.archive.decoding import decode_body
from reports.pack.archive_copy import CopiedRecord
from reports.pack.canonical import Canonical, canonical_json, canonical_lines
from reports.pack.cdxj import INDEXED, HttpHead, cdxj_line, http_head
from reports.pack.fixed_zip import FixedZip

WARC_NAME = "evidence.warc.gz"
WARC_PATH = f"archive/{WARC_NAME}"
INDEX_PATH = "indexes/index.cdxj"
PAGES_PATH = "pages/pages.jsonl"
PACKAGE_PATH = "datapackage.json"
PACKAGE_DIGEST_PATH = "datapackage-digest.json"
WACZ_VERSION = "1.1.1"
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Cover:
    """Cover (封面): what a WACZ says of itself; all of it follows from the night.

    Attributes:
        key: what its own record's id is made from (``district/night``).
        moment: WARC-Date of that record and ``created`` of the package, ISO 8601 Z.
        main_url: where a reader begins; empty where nothing was visited.
    """

    key: str
    title: str
    moment: str
    software: str
    main_url: str = ""


@dataclass(slots=True)
class Placed:
    """Placed records (已写入的记录): where each stands in the WARC file, and how many there are.

    Attributes:
        offsets: in bytes by record id, of responses, revisits and conversions.
        digests: hex SHA-256 of the gzip member by record id.
        record_count: with requests, metadata and the one record of our own.
    """

    offsets: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    record_count: int = 0
    _index: list[bytes] = field(default_factory=list)
    _pages: list[dict[str, Canonical]] = field(default_factory=list)


def write_wacz(file: BinaryIO, records: Iterable[CopiedRecord], cover: Cover) -> Placed:
    """Write the whole package; the records pass through one by one.

    Args:
        file: empty, for reading and writing.
        records: as ``archive_copy.copied_records`` gives them: request and metadata before their response.

    Raises:
        PackTooLargeError: over 4 GiB.
    """
    placed, digests = Placed(), _Digests()
    with FixedZip(file) as package:
        package.add(WARC_PATH, digests.of(WARC_PATH, _members(records, cover, placed)))
        package.add(INDEX_PATH, digests.of(INDEX_PATH, sorted(placed._index)))
        package.add(PAGES_PATH, digests.of(PAGES_PATH, [_page_lines(placed._pages, cover)]))
        description = canonical_json(_description(cover, digests))
        package.add(PACKAGE_PATH, [description])
        digest = "sha256:" + hashlib.sha256(description).hexdigest()
        package.add(PACKAGE_DIGEST_PATH, [canonical_json({"path": PACKAGE_PATH, "hash": digest})])
    return placed


class _Digests:
    """Bytes and SHA-256 of what passes through, by path."""

    def __init__(self) -> None:
        self.facts: dict[str, tuple[int, str]] = {}

    def of(self, path: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        machine, size = hashlib.sha256(), 0
        for piece in pieces:
            machine.update(piece)
            size += len(piece)
            yield piece
        self.facts[path] = (size, machine.hexdigest())


def _members(records: Iterable[CopiedRecord], cover: Cover, placed: Placed) -> Iterator[bytes]:
    opening = _warcinfo(cover)
    yield opening
    offset, placed.record_count = len(opening), 1
    requests: dict[str, CopiedRecord] = {}
    for record in records:
        if record.kind == "request":
            requests[record.of] = record
        elif record.kind != "metadata":
            placed.offsets[record.id], placed.digests[record.id] = offset, record.digest
        if record.kind in INDEXED:
            request = requests.pop(record.id, None)
            placed._index.append(cdxj_line(record, request, offset, WARC_NAME))
            _note_page(placed._pages, record, request)
        yield record.member
        offset, placed.record_count = offset + len(record.member), placed.record_count + 1


def _note_page(pages: list[dict[str, Canonical]], answer: CopiedRecord, request: CopiedRecord | None) -> None:
    head = http_head(answer.block)
    asked = http_head(request.block).first[0] if request else "GET"
    if head.first[1] != "200" or head.mime not in _HTML or asked != "GET":
        return
    page: dict[str, Canonical] = {
        "id": answer.id,
        "url": answer.fields["warc-target-uri"],
        "ts": answer.fields["warc-date"],
    }
    if answer.kind == "response" and (title := _title(head)):
        page["title"] = title
    pages.append(page)


def _title(head: HttpHead) -> str:
    """The page's title for the list of pages, where its bytes are plainly UTF-8 or GB 18030; else nothing is said."""
    body = decode_body(head.body, tuple(head.fields.items())).body
    for encoding in ("utf-8", "gb18030"):
        try:
            found = _TITLE.search(body.decode(encoding))
        except UnicodeDecodeError:
            continue
        return " ".join(html.unescape(found[1]).split())[:200] if found else ""
    return ""


def _page_lines(pages: list[dict[str, Canonical]], cover: Cover) -> bytes:
    heading: dict[str, Canonical] = {"format": "json-pages-1.0", "id": "pages", "title": cover.title}
    return canonical_lines([heading, *pages])


def _description(cover: Cover, digests: _Digests) -> dict[str, Canonical]:
    resources: list[Canonical] = [
        {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}
        for path, (size, digest) in digests.facts.items()
    ]
    described: dict[str, Canonical] = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": cover.title,
        "created": cover.moment,
        "software": cover.software,
        "resources": resources,
    }
    return described | ({"mainPageUrl": cover.main_url} if cover.main_url else {})


def _warcinfo(cover: Cover) -> bytes:
    """The record of our own at the beginning, id and date fixed; stored, so that no version of zlib changes it."""
    block = "".join(
        f"{name}: {value}\r\n"
        for name, value in (
            ("software", cover.software),
            ("format", "WARC File Format 1.1"),
            ("description", "records copied byte for byte from the archive of the night"),
            ("isPartOf", cover.key),
        )
    ).encode()
    fields: Mapping[str, str] = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'mingcha:' + cover.key)}>",
        "WARC-Date": cover.moment,
        "WARC-Filename": WARC_NAME,
        "Content-Type": "application/warc-fields",
        "WARC-Block-Digest": "sha256:" + hashlib.sha256(block).hexdigest(),
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    machine = zlib.compressobj(0, zlib.DEFLATED, 31)
    return machine.compress(head.encode() + b"\r\n" + block + b"\r\n\r\n") + machine.flush()
