"""A shared column with a sub-column an organ: its rows are found under its name, at whatever depth it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from literal_portal import EDUCATION, FINANCE, Portal, filler, itinerary, listings, look, menu, page, url, wanted

from crawler.page.page import Page
from crawler.plan import Itinerary, Seeker
from ledger.observation import ColumnShape, ListingObservation, Need, Row
from ledger.reason import Reason

LEAF = "预算/决算"


def held(place: Portal) -> ListingObservation:
    return listings(look(place, shared()))["portal", LEAF]


def shared() -> Itinerary:
    want = wanted(Need.LISTING)
    base = itinerary(LEAF, wants={LEAF: replace(want, organ_names=(*FINANCE.names, *EDUCATION.names))})
    leaf = base.children[0].leaf
    assert leaf is not None
    seekers = tuple(Seeker(one.id, replace(want, organ_names=one.names), one) for one in (FINANCE, EDUCATION))
    return replace(base, children=(replace(base.children[0], leaf=replace(leaf, seekers=seekers)),))


def shelf(path: str, *titles: str, below: tuple[tuple[str, str], ...] = (), name: str = LEAF, **facts: object) -> Page:
    rows = tuple(Row(title, url(f"{path}{n}.html"), date(2021, 3, 1)) for n, title in enumerate(titles))
    shape = ColumnShape.LIST if rows else ColumnShape.EMPTY
    return page(path, *menu((name, path, list(below))), rows=rows, shape=shape, second_row_count=len(rows), **facts)


def portal(*pages: Page) -> Portal:
    return Portal().add(page("", *menu((LEAF, "ys/")), *filler()), *pages)


FOLDERS = (("区财政局", "ys/cz/"), ("区教委", "ys/jw/"), ("区公安局", "ys/ga/"))


def test_folder_directly_below_the_column() -> None:
    place = portal(
        shelf("ys/", "政府预算草案", below=FOLDERS),
        shelf("ys/cz/", "2021年部门预算", name="区财政局"),
        shelf("ys/jw/", "2021年部门预算", "2020年部门决算", name="区教委"),
    )
    found = held(place)
    assert [(row.child, row.title) for row in found.rows] == [
        ("", "政府预算草案"),
        ("区财政局", "2021年部门预算"),
        ("区教委", "2021年部门预算"),
        ("区教委", "2020年部门决算"),
    ]
    assert url("ys/ga/") not in place.addresses
    assert {"区财政局", "区教委", "区公安局"} <= {child.label for child in found.children}


def test_folder_two_levels_down_and_behind_a_year() -> None:
    levels = (("政府预决算", "ys/zf/"), ("部门预决算", "ys/bm/"))
    place = portal(
        shelf("ys/", below=levels),
        shelf("ys/zf/", "2021年政府预算", name="政府预决算"),
        shelf("ys/bm/", below=(("2021年", "ys/bm/21/"), ("2020年", "ys/bm/20/")), name="部门预决算"),
        shelf("ys/bm/21/", below=FOLDERS, name="2021年"),
        shelf("ys/bm/20/", name="2020年"),
        shelf("ys/cz/", "部门预算", name="区财政局"),
        shelf("ys/jw/", "部门预算", name="区教委"),
    )
    found = held(place)
    assert ("区教委", "部门预算") in [(row.child, row.title) for row in found.rows]
    assert found.whole


def test_row_without_a_date_that_is_only_a_name_is_a_folder() -> None:
    names = tuple(Row(name, url(path)) for name, path in FOLDERS)
    index = page("ys/", *menu(*FOLDERS, group=4), rows=names, shape=ColumnShape.LIST, second_row_count=3)
    found = held(portal(index, shelf("ys/cz/", "部门预算"), shelf("ys/jw/", "部门决算")))
    assert [row.title for row in found.rows if row.child == "区教委"] == ["部门决算"]


def test_levels_that_were_not_opened_leave_the_column_not_whole() -> None:
    years = tuple((f"{year}年", f"ys/{year}/") for year in range(2000, 2021))
    place = portal(shelf("ys/", "政府预算", below=years), *(shelf(path, name=name) for name, path in years))
    found = held(place)
    assert (found.whole, found.reason) == (False, Reason.BUDGET)


def test_sub_column_with_sub_columns_of_its_own_is_not_empty() -> None:
    place = portal(
        shelf("ys/", below=(("部门预决算", "ys/bm/"),)),
        shelf("ys/bm/", below=(("2021年", "ys/bm/21/"),), name="部门预决算"),
        shelf("ys/bm/21/", name="2021年"),
    )
    assert dict(held(place).child_shapes)["部门预决算"] is ColumnShape.SUBCOLUMNS


def test_organs_whose_rows_are_there_need_no_folder() -> None:
    rows = ("区财政局2021年部门预算", "区教委2021年部门预算")
    place = portal(shelf("ys/", *rows, below=(("政府预决算", "ys/zf/"), ("2020年", "ys/20/"))))
    assert held(place).whole
    assert place.addresses == [url("ys/")]
