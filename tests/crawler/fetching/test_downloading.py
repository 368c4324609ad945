"""What comes over the wire, and what becomes of it: exact headers, cuts, bombs, endless answers, refused addresses."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pytest
from loopback_crawl import LinkWalk, crawl, district_of, open_ledger
from loopback_site import Reply, Site, serve

from crawler.crawling import Budget
from ledger.exchange import ArchivedResponse
from ledger.reason import Reason
from ledger.work import Arrival, Visit, VisitKind, visit_key

ROBOTS = {"/robots.txt": Reply(b"", 404)}


def fetch(folder: Path, site: Site, path: str = "/", kind: VisitKind = VisitKind.PAGE) -> Arrival:
    url = site.url(path)
    walk = LinkWalk([Visit(visit_key(url, kind), url, kind)], follow=False)
    crawl(folder, walk, district_of(site.url(), allow=(site.pair,)))
    return walk.by_url()[url]


def kept(folder: Path, arrival: Arrival) -> ArchivedResponse:
    with open_ledger(folder) as ledger:
        return ledger.read_snapshot(arrival.snapshot_id)


def test_headers_are_kept_as_sent(tmp_path: Path) -> None:
    raw = b"HTTP/1.1 200 Fine\r\nX-b: 2\r\nset-COOKIE: a=1\r\nX-A: \xe5\x85\xac\r\nSet-Cookie: b=2\r\n"
    raw += b"content-length: 2\r\n\r\nok"
    with serve({**ROBOTS, "/": Reply(raw=raw)}) as site:
        arrival = fetch(tmp_path, site)
    wanted = (("X-b", "2"), ("set-COOKIE", "a=1"), ("X-A", "公"), ("Set-Cookie", "b=2"), ("content-length", "2"))
    assert (arrival.headers, arrival.body, arrival.reason) == (wanted, b"ok", None)
    archived = kept(tmp_path, arrival)
    assert (archived.headers, archived.reason_phrase, archived.body) == (wanted, "Fine", b"ok")


def test_a_compressed_body_is_archived_as_received(tmp_path: Path) -> None:
    packed = gzip.compress("政务公开".encode(), mtime=0)
    reply = Reply(packed, headers=(("Content-Encoding", "gzip"),))
    with serve({**ROBOTS, "/": reply}) as site:
        arrival = fetch(tmp_path, site)
    assert arrival.body.decode() == "政务公开"
    assert kept(tmp_path, arrival).raw_body == packed


def test_chunks_are_joined_and_said_so(tmp_path: Path) -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    with serve({**ROBOTS, "/": Reply(raw=raw)}) as site:
        arrival = fetch(tmp_path, site)
    assert (arrival.body, arrival.reason) == (b"abc", None)
    assert arrival.headers == (("X-Archive-Orig-Transfer-Encoding", "chunked"),)


def reply(text: bytes) -> Reply:
    return Reply(raw=text)


CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<html>"
CUT_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n"
ZEROS = Reply(gzip.compress(bytes(9 * 1024 * 1024), mtime=0), headers=(("Content-Encoding", "gzip"),))
HUGE = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"


@pytest.mark.parametrize(
    ("page", "reason", "has_snapshot"),
    [
        (reply(CUT), Reason.TRUNCATED, True),
        (reply(CUT_CHUNKS), Reason.TRUNCATED, True),
        (Reply(b"\x1f\x8b", headers=(("Content-Encoding", "gzip"),)), Reason.TRUNCATED, True),
        (Reply(b"half", 206), Reason.TRUNCATED, True),
        (ZEROS, Reason.BOMB, True),
        (reply(HUGE), Reason.TOO_LARGE, True),
        (reply(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n"), Reason.TOO_LARGE, False),
        (reply(b"HTTP/1.1 200 OK\r\n" + b"X-Endless: abcdefghij\r\n" * 10_000), Reason.TOO_LARGE, False),
        (reply(b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"a" * 900 + b"\r\n") * 80 + b"\r\n"), Reason.TOO_LARGE, False),
        (reply(b""), Reason.CONNECT, False),
        (reply(b"SSH-2.0-OpenSSH_9.2\r\n"), Reason.CONNECT, False),
        (Reply(b"", 404), Reason.HTTP_4XX, True),
        (Reply(b"", 412), Reason.HTTP_4XX, True),
        (Reply(b"", 500), Reason.HTTP_5XX, True),
        (Reply(b"", 521), Reason.HTTP_5XX, True),
        (Reply(b"", 429), Reason.RATE_LIMITED, True),
        (Reply(b"", 302), Reason.HTTP_4XX, True),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_not_whole_has_a_reason(tmp_path: Path, page: Reply, reason: Reason, has_snapshot: bool) -> None:
    with serve({**ROBOTS, "/": page}) as site:
        arrival = fetch(tmp_path, site)
    assert (arrival.reason, bool(arrival.snapshot_id)) == (reason, has_snapshot)


def test_what_came_before_a_cut_is_evidence(tmp_path: Path) -> None:
    with serve({**ROBOTS, "/": Reply(raw=CUT)}) as site:
        arrival = fetch(tmp_path, site)
    assert kept(tmp_path, arrival).raw_body == b"<html>"


def test_a_closed_port_is_connect(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site = Site({}, port=free.getsockname()[1])
    assert fetch(tmp_path, site).reason is Reason.ROBOTS_UNREACHABLE


def test_a_name_that_does_not_exist_is_dns(tmp_path: Path) -> None:
    walk = LinkWalk(["http://nothing.invalid/robots.txt"])
    seen: list[Arrival] = []
    crawl(tmp_path, walk, district_of("http://nothing.invalid/", allow=("nothing.invalid:80",), delay_seconds=0.01))
    with open_ledger(tmp_path) as ledger:
        seen = list(ledger.arrivals(1))
    assert [arrival.reason for arrival in seen] == [Reason.DNS, Reason.DNS]


def test_a_local_address_that_the_file_does_not_allow_is_not_connected_to(tmp_path: Path) -> None:
    with (
        serve({"/": Reply(b"secret")}) as site,
        serve({"/": Reply(b"", 302, (("Location", site.url("/")),))}) as portal,
    ):
        walk = LinkWalk([portal.url(), site.url("/direct"), f"http://localhost:{site.port}/name"], follow=False)
        crawl(tmp_path, walk, district_of(portal.url(), allow=(portal.pair,), delay_seconds=0.01))
    assert site.log == []
    arrived = walk.by_url()
    assert arrived[portal.url()].reason is Reason.REDIRECT_OFFSITE
    assert arrived[site.url("/direct")].reason is Reason.ADDRESS_BLOCKED
    assert arrived[f"http://localhost:{site.port}/name"].reason is Reason.ADDRESS_BLOCKED
    with open_ledger(tmp_path) as ledger:
        robots = {a.visit.url: a.reason for a in ledger.arrivals(1) if a.visit.url.endswith("robots.txt")}
    assert robots[site.url("/robots.txt")] is Reason.ADDRESS_BLOCKED
    assert robots[f"http://localhost:{site.port}/robots.txt"] is Reason.ADDRESS_BLOCKED


def test_the_agent_names_itself_and_says_what_it_reads(tmp_path: Path) -> None:
    with serve({**ROBOTS, "/": Reply(b"ok")}) as site:
        fetch(tmp_path, site)
    headers = {name.casefold(): value for name, value in site.log[-1].headers.items()}
    assert headers["user-agent"].startswith("MingchaBot/0.1")
    assert (headers["accept-encoding"], headers["host"]) == ("gzip, deflate", site.pair)
    assert "cookie" not in headers


def test_a_form_is_posted_as_wanted(tmp_path: Path) -> None:
    with serve({**ROBOTS, "/list": Reply(b"rows")}) as site:
        url = site.url("/list")
        visit = Visit(
            visit_key(url, method="POST", body=b"page=2"), url, method="POST", body=b"page=2", referrer=site.url()
        )
        walk = LinkWalk([visit])
        crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
    request = site.log[-1]
    assert (request.method, request.headers["Content-Length"], request.headers["Referer"]) == ("POST", "6", site.url())
    assert walk.by_url()[url].body == b"rows"


def test_an_answer_that_takes_too_long_is_asked_for_three_times(tmp_path: Path) -> None:
    pages = {**ROBOTS, "/slow": Reply(b"late", seconds=1.0), "/drip": Reply(raw=CUT, seconds=1.0)}
    with serve(pages) as site:
        urls = [site.url("/slow"), site.url("/drip")]
        visits = [urls[0], Visit(visit_key(urls[1]), urls[1], VisitKind.RESOURCE)]
        walk = LinkWalk(visits)
        budget = Budget(page_seconds=0.1, resource_seconds=10)
        crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)), budget=budget)
        assert site.paths().count("/slow") == 3
    assert [walk.by_url()[url].reason for url in urls] == [Reason.TIMEOUT, Reason.TRUNCATED]
