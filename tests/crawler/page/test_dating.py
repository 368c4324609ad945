"""Dates in every printed form; a date without its year is no day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page.dating import address_day, find_dates, find_short, parse_day

FORMS = (
    "{y}-{m:02}-{d:02}",
    "[{y}-{m:02}-{d:02}]",
    "{y}年{m}月{d}日",
    "{y}年{m:02}月{d:02}日 09:30",
    "{y}.{m:02}.{d:02}",
    "{y}/{m}/{d}",
    "{y}—{m:02}—{d:02} 09∶30",
    "发布时间：{y}-{m:02}-{d:02} 10:20:33",
    "{m:02}-{d:02} {y}",
    "{y}{m:02}{d:02}",
)


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)), st.sampled_from(FORMS), st.booleans())
def test_every_printed_form_gives_its_day(day: date, form: str, wide: bool) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    if wide:
        text = text.translate({ord("0") + number: ord("０") + number for number in range(10)})
    assert parse_day(text) == day


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for shown in find_dates(text):
        assert shown.day is not None
    find_short(text)
    address_day(text)


@pytest.mark.parametrize(
    "text",
    ["", "2021-13-40", "2021-02-30", "电话023-58000000", "渝府办发〔2021〕46号", "12:30", "1.5", "20991399", "04-11"],
)
def test_what_is_no_full_date_gives_none(text: str) -> None:
    assert parse_day(text) is None


def test_a_date_without_its_year_is_a_text() -> None:
    shown = find_short("(04-11)")
    assert shown is not None
    assert (shown.text, shown.day) == ("04-11", None)


@pytest.mark.parametrize(
    "text, day",
    [
        ("二〇二一年六月三日", date(2021, 6, 3)),
        ("二○二二年十月三十一日", date(2022, 10, 31)),
        ("二0二一年四月十一日", date(2021, 4, 11)),
        ("一九九八年十二月三十一日", date(1998, 12, 31)),
    ],
)
def test_dates_in_chinese_numerals(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "url, day",
    [
        ("http://x.cn/202012/t20201224_24151.html", date(2020, 12, 24)),
        ("http://x.cn/art/2023/8/7/art_44574_228137.html", date(2023, 8, 7)),
        ("http://x.cn/gzdt/20210712/e565.html", date(2021, 7, 12)),
        ("http://x.cn/zwgk/index.html", None),
        ("http://x.cn/2635703.jhtml", None),
    ],
)
def test_the_date_of_an_address(url: str, day: date | None) -> None:
    assert address_day(url) == day


@pytest.mark.parametrize("text", ["11 04 2021", "04-11 2021", "11 2021-04", "2021-04 11", "11 04/2021"])
def test_the_parts_of_a_split_date_are_put_together(text: str) -> None:
    assert parse_day(text) == date(2021, 4, 11)
