"""The classifier, and the one door through which the walk reads: a ``Page``, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.cms import ADAPTERS, Adapter
from crawler.page.page import Page, Unusable
from crawler.page.reading import read_page
from crawler.page.source import is_markup
from crawler.refusal.challenge import by_challenge
from crawler.refusal.failing import by_failure
from crawler.refusal.fingerprint import HostFingerprints
from crawler.refusal.glance import Glance, glance
from crawler.refusal.http import by_status
from crawler.refusal.login import by_login
from crawler.refusal.maintenance import by_maintenance
from crawler.refusal.moved import by_move
from crawler.refusal.soft404 import by_address, by_likeness, by_words
from crawler.refusal.truncated import by_body, by_cut
from ledger.reason import Reason
from ledger.work import Arrival

Named = tuple[Reason, str]


def classify(arrival: Arrival, page: Page | None, home: HostFingerprints) -> Unusable | None:
    """Name the refusal that an answer is, or None where it is a page of the portal.

    Args:
        arrival: how the visit ended.
        page: what was read of it, or None to judge by fetch, status and body alone.
        home: what is known of its host; an empty one is allowed.
    """
    seen = glance(arrival)
    named = _before_reading(arrival, seen)
    if named is None and page is not None and is_markup(arrival.body):
        named = _after_reading(page, seen, home)
    return _unusable(arrival, named) if named is not None else None


def _unusable(arrival: Arrival, named: Named) -> Unusable:
    reason, detail = named
    return Unusable(arrival.url, arrival.snapshot_id, arrival.fetched_at, reason, detail, arrival.status)


def _before_reading(arrival: Arrival, seen: Glance) -> Named | None:
    if arrival.status is None or (arrival.reason is not None and not arrival.body):
        reason = arrival.reason or Reason.CONNECT
        return reason, "" if arrival.reason else "没有收到回应"
    refused = by_status(arrival)
    if refused is not None or arrival.reason is not None:
        return _refused(arrival, seen, refused)
    if arrival.body.strip() and not is_markup(arrival.body) and not arrival.body.lstrip().startswith(b"<"):
        # A document or picture under a page's address: nothing to refuse, nothing to read.
        return None
    return by_body(arrival, seen) or by_challenge(arrival, seen) or by_address(arrival)


def _refused(arrival: Arrival, seen: Glance, refused: Named | None) -> Named:
    """A status that refuses, named more closely by its body: who intercepted, or that the site is closed for work."""
    if arrival.reason not in (None, Reason.HTTP_4XX, Reason.HTTP_5XX):
        assert arrival.reason is not None
        return arrival.reason, refused[1] if refused is not None else ""
    if arrival.status != 429:
        closer = by_challenge(arrival, seen) or (by_maintenance(seen) if (arrival.status or 0) >= 500 else None)
        if closer is not None:
            return closer
    if refused is not None:
        return refused
    return arrival.reason or Reason.INTERNAL, ""


def _after_reading(page: Page, seen: Glance, home: HostFingerprints) -> Named | None:
    return (
        by_failure(page, seen)
        or by_words(page, seen)
        or by_login(page, seen)
        or by_move(page, seen)
        or by_maintenance(seen)
        or by_cut(page)
        or by_likeness(page, home)
    )


def read_or_refuse(
    arrival: Arrival, fingerprints: HostFingerprints, adapters: Sequence[Adapter] = ADAPTERS
) -> Page | Unusable:
    """Read an arrival, or say why there is nothing to read: fetch, status and body first, then the page itself.

    Replaced characters and a cut behind the first links are noted in the page (``replaced``, ``whole``) and refuse
    nothing: what such a page shows is there, only what it does not show cannot be believed.
    """
    seen = glance(arrival)
    refused = _before_reading(arrival, seen)
    if refused is not None:
        return _unusable(arrival, refused)
    page = read_page(arrival, adapters)
    named = _after_reading(page, seen, fingerprints) if is_markup(arrival.body) else None
    return _unusable(arrival, named) if named is not None else page
