"""Units that only titles name: in a list by unit one row is enough, elsewhere two titles are wanted."""

from __future__ import annotations

from datetime import UTC, datetime

from catalog.aliases import OrganAliases
from crawler.page.page import Page
from crawler.probing.mentioned import Mentions
from ledger.observation import Row

NOW = datetime(2021, 11, 30, tzinfo=UTC)
KNOWN = ("万州区财政局", "万州区教育委员会", "万州区民政局")


def mentioned(*lists: tuple[str, ...]) -> list[str]:
    found = Mentions()
    for number, titles in enumerate(lists):
        rows = tuple(Row(title, f"http://x/{number}/{place}", None) for place, title in enumerate(titles))
        found.read(Page(f"http://x/{number}/", "s", NOW, rows=rows), is_of_unit=False)
    return [one.name for one in found.unlisted("万州区", KNOWN, OrganAliases())]


def reports(*names: str, year: int = 2020) -> tuple[str, ...]:
    return tuple(f"{name}{year}年度法治政府建设情况报告" for name in names)


def test_row_in_a_list_by_unit() -> None:
    assert mentioned(reports(*KNOWN, "万州区交通局")) == ["万州区交通局"]


def test_single_title_elsewhere_is_not_enough() -> None:
    assert mentioned(("万州区交通局关于封路的通告",)) == []
    assert mentioned(("万州区交通局关于封路的通告", "万州区交通局2021年度预算")) == ["万州区交通局"]


def test_listed_units_and_other_places_are_left_out() -> None:
    assert mentioned(reports(*KNOWN, "开州区交通局", "重庆市交通局")) == []


def test_old_report_proves_no_unit_of_today() -> None:
    assert mentioned((*reports(*KNOWN), *reports("万州区扶贫办公室", year=2016))) == []


def test_title_that_goes_on_is_no_name() -> None:
    assert mentioned((*reports(*KNOWN), "万州区财政局长信箱开通", "万州区积极谋划开局关于起步")) == []
