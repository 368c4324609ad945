"""The search form of a page: by GET, with one field to type in, and a search at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.page.page import SearchForm
from crawler.page.reading import read_page
from ledger.work import Arrival, Visit

HOME = "http://www.wz.gov.cn/"


def form_on(markup: str, charset: str = "utf-8") -> SearchForm | None:
    body = f"<html><head><meta charset={charset}></head><body>{markup}<p>万州</p></body></html>".encode(charset)
    headers = (("Content-Type", "text/html"),)
    return read_page(
        Arrival(Visit(HOME, HOME), HOME, 200, headers, body, "s", datetime(2021, 11, 30, tzinfo=UTC))
    ).search


def test_fields_that_the_page_fills_are_kept() -> None:
    markup = """<form action="/so/list" method="GET"><input type=hidden name=site value=1>
    <select name="scope"><option value="all">全部</option><option value="zw" selected>政务</option></select>
    <input type=radio name=sort value=time checked><input type=radio name=sort value=hit>
    <input name=keyword placeholder="请输入关键字"><input type=submit name=b value="搜索"></form>"""
    fixed = (("site", "1"), ("sort", "time"), ("scope", "zw"))
    assert form_on(markup) == SearchForm(f"{HOME}so/list", "keyword", fixed, "utf-8")


def test_charset_of_the_page_is_kept() -> None:
    found = form_on("<form action=/s><input name=q><button>搜索</button></form>", "gb2312")
    assert found is not None
    assert found.charset.casefold().startswith("gb")


@pytest.mark.parametrize(
    "markup",
    [
        "<form action=/s method=post><input name=q><button>搜索</button></form>",
        "<form action=/login><input name=user><input type=password name=p><button>查询</button></form>",
        "<form action=/s><input name=from><input name=q><button>搜索</button></form>",
        "<form action='javascript:go()'><input name=q><button>搜索</button></form>",
        "<form action=/mail><input name=email><button>订阅</button></form>",
        "<form action=/s><input><button>搜索</button></form>",
    ],
)
def test_forms_that_are_no_search_by_address(markup: str) -> None:
    assert form_on(markup) is None
