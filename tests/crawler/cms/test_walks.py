"""Walks through families whose menus, lists and ways on are asked of services: over bytes, and over real sockets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from loopback_crawl import crawl
from loopback_site import Reply, Request, serve
from served_walk import COLUMN, HOME, Served, column_of, district_of, home_page, itinerary, listing_of, walk_over

from catalog.aliases import column_aliases
from crawler.reader import Reader
from crawler.walking.walk import Walk
from ledger.observation import ColumnShape, ListingObservation, Need, Observation, Reach
from ledger.reason import Reason

CASES = Path(__file__).parent / "cases"
INDEX = f"{HOME}gkmlpt/index"
JPAGE = (CASES / "hanweb_jpage_service_only" / "page.html").read_bytes()
TREE = [
    {"id": 500, "name": "法定主动公开内容", "children": [{"id": 505, "name": COLUMN, "children": []}]},
    {"id": 501, "name": "机构职能", "url": "/gkmlpt/index#501"},
    {"id": 502, "name": "统计信息", "children": []},
]


def gkmlpt(articles: dict[str, object]) -> Served:
    program = f"window._CONFIG = {{SID:'200053', TREE:{json.dumps(TREE)}}}"
    shell = f"<html><body><div id='app'></div><script>{program}</script></body></html>"
    return Served(
        {
            f"GET {HOME}": home_page("/gkmlpt/index").replace(COLUMN.encode(), "政府信息公开".encode()),
            f"GET {INDEX}": shell.encode(),
            f"GET {HOME}gkmlpt/api/all/505?page=1&sid=200053": json.dumps(articles).encode(),
        }
    )


def test_category_of_a_tree_is_listed_by_its_service() -> None:
    rows = [
        {"title": "示例区人民政府公报第1期", "url": f"{HOME}gkmlpt/content/1/post_1.html", "created_at": "2026-05-01"}
    ]
    served = gkmlpt({"articles": rows, "total": 1})
    seen = walk_over(served, path=("政府信息公开", COLUMN))
    assert column_of(seen).reach is Reach.FOUND
    listing = listing_of(seen)
    assert (listing.shape, listing.whole, len(listing.rows)) == (ColumnShape.LIST, True, 1)
    assert listing.snapshot_ids == (f"s-GET {HOME}gkmlpt/api/all/505?page=1&sid=200053",)


def test_category_linked_by_its_route_is_listed_by_its_service() -> None:
    served = gkmlpt({"articles": [], "total": 0})
    rows = "".join(f"<li><a href='/{n}.html'>机构职能调整的通知</a><span>2026-01-0{n}</span></li>" for n in (1, 2, 3))
    drawn = served.answers[f"GET {INDEX}"].replace(b"id='app'>", f"id='app'><ul>{rows}</ul>".encode())
    served = Served({**served.answers, f"GET {HOME}": home_page("/gkmlpt/index#505"), f"GET {INDEX}": drawn})
    seen = walk_over(served)
    assert (column_of(seen).url, listing_of(seen).shape) == (INDEX, ColumnShape.EMPTY)
    assert listing_of(seen).url == f"{HOME}gkmlpt/api/all/505?page=1&sid=200053"


def test_category_with_categories_below_it_is_judged_by_them() -> None:
    served = gkmlpt({"articles": [], "total": 0})
    listing = listing_of(walk_over(served, path=("政府信息公开", "法定主动公开内容")))
    assert (listing.shape, listing.child_shapes) == (ColumnShape.SUBCOLUMNS, ((COLUMN, ColumnShape.EMPTY),))


def test_category_that_counts_none_is_empty_and_one_that_fails_is_not() -> None:
    path = ("政府信息公开", COLUMN)
    assert listing_of(walk_over(gkmlpt({"articles": [], "total": 0}), path=path)).shape is ColumnShape.EMPTY
    unread = listing_of(walk_over(gkmlpt({"code": 500, "message": "error"}), path=path))
    assert (unread.shape, unread.whole) == (ColumnShape.UNKNOWN, False)


def test_column_that_the_whole_tree_does_not_name_is_absent() -> None:
    seen = column_of(walk_over(gkmlpt({}), path=("政府信息公开", "招考录用")))
    assert (seen.reach, seen.reason) == (Reach.ABSENT, None)


def test_document_that_is_cut_is_no_list() -> None:
    feed = (CASES / "xml_column" / "page.html").read_bytes()
    for cut in (feed[:-60], feed[:200], b'{"total":1,"rows":[{"title":"a","url":"/a"'):
        served = Served({f"GET {HOME}": home_page("/gb/rss.xml"), f"GET {HOME}gb/rss.xml": cut})
        seen = walk_over(served)
        assert column_of(seen).reach is Reach.UNREACHED or listing_of(seen).shape is ColumnShape.UNKNOWN


SERVER = "api-gateway/jpaas-publish-server/front/page/build/unit"
UNIT = f"{SERVER}?webId=1&pageId=9&tagId=%E5%B7%A6%E4%BE%A7%E5%AF%BC%E8%88%AA"
SECTION = f"""<html><head><title>政府信息公开</title></head><body>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zw/">政府信息公开</a></div>
<div class="left-nav" id="nav">
<script url="/{SERVER}" queryData="{{'webId':'1','pageId':'9','tagId':'左侧导航'}}"></script></div></body></html>"""
MENU = "".join(f"<li><a href='/zw/{n}/'>{name}</a></li>" for n, name in enumerate(("指南", "制度", "年报", COLUMN)))


def jpaas_menu(answer: bytes | None) -> Served:
    answers = {
        f"GET {HOME}": home_page("/zw/").replace(COLUMN.encode(), "政府信息公开".encode()),
        f"GET {HOME}zw/": SECTION.encode(),
        f"GET {HOME}zw/3/": (CASES / "gkmlpt_list_empty" / "page.html").read_bytes(),
    }
    if answer is not None:
        answers[f"GET {HOME}{UNIT}"] = answer
    return Served(answers)


def unit(markup: str) -> bytes:
    return json.dumps({"success": True, "code": "200", "data": {"html": markup}}).encode()


def test_menu_of_a_service_is_read_beside_the_page() -> None:
    seen = column_of(walk_over(jpaas_menu(unit(f"<ul>{MENU}</ul>")), path=("政府信息公开", COLUMN)))
    assert (seen.reach, seen.url) == (Reach.FOUND, f"{HOME}zw/3/")


def test_what_a_service_gives_is_written_for_the_base_of_the_page() -> None:
    served = jpaas_menu(unit(f"<ul>{MENU}</ul>".replace("/zw/", "zw/")))
    based = SECTION.replace("<head>", '<head><base href="/"/>')
    served = Served({**served.answers, f"GET {HOME}zw/": based.encode()})
    seen = column_of(walk_over(served, path=("政府信息公开", COLUMN)))
    assert (seen.reach, seen.url) == (Reach.FOUND, f"{HOME}zw/3/")


def test_step_that_the_menu_of_a_service_does_not_offer_is_absent() -> None:
    seen = column_of(walk_over(jpaas_menu(unit(f"<ul>{MENU}</ul>")), path=("政府信息公开", "招考录用")))
    assert (seen.reach, seen.reason) == (Reach.ABSENT, None)


@pytest.mark.parametrize("answer", [None, b"", unit(""), b'{"success":false,"data":{"html":""}}', unit(MENU)[:-9]])
def test_menu_that_its_service_does_not_give_accuses_nobody(answer: bytes | None) -> None:
    seen = column_of(walk_over(jpaas_menu(answer), path=("政府信息公开", COLUMN)))
    assert seen.reach is Reach.UNREACHED


POSTMETA = f"{HOME}postmeta/p/2/2001/2001230.json"
SENDS_ON = """<html><head><title>Title</title></head><body><script>
$.get("/postmeta/p/2/2001/2001230.json", function (res) { document.location.href = res.data.gkml_url; });
</script></body></html>"""


def test_page_that_asks_its_data_where_to_go_is_followed() -> None:
    listed = CASES / "gkmlpt_list_empty" / "page.html"
    served = Served(
        {
            f"GET {HOME}": home_page("/gb/post_2001230.html"),
            f"GET {HOME}gb/post_2001230.html": SENDS_ON.encode(),
            f"GET {POSTMETA}": json.dumps({"data": {"gkml_url": f"{HOME}gkmlpt/gb.json"}}).encode(),
            f"GET {HOME}gkmlpt/gb.json": listed.read_bytes(),
        }
    )
    seen = walk_over(served)
    assert (column_of(seen).url, listing_of(seen).shape) == (f"{HOME}gkmlpt/gb.json", ColumnShape.EMPTY)
    del served.answers[f"GET {POSTMETA}"]  # type: ignore[attr-defined]
    untold = listing_of(walk_over(Served(served.answers)))
    assert (untold.shape, untold.reason) == (ColumnShape.UNKNOWN, Reason.NEEDS_BROWSER)


def test_service_outside_the_district_is_not_asked() -> None:
    folder = CASES / "ucap_common_search"
    page = (folder / "page.html").read_text(encoding="utf-8").replace('"/common', '"http://api.elsewhere.cn/common')
    served = Served({f"GET {HOME}": home_page("/gb/"), f"GET {HOME}gb/": page.encode()})
    listing = listing_of(walk_over(served))
    assert (listing.shape, listing.reason) == (ColumnShape.UNKNOWN, Reason.REDIRECT_OFFSITE)
    assert not any("elsewhere" in name for name in served.asked)


def test_forbidden_adapter_asks_nothing() -> None:
    folder = CASES / "ucap_common_search"
    served = Served({f"GET {HOME}": home_page("/gb/"), f"GET {HOME}gb/": (folder / "page.html").read_bytes()})
    listing = listing_of(walk_over(served, forbidden=("scripted_list",)))
    assert (listing.shape, listing.reason) == (ColumnShape.UNKNOWN, Reason.NEEDS_BROWSER)
    assert len(served.asked) == 1


class Observed(Walk):
    """A walk that remembers what it observed."""

    seen: list[Observation]

    def observations(self) -> tuple[Observation, ...]:
        new = super().observations()
        self.seen = [*getattr(self, "seen", []), *new]
        return new


def over_sockets(tmp_path: Path, robots: str, answers: dict[str, bytes]) -> tuple[ListingObservation, list[Request]]:
    """The jpage case served on loopback and crawled as a night crawls it."""
    with serve({}) as site:
        column = site.url("/col/col1229063379/index.html")
        site.pages.update({path: Reply(body) for path, body in answers.items()})
        site.pages["/"] = Reply(home_page(column))
        site.pages["/col/col1229063379/index.html"] = Reply(JPAGE)
        site.pages["/robots.txt"] = Reply(robots.encode(), headers=(("Content-Type", "text/plain"),))
        district = district_of(site.url("/"), (site.pair,))
        tree = itinerary(Need.WHOLE_LISTING, home=site.url("/"))
        walk = Observed([tree], district, column_aliases((), (COLUMN,)), read=Reader(district))
        crawl(tmp_path, walk, district)  # type: ignore[arg-type]
        return listing_of(walk.seen), site.log


def posted() -> dict[str, bytes]:
    folder = CASES / "hanweb_jpage_service_only"
    path = "/module/web/jpage/dataproxy.jsp?startrecord={}&endrecord={}&perpage=2"
    return {path.format(n, n + 1): (folder / f"rows_{n}.xml").read_bytes() for n in (1, 3, 5)}


def test_posted_pages_are_read_over_sockets(tmp_path: Path) -> None:
    listing, log = over_sockets(tmp_path, "User-agent: *\nDisallow: /admin/\n", posted())
    assert (listing.whole, len(listing.rows), listing.pages_read) == (True, 5, 3)
    posts = [request for request in log if request.method == "POST"]
    assert len(posts) == 3
    assert {request.headers["Content-Type"] for request in posts} == {
        "application/x-www-form-urlencoded; charset=UTF-8"
    }
    assert {request.headers["Referer"].rpartition("/col/")[2] for request in posts} == {"col1229063379/index.html"}


def test_service_that_robots_forbid_is_not_asked(tmp_path: Path) -> None:
    listing, log = over_sockets(tmp_path, "User-agent: *\nDisallow: /module/\n", posted())
    assert (listing.shape, listing.reason) == (ColumnShape.UNKNOWN, Reason.ROBOTS_DISALLOW)
    assert not [request for request in log if request.method == "POST"]
