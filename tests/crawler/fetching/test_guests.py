"""Politeness as the server sees it: gaps, one request at a time, tries, hosts left alone."""

from __future__ import annotations

import math
import time
from collections import Counter
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

from loopback_crawl import LinkWalk, crawl, district_of
from loopback_site import Reply, Site, serve

from crawler.crawling import Budget, CrawlProgress
from ledger.reason import Reason
from ledger.work import Visit, VisitKind, visit_key

CLOCKS = 0.002
"""Timers and clocks of one machine differ by so much."""
NO_ROBOTS = {"/robots.txt": Reply(b"", 404)}


def menu(count: int) -> dict[str, Reply]:
    links = b"".join(b'<a href="/%d">x</a>' % number for number in range(count))
    return {**NO_ROBOTS, "/": Reply(links), **{f"/{number}": Reply(b"ok") for number in range(count)}}


def gaps(site: Site) -> list[float]:
    """Seconds from one request's arrival to the next one's."""
    return [later.at - earlier.at for earlier, later in pairwise(site.log)]


def test_the_gap_is_kept_and_requests_never_overlap(tmp_path: Path) -> None:
    slow = {path: Reply(reply.body, reply.status, seconds=0.02) for path, reply in menu(8).items()}
    with serve(slow) as site:
        crawl(tmp_path, LinkWalk([site.url()]), district_of(site.url(), allow=(site.pair,), delay_seconds=0.1))
    assert len(site.log) == 10
    assert min(gaps(site)) >= 0.12


def test_requests_to_one_host_never_overlap_without_a_gap(tmp_path: Path) -> None:
    slow = {path: Reply(reply.body, reply.status, seconds=0.01) for path, reply in menu(12).items()}
    with serve(slow) as site:
        crawl(tmp_path, LinkWalk([site.url()]), district_of(site.url(), allow=(site.pair,)))
    assert min(gaps(site)) >= 0.01


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    pages = {**menu(3), "/robots.txt": Reply(b"User-agent: MingchaBot\nCrawl-delay: 0.15\n")}
    with serve(pages) as site:
        crawl(tmp_path, LinkWalk([site.url()]), district_of(site.url(), allow=(site.pair,)))
    assert min(gaps(site)) >= 0.15


def test_retry_after_is_obeyed(tmp_path: Path) -> None:
    def busy(before: int) -> Reply:
        return Reply(b"", 503, (("Retry-After", "1"),)) if before == 0 else Reply(b"ok")

    with serve({**NO_ROBOTS, "/": busy}) as site:
        walk = LinkWalk([site.url()])
        crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
    assert walk.by_url()[site.url()].body == b"ok"
    assert gaps(site)[-1] >= 1


def test_the_gap_is_kept_through_redirects_tries_robots_and_control_pages(tmp_path: Path) -> None:
    def second_time(before: int) -> Reply:
        return Reply(b"", 500) if before == 0 else Reply(b"ok")

    slow = 0.01
    pages = {
        "/robots.txt": Reply(b"", 302, (("Location", "/r.txt"),), seconds=slow),
        "/r.txt": Reply(b"User-agent: *\nDisallow:\n", seconds=slow),
        "/": Reply(b"home", seconds=slow),
        "/moved": Reply(b"", 302, (("Location", "/new"),), seconds=slow),
        "/new": Reply(b"new", seconds=slow),
        "/tried": second_time,
        "/cut": Reply(raw=b""),
    }
    with serve(pages) as site:
        url = site.url()
        turns = [
            Visit(visit_key(url, VisitKind.CONTROL, turn=turn), url, VisitKind.CONTROL) for turn in ("start", "end")
        ]
        walk = LinkWalk([turns[0], site.url("/moved"), site.url("/tried"), site.url("/cut"), turns[1]])
        crawl(tmp_path, walk, district_of(url, allow=(site.pair,), delay_seconds=0.2))
    assert Counter(site.paths()) == {
        "/robots.txt": 1,
        "/r.txt": 1,
        "/": 2,
        "/moved": 1,
        "/new": 1,
        "/tried": 2,
        "/cut": 3,
    }
    # the next request comes no sooner than the gap after the last answer was sent
    between = [later.at - earlier.ended for earlier, later in pairwise(site.log)]
    assert min(between) >= 0.2 - CLOCKS


def test_a_retry_after_that_names_a_moment_is_obeyed(tmp_path: Path) -> None:
    moments: list[float] = []

    def busy(before: int) -> Reply:
        if before:
            return Reply(b"ok")
        until = math.ceil(time.time()) + 1
        moments.append(until)
        return Reply(b"", 429, (("Retry-After", formatdate(until, usegmt=True)),))

    with serve({**NO_ROBOTS, "/": busy}) as site:
        walk = LinkWalk([site.url()])
        began_wall, began = time.time(), time.monotonic()
        crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
    assert walk.by_url()[site.url()].body == b"ok"
    assert site.log[-1].at - began >= moments[0] - began_wall - CLOCKS


def test_a_long_retry_after_ends_the_visits_to_that_host(tmp_path: Path) -> None:
    pages = {**menu(3), "/0": Reply(b"", 503, (("Retry-After", "86400"),))}
    with serve(pages) as site:
        walk = LinkWalk([site.url()])
        end = crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
    assert site.paths() == ["/robots.txt", "/", "/0"]
    assert end.left_alone == {"127.0.0.1": Reason.RATE_LIMITED}
    assert {walk.by_url()[site.url(f"/{number}")].reason for number in range(3)} == {Reason.RATE_LIMITED}


def test_two_more_tries_and_the_last_answer_counts(tmp_path: Path) -> None:
    def third_time(before: int) -> Reply:
        return Reply(raw=b"") if before < 2 else Reply(b"ok")

    with serve({**NO_ROBOTS, "/": third_time}) as site:
        walk = LinkWalk([site.url()])
        crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
    assert walk.by_url()[site.url()].body == b"ok"


def test_a_host_that_refuses_five_visits_is_left_alone(tmp_path: Path) -> None:
    pages = {path: Reply(b"", 403) if path[1:].isdigit() else reply for path, reply in menu(20).items()}
    with serve(pages) as site:
        walk = LinkWalk([site.url()])
        end = crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
        asked = len(site.log)
        again = LinkWalk([site.url(), site.url("/more")])
        crawl(tmp_path, again, district_of(site.url(), allow=(site.pair,)))
    assert (asked, len(site.log)) == (7, 7)
    assert end.left_alone == {"127.0.0.1": Reason.HTTP_4XX}
    reasons = [arrival.reason for arrival in again.arrived.values()]
    assert reasons.count(Reason.HTTP_4XX) == 21


def test_robots_that_answers_503_forbids_all(tmp_path: Path) -> None:
    with serve({"/robots.txt": Reply(b"", 503), "/": Reply(b"ok")}) as site:
        walk = LinkWalk([site.url()])
        crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
    assert site.paths() == ["/robots.txt"] * 3
    assert walk.by_url()[site.url()].reason is Reason.ROBOTS_UNREACHABLE


def test_the_budget_ends_requests_and_not_the_walk(tmp_path: Path) -> None:
    with serve(menu(10)) as site:
        walk = LinkWalk([site.url()])
        crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)), budget=Budget(pages_per_host=5))
    assert len(site.log) == 5
    assert [arrival.reason for arrival in walk.arrived.values()].count(Reason.BUDGET) == 7


def test_a_control_page_is_asked_for_anew(tmp_path: Path) -> None:
    with serve({**NO_ROBOTS, "/": Reply(b"ok")}) as site:
        url = site.url()
        turns = [
            Visit(visit_key(url, VisitKind.CONTROL, turn=turn), url, VisitKind.CONTROL) for turn in ("start", "end")
        ]
        walk = LinkWalk([url, *turns])
        crawl(tmp_path, walk, district_of(url, allow=(site.pair,)))
    assert (site.paths().count("/"), len(walk.arrived)) == (3, 3)


def test_hosts_are_asked_side_by_side(tmp_path: Path) -> None:
    slow = {**NO_ROBOTS, **{f"/{number}": Reply(b"ok", seconds=0.05) for number in range(5)}}
    with serve(slow) as one, serve(slow, "127.0.0.2") as two:
        visits = [site.url(f"/{number}") for site in (one, two) for number in range(5)]
        crawl(tmp_path, LinkWalk(visits), district_of(one.url(), allow=(one.pair, two.pair)))
    assert one.log[-1].at > two.log[1].at
    assert two.log[-1].at > one.log[1].at


def test_progress_is_told_after_each_arrival(tmp_path: Path) -> None:
    told: list[CrawlProgress] = []
    with serve(menu(3)) as site:
        crawl(tmp_path, LinkWalk([site.url()]), district_of(site.url(), allow=(site.pair,)), progress=told.append)
    assert [progress.arrived_count for progress in told] == [1, 2, 3, 4, 5]
    assert (told[-1].wanted_count, told[-1].request_count) == (5, 5)
