"""The order of requests."""

from __future__ import annotations

from crawler.fetching.errands import Fetch
from crawler.fetching.lanes import Lanes
from crawler.fetching.scope import locate
from ledger.work import Visit, visit_key


def fetch(url: str, *, hops: tuple[str, ...] = (), attempt: int = 1, robots_of: str = "") -> Fetch:
    location = locate(url)
    assert location is not None
    return Fetch(Visit(visit_key(url), url), location, "GET", hops, attempt, robots_of)


def test_one_request_a_host_until_it_is_done() -> None:
    lanes = Lanes()
    first, second, other = fetch("http://a.cn/1"), fetch("http://a.cn/2"), fetch("http://b.cn/1")
    lanes.add([first, second, other])
    assert lanes.ready() == [first, other]
    assert lanes.ready() == []
    lanes.done(first)
    assert lanes.ready() == [second]


def test_schemes_and_ports_of_a_host_share_a_lane() -> None:
    lanes = Lanes()
    plain, secure = fetch("http://a.cn/"), fetch("https://a.cn:8443/")
    lanes.add([plain, secure])
    assert lanes.ready() == [plain]


def test_robots_then_what_is_begun_then_the_rest_in_order() -> None:
    lanes = Lanes()
    one, two = fetch("http://a.cn/1"), fetch("http://a.cn/2")
    hop = fetch("http://a.cn/new", hops=("http://a.cn/old",))
    again = fetch("http://a.cn/3", attempt=2)
    robots = fetch("http://a.cn/robots.txt", robots_of="http://a.cn:80")
    lanes.add([one, two, hop, again, robots])
    order = []
    while ready := lanes.ready():
        order += ready
        lanes.done(ready[0])
    assert order == [robots, hop, again, one, two]
