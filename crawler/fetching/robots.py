"""What a host's robots.txt allows (RFC 9309), with the leniencies of Google's parser; no request is made here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from ledger.reason import Reason
from ledger.work import Arrival

PARSED_BYTES = 512 * 1024
"""RFC 9309 2.5 asks for at least 500 KiB."""
_LINE_LIMIT = 2083 * 8
"""Longest line that is read, in characters; what goes beyond is cut."""
_MISSPELT = frozenset({"dissallow", "dissalow", "disalow", "diasllow", "disallaw"})
_OWN_REASONS = frozenset({Reason.ADDRESS_BLOCKED, Reason.BUDGET, Reason.DNS, Reason.TLS_INVALID, Reason.TLS_LEGACY})
"""Where robots.txt failed for these, the host's visits say so themselves: the host is not there for us at all."""
_AGENT = re.compile(r"[A-Za-z_-]*")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")


@dataclass(frozen=True, slots=True)
class _Rule:
    allows: bool
    pattern: str


@dataclass(slots=True)
class _Group:
    rules: list[_Rule] = field(default_factory=list)
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """Robots rules (爬虫协议) of one origin for one agent.

    Attributes:
        unreachable: why nothing may be fetched: the file answered 5xx or not at all (RFC 9309 2.3.1.4); None when it,
            or its absence, could be read.
        delay_seconds: Crawl-delay of the group that applies; None where it names none.
    """

    unreachable: Reason | None = None
    rules: tuple[_Rule, ...] = ()
    delay_seconds: float | None = None

    def permits(self, url: str) -> bool:
        """Whether the address may be fetched; the longest matching rule decides, Allow on a tie (RFC 9309 2.2.2)."""
        if self.unreachable is not None:
            return False
        path = path_of(url)
        best = {True: 0, False: 0}
        for rule in self.rules:
            if len(rule.pattern) > best[rule.allows] and _matches(rule.pattern, path):
                best[rule.allows] = len(rule.pattern)
        return best[True] >= best[False]


UNREACHABLE = Robots(unreachable=Reason.ROBOTS_UNREACHABLE)
ALLOW_ALL = Robots()


def robots_of(arrival: Arrival, agent: str) -> Robots:
    """What an arrived robots.txt allows: 4xx everything, 5xx and silence nothing (RFC 9309 2.3.1)."""
    if arrival.reason is None:
        return read_robots(arrival.body, agent)
    if arrival.reason in (Reason.HTTP_4XX, Reason.TRAP):
        return ALLOW_ALL
    if arrival.reason in (Reason.TRUNCATED, Reason.TOO_LARGE) and arrival.status is not None and arrival.status < 300:
        return read_robots(arrival.body, agent)
    if arrival.reason in _OWN_REASONS:
        return Robots(unreachable=arrival.reason)
    return UNREACHABLE


def path_of(url: str) -> str:
    """Path and query of an address as it is requested; always begins with ``/``."""
    rest = url.partition("#")[0].partition("://")[2]
    start = min((at for at in (rest.find("/"), rest.find("?"), rest.find(";")) if at >= 0), default=len(rest))
    path = rest[start:]
    return _capital_escapes(path if path.startswith("/") else f"/{path}")


def read_robots(body: bytes, agent: str) -> Robots:
    """The rules of a robots.txt for an agent.

    Args:
        body: as received and content-decoded; never refused, unknown lines are passed over.
        agent: product token, for example ``MingchaBot``; compared without case.
    """
    text = body[:PARSED_BYTES].decode("utf-8-sig", errors="surrogateescape")
    wanted = agent.casefold()
    own, everyone = _Group(), _Group()
    own_seen = False
    current: list[_Group] = []
    in_agents = False
    for line in re.split(r"\r\n|\r|\n", text):
        key, value = _entry(line)
        if key == "user-agent":
            if not in_agents:
                current, in_agents = [], True
            if value.startswith("*") and (len(value) == 1 or value[1].isspace()):
                current.append(everyone)
            elif wanted and _token(value) == wanted:
                current.append(own)
                own_seen = True
        elif key in ("allow", "disallow", "crawl-delay"):
            in_agents = False
            for group in current:
                _add(group, key, value)
    group = own if own_seen else everyone
    return Robots(rules=tuple(group.rules), delay_seconds=group.delay)


def _token(agent: str) -> str:
    found = _AGENT.match(agent)
    return found.group().casefold() if found else ""


def _entry(line: str) -> tuple[str, str]:
    """Key and value of a line; a missing colon is forgiven where the line is two words."""
    line = line[:_LINE_LIMIT].partition("#")[0].strip(" \t\x00")
    key, colon, value = line.partition(":")
    if not colon:
        words = line.split()
        if len(words) != 2:
            return "", ""
        key, value = words
    key = key.strip().casefold()
    key = {"useragent": "user-agent", "user agent": "user-agent"}.get(key, key)
    return ("disallow" if key in _MISSPELT else key), value.strip()


def _add(group: _Group, key: str, value: str) -> None:
    if key == "crawl-delay":
        try:
            seconds = float(value)
        except ValueError:
            return
        if seconds >= 0:
            group.delay = max(group.delay or 0.0, seconds)
        return
    pattern = _normal(value)
    group.rules.append(_Rule(key == "allow", pattern))
    # Google: an allowed index page allows its folder's bare address.
    folder, slash, name = pattern.rpartition("/")
    if key == "allow" and slash and name.startswith(("index.htm", "index.html")):
        group.rules.append(_Rule(True, f"{folder}/$"))


def _normal(pattern: str) -> str:
    """Other than ASCII percent-encoded, escapes in capitals: the form in which addresses are requested."""
    if not pattern.isascii():
        pattern = quote(pattern.encode("utf-8", "surrogateescape"), safe="".join(map(chr, range(128))))
    return _capital_escapes(pattern)


def _capital_escapes(text: str) -> str:
    return _ESCAPE.sub(lambda found: found.group().upper(), text)


def _matches(pattern: str, path: str) -> bool:
    """Whether a rule's pattern matches from the path's start; in time of pattern times path, whatever the pattern."""
    anchored = pattern.endswith("$")
    pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    if len(pieces) == 1:
        return not anchored or at == len(path)
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if anchored:
        return len(path) - len(pieces[-1]) >= at and path.endswith(pieces[-1])
    return path.find(pieces[-1], at) >= 0
