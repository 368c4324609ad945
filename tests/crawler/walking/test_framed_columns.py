"""A column whose list stands in a frame is what the frame shows, and empty only if all frames were read."""

from __future__ import annotations

from literal_portal import itinerary
from site_in_text import Sent, walked

from ledger.observation import ColumnShape, ListingObservation

COLUMNS = (("zn", "公开指南"), ("sf", "收费项目"), ("ys", "预算/决算"))
WAY = (("/", "首页"), ("/zwgk/", "政务公开"), ("/zwgk/sf/", "收费项目"))
CRUMB = "当前位置：" + " &gt; ".join(f'<a href="{url}">{label}</a>' for url, label in WAY)
MENU = "".join(f'<li><a href="/zwgk/{name}/">{label}</a></li>' for name, label in COLUMNS)
ROW = '<li><a href="/zwgk/sf/202102/t20210211_1.html">关于第1号收费的通知</a><span>2021-02-11</span></li>'


def framed(body: str) -> str:
    return f"<html><head><title>收费项目</title></head><body><div>{CRUMB}</div><h2>收费项目</h2>{body}</body></html>"


def site(main: str | Sent) -> dict[str, str | bytes | Sent]:
    nav = '<ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/bs/">办事</a></li></ul>'
    frames = '<iframe src="/frame/left.html"></iframe><iframe src="/frame/sf.html"></iframe>'
    return {
        "/": f"<html><head><title>某区人民政府</title></head><body>{nav}</body></html>",
        "/zwgk/": f"<html><head><title>政务公开</title></head><body>{nav}<ul>{MENU}</ul></body></html>",
        "/zwgk/sf/": f"<html><head><title>收费项目</title></head><body>{nav}{frames}</body></html>",
        "/frame/left.html": f"<html><body><ul>{MENU}</ul></body></html>",
        "/frame/sf.html": main,
    }


def shape(main: str | Sent) -> ColumnShape:
    seen, _ = walked(site(main), itinerary("政务公开>收费项目"))
    (found,) = [one for one in seen if isinstance(one, ListingObservation)]
    return found.shape


def test_list_in_a_frame_is_the_column_s() -> None:
    assert shape(framed(f"<ul>{ROW}</ul>")) is ColumnShape.LIST


def test_frame_that_says_it_is_empty_is_an_empty_column() -> None:
    assert shape(framed("<ul></ul><p>暂无信息</p>")) is ColumnShape.EMPTY


def test_frame_that_was_not_read_is_no_empty_column() -> None:
    assert shape(Sent(b"<html><body>busy</body></html>", 503)) is ColumnShape.UNKNOWN
    assert shape(framed("<div id='box'></div><script>$.get('/list',function(d){$('#box').html(d)})</script>")) is (
        ColumnShape.UNKNOWN
    )


def beside_menu(menu: str | Sent, body: str) -> ColumnShape:
    """A column whose page holds its own empty list and the menu in a frame."""
    nav = '<ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/bs/">办事</a></li></ul>'
    frame = '<table><tr><td><iframe src="/frame/left.html"></iframe></td><td>'
    page = (
        f"<html><head><title>收费项目</title></head><body>{nav}<div>{CRUMB}</div>{frame}{body}</td></tr></table></body>"
    )
    seen, _ = walked(
        {**site(""), "/zwgk/sf/": page + "</html>", "/frame/left.html": menu}, itinerary("政务公开>收费项目")
    )
    (found,) = [one for one in seen if isinstance(one, ListingObservation)]
    return found.shape


def test_empty_list_beside_a_menu_in_a_frame_is_an_empty_column() -> None:
    menu, bare = f"<html><body><ul>{MENU}</ul></body></html>", "<b>收费项目</b><table></table>"
    assert beside_menu(menu, bare) is ColumnShape.EMPTY
    assert beside_menu(Sent(b"<html><body>busy</body></html>", 503), bare) is ColumnShape.UNKNOWN
    assert beside_menu("<html><body>正在加载</body></html>", bare) is ColumnShape.UNKNOWN
    assert beside_menu(menu, bare + '<iframe src="/frame/sf.html"></iframe>') is ColumnShape.UNKNOWN
