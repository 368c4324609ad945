"""How a host is treated; moments are numbers."""

from __future__ import annotations

from datetime import UTC, datetime

from catalog.district import Network
from crawler.fetching.politeness import Budget, Manners, retry_after_seconds
from crawler.fetching.scope import Location, locate
from ledger.reason import Reason


def place(url: str = "http://www.wz.gov.cn/") -> Location:
    location = locate(url)
    assert location is not None
    return location


def manners(delay: float = 2.0, allow: tuple[str, ...] = (), budget: Budget | None = None) -> Manners:
    return Manners(Network(allow, delay), budget or Budget(), 100.0)


def test_the_gap_runs_from_the_end_of_the_answer() -> None:
    kept = manners()
    assert kept.wait_seconds(place(), 100.0) == 0
    kept.answered(place(), 105.0)
    assert kept.wait_seconds(place(), 105.5) == 1.5
    assert kept.wait_seconds(place("http://czj.wz.gov.cn/"), 105.5) == 0


def test_ports_of_one_host_share_the_gap() -> None:
    kept = manners()
    kept.answered(place("http://www.wz.gov.cn/"), 105.0)
    assert kept.wait_seconds(place("https://www.wz.gov.cn/"), 105.0) == 2


def test_a_larger_crawl_delay_counts_and_a_smaller_does_not() -> None:
    kept = manners()
    kept.slow_down(place(), 5.0)
    kept.slow_down(place(), 1.0)
    kept.answered(place(), 100.0)
    assert kept.wait_seconds(place(), 100.0) == 5


def test_no_gap_is_for_allowed_loopback_hosts_only() -> None:
    kept = manners(0.0, ("127.0.0.1:9100", "10.0.0.1:80"))
    gaps = []
    for url in ("http://127.0.0.1:9100/", "http://127.0.0.2:9100/", "http://10.0.0.1/", "http://www.wz.gov.cn/"):
        kept.answered(place(url), 100.0)
        gaps.append(kept.wait_seconds(place(url), 100.0))
    assert gaps == [0, 2, 2, 2]


def test_the_fifth_refused_visit_in_a_row_closes_the_host() -> None:
    kept = manners()
    for number in range(4):
        kept.note(place(), f"GET {number}", 503, Reason.HTTP_5XX)
        kept.note(place(), f"GET {number}", 503, Reason.HTTP_5XX)
    assert kept.refusal(place(), 101.0) is None
    kept.note(place(), "GET 5", 403, Reason.HTTP_4XX)
    assert kept.refusal(place(), 101.0) is Reason.HTTP_4XX
    assert kept.left_alone == {"www.wz.gov.cn": Reason.HTTP_4XX}


def test_an_answer_between_refusals_starts_the_count_again() -> None:
    kept = manners()
    for number in range(20):
        reason = None if number % 5 == 4 else Reason.CONNECT
        kept.note(place(), f"GET {number}", 200 if reason is None else None, reason)
    assert kept.refusal(place(), 101.0) is None


def test_pages_that_are_not_there_are_no_refusal() -> None:
    kept = manners()
    for number in range(20):
        kept.note(place(), f"GET {number}", 404, Reason.HTTP_4XX)
    assert kept.refusal(place(), 101.0) is None


def test_the_budget_counts_pages_and_time_and_what_the_night_spent_before() -> None:
    kept = manners(budget=Budget(pages_per_host=3, seconds=60, spent={"www.wz.gov.cn": 2}))
    assert kept.refusal(place(), 101.0) is None
    kept.sent(place())
    assert kept.refusal(place(), 101.0) is Reason.BUDGET
    assert kept.refusal(place("http://czj.wz.gov.cn/"), 101.0) is None
    assert kept.refusal(place("http://czj.wz.gov.cn/"), 160.0) is Reason.BUDGET


def test_a_pause_is_kept_and_not_shortened() -> None:
    kept = manners()
    kept.pause(place(), 30.0, 100.0)
    kept.answered(place(), 101.0)
    assert kept.wait_seconds(place(), 110.0) == 20


def test_retry_after_is_read_in_both_its_forms() -> None:
    now = datetime(2021, 11, 30, 2, tzinfo=UTC)
    values = ("30", " 120 ", "Tue, 30 Nov 2021 02:01:00 GMT", "Tue, 30 Nov 2021 01:00:00 GMT", "", "soon", "-5", "１２")
    assert [retry_after_seconds(value, now) for value in values] == [30, 120, 60, 0, None, None, None, None]
