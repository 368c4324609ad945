"""Least possible requests and the size of a full crawl are what the drafts and pages say."""

from __future__ import annotations

from portals.counting import full_crawl
from portals.demonstration import build
from portals.publishing import Answer
from portals.rendering import html


def test_a_page_with_two_addresses_is_one_page_and_files_are_none() -> None:
    pages = {
        (0, "/"): html("<html></html>"),
        (0, "/index.html"): html("<html></html>"),
        (0, "/zwgk/"): html("<html></html>"),
        (0, "/a.pdf"): Answer(200, (("Content-Type", "application/pdf"),), b"%PDF"),
    }
    assert full_crawl(pages) == 2


def test_least_requests_do_not_grow_with_articles_that_nobody_must_read() -> None:
    few = build(departments=4, towns=2, news=5, rows=4)
    many = build(departments=4, towns=2, news=60, rows=4)
    assert many.full_crawl_pages > few.full_crawl_pages + 200
    assert abs(many.least_requests - few.least_requests) <= 5  # the seed plants other faults, no more


def test_least_requests_grow_with_organs() -> None:
    assert build(departments=5, towns=2).least_requests > build(departments=4, towns=2).least_requests
