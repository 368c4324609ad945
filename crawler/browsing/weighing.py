"""What an answer to a part of a page comes to: why it was refused, or that a wall stands where data should."""

from __future__ import annotations

from crawler.fetching.failures import reason_in_page, reason_of_status
from crawler.fetching.rounds import decoded
from crawler.fetching.wire import Wire
from crawler.page.page import Unusable
from crawler.refusal.classifier import read_or_refuse
from crawler.refusal.fingerprint import HostFingerprints
from ledger.reason import Reason
from ledger.work import Arrival, Visit

_WALLS = frozenset({Reason.LOGIN_WALL, Reason.WAF_CHALLENGE, Reason.RATE_LIMITED, Reason.MAINTENANCE})


def reason_of_part(wire: Wire) -> Reason | None:
    """What refused a part: it is told as for a page."""
    arrival, trouble = _arrival_of(wire)
    return reason_in_page(arrival) or trouble or arrival.reason


def wall_in_place_of_data(wire: Wire) -> Reason | None:
    """What a page that came in place of data says: a wall, or None for a fragment such as a list."""
    answer = read_or_refuse(_arrival_of(wire)[0], HostFingerprints(), ())
    return answer.reason if isinstance(answer, Unusable) and answer.reason in _WALLS else None


def _arrival_of(wire: Wire) -> tuple[Arrival, Reason | None]:
    body, trouble = decoded(wire)
    visit = Visit(wire.target_uri, wire.target_uri)
    reason = reason_of_status(wire.status)
    return Arrival(visit, wire.target_uri, wire.status, wire.headers, body, "", wire.fetched_at, reason=reason), trouble
