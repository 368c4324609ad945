"""Lines of the index: where a response stands, and how a posted body becomes part of its key."""

from __future__ import annotations

import json

import pytest

from reports.pack.archive_copy import CopiedRecord
from reports.pack.cdxj import cdxj_line, http_head, posted

BODY = b"HTTP/1.1 200 OK\r\nContent-TYPE: text/html;charset=gbk\r\nContent-Type: other\r\n\r\n<title>\xd4\xa4\xcb\xe3"


def response(url: str, kind: str = "response") -> CopiedRecord:
    """A response of an address."""
    fields = {"warc-target-uri": url, "warc-date": "2021-11-30T02:00:00.123456Z", "warc-payload-digest": "sha256:00"}
    return CopiedRecord(kind, "one", "one", b"gzip member", fields, BODY)


def request(first_line: str, kind: str, body: bytes) -> CopiedRecord:
    """A request of this first line and body."""
    head = f"{first_line}\r\nHost: a\r\nContent-Type: {kind}\r\n\r\n".encode()
    return CopiedRecord("request", "two", "one", b"", {}, head + body)


def facts_of(line: bytes) -> dict[str, str]:
    """The JSON of a line."""
    facts: dict[str, str] = json.loads(line.split(b" ", 2)[2])
    return facts


def test_a_line_says_where_the_response_stands() -> None:
    line = cdxj_line(response("http://www.a.example/B/"), None, 77, "evidence.warc.gz")
    assert line.startswith(b"example,a)/b 20211130020000 {")
    assert facts_of(line) == {
        "url": "http://www.a.example/B/",
        "mime": "text/html",
        "status": "200",
        "digest": "sha256:00",
        "length": "11",
        "offset": "77",
        "filename": "evidence.warc.gz",
    }


def test_a_revisit_is_marked_as_one() -> None:
    assert facts_of(cdxj_line(response("http://a/", "revisit"), None, 0, "e"))["mime"] == "warc/revisit"


def test_a_get_request_changes_nothing() -> None:
    asked = request("GET / HTTP/1.1", "", b"")
    assert cdxj_line(response("http://a/"), asked, 0, "e") == cdxj_line(response("http://a/"), None, 0, "e")


def test_a_posted_body_is_part_of_the_key() -> None:
    asked = request("POST /list?x=1 HTTP/1.1", "application/x-www-form-urlencoded", b"page=1&name=%E9%A2%84")
    line = cdxj_line(response("http://a.example/list?x=1"), asked, 0, "e")
    assert line.startswith(b"example,a)/list?__wb_method=post&name=%e9%a2%84&page=1&x=1 ")
    assert (facts_of(line)["method"], facts_of(line)["requestBody"]) == ("POST", "page=1&name=预")


@pytest.mark.parametrize(
    ("kind", "body", "query"),
    [
        (
            "application/json",
            b'{"page":1,"find":{"a":"x y"},"ids":[1,2,{"a":3}]}',
            "page=1&a=x+y&ids=1&ids.2_=2&a.2_=3",
        ),
        ("application/json", b"{broken", ""),
        ("text/plain", b'{"page":1}', "page=1"),
        ("text/plain", b"page", "__wb_post_data=cGFnZQ=="),
        ("application/x-www-form-urlencoded", b"\xff", "__wb_post_data=/w=="),
        ("", b"", ""),
    ],
)
def test_bodies_become_queries(kind: str, body: bytes, query: str) -> None:
    assert posted(http_head(request("POST / HTTP/1.1", kind, body).block)) == query


def test_a_long_body_is_cut() -> None:
    asked = request("POST / HTTP/1.1", "application/x-www-form-urlencoded", b"a" * 9000)
    assert len(posted(http_head(asked.block))) == 4096
