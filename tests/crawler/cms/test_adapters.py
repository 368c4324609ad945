"""Adapters take a page by a mark in it and put in place what its scripts hold."""

from __future__ import annotations

import pytest

from crawler.cms import ADAPTERS, gkmlpt, hanweb_jpage, trs, ztree

URL = "http://www.example.gov.cn/zwgk/index.html"


@pytest.mark.parametrize(
    "call, url, total, pages",
    [
        ('createPageHTML(37, 0, "index", "html")', URL, 37, 36),
        ('createPageHTML(1, 0, "index", "html")', URL, 1, 0),
        ('createPageHTML(0, 0, "index", "html")', URL, 1, 0),
        ('createPage(5, 4, "index", "shtml")', URL, 5, 4),
        ('createPageHTML(191, 13, 0, "index","html")', URL, 13, 12),
        ('createPageHTML(89,1,"index","shtml","black2",621)', URL, 89, 88),
        ('createPageHTML("page_div",5, 1,"index","html",120)', URL, 5, 4),
        ('createPageHTML(0, 5, "index", "html")', URL, 5, 4),
        ('createPageHTML(5, 2, "index", "html")', "http://www.example.gov.cn/zwgk/index_2.html", 5, 2),
        ('var n = 4; createPageHTML(n, 0, "index", "html")', URL, 4, 3),
        ('createPageHTML(3,0,"t20200316_182336","shtml")', "http://x.cn/202003/t20200316_182336.shtml", 3, 2),
    ],
)
def test_trs_pagers_in_either_order(call: str, url: str, total: int, pages: int) -> None:
    source = f"<script>{call}</script>"
    assert trs.recognise(source)
    unfolded = trs.unfold(source, url)
    assert (unfolded.total, len(unfolded.pages)) == (total, pages)


def test_trs_names_the_following_pages() -> None:
    assert trs.unfold('<script>createPageHTML(3, 0, "index", "html")</script>', URL).pages == (
        "index_1.html",
        "index_2.html",
    )


@pytest.mark.parametrize(
    "source",
    ["function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}", "createPageHTML(a, b, c, d)", ""],
)
def test_trs_takes_no_page_by_the_definition_alone(source: str) -> None:
    assert trs.recognise(source) == ""


def test_hanweb_records_take_the_place_of_their_store() -> None:
    source = (
        '<div><script type="text/xml"><datastore><recordset><record><![CDATA[<li><a href="/a">甲</a></li>]]></record>'
        "</recordset><totalrecord>1</totalrecord></datastore></script></div>"
    )
    unfolded = hanweb_jpage.unfold(source, URL)
    assert '<li><a href="/a">甲</a></li></ul></div>' in unfolded.source
    assert (unfolded.pages_unknown, unfolded.list_unread) == (False, False)


def test_hanweb_service_without_records_leaves_the_list_unread() -> None:
    source = "<script>var url='/module/web/jpage/dataproxy.jsp?perpage=15';</script>"
    assert hanweb_jpage.recognise(source) == "jpage/dataproxy.jsp"
    assert hanweb_jpage.unfold(source, URL).list_unread


def test_ztree_nodes_become_nested_lists_and_survive_cycles() -> None:
    source = '<body><script>[{id:1,pId:2,name:"甲"},{id:2,pId:1,name:"乙"},{id:3,pId:3,name:"丙"}]</script></body>'
    assert ztree.recognise(source)
    unfolded = ztree.unfold(source, URL).source
    assert all(f"<li><span>{name}</span>" in unfolded for name in "甲乙丙")


def test_ztree_escapes_names() -> None:
    source = """<body><script>[{id:1,pId:0,name:"<script>x"},{id:2,pId:1,name:"b",url:"/b?a=1&c=2"}]</script></body>"""
    unfolded = ztree.unfold(source, URL).source
    assert "&lt;script&gt;x" in unfolded
    assert '<a href="/b?a=1&amp;c=2">b</a>' in unfolded


def test_gkmlpt_without_an_article_leaves_the_list_unread() -> None:
    source = '<body><script>window._CONFIG = {SID:"1", TREE:[{"name":"机构职能","children":[]}]}</script></body>'
    unfolded = gkmlpt.unfold(source, URL)
    assert "<li><span>机构职能</span></li>" in unfolded.source
    assert (unfolded.list_unread, unfolded.menu_unread) == (True, False)


def test_gkmlpt_survives_broken_configuration() -> None:
    source = "<script>window._CONFIG = {SID:1, TREE:[{,}], DETAIL:{"
    assert gkmlpt.recognise(source)
    assert gkmlpt.unfold(source, URL).menu_unread


def test_names_are_unique_and_a_plain_page_is_taken_by_none() -> None:
    names = [adapter.NAME for adapter in ADAPTERS]
    assert len(set(names)) == len(names)
    assert not any(adapter.recognise("<html><body><a href='/'>首页</a></body></html>") for adapter in ADAPTERS)
