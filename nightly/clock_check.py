"""How far this machine's clock is off: against a time server, or against the Date headers of the portals' answers."""

from __future__ import annotations

import socket
import struct
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime
from statistics import median
from urllib.parse import urlsplit

from ledger.encoding import moment_text
from ledger.exchange import first_header
from ledger.work import Arrival
from nightly.errors import NightError

VARIABLE = "MINGCHA_CLOCK"
UNCHECKED = "unchecked"
NTP_PORT = 123
ANSWER_SECONDS = 5.0
_NTP_EPOCH_SECONDS = 2_208_988_800
"""1900-01-01 to 1970-01-01 (RFC 5905, 6)."""
_PACKET = struct.Struct("!BBbb11I")
_CLIENT = 0x23
"""Version 4, mode 3: a client asks (RFC 5905, 7.3)."""
_SERVER_MODE = 4
_SYNCHRONIZED = range(1, 16)
"""Strata of a server that knows the time; 0 is a refusal, 16 says it does not."""


def read_clock_setting(value: str) -> tuple[str, int] | None:
    """Time server and port of ``MINGCHA_CLOCK=ntp:HOST[:PORT]``; None for ``dates`` or an empty value.

    Raises:
        NightError: for anything else, with the cure.
    """
    if value in ("", "dates"):
        return None
    scheme, _, place = value.partition(":")
    host, _, port = place.partition(":")
    if scheme != "ntp" or not host or not (port or str(NTP_PORT)).isdecimal():
        raise NightError(f"{VARIABLE}={value}: give ntp:HOST, ntp:HOST:PORT or dates, or leave it unset")
    return host, int(port or NTP_PORT)


def against_server(host: str, port: int, now: Callable[[], datetime]) -> str:
    """The fact to record, asked of a time server (SNTP, RFC 4330); ``unchecked`` with the cause where it fails."""
    try:
        offset, delay = _asked(host, port, now)
    except (OSError, struct.error, ValueError) as error:
        return f"{UNCHECKED}: ntp {host}: {error}"
    return f"ntp {host}: this clock minus server {-offset:+.3f} s, round trip {delay:.3f} s, at {moment_text(now())}"


def against_dates(arrivals: Iterable[Arrival]) -> str:
    """The fact to record from the ``Date`` headers of answers: the median of each host's median difference.

    A header has whole seconds and is written before the answer is here, so half a second is taken off each; a portal
    whose own clock is wrong is outvoted where there are three hosts or more.
    """
    by_host: dict[str, list[float]] = defaultdict(list)
    for arrival in arrivals:
        said = _date_of(arrival)
        if said is not None:
            difference = (arrival.fetched_at - said).total_seconds() - 0.5
            by_host[urlsplit(arrival.url).hostname or ""].append(difference)
    if not by_host:
        return f"{UNCHECKED}: no answer has a Date header"
    answers = sum(map(len, by_host.values()))
    offset = median(median(differences) for differences in by_host.values())
    return f"dates: this clock minus hosts {offset:+.1f} s, median over {answers} answers of {len(by_host)} hosts"


def _date_of(arrival: Arrival) -> datetime | None:
    text = first_header(arrival.headers, "Date")
    try:
        said = parsedate_to_datetime(text)
    except ValueError:
        return None
    return said if said.tzinfo is not None else None


def _asked(host: str, port: int, now: Callable[[], datetime]) -> tuple[float, float]:
    """Offset (server minus us) and round trip in seconds."""
    family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind, protocol) as asking:
        asking.settimeout(ANSWER_SECONDS)
        asking.connect(place)
        sent = now().timestamp()
        stamp = _stamp(sent)
        asking.send(_PACKET.pack(_CLIENT, 0, 0, 0, *([0] * 9), *stamp))
        packet = asking.recv(512)
        came = now().timestamp()
    head, stratum, _, _, *words = _PACKET.unpack(packet[: _PACKET.size])
    if head & 7 != _SERVER_MODE or stratum not in _SYNCHRONIZED or tuple(words[5:7]) != stamp:
        raise ValueError("the answer is no time of a synchronized server")
    received, answered = _seconds(words[7], words[8]), _seconds(words[9], words[10])
    return ((received - sent) + (answered - came)) / 2, (came - sent) - (answered - received)


def _stamp(seconds: float) -> tuple[int, int]:
    whole = int(seconds)
    return (whole + _NTP_EPOCH_SECONDS) % 2**32, int((seconds - whole) * 2**32)


def _seconds(whole: int, fraction: int) -> float:
    return whole - _NTP_EPOCH_SECONDS + fraction / 2**32
