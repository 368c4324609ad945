"""大汉 hanweb jpage: rows that stand as records in a ``<script type="text/xml">`` data store."""

from __future__ import annotations

import re

from crawler.cms.adapter import SCRIPTED, Unfolded

NAME = "hanweb_jpage"
_STORE = re.compile(
    r"<script[^>]*>\s*(?:<!--)?\s*(?:<\?xml[^>]*\?>)?\s*<datastore>(.*?)</datastore>.*?</script>",
    re.DOTALL | re.IGNORECASE,
)
_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>", re.IGNORECASE)
_PAGES = re.compile(r"<totalpage>\s*(\d+)\s*</totalpage>", re.IGNORECASE)


def recognise(source: str) -> str:
    """The data store, or the service that fills one."""
    return next((mark for mark in ("<datastore>", "jpage/dataproxy.jsp") if mark in source), "")


def _markup(records: list[str]) -> str:
    joined = "".join(records)
    if records and records[0].lstrip().lower().startswith("<tr"):
        return f'<table {SCRIPTED}="{NAME}">{joined}</table>'
    if records and not records[0].lstrip().lower().startswith("<li"):
        joined = "".join(f"<li>{record}</li>" for record in records)
    return f'<ul {SCRIPTED}="{NAME}">{joined}</ul>'


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """Records in place of the store; more records than stand in the page are pages that only the service gives."""
    more = False
    total: int | None = None

    def place(match: re.Match[str]) -> str:
        nonlocal more, total
        store = match.group(1)
        records = [record.strip() for record in _RECORD.findall(store)]
        counted = _TOTAL.search(store)
        if counted and int(counted.group(1)) > len(records):
            more = True
            pages = _PAGES.search(store)
            total = int(pages.group(1)) if pages else total
        return _markup(records)

    unfolded, stores = _STORE.subn(place, source)
    return Unfolded(unfolded, total=total, pages_unknown=more, list_unread=not stores)
