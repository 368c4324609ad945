"""大汉 hanweb jpage: rows that stand as records in a data store, in the page or as its service gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from crawler.cms.adapter import LISTED, SCRIPTED, Ask, Unfolded
from crawler.cms.turning import Pairs, form, pairs_of, with_query

NAME = "hanweb_jpage"
_HOLDER = r"<(script|textarea|xml)\b[^>]*>\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?\s*"
_STORE = re.compile(
    _HOLDER + r"(?:<\?xml[^>]*\?>)?\s*<datastore>(.*?)</datastore>.*?</\1>",
    re.DOTALL | re.IGNORECASE,
)
_ANSWER = re.compile(r"\A\s*(?:<\?xml[^>]*\?>)?\s*<datastore>(.*)</datastore>\s*\Z", re.DOTALL | re.IGNORECASE)
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>", re.IGNORECASE)
_PAGES = re.compile(r"<totalpage>\s*(\d+)\s*</totalpage>", re.IGNORECASE)
_NEXT = re.compile(r"<nextgroup>.*?href\s*=\s*[\"']([^\"']+)[\"'].*?</nextgroup>", re.DOTALL | re.IGNORECASE)
_SERVICE = re.compile(r"[\"']([^\"'\s]*jpage/(?:morecolumn)?dataproxy\.jsp[^\"']*)[\"']", re.IGNORECASE)
_OBJECT = re.compile(r"\{([^{}]{0,3000}?\bcolumnid\b[^{}]{0,3000}?)\}", re.DOTALL | re.IGNORECASE)
_PAIR = re.compile(r"[\"']?\b(\w+)\b[\"']?\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|(-?\d+))\s*(?:,|$)")
_ASSIGNED = re.compile(r"\b(?:var|let|const)\s+(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\d+))\s*[;,\n]")
_SIZE = re.compile(r"\bper_?page\b[\"']?\s*[:=]\s*[\"']?(\d{1,4})", re.IGNORECASE)
_GROUP = re.compile(r"\bgroup_?size\b[\"']?\s*[:=]\s*[\"']?(\d{1,3})", re.IGNORECASE)
_COLUMN = re.compile(r"/col/?(?:col)?(\d+)(?:/|$)")
_NEEDED = ("columnid", "unitid")
_OWN = ("startrecord", "endrecord", "perpage")
GROUPS_LIMIT = 200


@dataclass(frozen=True, slots=True)
class _Service:
    """What the page's own program says of the service: its address, its parameters, rows a page and a request."""

    url: str
    pairs: Pairs
    size: int
    rows: int

    def ask(self, first: int) -> Ask:
        """The request for the rows from one number on."""
        parts = urlsplit(self.url)
        span = [("startrecord", str(first)), ("endrecord", str(first + self.rows - 1)), ("perpage", str(self.size))]
        kept = [pair for pair in pairs_of(parts.query) if pair[0].lower() not in _OWN]
        return Ask(with_query(self.url, [*kept, *span]), "POST", form(self.pairs))


def recognise(source: str) -> str:
    """The data store, or the service that fills one."""
    marks = ("<datastore>", "jpage/dataproxy.jsp", "jpage/morecolumndataproxy.jsp")
    return next((mark for mark in marks if mark in source), "")


def _markup(records: list[str], *, sole: bool = False) -> str:
    joined = "".join(records)
    marks = f'{SCRIPTED}="{NAME}"' + (f' {LISTED}="{NAME}"' if sole else "")
    if records and records[0].lstrip().lower().startswith("<tr"):
        return f"<table {marks}>{joined}</table>"
    if records and not records[0].lstrip().lower().startswith("<li"):
        joined = "".join(f"<li>{record}</li>" for record in records)
    return f"<ul {marks}>{joined}</ul>"


def _records(store: str) -> list[str]:
    return [unescape(record.strip()) if "&lt;" in record else record.strip() for record in _RECORD.findall(store)]


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(found.group(1)) if found else None


def _service(source: str) -> _Service | None:
    """The service as far as the page tells all that it is asked with; nothing is guessed."""
    named = _SERVICE.search(source)
    if named is None:
        return None
    url = unescape(named.group(1))
    asked = dict(pairs_of(urlsplit(url).query))
    values = {
        match.group(1): match.group(2) or match.group(3) or match.group(4) for match in _ASSIGNED.finditer(source)
    }
    pairs = next((pairs for match in _OBJECT.finditer(source) if _is_told(pairs := _pairs(match.group(1), values))), [])
    size = _number(_SIZE, source) or int(asked.get("perpage") or 0)
    if not size or not (_is_told(pairs) or _is_told(list(asked.items()))):
        return None
    group = _number(_GROUP, source)
    span = int(asked.get("endrecord") or 0) - int(asked.get("startrecord") or 0) + 1 if "endrecord" in asked else 0
    return _Service(url, pairs, size, max(span, size * (group or 1)))


def _pairs(text: str, values: dict[str, str]) -> Pairs:
    found = [
        (match.group(1), match.group(2) or match.group(3) or match.group(4) or "") for match in _PAIR.finditer(text)
    ]
    known = {key for key, _ in found}
    for match in re.finditer(r"[\"']?\b(\w+)\b[\"']?\s*:\s*([A-Za-z_]\w*)\s*(?:,|$)", text):
        if match.group(1) not in known and match.group(2) in values:
            found.append((match.group(1), values[match.group(2)]))
    return found


def _is_told(pairs: Pairs) -> bool:
    given = {key.lower(): value for key, value in pairs}
    return all(given.get(name) for name in _NEEDED)


def _later(service: _Service, first: int, rows: int, total: int) -> tuple[Ask, ...]:
    """Requests for all rows behind the first ones; each for as many as the page itself was given."""
    step = _Service(service.url, service.pairs, service.size, rows)
    starts = range(first, total + 1, rows)
    return tuple(step.ask(start) for start in starts[:GROUPS_LIMIT])


def _answered(store: str, url: str, body: bytes) -> Unfolded:
    """An answer of the service: its rows, how many there are, and the groups behind them."""
    records, total = _records(store), _number(_TOTAL, store)
    asked = dict(pairs_of(urlsplit(url).query))
    plain = all(asked.get(name, "").isdigit() for name in _OWN)
    asks: tuple[Ask, ...] = ()
    following = _NEXT.search(store)
    first, last = (int(asked["startrecord"]), int(asked["endrecord"])) if plain else (1, 0)
    behind = max(total - max(min(last, first + len(records) - 1), 0), 0) if total is not None and plain else 0
    if plain and records and behind:
        service = _Service(url, pairs_of(body.decode("utf-8", "replace")), int(asked["perpage"]), last - first + 1)
        asks = _later(service, first + len(records), last - first + 1, total or 0)
    elif following is not None and records and not plain:
        asks = (Ask(unescape(following.group(1))),)
    unknown = not asks and not plain and total is not None and total > len(records) and "page" not in asked
    return Unfolded(_page(records), pages_unknown=unknown, records=total, page_asks=asks)


def _page(records: list[str]) -> str:
    return f"<html><body>{_markup(records, sole=True)}</body></html>"


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """Records in place of the store; what stands behind them is asked of the service, if the page says how."""
    answer = _ANSWER.match(source)
    if answer is not None:
        return _answered(answer.group(1), url, body)
    stores = [match.group(2) for match in _STORE.finditer(source)]
    service = _service(source)
    if not stores:
        asks = (service.ask(1),) if service is not None else ()
        # The column's own list is not here: whatever else the page lists is not it.
        held = f'<ul {SCRIPTED}="{NAME}" {LISTED}="{NAME}"></ul>' if _is_of("", service, url) else ""
        end = source.lower().rfind("</body")
        end = end if end >= 0 else len(source)
        return Unfolded(source[:end] + held + source[end:], list_unread=True, list_asks=asks)
    main = max(stores, key=lambda store: (_is_of(store, service, url), _number(_TOTAL, store) or 0, store == stores[0]))
    sole = _is_of(main, service, url)

    def place(match: re.Match[str]) -> str:
        return _markup(_records(match.group(2)), sole=sole and match.group(2) == main)

    unfolded = _STORE.sub(place, source)
    rows, total = len(_records(main)), _number(_TOTAL, main) or 0
    if total <= rows:
        return Unfolded(unfolded)
    following = _NEXT.search(main)
    later: tuple[Ask, ...] = ()
    if service is not None and rows:
        later = _later(service, rows + 1, rows, total)
    elif following is not None:
        later = (Ask(unescape(following.group(1))),)
    return Unfolded(unfolded, total=_number(_PAGES, main), pages_unknown=not later, records=total, page_asks=later)


def _is_of(store: str, service: _Service | None, url: str) -> bool:
    """A store is the column's own where what it is asked with names the column of the page's address."""
    column = _COLUMN.search(url)
    following = _NEXT.search(store)
    pairs = pairs_of(urlsplit(unescape(following.group(1))).query) if following is not None else []
    if not pairs and service is not None:
        pairs = [*service.pairs, *pairs_of(urlsplit(service.url).query)]
    named = next((value for key, value in pairs if key.lower() == "columnid"), "")
    return column is not None and column.group(1) in named.split(",")
