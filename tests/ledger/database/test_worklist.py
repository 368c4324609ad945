"""The work list: what was wanted and has not arrived is pending, whatever died in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from ledger_literal import HTML, NOW, arrival_of, page_exchange, visit_of
from sqlalchemy.exc import IntegrityError

from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind, visit_key

FIRST = visit_of("http://www.wz.example/")
SECOND = visit_of("http://www.wz.example/zwgk/" + "很长的地址" * 900)
POSTED = Visit(visit_key("http://a/", method="POST", body=b"\x00\xff"), "http://a/", method="POST", body=b"\x00\xff")
CONTROL = Visit(visit_key(FIRST.url, VisitKind.CONTROL, turn="end"), FIRST.url, VisitKind.CONTROL)


def test_visits_are_pending_once_in_the_order_wanted(ledger: Ledger, night: Night, look: Look) -> None:
    other = ledger.begin_look(night.id, LookKind.AGAIN, NOW)

    ledger.want(look.id, [SECOND, FIRST])
    ledger.want(look.id, [FIRST, POSTED, CONTROL])
    ledger.want(look.id, [])
    ledger.want(other.id, [FIRST])

    assert ledger.pending(look.id) == (SECOND, FIRST, POSTED, CONTROL)
    assert ledger.pending(other.id) == (FIRST,)


def test_after_a_kill_only_what_did_not_arrive_is_pending(reopen: Callable[..., Ledger], look: Look) -> None:
    killed = reopen()
    killed.begin_look(look.night_id, LookKind.FIRST, NOW)
    killed.want(look.id, [FIRST, SECOND, POSTED])
    snapshot = killed.keep(page_exchange())
    killed.record_arrival(look.id, arrival_of(FIRST, snapshot.id, page_exchange().headers))
    killed.keep(page_exchange(SECOND.url))

    ledger = reopen()

    assert ledger.pending(look.id) == (SECOND, POSTED)
    assert [arrival.visit for arrival in ledger.arrivals(look.id)] == [FIRST]


def test_arrivals_come_back_whole_in_the_order_they_came(ledger: Ledger, look: Look) -> None:
    ledger.want(look.id, [FIRST, SECOND, POSTED])
    exchange = page_exchange(seconds=1)
    snapshot = ledger.keep(exchange)
    body = HTML.encode()
    late = replace(
        arrival_of(SECOND, snapshot.id, exchange.headers, 1, body), redirects=(SECOND.url, "http://www.wz.example/2")
    )
    failed = Arrival(FIRST, FIRST.url, None, (), b"", "", NOW, reason=Reason.TIMEOUT)
    refused = replace(arrival_of(POSTED, snapshot.id, (), 2, body), status=403, reason=Reason.HTTP_4XX)

    for arrival in (late, failed, refused):
        ledger.record_arrival(look.id, replace(arrival, body=b"is never stored here"))

    assert list(ledger.arrivals(look.id)) == [late, failed, refused]
    assert ledger.arrived(look.id) == tuple(replace(one, body=b"") for one in (late, failed, refused))
    assert ledger.pending(look.id) == ()


def test_a_second_arrival_of_a_key_changes_nothing(ledger: Ledger, look: Look) -> None:
    ledger.want(look.id, [FIRST])
    first = Arrival(FIRST, FIRST.url, None, (), b"", "", NOW, reason=Reason.TIMEOUT)

    ledger.record_arrival(look.id, first)
    ledger.record_arrival(look.id, replace(first, reason=Reason.DNS))

    assert list(ledger.arrivals(look.id)) == [first]


def test_an_arrival_nobody_wanted_is_a_visit_too(ledger: Ledger, look: Look) -> None:
    arrival = Arrival(FIRST, FIRST.url, None, (), b"", "", NOW, reason=Reason.ROBOTS_DISALLOW)

    ledger.record_arrival(look.id, arrival)
    ledger.want(look.id, [FIRST])

    assert list(ledger.arrivals(look.id)) == [arrival]
    assert ledger.pending(look.id) == ()


def test_arrivals_and_what_follows_from_them_are_recorded_together(ledger: Ledger, look: Look) -> None:
    ledger.want(look.id, [FIRST])
    arrival = Arrival(FIRST, FIRST.url, None, (), b"", "", NOW, reason=Reason.TIMEOUT)
    unknown = replace(arrival, visit=SECOND, snapshot_id="no such snapshot")

    with pytest.raises(IntegrityError):
        ledger.advance(look.id, [arrival, unknown], [POSTED])

    assert list(ledger.arrivals(look.id)) == []
    assert ledger.pending(look.id) == (FIRST,)

    ledger.advance(look.id, [arrival], [SECOND, FIRST, POSTED])

    assert list(ledger.arrivals(look.id)) == [arrival]
    assert ledger.pending(look.id) == (SECOND, POSTED)


def test_an_empty_look_has_no_arrivals(ledger: Ledger, look: Look) -> None:
    assert list(ledger.arrivals(look.id)) == []
