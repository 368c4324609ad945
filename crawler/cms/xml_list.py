"""Lists in XML: a column or an answer that is a feed or a plain document of entries with names and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from crawler.cms.adapter import Ask, Unfolded
from crawler.cms.records import Records, markup_of, records_of, row_of
from crawler.cms.turning import further, page_count, turned

NAME = "xml_list"
_HEAD = re.compile(
    r"\A[\ufeff\s]*(?:<\?xml\b[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?!\?|!doctype\s+html|html\b|datastore\b)(\w+)",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED = re.compile(r"\A[\ufeff\s]*<\?xml\b[^>]*\?>", re.IGNORECASE)
_ROOTS = frozenset(("rss", "feed", "rdf", "list", "items", "data", "root", "channel", "articles", "records", "result"))
_CHARACTERS = 2_000_000


def recognise(source: str) -> str:
    """A document of entries; no page of markup, whatever it declares."""
    head = _HEAD.match(source[:4000])
    if head is None or not (_DECLARED.match(source[:400]) or head.group(1).lower() in _ROOTS):
        return ""
    found = _records(source)
    return "" if found is None else f"<{head.group(1)}>"


def _plain(element: etree._Element) -> dict[str, object]:
    """Children of an element as names and texts; what holds entries itself stays apart."""
    fields: dict[str, object] = {str(name): value for name, value in element.attrib.items()}
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        text = "".join(str(piece) for piece in child.itertext()).strip()
        fields.setdefault(name, text or child.get("href", ""))
    return fields


def _groups(root: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Elements with their children of the most frequent name."""
    for holder in root.iter():
        children = [child for child in holder.iterchildren(tag=etree.Element) if len(child)]
        names = [child.tag for child in children]
        if names:
            most = max(dict.fromkeys(names), key=names.count)
            yield holder, [child for child in children if child.tag == most]


def _records(source: str) -> Records | None:
    text = _DECLARED.sub("", source[:_CHARACTERS]).strip()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    best: Records | None = None
    for holder, group in _groups(root):
        held: Mapping[str, object] = {**_plain(root), **_plain(holder), "entries": [_plain(child) for child in group]}
        found = records_of(held)
        if found is not None and found.entries and (best is None or len(found.entries) >= len(best.entries)):
            # Of equal ones the inner: the channel of a feed has a name and an address too.
            best = found
    return best


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """The entries as rows; further pages by the request's own page number."""
    found = _records(source)
    if found is None:
        return Unfolded(source)
    asked = Ask(url, "POST" if body else "GET", body)
    count = page_count(asked, found.total, found.pages, len(found.entries))
    asks = further(asked, count)
    if count is None and turned(asked, 2) is not None:
        asks = None
    rows = [row_of(entry) for entry in found.entries]
    return Unfolded(
        markup_of(NAME, rows), total=count, pages_unknown=asks is None, records=found.total, page_asks=asks or ()
    )
