"""Screenshots from the archive, in a real browser, with the net shut."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback_site import Reply, serve

from crawler.browsing.launching import BROWSERS
from crawler.picturing import picture
from ledger.exchange import ArchivedResponse, Headers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this machine"),
]
HTML = (("Content-Type", "text/html; charset=utf-8"),)


class Pages:
    """Archived responses by id."""

    def __init__(self, pages: Mapping[str, tuple[str, bytes, Headers]]) -> None:
        self._pages = pages

    def read_snapshot(self, snapshot_id: str) -> ArchivedResponse:
        url, body, headers = self._pages[snapshot_id]
        return ArchivedResponse(snapshot_id, url, 200, headers, body, datetime(2021, 11, 30, tzinfo=UTC))


def page(body: str) -> tuple[str, bytes, Headers]:
    return ("http://www.wz.gov.cn/zwgk/", body.encode(), HTML)


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_a_picture_is_named_by_its_digest_and_comes_out_the_same_twice(tmp_path: Path) -> None:
    pages = Pages({"a": page("<h1>政务公开</h1>"), "b": page("<h1>另一页</h1>")})
    first = picture(["a", "b", "a"], pages, tmp_path / "one")
    second = picture(["a"], pages, tmp_path / "two")
    png = first["a"].read_bytes()
    assert first["a"].name == f"{hashlib.sha256(png).hexdigest()}.png"
    assert (size(png), second["a"].name, first["b"].name != first["a"].name) == ((1280, 900), first["a"].name, True)


def test_what_the_archive_holds_beside_is_shown(tmp_path: Path) -> None:
    pages = Pages(
        {
            "a": page('<link rel="stylesheet" href="/x.css"><h1>政务公开</h1>'),
            "css": ("http://www.wz.gov.cn/x.css", b"body { background: #f00 }", (("Content-Type", "text/css"),)),
        }
    )
    plain = picture(["a"], pages, tmp_path)
    styled = picture(["a"], pages, tmp_path, beside={"http://www.wz.gov.cn/x.css": "css"})
    assert plain["a"].name != styled["a"].name


def test_nothing_is_asked_of_the_net(tmp_path: Path) -> None:
    with serve({"/": Reply(b"")}) as site:
        tries = (
            f'<img src="{site.url("/image")}"><iframe src="{site.url("/frame")}"></iframe>'
            f'<link rel="preconnect" href="{site.url()}"><link rel="dns-prefetch" href="{site.url()}">'
            f'<script>fetch("{site.url("/fetch")}"); new WebSocket("ws://{site.pair}/socket");'
            f'navigator.sendBeacon("{site.url("/beacon")}"); open("{site.url("/window")}");'
            f'setTimeout(() => location = "{site.url("/away")}", 1)</script>'
        )
        made = picture(["a"], Pages({"a": page(f"<h1>政务公开</h1>{tries}")}), tmp_path)
        assert site.log == []
    assert list(made) == ["a"]


def test_a_page_that_cannot_be_shown_is_left_out_and_the_next_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.picturing.PAGE_SECONDS", 2)
    pages = Pages({"a": page("<script>for (;;);</script>"), "b": page("<h1>政务公开</h1>")})
    assert list(picture(["a", "b"], pages, tmp_path)) == ["b"]


def test_without_a_browser_there_are_no_pictures(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    made = picture(["a", "b"], Pages({"a": page("a"), "b": page("b")}), tmp_path, browser=str(tmp_path / "none"))
    assert made == {}
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert threading.active_count() < 20
