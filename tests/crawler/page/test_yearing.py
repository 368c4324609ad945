"""A day printed without its year gets one only where the address or the neighbours leave no other."""

from __future__ import annotations

from datetime import date

from crawler.page.yearing import with_years
from ledger.observation import Row

PLAIN = "https://www.example.gov.cn/zwgk/tz/1024.html"


def days(*rows: Row) -> list[date | None]:
    return [row.published_on for row in with_years(rows)]


def test_the_address_tells_the_year() -> None:
    rows = (
        Row("春节值班安排", "https://www.example.gov.cn/tz/202101/t20210104_1.html", None, "12-31"),
        Row("关于征求意见的公告", "https://www.example.gov.cn/art/2021/4/13/art_1_2.html", None, "04-11"),
    )
    assert days(*rows) == [date(2020, 12, 31), date(2021, 4, 11)]


def test_an_address_far_from_the_day_tells_nothing() -> None:
    assert days(Row("通知", "https://www.example.gov.cn/tz/202108/t20210825_1.html", None, "04-11")) == [None]


def test_dated_neighbours_in_falling_order_tell_the_year() -> None:
    rows = (
        Row("丙", PLAIN, date(2021, 5, 2), "2021-05-02"),
        Row("乙", PLAIN, None, "04-11"),
        Row("甲", PLAIN, date(2021, 1, 9), "2021-01-09"),
    )
    assert days(*rows)[1] == date(2021, 4, 11)


def test_neighbours_that_leave_two_years_or_stand_in_no_order_tell_nothing() -> None:
    wide = (
        Row("丙", PLAIN, date(2022, 5, 2), "2022-05-02"),
        Row("乙", PLAIN, None, "04-11"),
        Row("甲", PLAIN, date(2021, 1, 9), "2021-01-09"),
    )
    assert days(*wide)[1] is None
    mixed = (Row("甲", PLAIN, date(2021, 1, 9), "2021-01-09"), Row("乙", PLAIN, None, "04-11"), *wide[:1])
    assert days(*mixed)[1] is None


def test_without_any_ground_the_day_stays_a_text() -> None:
    rows = (Row("2021年工作总结", PLAIN, None, "12-30"), Row("计划", PLAIN, None, ""))
    assert days(*rows) == [None, None]
    assert with_years(rows)[0].date_text == "12-30"
