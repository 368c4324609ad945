"""The register: expectations bind before anything runs, or an error names file, entry and cure."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import pytest
from seen_records import (
    FINANCE,
    NIGHT,
    SATISFIED,
    column,
    directory,
    expects,
    obligation,
    outcome_of,
    requirement,
    rule,
)

from catalog.errors import CatalogueError
from checks.errors import CheckDeclarationError
from checks.registry import bind, check, check_ids, implied_checks, needs_of, registered, wanted_of
from checks.ruling import Ruling, satisfied
from ledger.observation import Need
from ledger.standing import Dimension, Standing

DECLARED = {
    "title": "甲",
    "failure_title": "乙",
    "needs": {Need.COLUMN},
    "standing": Standing.EMPTY,
    "dimension": Dimension.EXISTS,
}


def catalogue(*expectations):
    held = directory(requirement(expectations=expectations))
    return SimpleNamespace(directories={held.id: held})


def test_all_checks_of_the_contract_are_there():
    assert check_ids() == (
        "column.exists",
        "column.named_as_mandated",
        "column.not_empty",
        "column.on_path",
        "column.subcolumns_present",
        "content.annual_instance",
        "content.elements_present",
        "content.named_document",
        "content.on_subject",
        "content.sector_listed",
        "content.telephone_present",
        "interpretation.linked_both_ways",
        "media.resources_answer",
        "timely.published_by",
        "timely.updated_within",
    )
    assert [one.id for one in implied_checks()] == ["column.exists", "column.named_as_mandated", "column.on_path"]


@pytest.mark.parametrize(
    "expectation",
    [
        expects("column.not_empty"),
        expects("column.subcolumns_present", names=["视频"]),
        expects("content.annual_instance", words=["年报"], years_back=1),
        expects("content.named_document", any_of=["甲"]),
        expects("content.elements_present", elements=["限额"], synonyms={"限额": ["上限"]}),
        expects("content.sector_listed", sector="教育", words=("学校",)),
        expects("timely.updated_within", days=90),
        expects("timely.updated_within", days=None),
    ],
)
def test_what_fits_binds(expectation):
    bind(catalogue(expectation))


@pytest.mark.parametrize(
    ("expectation", "said"),
    [
        (expects("column.nowhere"), "check 'column.nowhere' does not exist"),
        (expects("column.not_empty", days=1), "option 'days' is unknown"),
        (expects("content.on_subject"), "option 'words' is lacking"),
        (expects("content.on_subject", words="预算"), "option 'words' must be a list of non-empty strings"),
        (expects("content.on_subject", words=[""]), "option 'words' must be a list of non-empty strings"),
        (expects("content.annual_instance", words=["年报"], years_back="1"), "option 'years_back' must be of type int"),
        (expects("timely.updated_within", days=True), "option 'days' must be of type int"),
        (expects("content.sector_listed", sector=1, words=["甲"]), "option 'sector' must be of type str"),
        (expects("content.elements_present", elements=["甲"], synonyms=["乙"]), "option 'synonyms' must be a table"),
        (expects("content.elements_present", elements=["甲"], synonyms={"甲": "乙"}), "must be a list of non-empty"),
    ],
)
def test_what_does_not_fit_names_file_entry_and_cure(expectation, said):
    with pytest.raises(CatalogueError) as raised:
        bind(catalogue(expectation))
    assert raised.value.file == "wanzhou_2021_46.toml"
    assert 'requirement "budget"' in raised.value.entry
    assert said in raised.value.problem
    assert raised.value.cure


def test_a_check_bears_the_name_of_its_file_and_ends_in_its_source():
    def declared(obligation: object, seen: object) -> Ruling:
        """甲"""
        return satisfied("", ())

    with pytest.raises(CheckDeclarationError, match="name the check like its file"):
        check(**DECLARED)(declared)
    declared.__name__ = declared.__module__.rpartition(".")[2]
    with pytest.raises(CheckDeclarationError, match="依据"):
        check(**DECLARED)(declared)


def test_needs_are_the_union_over_expectations():
    wanted = requirement(expectations=(expects("column.not_empty"), expects("media.resources_answer")))
    want = wanted_of(obligation(wanted), NIGHT)
    assert want.needs == {Need.COLUMN, Need.LISTING, Need.SUBCOLUMNS, Need.ARTICLE, Need.ATTACHMENTS}
    assert want.sought == ()
    assert want.organ_names == ()
    one = needs_of(expects("column.exists"), obligation(wanted), NIGHT)
    assert one.needs == {Need.COLUMN}


def test_a_check_on_all_rows_names_the_words_for_which_later_pages_are_read():
    wanted = requirement(expectations=(expects("content.on_subject", words=("预算", "决算")),))
    assert wanted_of(obligation(wanted), NIGHT).any_of == ("预算", "决算")
    assert wanted_of(obligation(), NIGHT).until is None


def test_in_a_shared_column_rows_are_known_by_the_organs_names():
    assert "区财政局" in wanted_of(obligation(organ=FINANCE), NIGHT).organ_names
    assert wanted_of(obligation(organ=FINANCE), NIGHT, ("甲",)).organ_names == ("甲",)


def test_options_of_each_check_are_typed():
    for one in registered().values():
        for option in one.options:
            assert option.type is not Mapping
    assert outcome_of(rule("column.exists", obligation(), column())) == SATISFIED
