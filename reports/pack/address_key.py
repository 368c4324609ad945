"""Keys of addresses (SURT) in a CDXJ index, as pywb and ReplayWeb.page look them up; pure text."""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes

_PARTS = re.compile(
    rb"(?P<scheme>[a-z][a-z0-9+.-]*):(//(?P<authority>[^/?#]*))?(?P<path>[^?#]*)(\?(?P<query>[^#]*))?", re.IGNORECASE
)
_SPACES = re.compile(rb"[\n\r\t]")
_LEADING_WWW = re.compile(rb"www\d*\.")
_PORTS = {b"http": b"80", b"https": b"443"}
_KEPT = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""Not escaped; ``#`` and ``%`` are."""
_SESSIONS = tuple(
    re.compile(rb"^(.*)(?:" + name + rb")(?:&(.*))?$", re.IGNORECASE)
    for name in (
        rb"jsessionid=[0-9a-zA-Z]{32}",
        rb"phpsessid=[0-9a-zA-Z]{32}",
        rb"sid=[0-9a-zA-Z]{32}",
        rb"ASPSESSIONID[a-zA-Z]{8}=[a-zA-Z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)
"""Session ids that the common canonicalisation takes out of a query."""


def address_key(url: str) -> str:
    """The key under which replay programs look an address up: ``cn,gov,example)/path?query``.

    Written from what the Internet Archive's canonicalisation does to an address, and held against it in
    ``tests/bench/replay_pack.py``: what replays an archive computes the same key from the address asked for.
    """
    parts = _PARTS.match(_SPACES.sub(b"", url.strip().encode("utf-8", "surrogateescape")))
    if parts is None:
        return url
    key = _host_key(parts["authority"] or b"", parts["scheme"].lower()) + b")" + _path_key(parts["path"])
    query = _query_key(parts["query"] or b"")
    return (key + (b"?" + query if query else b"")).decode("ascii")


def _host_key(authority: bytes, scheme: bytes) -> bytes:
    host, _, port = authority.rpartition(b"@")[2].partition(b":")
    host = _plain(host)
    try:
        host.decode("ascii")
    except UnicodeDecodeError:
        try:
            host = host.decode("utf-8", "ignore").encode("idna")
        except ValueError:
            host = _escaped(host)  # no name that the DNS could hold
    host = _LEADING_WWW.sub(b"", host.lower().replace(b"..", b".").strip(b"."), count=1)
    reverse = b",".join(reversed(host.split(b".")))
    return reverse if not port or port == _PORTS.get(scheme) else reverse + b":" + port


def _path_key(path: bytes) -> bytes:
    kept: list[bytes] = []
    for part in _plain(path).split(b"/")[1:]:
        if part == b"..":
            kept = kept[:-1] if kept else [part]
        elif part != b".":
            kept.append(part)
    inner = [part for part in kept[:-1] if part]
    return _escaped(b"/" + b"/".join([*inner, *kept[-1:]])).lower().rstrip(b"/") or b"/"


def _query_key(query: bytes) -> bytes:
    query = _escaped(_plain(query))
    for session in _SESSIONS:
        if found := session.match(query):
            query = found[1] + (found[2] or b"")
    fields = sorted(tuple(field.split(b"=", 1)) for field in query.lower().split(b"&"))
    return b"&".join(b"=".join(field) for field in fields)


def _plain(escaped: bytes) -> bytes:
    """Percent escapes undone until none is left."""
    while (plain := unquote_to_bytes(escaped)) != escaped:
        escaped = plain
    return escaped


def _escaped(plain: bytes) -> bytes:
    return quote_from_bytes(plain, safe=_KEPT).encode("ascii")
