"""The alias tables of columns and of levels: sources, ambiguity, and what a walk may pass over."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest

from catalog.aliases import Column, read_columns
from catalog.catalogue import Catalogue
from catalog.spelling import fold, normalise


@pytest.fixture(scope="module")
def columns() -> tuple[Column, ...]:
    return read_columns(files("catalog").joinpath("data", "aliases", "columns.toml"))


def test_every_variant_has_a_source(columns: tuple[Column, ...]) -> None:
    assert all(variant.source for column in columns for variant in column.variants)


def test_every_column_with_an_ambiguous_variant_names_fitting_parents(
    columns: tuple[Column, ...], catalogue: Catalogue
) -> None:
    helpless = [
        column.label
        for column in columns
        if any(catalogue.columns.is_ambiguous(variant.spelling) for variant in column.variants) and not column.parents
    ]
    assert helpless == []


@pytest.mark.parametrize("spelling", ["年度报告", "政策文件", "文件修改废止", "信息公开"])
def test_spellings_of_two_columns_are_ambiguous(catalogue: Catalogue, spelling: str) -> None:
    assert catalogue.columns.is_ambiguous(spelling)


def test_the_normative_documents_take_the_name_of_the_organ(catalogue: Catalogue) -> None:
    found = catalogue.columns.variants("本区县（本部门）规范性文件", "区教委")
    assert "区教委规范性文件" in found
    assert "行政规范性文件" in found


def test_labels_of_the_table_of_synonyms_meet(catalogue: Catalogue) -> None:
    for label, spelling in [
        ("预算/决算", "财政预决算"),
        ("惠民惠农资金", "惠民惠农财政补贴"),
        ("失效/废止", "废止和失效"),
        ("图片", "图片解读"),
        ("政府信息公开年报", "信息公开年度报告"),
    ]:
        forms = {fold(one) for one in catalogue.columns.variants(label)}
        assert fold(spelling) in forms, label


def test_no_column_is_an_alias_of_its_own_parent(columns: tuple[Column, ...]) -> None:
    for column in columns:
        parents = {normalise(parent) for parent in column.parents}
        assert normalise(column.label) not in parents, column.label


def test_only_levels_that_portals_leave_out_may_be_skipped(catalogue: Catalogue) -> None:
    assert catalogue.skippable == {"政务公开", "政府信息公开", "法定主动公开内容", "政府信息公开目录"}


def test_one_place_never_makes_two_columns_one(columns: tuple[Column, ...]) -> None:
    """An alias of two columns is told apart by its parents, but for columns that lie in each other (政策文件)."""
    owners: dict[str, list[Column]] = {}
    for column in columns:
        for form in {normalise(variant.spelling) for variant in column.variants}:
            owners.setdefault(form, []).append(column)
    one_in_another = {normalise("政策文件"), normalise("信息公开")}
    for spelling, shared in owners.items():
        for first, second in pairwise(shared):
            if spelling not in one_in_another:
                assert not set(first.parents) & set(second.parents), (spelling, first.label, second.label)
