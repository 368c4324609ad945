"""Redirects, robots, scope and second tries: literal answers in, requests and arrivals out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalog.district import District, Network
from crawler.fetching.errands import Answer, Errands, Fetch, is_robots
from crawler.fetching.politeness import Budget, Manners
from crawler.fetching.scope import locate, scope_of
from ledger.reason import Reason
from ledger.work import Arrival, Visit, visit_key

NOW = datetime(2021, 11, 30, 2, tzinfo=UTC)
HOME = "http://www.wz.gov.cn/"


def errands(*, replayed: bool = False) -> Errands:
    district = District("d", "某区", HOME, (), ())
    return Errands(scope_of(district), Manners(Network(), Budget(), 0.0), "MingchaBot", replayed=replayed)


def visit(url: str) -> Visit:
    return Visit(visit_key(url), url)


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status, named, body, "snapshot", NOW)


def only(made: Errands) -> Fetch:
    fetches, arrivals = made.drain()
    assert (len(fetches), arrivals) == (1, ())
    return fetches[0]


def ended(made: Errands) -> Arrival:
    fetches, arrivals = made.drain()
    assert (fetches, len(arrivals)) == ((), 1)
    return arrivals[0]


def past_robots(made: Errands, url: str, robots: bytes = b"") -> Fetch:
    """The visit's request, after robots.txt answered."""
    made.take([visit(url)], NOW)
    asked = only(made)
    assert is_robots(asked.visit)
    made.answered(asked, answer(body=robots), NOW, 0.0)
    fetches, arrivals = made.drain()
    assert [is_robots(arrival.visit) for arrival in arrivals] == [True]
    return fetches[0]


def test_robots_comes_first_and_once() -> None:
    made = errands()
    made.take([visit(HOME), visit(f"{HOME}a")], NOW)
    robots = only(made)
    assert (robots.location.href, robots.visit.key) == (f"{HOME}robots.txt", f"robots {HOME}robots.txt")
    made.answered(robots, answer(body=b"User-agent: *\nDisallow: /a\n"), NOW, 0.0)
    fetches, arrivals = made.drain()
    assert [fetch.location.href for fetch in fetches] == [HOME]
    assert [(arrival.visit.url, arrival.reason) for arrival in arrivals] == [
        (f"{HOME}robots.txt", None),
        (f"{HOME}a", Reason.ROBOTS_DISALLOW),
    ]
    made.take([visit(f"{HOME}b")], NOW)
    assert only(made).location.href == f"{HOME}b"


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, None), (401, None), (403, None), (500, Reason.ROBOTS_UNREACHABLE), (503, Reason.ROBOTS_UNREACHABLE)],
)
def test_robots_by_status(status: int, reason: Reason | None) -> None:
    made = errands()
    made.take([visit(HOME)], NOW)
    fetch = only(made)
    fetches: tuple[Fetch, ...] = (fetch,)
    arrivals: tuple[Arrival, ...] = ()
    while fetches and is_robots(fetches[0].visit):
        made.answered(fetches[0], answer(status), NOW, 0.0)
        fetches, arrivals = made.drain()
    assert (arrivals[1].reason if len(arrivals) > 1 else None) is reason
    assert bool(fetches) is (reason is None)


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.CONNECT])
def test_robots_that_does_not_answer_forbids(reason: Reason) -> None:
    made = errands()
    made.take([visit(HOME)], NOW)
    for _ in range(2):
        made.failed(only(made), reason, NOW, 0.0)
    made.failed(only(made), reason, NOW, 0.0)
    _, arrivals = made.drain()
    assert [arrival.reason for arrival in arrivals] == [reason, Reason.ROBOTS_UNREACHABLE]


def test_robots_is_followed_five_times_wherever_it_moved() -> None:
    made = errands()
    made.take([visit(HOME)], NOW)
    fetch = only(made)
    for number in range(5):
        made.answered(fetch, answer(301, location=f"http://cdn{number}.example/robots.txt"), NOW, 0.0)
        fetch = only(made)
    made.answered(fetch, answer(301, location="http://cdn9.example/robots.txt"), NOW, 0.0)
    fetches, arrivals = made.drain()
    assert [arrival.reason for arrival in arrivals] == [Reason.TRAP]
    assert [fetch.location.href for fetch in fetches] == [HOME]


def test_crawl_delay_slows_the_host_down() -> None:
    made = errands()
    fetch = past_robots(made, HOME, b"User-agent: *\nCrawl-delay: 7\n")
    made.manners.answered(fetch.location, 10.0)
    assert made.manners.wait_seconds(fetch.location, 10.0) == 7


def test_a_redirect_is_a_request_of_its_own() -> None:
    made = errands()
    made.answered(past_robots(made, HOME), answer(302, location="/index.html"), NOW, 0.0)
    hop = only(made)
    assert (hop.location.href, hop.hops, hop.visit.url) == (f"{HOME}index.html", (HOME,), HOME)
    made.answered(hop, answer(body=b"home"), NOW, 0.0)
    arrival = ended(made)
    assert (arrival.url, arrival.redirects, arrival.body, arrival.reason) == (
        f"{HOME}index.html",
        (HOME,),
        b"home",
        None,
    )


def test_the_eleventh_redirect_is_a_trap() -> None:
    made = errands()
    fetch = past_robots(made, HOME)
    for number in range(10):
        made.answered(fetch, answer(302, location=f"/{number}"), NOW, 0.0)
        fetch = only(made)
    made.answered(fetch, answer(302, location="/more"), NOW, 0.0)
    arrival = ended(made)
    assert (arrival.reason, len(arrival.redirects)) == (Reason.TRAP, 10)


def test_a_redirect_that_leaves_the_district_is_not_followed() -> None:
    made = errands()
    made.answered(past_robots(made, HOME), answer(302, location="https://zwfw.example.com/login"), NOW, 0.0)
    arrival = ended(made)
    assert (arrival.reason, arrival.url, arrival.redirects, arrival.snapshot_id) == (
        Reason.REDIRECT_OFFSITE,
        "https://zwfw.example.com/login",
        (HOME,),
        "snapshot",
    )


def test_a_redirect_to_no_web_address_ends_there() -> None:
    made = errands()
    made.answered(past_robots(made, HOME), answer(302, location="file:///etc/passwd"), NOW, 0.0)
    assert ended(made).reason is Reason.ADDRESS_BLOCKED


def test_another_platform_is_looked_at_once() -> None:
    made = errands()
    fetch = past_robots(made, "https://zwfw.example.com/a")
    made.answered(fetch, answer(302, location="/b"), NOW, 0.0)
    made.answered(only(made), answer(body=b"there"), NOW, 0.0)
    assert ended(made).reason is None
    made.take([visit("https://zwfw.example.com/c")], NOW)
    assert ended(made).reason is Reason.REDIRECT_OFFSITE


def test_a_redirect_asks_the_other_hosts_robots() -> None:
    made = errands()
    made.answered(past_robots(made, HOME), answer(302, location="http://czj.wz.gov.cn/"), NOW, 0.0)
    robots = only(made)
    assert robots.location.href == "http://czj.wz.gov.cn/robots.txt"
    made.answered(robots, answer(body=b"User-agent: *\nDisallow: /\n"), NOW, 0.0)
    _, arrivals = made.drain()
    assert [(arrival.url, arrival.reason, arrival.redirects) for arrival in arrivals[1:]] == [
        ("http://czj.wz.gov.cn/", Reason.ROBOTS_DISALLOW, (HOME,))
    ]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_is_asked_again_twice(status: int) -> None:
    made = errands()
    fetch = past_robots(made, HOME)
    for attempt in (2, 3):
        made.answered(fetch, answer(status), NOW, 10.0)
        fetch = only(made)
        assert fetch.attempt == attempt
        assert made.manners.wait_seconds(fetch.location, 10.0) >= 2
    made.answered(fetch, answer(status), NOW, 10.0)
    assert ended(made).reason is Reason.HTTP_5XX


def test_the_last_answer_counts() -> None:
    made = errands()
    made.failed(past_robots(made, HOME), Reason.TIMEOUT, NOW, 0.0)
    made.answered(only(made), answer(body=b"late"), NOW, 0.0)
    arrival = ended(made)
    assert (arrival.reason, arrival.body) == (None, b"late")


@pytest.mark.parametrize("reason", [Reason.DNS, Reason.TLS_LEGACY, Reason.ADDRESS_BLOCKED, Reason.TOO_LARGE])
def test_what_does_not_pass_is_not_asked_again(reason: Reason) -> None:
    made = errands()
    made.failed(past_robots(made, HOME), reason, NOW, 0.0)
    assert ended(made).reason is reason


def test_retry_after_is_waited_for() -> None:
    made = errands()
    made.answered(past_robots(made, HOME), answer(429, retry_after="90"), NOW, 10.0)
    fetch = only(made)
    assert made.manners.wait_seconds(fetch.location, 10.0) == 90


def test_a_long_retry_after_leaves_the_host_alone() -> None:
    made = errands()
    made.answered(past_robots(made, HOME), answer(503, retry_after="3600"), NOW, 10.0)
    assert ended(made).reason is Reason.RATE_LIMITED
    place = locate(HOME)
    assert place is not None
    assert made.manners.refusal(place, 10.0) is Reason.RATE_LIMITED


def test_what_the_ledger_holds_is_learnt_again() -> None:
    robots = Visit(f"robots {HOME}robots.txt", f"{HOME}robots.txt")
    made = errands()
    made.restore(Arrival(robots, robots.url, 200, (), b"User-agent: *\nDisallow: /a\n", "s", NOW), 5.0)
    offsite = visit("https://zwfw.example.com/a")
    made.restore(Arrival(offsite, offsite.url, 200, (), b"", "s", NOW), 5.0)
    made.take([visit(f"{HOME}a"), visit(f"{HOME}b"), visit("https://zwfw.example.com/c")], NOW)
    fetches, arrivals = made.drain()
    assert [fetch.location.href for fetch in fetches] == [f"{HOME}b"]
    assert [arrival.reason for arrival in arrivals] == [Reason.ROBOTS_DISALLOW, Reason.REDIRECT_OFFSITE]
    assert made.manners.wait_seconds(fetches[0].location, 5.0) == 2


def test_a_replay_asks_for_no_robots_and_tries_once() -> None:
    made = errands(replayed=True)
    made.take([visit(HOME)], NOW)
    fetch = only(made)
    assert fetch.location.href == HOME
    made.answered(fetch, answer(500), NOW, 0.0)
    assert ended(made).reason is Reason.HTTP_5XX


def test_what_is_no_web_address_ends_at_once() -> None:
    made = errands()
    made.take([visit("javascript:void(0)")], NOW)
    assert ended(made).reason is Reason.ADDRESS_BLOCKED
