"""Pictures from the archive, in a real browser, with the net shut."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from loopback_site import Reply, serve
from picture_literal import HOME, Pages, archived, caption, size, source

from crawler.browsing.launching import BROWSERS
from crawler.picturing.making import make
from crawler.picturing.order import CardOrder, Frame, Mark, MarkKind, PageOrder, Shot, Tone
from ledger.exchange import ArchivedResponse
from ledger.picture import Picture, PictureKind

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this machine"),
]
MENU = Mark(MarkKind.MENU, Tone.FAULT, ("机关简介", "规划信息"))
LISTED = "<h1>政务公开</h1><ul><li><a href=/j>机关简介</a></li><li><a href=/g>规划信息</a></li></ul>"
HOSTILE = "<script>document.title = 1</script><img src=x onerror=alert(1)>\u202e=cmd|' /C calc'!A0"


def page_of(snapshot_id: str, mark: Mark = MENU, **more: object) -> PageOrder:
    return PageOrder(f"id-{snapshot_id}", Shot(snapshot_id, mark), caption(**more), "红框内为该处列出的栏目。")


def made(
    pages: Mapping[str, ArchivedResponse], folder: Path, *orders: PageOrder | CardOrder, **more: object
) -> tuple[Picture, ...]:
    return make(orders, Pages(pages), folder, source_of=source, **more)  # type: ignore[arg-type]


def test_a_picture_is_named_by_its_digest_and_comes_out_the_same_twice(tmp_path: Path) -> None:
    pages = {"a": archived(LISTED, "a"), "b": archived("<h1>另一页</h1>", "b")}
    card = CardOrder("id-a", (Frame(Shot("b", whole=False), "点击"), Frame(Shot("a", MENU), "未见", True)), caption())
    first = made(pages, tmp_path / "one", page_of("a"), page_of("b"), card)
    second = made(pages, tmp_path / "two", card, page_of("a"))
    assert [(one.obligation_id, one.kind, one.snapshot_ids) for one in first] == [
        ("id-a", PictureKind.PAGE, ("a",)),
        ("id-b", PictureKind.PAGE, ("b",)),
        ("id-a", PictureKind.CARD, ("b", "a")),
    ]
    assert second == (first[2], first[0])
    for one in first:
        png = (tmp_path / "one" / one.file).read_bytes()
        assert one.file == f"{hashlib.sha256(png).hexdigest()}.png"
        assert size(png)[0] == 1280
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(one.file for one in first)


def test_the_caption_is_outside_the_page_and_hostile_titles_do_nothing(tmp_path: Path) -> None:
    pages = {"a": archived(LISTED, "a")}
    (plain,) = made(pages, tmp_path, page_of("a"))
    (hostile,) = made(pages, tmp_path, page_of("a", title=HOSTILE, organ=HOSTILE, detail=HOSTILE))
    heights = [size((tmp_path / one.file).read_bytes())[1] for one in (plain, hostile)]
    assert all(height > 900 + 200 for height in heights)
    assert plain.file != hostile.file


def test_private_numbers_are_counted_and_do_not_show(tmp_path: Path) -> None:
    pages = {"a": archived("<p>11010519491231002X</p>", "a"), "b": archived("<p>11*************02X</p>", "b")}
    leaking, clean = made(pages, tmp_path, page_of("a"), page_of("b"))
    assert (leaking.masked_count, clean.masked_count) == (1, 0)


def test_what_the_archive_holds_beside_is_shown(tmp_path: Path) -> None:
    css = replace(
        archived("body { background: #f00 }", "css"), url=HOME + "x.css", headers=(("Content-Type", "text/css"),)
    )
    inner = replace(archived("<p>框架内</p>", "inner"), url=HOME + "inner.html")
    markup = '<link rel="stylesheet" href="/x.css"><h1>政务公开</h1><iframe src="/inner.html"></iframe>'
    pages = {"a": archived(markup, "a"), "css": css, "inner": inner}
    names = [
        made(pages, tmp_path, page_of("a"), beside=beside)[0].file
        for beside in ({}, {css.url: "css"}, {inner.url: "inner"}, {css.url: "css", inner.url: "inner"})
    ]
    assert len(set(names)) == 4


def test_nothing_is_asked_of_the_net(tmp_path: Path) -> None:
    with serve({"/": Reply(b"")}) as site:
        tries = (
            f'<img src="{site.url("/image")}"><iframe src="{site.url("/frame")}"></iframe>'
            f'<link rel="preconnect" href="{site.url()}"><link rel="dns-prefetch" href="{site.url()}">'
            f'<script>fetch("{site.url("/fetch")}"); new WebSocket("ws://{site.pair}/socket");'
            f'navigator.sendBeacon("{site.url("/beacon")}"); open("{site.url("/window")}");'
            f'setTimeout(() => location = "{site.url("/away")}", 1)</script>'
        )
        pictures = made({"a": archived(f"<h1>政务公开</h1>{tries}", "a")}, tmp_path, page_of("a"))
        assert site.log == []
    assert [one.obligation_id for one in pictures] == ["id-a"]


def test_a_page_that_cannot_be_shown_is_left_out_and_the_next_is_not(tmp_path: Path) -> None:
    endless = archived("<script>for (;;);</script>", "a")
    pages = {"a": endless, "b": archived("<h1>政务公开</h1>", "b")}
    pictures = made(pages, tmp_path, page_of("a"), page_of("b"), page_seconds=2)
    assert [one.obligation_id for one in pictures] == ["id-b"]


def test_without_a_browser_there_are_no_pictures(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pages = {"a": archived("a", "a")}
    assert made(pages, tmp_path, page_of("a"), browser=str(tmp_path / "none")) == ()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert threading.active_count() < 20
