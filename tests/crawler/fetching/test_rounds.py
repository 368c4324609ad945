"""A small site on loopback, fetched with archive and ledger, killed walks resumed."""

from __future__ import annotations

from pathlib import Path

from loopback_crawl import LinkWalk, crawl, district_of, look_in, open_ledger
from loopback_site import Reply, serve

from ledger.reason import Reason

MENU = b'<a href="/zwgk/">a</a><a href="/gone.html">b</a>'
SITE = {"/": Reply(MENU), "/zwgk/": Reply(b'<a href="/zwgk/1.html">c</a>'), "/zwgk/1.html": Reply("公开".encode())}


def test_every_page_is_archived_and_arrives(tmp_path: Path) -> None:
    with serve(SITE) as site:
        walk = LinkWalk([site.url()])
        end = crawl(tmp_path, walk, district_of(site.url(), allow=(site.pair,)))
    assert {arrival.url.removeprefix(site.url("")): arrival.reason for arrival in walk.arrived.values()} == {
        "/": None,
        "/zwgk/": None,
        "/zwgk/1.html": None,
        "/gone.html": Reason.HTTP_4XX,
    }
    assert site.paths() == ["/robots.txt", "/", "/zwgk/", "/gone.html", "/zwgk/1.html"]
    assert (end.request_count, end.arrived_count, end.observation_count) == (5, 5, 1)
    with open_ledger(tmp_path) as ledger:
        look = look_in(ledger)
        stored = {arrival.visit.key: arrival for arrival in ledger.arrivals(look.id)}
        page = stored[f"GET {site.url('/zwgk/1.html')}"]
        kept = ledger.read_snapshot(page.snapshot_id)
        assert (page.body, kept.body, kept.url) == ("公开".encode(), "公开".encode(), site.url("/zwgk/1.html"))
        assert len(ledger.observations(look.id)) == 1


def test_a_second_run_asks_for_nothing_again(tmp_path: Path) -> None:
    with serve(SITE) as site:
        district = district_of(site.url(), allow=(site.pair,))
        crawl(tmp_path, LinkWalk([site.url()]), district)
        asked = len(site.log)
        walk = LinkWalk([site.url()])
        end = crawl(tmp_path, walk, district)
    assert (len(site.log), end.request_count, len(walk.arrived)) == (asked, 0, 4)
    with open_ledger(tmp_path) as ledger:
        assert len(ledger.observations(look_in(ledger).id)) == 1
