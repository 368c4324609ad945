"""RFC 9309: Google's 140 assertions, and what they leave out."""

from __future__ import annotations

import json

from crawler.fetching.robots import UNREACHABLE, read_robots
from shared_data import SHARED, needs_shared


@needs_shared
def test_googles_assertions_hold() -> None:
    cases = json.loads((SHARED / "suites" / "google_robots_cases.json").read_text())
    wrong = [
        (name, text, agent, url, expected)
        for name, text, agent, url, expected in cases
        if read_robots(text.encode(), agent).permits(url) is not expected
    ]
    assert (len(cases), wrong) == (140, [])


def test_unreachable_file_forbids_everything() -> None:
    assert not UNREACHABLE.permits("http://www.example.gov.cn/")


def test_crawl_delay_of_the_own_group_applies() -> None:
    robots = read_robots(b"User-agent: *\nCrawl-delay: 9\n\nUser-agent: mingchabot\nCrawl-delay: 3.5\n", "MingchaBot")
    assert robots.delay_seconds == 3.5


def test_crawl_delay_of_all_applies_without_an_own_group() -> None:
    assert read_robots(b"User-agent: *\nCrawl-delay: 9\nDisallow: /x\n", "MingchaBot").delay_seconds == 9


def test_nonsense_crawl_delay_is_passed_over() -> None:
    robots = read_robots("User-agent: *\nCrawl-delay: 两秒\nCrawl-delay: -1\n".encode(), "MingchaBot")
    assert robots.delay_seconds is None


def test_bytes_that_are_no_text_forbid_nothing_else() -> None:
    robots = read_robots(b"\xff\xfe\x00User-agent: *\nUser-agent: *\nDisallow: /\xb9\xab\n", "MingchaBot")
    assert robots.permits("http://www.example.gov.cn/zwgk/")


def test_many_wildcards_take_no_time() -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"$\n", "MingchaBot")
    assert robots.permits("http://www.example.gov.cn/" + "a" * 1500 + "b")
