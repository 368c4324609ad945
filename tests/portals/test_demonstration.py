"""The demonstration portal is what its brief says, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from catalog.district import OrganKind
from ledger.standing import GAP_STANDINGS, Standing
from portals.demonstration import AS_OF, build, owed
from portals.publishing import Conduct, Portal
from portals.roster import roster


@pytest.fixture(scope="module")
def full() -> Portal:
    return build()


def test_there_is_a_truth_for_every_obligation_in_order(full: Portal) -> None:
    duties = owed(roster(14, 7), AS_OF)
    assert [truth.obligation_id for truth in full.truth] == [duty.id for duty in duties]


def test_it_is_as_of_the_last_day_of_november_2021(full: Portal) -> None:
    assert full.as_of == date(2021, 11, 30)


def test_it_has_the_size_that_is_asked_for(full: Portal) -> None:
    kinds = Counter(organ.kind for organ in full.roster.organs)
    assert kinds[OrganKind.DEPARTMENT] >= 12
    assert kinds[OrganKind.TOWN] + kinds[OrganKind.SUBDISTRICT] >= 6
    assert (kinds[OrganKind.GOVERNMENT], kinds[OrganKind.INSTITUTION]) == (1, 1)
    assert full.full_crawl_pages >= 1500
    assert full.least_requests < full.full_crawl_pages / 4


def test_every_gap_standing_is_planted_three_times_and_forty_gaps_in_all(full: Portal) -> None:
    counts = Counter(truth.standing for truth in full.truth if not truth.caused_by)
    assert {standing: counts[standing] for standing in GAP_STANDINGS if counts[standing] < 3} == {}
    assert sum(counts[standing] for standing in GAP_STANDINGS) >= 40


def test_refusals_statements_and_offsite_columns_are_there(full: Portal) -> None:
    reasons = {truth.reason for truth in full.truth if truth.standing == Standing.COULD_NOT_VERIFY}
    assert {
        "waf_challenge",
        "http_5xx",
        "maintenance",
        "http_4xx",
        "login_wall",
        "truncated",
        "connect",
        "robots_disallow",
        "needs_browser",
        "section_not_found",
        "attachment_unread",
    } <= reasons
    standings = Counter(truth.standing for truth in full.truth)
    assert standings["statement"] >= 3
    assert standings["offsite"] >= 3
    assert standings["published_under_alias"] >= 3


def test_a_cause_is_a_gap_of_its_own_at_the_same_standing(full: Portal) -> None:
    by_id = {truth.obligation_id: truth for truth in full.truth}
    caused = [truth for truth in full.truth if truth.caused_by]
    assert len(caused) >= 5
    for truth in caused:
        assert by_id[truth.caused_by].standing == truth.standing
        assert by_id[truth.caused_by].caused_by == ""


def test_one_seed_gives_one_portal_and_another_seed_another() -> None:
    one, same, other = (build(seed, departments=4, towns=2) for seed in (7, 7, 8))
    assert one.pages == same.pages
    assert one.truth == same.truth
    assert one.truth != other.truth


def test_addresses_of_found_columns_answer(full: Portal) -> None:
    for truth in full.truth:
        if truth.standing in ("published", "empty", "stale", "incomplete") and truth.address is not None:
            assert full.answer(*truth.address).status == 200


def test_no_page_holds_a_link_to_itself_as_its_only_way_on(full: Portal) -> None:
    for (_, path), answer in full.pages.items():
        if b"HTTP-EQUIV" in answer.body or b"document.location.href=htm" in answer.body:
            target = answer.body.decode("gbk" if b"charset" in answer.body else "utf-8", "replace")
            assert '"./"' not in target, path
            assert "url=./" + '"' not in target, path


def test_towns_with_old_templates_send_gbk(full: Portal) -> None:
    whole = [answer.body for answer in full.pages.values() if answer.conduct is Conduct.WHOLE]
    old = [body for body in whole if b"charset=gb2312" in body]
    assert old
    assert all("云川区" in body.decode("gb18030") for body in old)
