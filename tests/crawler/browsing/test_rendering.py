"""What scripts make is seen, archived and read back; nothing but the district is asked for it, and no page holds on."""

from __future__ import annotations

import shutil

import pytest
from shown_pages import ROUTES, Shown

from crawler.browsing.launching import BROWSERS
from ledger.reason import Reason
from ledger.work import UNSEEN

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this machine"),
]


def test_a_menu_that_a_script_asks_for_is_in_the_dom(shown: Shown) -> None:
    menu = shown.night.arrived["/menu"]

    assert '<a href="/lm/预算">预算</a><a href="/lm/决算">决算</a>' in shown.night.text("/menu")
    assert (menu.status, menu.reason, menu.header("Content-Type")) == (200, None, "text/html; charset=utf-8")
    assert menu.header(UNSEEN) == ""


def test_a_list_that_comes_late_by_post_is_waited_for(shown: Shown) -> None:
    assert "<li>万州区2021年部门预算</li>" in shown.night.text("/late")
    assert shown.night.arrived["/late"].header(UNSEEN) == ""
    (asked,) = [one for one in shown.site.log if one.path == "/list.json"]
    sent = {name.lower(): value for name, value in asked.headers.items()}
    assert (asked.method, sent["content-type"]) == ("POST", "application/x-www-form-urlencoded")


def test_the_dom_is_archived_beside_the_wire_that_was_shown(shown: Shown) -> None:
    archived, wire = shown.night.archived["/menu"], shown.night.wires["/menu"]

    assert archived.body == shown.night.arrived["/menu"].body
    assert (wire.url, wire.status, b"fetch('/menu.json')" in wire.body) == (shown.site.url("/menu"), 200, True)
    assert wire.renders == ""


def test_pages_of_an_application_are_told_apart_by_their_route(shown: Shown) -> None:
    assert ["第7栏" in shown.night.text(ROUTES[0]), "第12栏" in shown.night.text(ROUTES[1])] == [True, True]
    assert [shown.night.arrived[route].url for route in ROUTES] == [shown.site.url(route) for route in ROUTES]
    assert shown.site.paths().count("/routes") == 1


def test_what_lies_about_its_encoding_is_decoded_before_a_browser_gets_it(shown: Shown) -> None:
    assert "栏目" in shown.night.text("/gbk")
    assert '<div id="app">机关简介</div>' in shown.night.text("/gbk")


def test_frames_of_the_district_stand_in_the_page_with_their_own_addresses(shown: Shown) -> None:
    text = shown.night.text("/framed")

    assert f'<a href="{shown.site.url("/sub/one.html")}">框内栏目</a>' in text
    assert "<iframe" not in text


def test_a_frame_of_a_counter_s_size_shows_nothing_and_one_that_a_click_opens_does(shown: Shown) -> None:
    """A counter's address may answer with the home page, whose news are no content of the column."""
    text = shown.night.text("/counted")

    assert text.count("框内栏目") == 2
    assert '<iframe src="/inner.html" width="0"' in text


@pytest.mark.parametrize("path", ["/hang", "/alert"])
def test_a_page_that_never_ends_costs_its_time_and_nothing_else(shown: Shown, path: str) -> None:
    assert shown.night.arrived[path].reason is Reason.NEEDS_BROWSER
    assert shown.night.arrived["/menu"].reason is None


def test_nothing_is_downloaded(shown: Shown) -> None:
    assert "附件" in shown.night.text("/file")
    assert "/plan.pdf" not in shown.site.paths()


def test_nobody_but_the_district_is_connected_to(shown: Shown) -> None:
    assert shown.stranger.log == []
    assert "正文" in shown.night.text("/strange")
    assert shown.night.arrived["/strange"].header(UNSEEN) == "foreign"


def test_a_page_that_leaves_the_district_is_off_site(shown: Shown) -> None:
    assert shown.night.arrived["/leave"].reason is Reason.REDIRECT_OFFSITE


def test_a_script_that_sends_on_within_the_district_is_followed_through_redirects(shown: Shown) -> None:
    arrival = shown.night.arrived["/onward"]

    assert (arrival.url, "新栏目" in shown.night.text("/onward")) == (shown.site.url("/landed.html"), True)
    assert shown.night.wires["/onward"].url == shown.site.url("/landed.html")


def test_robots_hold_for_what_a_page_asks_for(shown: Shown) -> None:
    assert "/closed.js" not in shown.site.paths()
    assert "正文" in shown.night.text("/closed")
    assert shown.night.arrived["/closed"].header(UNSEEN) == "own robots_disallow"


def test_what_refused_a_part_is_said(shown: Shown) -> None:
    assert shown.night.arrived["/refused"].header(UNSEEN) == "own http_5xx"
    assert shown.night.arrived["/absent"].header(UNSEEN) == "gone"
    assert shown.night.arrived["/walled"].header(UNSEEN) == "gone login_wall"
    assert shown.night.arrived["/fragment"].header(UNSEEN) == ""
    # asked again as a visit of the walk would be
    assert shown.site.paths().count("/down.json") == 3


def test_a_page_that_waits_for_an_answer_is_seen_and_not_believed_to_be_all(shown: Shown) -> None:
    assert "正文" in shown.night.text("/waiting")
    assert shown.night.arrived["/waiting"].header(UNSEEN) == "own timeout"


def test_a_page_that_asks_without_end_is_not_let(shown: Shown) -> None:
    assert "正文" in shown.night.text("/polling")
    assert 0 < sum(path.startswith("/tick.json") for path in shown.site.paths()) <= 80


def test_a_redirect_or_a_refusal_of_the_page_itself_is_told_as_for_a_plain_visit(shown: Shown) -> None:
    moved, gone = shown.night.arrived["/moved"], shown.night.arrived["/gone"]

    assert (moved.url, moved.redirects) == (shown.site.url("/menu"), (shown.site.url("/moved"),))
    assert "预算" in shown.night.text("/moved")
    assert (gone.status, gone.reason, gone.body) == (404, Reason.HTTP_4XX, b"<html><body>gone</body></html>")


def test_a_script_is_asked_for_once_a_look(shown: Shown) -> None:
    assert shown.site.paths().count("/menu.json") == 1
    assert all(one.headers["User-Agent"].startswith("MingchaBot") for one in shown.site.log)
    assert not any("Cookie" in one.headers for one in shown.site.log)
