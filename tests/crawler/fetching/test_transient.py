"""Faults that pass and hosts that refuse, on a real server: asked again in time, left alone in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback_crawl import LinkWalk, crawl, district_of
from loopback_site import Reply, Site, serve

from crawler.crawling import Budget, CrawlEnd
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind

Pages = dict[str, Reply | Callable[[int], Reply]]
GOOD = Reply(b"<html><body><p>there</p></body></html>")
CHALLENGE = Reply(
    b"<html><script>if(!$_ts)$_ts={};$_ts.cd='qMa';</script></html>",
    headers=(("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "FSSBBIl1UgzbN7N80S=1")),
)
REFUSED = Reply(b"<html><body>403 Forbidden</body></html>", 403)


def after(count: int, bad: Reply, good: Reply = GOOD) -> Callable[[int], Reply]:
    """The bad answer so many times, then the good one."""
    return lambda before: bad if before < count else good


def visited(
    folder: Path, pages: Pages, paths: list[str], budget: Budget | None = None
) -> tuple[dict[str, Arrival], Site, CrawlEnd]:
    """Each path asked for in order, in one look over a site that has no robots.txt."""
    with serve(pages) as site:
        walk = LinkWalk([site.url(path) for path in paths], follow=False)
        end = crawl(folder, walk, district_of(site.url(), allow=(site.pair,)), budget=budget)
        arrived = {url.removeprefix(site.url("")): arrival for url, arrival in walk.by_url().items()}
        return arrived, site, end


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Reply(b"oops", 500), id="500"),
        pytest.param(Reply(b"bad gateway", 502), id="502"),
        pytest.param(Reply(b"busy", 503), id="503"),
        pytest.param(Reply(raw=b""), id="hangs up"),
        pytest.param(Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<html>"), id="hangs up in the middle"),
    ],
)
def test_a_page_that_fails_twice_and_then_works_is_fine(tmp_path: Path, fault: Reply) -> None:
    pages: Pages = {"/a": after(2, fault), "/b": GOOD}
    arrived, site, end = visited(tmp_path, pages, ["/a", "/b"])
    assert [(arrived[path].status, arrived[path].reason) for path in ("/a", "/b")] == [(200, None), (200, None)]
    assert Counter(site.paths())["/a"] == 3
    assert end.left_alone == {}


def test_a_page_that_is_too_late_once_and_then_works_is_fine(tmp_path: Path) -> None:
    pages: Pages = {"/a": after(1, Reply(b"late", seconds=8)), "/b": GOOD}
    arrived, site, end = visited(tmp_path, pages, ["/a", "/b"], Budget(page_seconds=2))
    assert [arrived[path].status for path in ("/a", "/b")] == [200, 200]
    assert (Counter(site.paths())["/a"], end.left_alone) == (2, {})


@pytest.mark.parametrize("status", [200, 202, 412])
def test_a_challenge_that_is_gone_at_the_second_look_is_fine(tmp_path: Path, status: int) -> None:
    challenge = Reply(CHALLENGE.body, status, CHALLENGE.headers)
    arrived, site, end = visited(tmp_path, {"/a": after(1, challenge), "/b": GOOD}, ["/a", "/b"])
    assert (arrived["/a"].status, arrived["/a"].body) == (200, GOOD.body)
    assert (Counter(site.paths())["/a"], end.left_alone) == (2, {})


def test_a_challenge_that_stays_is_asked_twice_and_never_got_round(tmp_path: Path) -> None:
    arrived, site, _ = visited(tmp_path, {"/a": CHALLENGE, "/b": GOOD}, ["/a", "/b"])
    assert (arrived["/a"].body, arrived["/b"].status) == (CHALLENGE.body, 200)
    asked = [request for request in site.log if request.path == "/a"]
    assert len(asked) == 2
    assert all("Cookie" not in request.headers for request in asked)


@pytest.mark.parametrize(
    "refusal, tries, reason",
    [
        pytest.param(REFUSED, 1, Reason.HTTP_4XX, id="403"),
        pytest.param(Reply(b"busy", 503), 3, Reason.HTTP_5XX, id="503"),
        pytest.param(CHALLENGE, 2, Reason.WAF_CHALLENGE, id="challenge behind 200"),
        pytest.param(Reply(b"<html></html>", 412), 2, Reason.WAF_CHALLENGE, id="412"),
        pytest.param(Reply(b"slow down", 429), 2, Reason.RATE_LIMITED, id="429"),
    ],
)
def test_a_host_that_refuses_five_times_is_left_alone(
    tmp_path: Path, refusal: Reply, tries: int, reason: Reason
) -> None:
    paths = [f"/{number}" for number in range(9)]
    pages: Pages = {"/robots.txt": Reply(b"User-agent: *\n"), **dict.fromkeys(paths, refusal)}
    arrived, site, end = visited(tmp_path, pages, paths)
    asked = Counter(site.paths())
    assert [asked[path] for path in paths] == [tries] * 5 + [0] * 4
    assert all(arrived[path].reason is reason and arrived[path].status is None for path in paths[5:])
    assert list(end.left_alone.values()) == [reason]


def test_one_bad_path_does_not_close_a_host(tmp_path: Path) -> None:
    bad = {f"/bad{number}" for number in range(8)}
    pages: Pages = {**dict.fromkeys(bad, Reply(b"oops", 500)), **{f"/good{number}": GOOD for number in range(8)}}
    paths = [path for number in range(8) for path in (f"/bad{number}", f"/good{number}")]
    arrived, site, end = visited(tmp_path, pages, paths)
    assert end.left_alone == {}
    assert all(arrived[f"/good{number}"].status == 200 for number in range(8))
    assert all(arrived[path].reason is Reason.HTTP_5XX for path in bad)
    assert all(Counter(site.paths())[path] == 3 for path in bad)


def test_a_service_that_fails_does_not_close_the_host_that_it_serves(tmp_path: Path) -> None:
    """Ten columns ask one broken service for their lists, one after the other; the pages behind them work."""
    asks = [f"/service/list.jsp?column={number}" for number in range(10)]
    pages: Pages = {**dict.fromkeys(asks, Reply(b"oops", 500)), "/good": GOOD}
    arrived, _, end = visited(tmp_path, pages, [*asks, "/good"])
    assert (arrived["/good"].status, end.left_alone) == (200, {})


def test_a_host_that_redirects_into_its_refusal_is_left_alone(tmp_path: Path) -> None:
    paths = [f"/{number}" for number in range(9)]
    away = Reply(b"", 302, (("Location", "/blocked"),))
    pages: Pages = {"/robots.txt": Reply(b""), **dict.fromkeys(paths, away), "/blocked": REFUSED}
    _, site, end = visited(tmp_path, pages, paths)
    assert [path for path in paths if path in site.paths()] == paths[:5]
    assert list(end.left_alone.values()) == [Reason.HTTP_4XX]


def test_attachments_that_are_refused_close_no_host(tmp_path: Path) -> None:
    with serve({"/good": GOOD, **{f"/f{number}.pdf": REFUSED for number in range(7)}}) as site:
        files = [site.url(f"/f{number}.pdf") for number in range(7)]
        visits = [Visit(f"resource {url}", url, VisitKind.RESOURCE) for url in files]
        walk = LinkWalk([*visits, site.url("/good")], follow=False)
        end = crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
        assert (walk.by_url()[site.url("/good")].status, end.left_alone) == (200, {})


def test_retry_after_is_waited_for(tmp_path: Path) -> None:
    busy = Reply(b"busy", 503, (("Content-Type", "text/html"), ("Retry-After", "1")))
    arrived, site, end = visited(tmp_path, {"/a": after(1, busy), "/b": GOOD}, ["/a", "/b"])
    first, second = (request for request in site.log if request.path == "/a")
    assert second.at - first.ended >= 1
    assert (arrived["/a"].status, end.left_alone) == (200, {})


def test_a_long_retry_after_ends_the_look_at_this_host(tmp_path: Path) -> None:
    busy = Reply(b"busy", 429, (("Content-Type", "text/html"), ("Retry-After", "7200")))
    arrived, site, end = visited(tmp_path, {"/a": busy, "/b": GOOD}, ["/a", "/b"])
    assert [arrived[path].reason for path in ("/a", "/b")] == [Reason.RATE_LIMITED] * 2
    assert "/b" not in site.paths()
    assert list(end.left_alone.values()) == [Reason.RATE_LIMITED]


def test_second_tries_are_within_the_budget(tmp_path: Path) -> None:
    pages: Pages = {"/a": Reply(b"oops", 500), "/b": GOOD}
    arrived, site, _ = visited(tmp_path, pages, ["/a", "/b"], Budget(pages_per_host=3))
    assert site.paths() == ["/robots.txt", "/a", "/a"]
    assert arrived["/b"].reason is Reason.BUDGET
