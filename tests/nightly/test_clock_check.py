"""The clock: checked against a real server on loopback or against the Date headers of answers, and never assumed."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ledger.work import Arrival, Visit
from nightly.clock_check import against_dates, against_server, read_clock_setting
from nightly.errors import NightError

NOON = datetime(2021, 11, 30, 4, 0, 0, tzinfo=UTC)
_PACKET = struct.Struct("!BBbb11I")


@contextmanager
def time_server(ahead_seconds: float, *, stratum: int = 2, echoes: bool = True) -> Iterator[int]:
    """An NTP server on loopback whose clock is ahead of ``NOON``; answers one request."""
    serving = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    serving.bind(("127.0.0.1", 0))

    def run() -> None:
        asked, peer = serving.recvfrom(512)
        words = _PACKET.unpack(asked)
        theirs = int(NOON.timestamp() + ahead_seconds) + 2_208_988_800
        origin = words[-2:] if echoes else (1, 1)
        answer = _PACKET.pack(0x24, stratum, 0, 0, *([0] * 5), *origin, theirs, 0, theirs, 0)
        serving.sendto(answer, peer)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield serving.getsockname()[1]
    thread.join(5)
    serving.close()


def test_a_clock_behind_its_server_is_said_with_its_sign() -> None:
    with time_server(90) as port:
        said = against_server("127.0.0.1", port, lambda: NOON)
    assert said.startswith("ntp 127.0.0.1: this clock minus server -90.000 s")


@pytest.mark.parametrize(("stratum", "echoes"), [(0, True), (16, True), (2, False)])
def test_an_answer_that_is_no_time_leaves_the_clock_unchecked(stratum: int, echoes: bool) -> None:
    with time_server(0, stratum=stratum, echoes=echoes) as port:
        assert against_server("127.0.0.1", port, lambda: NOON).startswith("unchecked: ntp 127.0.0.1")


def test_a_server_that_is_not_there_leaves_the_clock_unchecked() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert against_server("127.0.0.1", port, lambda: NOON).startswith("unchecked: ntp 127.0.0.1")


def answered(url: str, ahead_seconds: float | None, text: str = "") -> Arrival:
    date = text if ahead_seconds is None else format_datetime(NOON + timedelta(seconds=ahead_seconds), usegmt=True)
    return Arrival(Visit("k", url), url, 200, (("Date", date),), b"", "s", NOON, (), None)


def test_hosts_outvote_one_whose_own_clock_is_wrong() -> None:
    arrivals = [
        answered("http://a.example/1", -10),
        answered("http://a.example/2", -10),
        answered("http://b.example/", -12),
        answered("http://c.example/", 86_400),
    ]
    assert against_dates(arrivals).startswith("dates: this clock minus hosts +9.5 s, median over 4 answers of 3 hosts")


def test_without_a_date_that_can_be_read_the_clock_is_unchecked() -> None:
    assert against_dates([answered("http://a.example/", None, "yesterday")]).startswith("unchecked")
    assert against_dates([]).startswith("unchecked")


def test_settings() -> None:
    assert read_clock_setting("") is None
    assert read_clock_setting("dates") is None
    assert read_clock_setting("ntp:time.example") == ("time.example", 123)
    assert read_clock_setting("ntp:127.0.0.1:5123") == ("127.0.0.1", 5123)
    for wrong in ("ntp", "ntp:", "ntp:h:x", "gps:h"):
        with pytest.raises(NightError, match="MINGCHA_CLOCK"):
            read_clock_setting(wrong)
