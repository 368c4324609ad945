"""大汉 hanweb jpage: rows that stand as records in a data store, in the page or as its service gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from itertools import zip_longest
from urllib.parse import urlsplit

from crawler.cms.adapter import LISTED, Ask, Unfolded
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
_TOLD = re.compile(r"\btotal_?record\b[\"']?\s*[:=]\s*[\"']?(\d{1,6})", re.IGNORECASE)
_NAMED = re.compile(r"[\"']?\b(\w+)\b[\"']?\s*:\s*([A-Za-z_]\w*)\s*(?:,|$)")
_CALL = re.compile(r"\(\s*[\"']#([\w-]+)[\"']\s*\)\s*\.\s*jpage\s*\(", re.IGNORECASE)
_CALL_LIMIT = 6_000
_NEEDED = ("columnid", "unitid")
_OWN = ("startrecord", "endrecord", "perpage")
GROUPS_LIMIT = 200


@dataclass(frozen=True, slots=True)
class _Service:
    """What the page's own program says of the service: its address, its parameters, rows a page and a request.

    Attributes:
        unit: the element that the program fills; empty where it does not say.
        total: number of all entries, if the program says so.
    """

    url: str
    pairs: Pairs
    size: int
    rows: int
    unit: str = ""
    total: int | None = None

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
    # Records are markup as they stand: what they link to is no guess at a script.
    marks = f' {LISTED}="{NAME}"' if sole else ""
    if records and records[0].lstrip().lower().startswith("<tr"):
        return f"<table{marks}>{joined}</table>"
    if records and not records[0].lstrip().lower().startswith("<li"):
        joined = "".join(f"<li>{record}</li>" for record in records)
    return f"<ul{marks}>{joined}</ul>"


def _records(store: str) -> list[str]:
    return [unescape(record.strip()) if "&lt;" in record else record.strip() for record in _RECORD.findall(store)]


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(found.group(1)) if found else None


def _services(source: str) -> list[_Service]:
    """The services as far as the page tells all that they are asked with; nothing is guessed."""
    assigned = {
        match.group(1): match.group(2) or match.group(3) or match.group(4) for match in _ASSIGNED.finditer(source)
    }
    calls = list(_CALL.finditer(source))
    pieces = [
        (call.group(1), source[call.end() : following.start() if following else call.end() + _CALL_LIMIT])
        for call, following in zip_longest(calls, calls[1:])
        if call is not None
    ]
    found = [_service(piece, unit, assigned) for unit, piece in pieces] if pieces else [_service(source, "", assigned)]
    return [service for service in found if service is not None]


def _service(text: str, unit: str, assigned: dict[str, str]) -> _Service | None:
    named = _SERVICE.search(text)
    if named is None:
        return None
    url = unescape(named.group(1))
    asked = dict(pairs_of(urlsplit(url).query))
    told = (pairs for match in _OBJECT.finditer(text) if _is_told(pairs := _pairs(match.group(1), assigned)))
    pairs = next(told, [])
    size = _number(_SIZE, text) or int(asked.get("perpage") or 0)
    if not size or not (_is_told(pairs) or _is_told(list(asked.items()))):
        return None
    span = int(asked.get("endrecord") or 0) - int(asked.get("startrecord") or 0) + 1 if "endrecord" in asked else 0
    return _Service(url, pairs, size, max(span, size * (_number(_GROUP, text) or 1)), unit, _number(_TOLD, text))


def _pairs(text: str, assigned: dict[str, str]) -> Pairs:
    found = [
        (match.group(1), match.group(2) or match.group(3) or match.group(4) or "") for match in _PAIR.finditer(text)
    ]
    known = {key for key, _ in found}
    for match in _NAMED.finditer(text):
        if match.group(1) not in known and match.group(2) in assigned:
            found.append((match.group(1), assigned[match.group(2)]))
    return found


def _is_told(pairs: Pairs) -> bool:
    given = {key.lower(): value for key, value in pairs}
    return all(given.get(name) for name in _NEEDED)


def _later(service: _Service, first: int, rows: int, total: int) -> tuple[Ask, ...]:
    """Requests for all rows behind the first ones; each for as many as the page itself was given."""
    step = replace(service, rows=rows)
    return tuple(step.ask(start) for start in range(first, total + 1, rows)[:GROUPS_LIMIT])


def _answered(store: str, url: str, body: bytes) -> Unfolded:
    """An answer of the service: its rows, how many there are, and the groups behind them."""
    records, total = _records(store), _number(_TOTAL, store)
    asked = dict(pairs_of(urlsplit(url).query))
    plain = all(asked.get(name, "").isdigit() for name in _OWN)
    asks: tuple[Ask, ...] = ()
    following = _NEXT.search(store)
    if plain and records and total is not None:
        first, last = int(asked["startrecord"]), int(asked["endrecord"])
        service = _Service(url, pairs_of(body.decode("utf-8", "replace")), int(asked["perpage"]), last - first + 1)
        asks = _later(service, first + len(records), last - first + 1, total)
    elif following is not None and records and not plain:
        asks = (Ask(unescape(following.group(1))),)
    unknown = not asks and not plain and total is not None and total > len(records) and "page" not in asked
    placed = f"<html><body>{_markup(records, sole=True)}</body></html>"
    return Unfolded(placed, pages_unknown=unknown, records=total, page_asks=asks)


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """Records in place of the store; what stands behind them is asked of the service, if the page says how."""
    answer = _ANSWER.match(source)
    if answer is not None:
        return _answered(answer.group(1), url, body)
    services = _services(source)
    stores = list(_STORE.finditer(source))
    owned = {match.start(): _service_of(match, source, services) for match in stores}
    own = [match for match in stores if _is_own(match.group(2), owned[match.start()], url)]
    told = [match for match in stores if owned[match.start()] is not None]
    # Its own by the column's number in the address; else the one list that turns pages beside plain blocks.
    main = own[0] if len(own) == 1 else (told[0] if len(told) == 1 and len(services) == 1 else None)
    if main is None and not own:
        asking = [one for one in services if one not in owned.values()]
        if asking:
            return _unread(source, stores, asking, url)
    return _placed(source, stores, main, owned)


def _service_of(match: re.Match[str], source: str, services: list[_Service]) -> _Service | None:
    """The service whose element the store stands in; without names the only one."""
    for service in services:
        holder = re.search(rf"\bid\s*=\s*[\"']{re.escape(service.unit)}[\"']", source) if service.unit else None
        if (
            holder is not None
            and holder.start() < match.start()
            and not _STORE.search(source, holder.start(), match.start())
        ):
            return service
    nameless = [service for service in services if not service.unit]
    return nameless[0] if len(nameless) == 1 and _STORE.search(source, match.end()) is None else None


def _unread(source: str, stores: list[re.Match[str]], services: list[_Service], url: str) -> Unfolded:
    """A page whose list is not in it."""
    own = [service for service in services if _is_own("", service, url)]
    asked = own if len(own) == 1 else services
    # The column's own list is not here: whatever else the page lists is not it.
    held = f'<ul {LISTED}="{NAME}"></ul>' if len(own) == 1 else ""
    plain = _STORE.sub(lambda match: _markup(_records(match.group(2))), source)
    end = plain.lower().rfind("</body")
    end = end if end >= 0 else len(plain)
    asks = (asked[0].ask(1),) if len(asked) == 1 else ()
    return Unfolded(plain[:end] + held + plain[end:], list_unread=True, list_asks=asks)


def _placed(
    source: str, stores: list[re.Match[str]], main: re.Match[str] | None, owned: dict[int, _Service | None]
) -> Unfolded:
    """The stores' records as lists, and the requests for what stands behind the main one's."""
    if not stores:
        return Unfolded(source, list_unread=True)
    chosen = main or max(stores, key=lambda match: _number(_TOTAL, match.group(2)) or 0)

    def place(match: re.Match[str]) -> str:
        return _markup(_records(match.group(2)), sole=main is not None and match.start() == main.start())

    unfolded = _STORE.sub(place, source)
    store, service = chosen.group(2), owned[chosen.start()]
    rows, counted = len(_records(store)), _number(_TOTAL, store)
    total = counted if counted is not None else (service.total if service is not None else None)
    if total is None or total <= rows:
        return Unfolded(unfolded, records=total if main is not None else None)
    following = _NEXT.search(store)
    later: tuple[Ask, ...] = ()
    if service is not None and rows:
        later = _later(service, rows + 1, rows, total)
    elif following is not None:
        later = (Ask(unescape(following.group(1))),)
    return Unfolded(unfolded, total=_number(_PAGES, store), pages_unknown=not later, records=total, page_asks=later)


def _is_own(store: str, service: _Service | None, url: str) -> bool:
    """A store is the column's own where what it is asked with names the column of the page's address."""
    column = _COLUMN.search(url)
    following = _NEXT.search(store)
    pairs = pairs_of(urlsplit(unescape(following.group(1))).query) if following is not None else []
    if not pairs and service is not None:
        pairs = [*service.pairs, *pairs_of(urlsplit(service.url).query)]
    named = next((value for key, value in pairs if key.lower() == "columnid"), "")
    return column is not None and column.group(1) in named.split(",")
