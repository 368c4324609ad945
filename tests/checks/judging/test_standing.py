"""Nights: an accusation is confirmed by three looks over two dates, one by day; silence neither adds nor breaks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from seen_records import obligation, requirement

from checks.errors import ConservationError
from checks.judging.standing import JudgedLook, stand
from ledger.night import Look, LookKind
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Finding

OWED = obligation()
MISSING, PUBLISHED = Standing.MISSING, Standing.PUBLISHED
SILENT = Standing.COULD_NOT_VERIFY
MONDAY, TUESDAY = date(2021, 11, 29), date(2021, 11, 30)
SATURDAY, SUNDAY = date(2021, 11, 27), date(2021, 11, 28)
KINDS = {
    "first": LookKind.FIRST,
    "again": LookKind.AGAIN,
    "day": LookKind.DAY,
    "whole": LookKind.COMPLETE_AGAIN,
    "recheck": LookKind.RECHECK,
}


def at(night, clock):
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(night.year, night.month, night.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def look(night, kind, clock, *standings, replayed=False, owed=OWED, **changes):
    """A look at a time of +08:00, with one finding of the obligation."""
    seen_at = at(night, clock)
    number = hash((night, kind, clock)) % 10_000
    made = Look(number, night.toordinal(), night, number, KINDS[kind], seen_at, seen_at, (), replayed)
    return JudgedLook(made, tuple(Finding(owed.id, one, "句", seen_at=seen_at, **changes) for one in standings))


def tonight(*looks, night=TUESDAY, **options):
    (standing,) = stand([OWED], looks, night, **options).standings
    return standing


CONFIRMING = (
    look(MONDAY, "first", "02:00", MISSING),
    look(MONDAY, "day", "10:30", MISSING),
    look(TUESDAY, "first", "02:00", MISSING),
)


def test_three_looks_over_two_dates_one_by_day_confirm():
    standing = tonight(*CONFIRMING)
    assert (standing.standing, standing.confirmed, standing.suspected) == (MISSING, True, None)
    assert [one.by_day for one in standing.attempts] == [False, True, False]


@pytest.mark.parametrize(
    "looks",
    [
        [look(TUESDAY, "first", "02:00", MISSING)],
        [look(TUESDAY, "first", "02:00", MISSING), look(TUESDAY, "again", "02:40", MISSING)],
        [
            look(TUESDAY, "first", "02:00", MISSING),
            look(TUESDAY, "again", "02:40", MISSING),
            look(TUESDAY, "day", "10:30", MISSING),
        ],
        [
            look(MONDAY, "first", "02:00", MISSING),
            look(MONDAY, "again", "02:40", MISSING),
            look(TUESDAY, "first", "02:00", MISSING),
        ],
        [look(MONDAY, "day", "10:30", MISSING), look(TUESDAY, "first", "02:00", MISSING)],
        [
            look(MONDAY, "day", "10:30", MISSING),
            look(MONDAY, "again", "10:45", MISSING),
            look(TUESDAY, "first", "02:00", MISSING),
        ],
        [
            look(SATURDAY, "first", "02:00", MISSING),
            look(SATURDAY, "day", "10:30", MISSING),
            look(TUESDAY, "first", "02:00", MISSING),
        ],
        [
            look(MONDAY, "first", "02:00", MISSING),
            look(MONDAY, "day", "10:30", PUBLISHED),
            look(TUESDAY, "first", "02:00", MISSING),
            look(TUESDAY, "day", "10:30", MISSING),
        ],
        [
            look(MONDAY, "first", "02:00", MISSING),
            look(MONDAY, "day", "10:30", SILENT),
            look(TUESDAY, "first", "02:00", MISSING),
        ],
    ],
)
def test_less_is_a_suspicion(looks):
    standing = tonight(*looks)
    assert (standing.standing, standing.suspected, standing.confirmed) == (Standing.SUSPECT, MISSING, False)


def test_silence_neither_adds_nor_breaks():
    between = look(MONDAY, "again", "12:00", SILENT, reason=Reason.DNS)
    assert tonight(CONFIRMING[0], CONFIRMING[1], between, CONFIRMING[2]).confirmed
    silent = tonight(*CONFIRMING[:2], look(TUESDAY, "first", "02:00", SILENT, reason=Reason.DNS))
    assert (silent.standing, silent.reason, silent.confirmed) == (SILENT, Reason.DNS, False)


def test_the_latest_kind_is_reported():
    changed = tonight(*CONFIRMING[:2], look(TUESDAY, "first", "02:00", Standing.EMPTY))
    assert (changed.standing, changed.confirmed) == (Standing.EMPTY, True)


@pytest.mark.parametrize(("first", "again"), [(MISSING, PUBLISHED), (PUBLISHED, MISSING)])
def test_a_pass_in_any_look_of_the_night_wins(first, again):
    standing = tonight(look(TUESDAY, "first", "02:00", first), look(TUESDAY, "again", "02:40", again))
    assert standing.standing is PUBLISHED
    assert len(standing.attempts) == 1


def test_an_accusation_outweighs_silence_of_the_same_night():
    standing = tonight(look(TUESDAY, "first", "02:00", MISSING), look(TUESDAY, "again", "02:40", SILENT))
    assert standing.suspected is MISSING


def test_yesterday_is_never_inherited():
    assert tonight(*CONFIRMING[:2]).standing is Standing.NOT_OBSERVED
    partial = look(TUESDAY, "first", "02:00", Standing.MANUAL), look(TUESDAY, "again", "03:00", Standing.NOT_OBSERVED)
    assert tonight(*partial).standing is Standing.MANUAL
    assert tonight(look(TUESDAY, "first", "02:00", Standing.NOT_OBSERVED)).standing is Standing.NOT_OBSERVED


def test_later_nights_are_left_out():
    assert tonight(*CONFIRMING, night=MONDAY).standing is Standing.SUSPECT


NOW = (look(TUESDAY, "first", "02:00", MISSING), look(TUESDAY, "whole", "02:05", MISSING))


def test_confirm_now_takes_two_complete_passes_of_one_night():
    assert tonight(*NOW, confirm_now=True).standing is MISSING
    assert tonight(*NOW).standing is Standing.SUSPECT
    assert tonight(NOW[0], confirm_now=True).standing is Standing.SUSPECT
    twice_again = NOW[0], look(TUESDAY, "again", "02:40", MISSING)
    assert tonight(*twice_again, confirm_now=True).standing is Standing.SUSPECT
    silent = NOW[0], look(TUESDAY, "whole", "02:40", SILENT)
    assert tonight(*silent, confirm_now=True).standing is Standing.SUSPECT
    assert tonight(*CONFIRMING, confirm_now=True).standing is MISSING


def test_looks_at_a_recording_confirm_nothing():
    first = look(TUESDAY, "first", "02:00", MISSING, replayed=True)
    whole = look(TUESDAY, "whole", "02:05", MISSING, replayed=True)
    assert tonight(first, whole, confirm_now=True).standing is Standing.SUSPECT
    replays = [look(night, "day", "10:00", MISSING, replayed=True) for night in (SUNDAY, MONDAY)]
    assert tonight(*replays, CONFIRMING[2]).standing is Standing.SUSPECT


def test_what_a_person_holds_is_never_confirmed():
    assert tonight(*CONFIRMING, held={OWED.id}).standing is Standing.SUSPECT


def test_a_finding_without_a_time_counts_at_the_start_of_its_look():
    bare = JudgedLook(NOW[0].look, (Finding(OWED.id, MISSING, "句"),))
    assert tonight(bare).attempts[0].seen_at == NOW[0].look.started_at


def test_two_findings_of_one_obligation_are_refused():
    with pytest.raises(ConservationError):
        stand([OWED], [look(TUESDAY, "first", "02:00", MISSING, PUBLISHED)], TUESDAY)


MANY = [obligation(requirement(id=f"r{n}")) for n in range(10)]


def night_of(bad, night, kind="first", clock="02:00", accusation=MISSING):
    made = look(night, kind, clock)
    findings = tuple(
        Finding(one.id, accusation if n < bad else PUBLISHED, "句", seen_at=made.look.started_at)
        for n, one in enumerate(MANY)
    )
    return JudgedLook(made.look, findings)


def test_more_than_a_fifth_turning_bad_is_an_incident_and_all_are_held():
    before = stand(MANY, [night_of(0, MONDAY)], MONDAY).standings
    looks = [night_of(3, TUESDAY), night_of(3, TUESDAY, "whole", "02:05")]
    outcome = stand(MANY, looks, TUESDAY, before=before, confirm_now=True)
    assert outcome.incident is not None
    assert outcome.incident.obligation_ids == tuple(one.id for one in MANY[:3])
    assert outcome.incident.walked_count == 10
    assert "10项可核验事项中有3项" in outcome.incident.sentence
    assert [one.standing for one in outcome.standings[:4]] == [*[Standing.SUSPECT] * 3, PUBLISHED]
    assert {one.suspected for one in outcome.standings[:3]} == {MISSING}


@pytest.mark.parametrize(("bad_before", "bad"), [(0, 2), (3, 3), (3, 5)])
def test_a_fifth_or_less_is_none(bad_before, bad):
    before = stand(MANY, [night_of(bad_before, MONDAY)], MONDAY).standings
    looks = [night_of(bad, TUESDAY), night_of(bad, TUESDAY, "whole", "02:05")]
    outcome = stand(MANY, looks, TUESDAY, before=before, confirm_now=True)
    assert outcome.incident is None
    assert {one.standing for one in outcome.standings[:bad]} == {MISSING}


def test_a_first_night_is_never_an_incident():
    looks = [night_of(10, TUESDAY), night_of(10, TUESDAY, "whole", "02:05")]
    assert stand(MANY, looks, TUESDAY, confirm_now=True).incident is None


def test_a_recheck_clears_and_confirms_nothing():
    nearly = (look(MONDAY, "first", "02:00", MISSING), look(TUESDAY, "first", "02:00", MISSING))
    accusing = tonight(*nearly, look(TUESDAY, "recheck", "10:30", MISSING))
    assert (accusing.standing, accusing.suspected, accusing.confirmed) == (Standing.SUSPECT, MISSING, False)
    again = tonight(
        look(TUESDAY, "first", "02:00", MISSING), look(TUESDAY, "recheck", "10:30", MISSING), confirm_now=True
    )
    assert again.standing is Standing.SUSPECT
    assert tonight(*CONFIRMING, look(TUESDAY, "recheck", "15:00", MISSING)).confirmed
    assert tonight(*CONFIRMING, look(TUESDAY, "recheck", "15:00", PUBLISHED)).standing is PUBLISHED
    assert tonight(*CONFIRMING, look(TUESDAY, "recheck", "15:00", SILENT)).confirmed
