"""Pages in a real browser: marked without moving, masked before the shot, the same bytes each time."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace

import pytest
from picture_literal import HOME, Pages, archived, size
from playwright.sync_api import Page

from crawler.browsing.launching import BROWSERS, context_options
from crawler.picturing.framing import Box
from crawler.picturing.masking import mask
from crawler.picturing.order import Mark, MarkKind, Shot, Tone
from crawler.picturing.studio import Studio, Taken, framed, unframe
from ledger.exchange import ArchivedResponse

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this machine"),
]
MENU = Mark(MarkKind.MENU, Tone.FAULT, ("机关简介", "规划信息", "政策文件"))
ROW = Mark(MarkKind.ROW, Tone.FAULT, ("关于预算公开的说明",), HOME + "t1.html", "2019-09-01")
BLINKING = (
    "data:image/gif;base64,R0lGODlhAQABAPAAAP8AAAAA/yH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAQABAAACAkQBACH5BAAKAAAALAAA"
    "AAABAAEAAAICTAEAOw=="
)
LISTED = """<style>html{position:relative;margin:13px;padding:7px} ul{width:300px} body>*:last-child{color:red}</style>
<div class="crumb">当前位置：<a href="/">首页</a>&gt;<a href="/j">机关简介</a></div><h1>云川区</h1>
<ul id=menu><li><a href="/j">机关简介</a></li><li><a href="/g">规划信息</a></li><li><a href="/z">政策文件</a></li></ul>
<ul id=rows style="width:600px"><li id=old><span>2019-09-01</span><a href="/t1.html">关于预算公开的说明...</a></li>
<li><span>2019-08-01</span><a href="/t2.html">另一篇</a></li></ul><p>end</p>"""
BOXES = """() => JSON.stringify([...document.querySelectorAll('body, body *')].map((one) => {
  const box = one.getBoundingClientRect(); return [one.tagName, box.x, box.y, box.width, box.height]; }).concat(
  [[document.documentElement.scrollWidth, document.documentElement.scrollHeight]]))"""


def take(studio: Studio, page: ArchivedResponse, *marks: Mark) -> Sequence[Taken]:
    shots = [Shot(page.snapshot_id, mark) for mark in marks or (Mark(),)]
    taken = studio.shoot(page, shots, Pages({}), {})
    return [taken[shot] for shot in shots]


@pytest.fixture
def page(studio: Studio) -> Page:
    return studio.blank(**context_options(1280, 900))


@pytest.mark.parametrize("mark", [MENU, ROW, Mark(MarkKind.LINK, Tone.WAY, ("政策文件",))])
def test_a_mark_moves_nothing_and_goes_again(page: Page, mark: Mark) -> None:
    page.set_content(LISTED)
    before = page.evaluate(BOXES)
    boxes, _ = framed(page, mark)
    assert page.evaluate("() => document.querySelectorAll('mingcha-mark').length") == len(boxes) == 1
    assert page.evaluate(BOXES) == before
    unframe(page)
    assert page.evaluate(BOXES) == before


@pytest.mark.parametrize("mark, place", [(MENU, "#menu"), (ROW, "#old")])
def test_a_mark_lies_around_the_menu_or_the_row(page: Page, mark: Mark, place: str) -> None:
    page.set_content(f"<base href='{HOME}'>" + LISTED)
    (box,), folded = framed(page, mark)
    wanted = page.evaluate(
        "(place) => { const box = document.querySelector(place).getBoundingClientRect();"
        "return [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY]; }",
        place,
    )
    drawn = page.evaluate(
        "() => { const box = document.querySelector('mingcha-mark').getBoundingClientRect();"
        "return [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY]; }"
    )
    assert drawn == pytest.approx([box.left, box.top, box.right, box.bottom], abs=1)
    assert not folded
    if place == "#old":
        assert [box.left, box.top, box.right, box.bottom] == pytest.approx(wanted, abs=4)
    else:
        assert wanted[1] - 6 <= box.top <= box.bottom <= wanted[3] + 6


def test_a_folded_menu_is_marked_where_it_unfolds(page: Page) -> None:
    page.set_content(
        "<p>当前位置：<a href=/j>机关简介</a></p>"
        "<ul><li><a href=/a>政务服务</a></li><li id=top><a href=/f>法定主动公开内容</a>"
        "<ul style='display:none'><li><a href=/j>机关简介</a></li><li><a href=/g>规划信息</a></li></ul></li></ul>"
    )
    boxes, folded = framed(page, Mark(MarkKind.MENU, Tone.FAULT, ("机关简介", "规划信息")))
    box = page.locator("#top > a").bounding_box()
    assert folded
    assert box is not None
    assert boxes == [Box(int(box["x"]) - 5, int(box["y"]) - 5, boxes[0].right, boxes[0].bottom)]


def test_a_menu_below_a_breadcrumb_in_one_frame_is_no_breadcrumb(page: Page) -> None:
    page.set_content(
        "<div class='main position-relative'><p>当前位置：<a href=/j>机关简介</a></p>"
        "<ul id=menu><li><a href=/j>机关简介</a></li><li><a href=/g>规划信息</a></li></ul></div>"
    )
    (box,), folded = framed(page, Mark(MarkKind.MENU, Tone.FAULT, ("机关简介", "规划信息")))
    menu = page.locator("#menu").bounding_box()
    assert menu is not None
    assert not folded
    assert menu["y"] - 6 <= box.top <= box.bottom <= menu["y"] + menu["height"] + 6


def test_what_is_not_there_is_not_marked(page: Page) -> None:
    page.set_content("<h1>空</h1>")
    assert [framed(page, mark)[0] for mark in (MENU, ROW)] == [[], []]


def test_the_same_page_gives_the_same_bytes_however_it_moves(studio: Studio) -> None:
    moving = archived(
        LISTED + "<marquee>滚动公告</marquee><p id=a></p><p id=b></p><div id=spin>转</div>"
        "<style>@keyframes x{to{transform:rotate(360deg)}} #spin{width:40px;animation:x 1s infinite}</style>"
        f"<input autofocus value=x><img width=40 height=40 src='{BLINKING}'>"
        "<script>setInterval(() => a.textContent = new Date() + ' ' + Math.random() + ' ' + performance.now(), 50);"
        "setTimeout(() => b.textContent = 'late ' + crypto.getRandomValues(new Uint8Array(4)), 700)</script>"
    )
    first, second = take(studio, moving, MENU)[0], take(studio, moving, MENU)[0]
    assert first == second
    assert first.shown.is_marked


def test_a_clock_shows_the_time_of_the_fetch(page: Page, studio: Studio) -> None:
    clock = archived("<p id=a></p><script>a.textContent = new Date().toISOString().slice(0, 16)</script>")
    still = archived("<p id=a>2021-11-29T18:15</p>")
    assert take(studio, clock)[0].pieces == take(studio, still)[0].pieces


ONE = "11010519491231002X"
HIDDEN = "11*************02X"
LEAKS = [
    ("<p>{}</p>", 1),
    ("<p>{0[0]}<b>{0[1]}</b><span>{0[2]}</span></p>", 1),
    ("<table><tr><td>张某</td><td>{}</td><td>13812345678</td></tr></table>", 2),
    ("<input value='{}'>", 1),
    ("<img alt='{}' width=400 height=30 src='data:,'>", 1),
    ("<style>p::after{{content:'{}'}}</style><p>号</p>", 1),
    ("<style>p::before{{content:attr(data-id)}}</style><p data-id='{}'>号</p>", 1),
    ("<div id=h></div><script>h.attachShadow({{mode:'open'}}).innerHTML='<p>{}</p>'</script>", 1),
    ("<iframe srcdoc='<p>{}</p>'></iframe>", 1),
    ("<p id=late></p><script>setTimeout(() => late.textContent = '{}', 900)</script>", 1),
]


@pytest.mark.parametrize("markup, count", LEAKS)
def test_private_numbers_are_starred_before_the_shot(studio: Studio, markup: str, count: int) -> None:
    parts = [ONE[:6], ONE[6:14], ONE[14:]]
    stars = [HIDDEN[:6], HIDDEN[6:14], HIDDEN[14:]]
    split = "[0]" in markup
    leaking = archived(markup.format(parts if split else ONE))
    clean = archived(markup.format(stars if split else HIDDEN).replace("13812345678", "138****5678"))
    (shown,) = take(studio, leaking)
    (wanted,) = take(studio, clean)
    assert shown.pieces == wanted.pieces
    assert (shown.shown.masked_count, wanted.shown.masked_count) == (count, 0)


def test_what_a_browser_serialised_is_masked_too_and_its_scripts_do_not_run(studio: Studio) -> None:
    dom = archived(f"<p>{ONE}</p><script>document.body.textContent = 'gone'</script>", renders="wire")
    clean = archived(f"<p>{HIDDEN}</p>", renders="wire")
    assert take(studio, dom)[0].pieces == take(studio, clean)[0].pieces


def test_a_page_that_writes_its_numbers_anew_gives_no_picture(studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
    stubborn = archived(
        f"<p id=a>{ONE}</p><script>"
        f"new MutationObserver(() => {{ if (a.textContent !== '{ONE}') a.textContent = '{ONE}' }})"
        ".observe(a, {characterData: true, subtree: true, childList: true})</script>"
    )
    assert studio.shoot(stubborn, [Shot("page")], Pages({}), {}) == {}
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_number_beside_an_office_s_telephone_is_left_alone(page: Page) -> None:
    page.set_content("<p>联系人：李某 13812345678，统一社会信用代码 12500101008642123A</p>")
    assert mask(page) == 0


def test_json_and_wrongly_labelled_pages_are_readable(studio: Studio) -> None:
    told = archived('{"rows":[{"title":"\\u9884\\u7b97"}]}', headers=(("Content-Type", "application/json"),))
    shown = archived(
        '{\n "rows": [\n  {\n   "title": "预算"\n  }\n ]\n}', headers=(("Content-Type", "text/plain;charset=utf-8"),)
    )
    assert take(studio, told)[0].pieces == take(studio, shown)[0].pieces
    body = "<meta charset=gbk><p>" + "政务公开预算决算" * 30 + "</p>"
    wrong = replace(archived(""), body=body.encode("gb18030"))
    right = archived(body)
    assert take(studio, wrong)[0].pieces == take(studio, right)[0].pieces


def test_a_high_page_is_cut_and_its_row_is_still_shown(studio: Studio) -> None:
    tall = archived("<div style='height:30000px'>头</div>" + LISTED)
    (taken,) = take(studio, tall, ROW)
    assert [size(piece) for piece in taken.pieces] == [(clip.width, clip.height) for clip in taken.shown.clips]
    assert len(taken.pieces) == 2
    assert sum(taken.shown.left_out) > 20_000
