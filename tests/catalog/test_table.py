"""The table of obligations by requirement and kind of organ; the one of 万州 is pinned."""

from __future__ import annotations

from datetime import date

from catalog_literal import FINANCE, GOVERNMENT, TOWN, catalogue, directory, district, path, requirement

from catalog.district import OrganKind
from catalog.obliging import obligations
from catalog.requirement import Scope
from catalog.table import KIND_NAMES, TableRow, count_by_kind

DAY = date(2021, 11, 30)


def test_one_row_a_requirement_with_counts_by_kind() -> None:
    budget = requirement(
        Scope.PORTAL_AND_ORGANS, path("预算/决算"), organ_kinds=("department", "town"), responsible=("区民政局",)
    )
    rules = requirement(
        Scope.ORGANS, path("行政法规"), id="rules", organ_kinds=("department",), confirm_organs=True, item="法规"
    )
    owing = obligations(catalogue(directory(budget, rules)), district(GOVERNMENT, FINANCE, TOWN), DAY)
    first, second = count_by_kind(owing)
    assert first == TableRow(
        directory_id="case",
        requirement_id="budget",
        item="",
        title="财政预决算信息",
        scope="portal+organs",
        counts={OrganKind.GOVERNMENT: 1, OrganKind.DEPARTMENT: 1, OrganKind.TOWN: 1},
        walked=3,
        mapping_required=0,
        unresolved=("区民政局",),
    )
    assert second.unfilled == ()
    without_towns = obligations(catalogue(directory(budget)), district(GOVERNMENT, FINANCE), DAY)
    assert count_by_kind(without_towns)[0].unfilled == (OrganKind.TOWN,)
    assert (first.total, second.total, second.walked, second.mapping_required) == (3, 1, 0, 1)
    assert set(KIND_NAMES) == set(OrganKind)
