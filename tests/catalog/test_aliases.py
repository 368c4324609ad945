"""Alias tables: variants, templates, ambiguity; malformed data is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.aliases import Column, Variant, column_aliases, read_columns, read_levels, read_organ_aliases
from catalog.errors import CatalogueError


def column(label: str, *spellings: str, parents: tuple[str, ...] = ()) -> Column:
    return Column(label, tuple(Variant(one, "DOMAIN.md §7.5") for one in spellings), parents)


ALIASES = column_aliases(
    [
        column("预算/决算", "财政预决算", "财政信息", parents=("法定主动公开内容",)),
        column("政策解读", "解读", "财政信息"),
        column("本区县（本部门）规范性文件", "规范性文件", "{organ}规范性文件"),
        column("履职依据", "政策文件", "预算 / 决算"),
    ],
    ["政府公报", "机关简介"],
)


def test_variants_come_in_the_order_of_the_data_whatever_the_labels_width() -> None:
    assert ALIASES.variants("预算/决算") == ("财政预决算", "财政信息")
    assert ALIASES.variants("预算／决算") == ("财政预决算", "财政信息")
    assert ALIASES.variants("收费项目") == ()


def test_a_template_is_filled_by_an_organ_and_left_out_without_one() -> None:
    label = "本区县（本部门）规范性文件"
    assert ALIASES.variants(label) == ("规范性文件",)
    assert ALIASES.variants(label, "财政局") == ("规范性文件", "财政局规范性文件")


@pytest.mark.parametrize(
    "spelling, ambiguous",
    [
        ("财政预决算", False),
        ("财政信息", True),
        ("预算/决算", True),
        ("政府公报", True),
        ("机关简介", True),
        ("政策解读信息", True),
        ("政策文件", False),
    ],
)
def test_a_spelling_is_ambiguous_if_mandated_elsewhere_or_shared(spelling: str, ambiguous: bool) -> None:
    assert ALIASES.is_ambiguous(spelling) is ambiguous


def test_fitting_parents_are_the_datas() -> None:
    assert ALIASES.fitting_parents("预算/决算") == ("法定主动公开内容",)
    assert ALIASES.fitting_parents("收费项目") == ()


COLUMN = 'schema = 1\n[[column]]\nlabel = "预算/决算"\n[[column.variant]]\nspelling = "财政预决算"\nsource = "x"\n'
ORGAN = 'schema = 1\n[[organ]]\nrole = "区教委"\nvariants = [{spelling = "区教育局", source = "x"}]\n'
LEVEL = 'schema = 1\n[[level]]\nlabel = "政务公开"\nmay_be_skipped = true\nsource = "x"\n'

MISTAKES = {
    "variant without source": (read_columns, COLUMN.replace('source = "x"', ""), "财政预决算", '"source" is missing'),
    "variant is the label": (
        read_columns,
        COLUMN.replace("财政预决算", "预算 / 决算"),
        "预算 / 决算",
        "the label itself",
    ),
    "variant twice": (read_columns, COLUMN + COLUMN[COLUMN.index("[[column.v") :], "财政预决算", "stands twice"),
    "label twice": (read_columns, COLUMN + COLUMN[COLUMN.index("[[column]]") :], "预算/决算", "stands twice"),
    "label alone": (read_columns, 'schema = 1\n[[column]]\nlabel = "甲"\n', "甲", "neither a variant nor a parent"),
    "unknown key": (read_columns, COLUMN.replace("label", "lable"), "column", 'unknown key "lable"'),
    "role twice": (read_organ_aliases, ORGAN + ORGAN[ORGAN.index("[[organ]]") :], "区教委", "stands twice"),
    "organ without variants": (read_organ_aliases, 'schema = 1\n[[organ]]\nrole = "甲"\n', "甲", "neither a variant"),
    "level twice": (read_levels, LEVEL + LEVEL[LEVEL.index("[[level]]") :], "政务公开", "stands twice"),
    "level without source": (read_levels, LEVEL.replace('source = "x"', ""), "政务公开", '"source" is missing'),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named(name: str, write_toml: Callable[..., Path]) -> None:
    read, text, entry, problem = MISTAKES[name]
    with pytest.raises(CatalogueError) as raised:
        read(write_toml(text))
    assert entry in raised.value.entry
    assert problem in raised.value.problem
    assert raised.value.cure


def test_good_alias_files_are_read(write_toml: Callable[..., Path]) -> None:
    assert read_columns(write_toml(COLUMN)) == (Column("预算/决算", (Variant("财政预决算", "x"),)),)
    assert read_organ_aliases(write_toml(ORGAN)).groups == (frozenset({"区教委", "区教育局"}),)
    assert read_levels(write_toml(LEVEL + LEVEL.replace("政务公开", "甲").replace("true", "false")[11:])) == {
        "政务公开"
    }
