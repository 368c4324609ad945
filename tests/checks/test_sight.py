"""The control page: which one counts, and within which hour."""

from __future__ import annotations

from datetime import timedelta

from seen_records import AT, SECTION, control

from checks.sight import index
from ledger.reason import Reason


def test_a_page_that_worked_within_the_hour_lets_an_accusation_stand():
    assert index([control()]).control_fault("portal", AT) is None
    assert index([control()]).control_fault(SECTION, AT) is None
    assert index([control(minutes=60)]).control_fault("portal", AT) is None


def test_else_the_reason_is_the_pages_own():
    assert index([control(False, reason=Reason.HTTP_5XX)]).control_fault("portal", AT) is Reason.HTTP_5XX
    assert index([control(False)]).control_fault("portal", AT) is Reason.CONNECT
    assert index([control(seen_at=None)]).control_fault("portal", AT) is Reason.CONNECT
    assert index([]).control_fault("portal", AT) is Reason.CONNECT
    assert index([control()]).control_fault("portal", AT + timedelta(hours=3)) is Reason.CONNECT
    assert index([control()]).control_fault("portal", None) is Reason.INTERNAL


def test_what_is_no_observation_of_ours_is_left_out():
    assert index([None]).controls == ()
