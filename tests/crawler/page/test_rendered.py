"""What a browser serialised is read without its programs, and what it could not get is not believed to be absent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.page.page import Page, PageLink
from crawler.page.rendered import has_hooks, has_scripts, is_bare, with_doubts, with_scripts, without_programs
from ledger.observation import ColumnShape, Row
from ledger.reason import Reason

AT = datetime(2021, 11, 30, tzinfo=UTC)
LINKS = tuple(PageLink(f"栏目{number}", f"http://www.wz.gov.cn/{number}/") for number in range(6))


def page(**facts: object) -> Page:
    return Page("http://www.wz.gov.cn/", "s", AT, **facts)  # type: ignore[arg-type]


def test_programs_templates_and_words_for_readers_without_scripts_are_taken_out() -> None:
    dom = (
        '<body><ul><li>预算</li></ul><script type="text/template"><li>{{x}}</li></script>'
        '<SCRIPT>var a = "<li>"</SCRIPT>'
        "<noscript><p>请启用脚本</p></noscript><template><li>样例</li></template><p>决算</p></body>"
    )
    assert without_programs(dom) == "<body><ul><li>预算</li></ul><p>决算</p></body>"


@pytest.mark.parametrize(
    ("source", "acts"),
    [
        ("<p>正文</p>", False),
        ('<script src="/js/jquery.js"></script>', True),
        ('<script src="https://hm.baidu.com/hm.js?1"></script><script src="//dcs.conac.cn/js/1.js"></script>', False),
        ('<script>var _hmt = []; document.write("<script src=hm.baidu.com>")</script>', False),
        ("<script>var page = 3;</script>", False),
        ("<script>$.get('/list.json', show)</script>", True),
        ("<script>document.getElementById('a').innerHTML = text</script>", True),
        ('<!-- <script src="/js/old.js"></script> -->', False),
    ],
)
def test_scripts_count_unless_they_are_statistics_badges_or_comments(source: str, acts: bool) -> None:
    assert has_scripts(source) is acts


@pytest.mark.parametrize(
    ("source", "hooks"),
    [
        ('<ul id="left-menu"></ul>', True),
        ("<tbody id=rows>\n</tbody>", True),
        ('<div class="x" id="columnTree"> </div>', True),
        ('<ul class="list"></ul>', False),
        ('<div id="menu_hid" onclick="menu_hid()"></div>', False),
        ('<ul id="cmspro_reldocuments"> </ul><ul id="xxgk_fj"></ul>', False),
        ('<div id="footer-line"></div>', False),
        ('<ul id="left-menu"><li>预算</li></ul>', False),
        ('<ul id="pop" style="display: none"></ul>', False),
        ('<!-- <ul id="old"></ul> --><script>"<ul id=a></ul>"</script>', False),
    ],
)
def test_empty_parts_with_names_are_what_scripts_fill(source: str, hooks: bool) -> None:
    assert has_hooks(source) is hooks


def test_where_scripts_seem_to_fill_parts_nothing_is_absent_or_empty() -> None:
    source = '<script src="/js/menu.js"></script><ul id="menu"></ul>'
    bare, article = page(shape=ColumnShape.EMPTY), page(shape=ColumnShape.ARTICLE)
    listed = page(shape=ColumnShape.LIST, rows=(Row("预算", "http://www.wz.gov.cn/1"),))
    read = [with_scripts(one, source) for one in (bare, article, listed)]

    assert [(one.scripted, one.menu_by_script, one.list_by_script) for one in read] == [
        (True, True, True),
        (True, True, False),
        (True, True, False),
    ]
    assert with_scripts(bare, '<ul id="menu"></ul>') == bare


@pytest.mark.parametrize(
    ("facts", "unseen", "doubts"),
    [
        ({"links": LINKS, "text": "正文"}, "", (False, False, True)),
        ({"links": LINKS, "text": "正文"}, "own", (True, True, False)),
        ({"links": LINKS, "text": "正文"}, "foreign", (False, False, True)),
        ({"links": LINKS, "text": "栏目\n数据加载中，请稍候...\n"}, "", (False, True, True)),
        ({"links": LINKS, "text": "Loading..."}, "", (False, True, True)),
        ({"links": LINKS, "text": "加载中的软件更新说明"}, "", (False, False, True)),
        ({"links": LINKS[:1], "text": "返回首页"}, "", (True, True, True)),
        ({"links": LINKS, "rows": (Row("预算", "http://www.wz.gov.cn/1"),)}, "own", (True, False, False)),
    ],
)
def test_what_a_browser_did_not_get_is_not_believed_to_be_absent(
    facts: dict[str, object], unseen: str, doubts: tuple[bool, bool, bool]
) -> None:
    seen = with_doubts(page(**facts), unseen, Reason.HTTP_5XX if unseen == "own" else None)

    assert (seen.menu_by_script, seen.list_by_script, seen.whole) == doubts
    assert (seen.seen_by, seen.unseen) == ("browser", unseen)


def test_a_page_that_shows_next_to_nothing_is_bare() -> None:
    assert [is_bare(page()), is_bare(page(links=LINKS)), is_bare(page(text="文" * 301))] == [True, False, False]


LIBRARIES = '<script src="/js/jquery-1.11.3.min.js"></script><script src="//hm.baidu.com/hm.js"></script>'


@pytest.mark.parametrize(
    ("source", "scripted"),
    [
        (LIBRARIES + "<ul><li>预算</li></ul><div class='clear'></div>", False),
        (LIBRARIES + "<ul><li>预算</li></ul><div class='left'></div>", True),
        (LIBRARIES + "<ul><li>预算</li></ul><script>$.get('/menu', show)</script>", True),
        (LIBRARIES + "<script src='/js/common.js'></script><ul><li>预算</li></ul>", True),
        ("<script src='/js/jquery-menu.js'></script><ul><li>预算</li></ul>", True),
    ],
)
def test_libraries_that_nothing_calls_make_no_page_doubtful_unless_a_part_is_empty(source: str, scripted: bool) -> None:
    assert with_scripts(page(links=LINKS), source).scripted is scripted
