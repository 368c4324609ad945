"""Every built-in directory: what each entry must hold, whatever its notice."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from catalog.catalogue import Catalogue
from catalog.path import PathOrigin
from catalog.requirement import Directory, DueKind, Requirement, Scope
from checks.registry import bind

DIRECTORIES = (
    *("dianjiang_2021_22", "jiangbei_2021_39", "linwei_2022_33", "national_base"),
    *("wanzhou_2021_46", "yu_2020_58", "yu_2021_100"),
)
CONTACT = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{7})(?!\d)|@|联系人[:：]|老师")
"""A mobile or fixed telephone number, a mail address, a contact person."""


def every(catalogue: Catalogue) -> list[tuple[Directory, Requirement]]:
    return [(one, requirement) for one in catalogue.directories.values() for requirement in one.requirements]


def test_seven_directories_are_built_in(catalogue: Catalogue) -> None:
    assert sorted(catalogue.directories) == sorted(DIRECTORIES)


@pytest.mark.parametrize("directory_id", DIRECTORIES)
def test_a_directory_names_its_notice_issuer_and_dates(catalogue: Catalogue, directory_id: str) -> None:
    directory = catalogue.directories[directory_id]
    assert directory.document_number
    assert directory.issuer
    assert directory.issued_on <= directory.valid_from
    assert bool(directory.notice) is (directory_id != "national_base")
    assert bool(directory.jurisdiction) is (directory_id != "national_base")


def test_every_requirement_has_a_quote_a_clause_and_a_basis_or_an_end(catalogue: Catalogue) -> None:
    wanting = [
        f"{directory.id}/{one.id}"
        for directory, one in every(catalogue)
        if not (one.quote and one.clause and one.title and one.channels and (one.basis or one.valid_to))
    ]
    assert wanting == []


def test_quotes_are_short(catalogue: Catalogue) -> None:
    assert [one.id for _, one in every(catalogue) if len(one.quote) > 70] == []


def test_no_notice_stands_as_its_own_basis(catalogue: Catalogue) -> None:
    circular = [
        f"{directory.id}/{one.id}"
        for directory, one in every(catalogue)
        if directory.id != "national_base" and any(directory.document_number in basis for basis in one.basis)
    ]
    assert circular == []


def test_every_walked_requirement_has_a_path_and_every_other_a_checklist(catalogue: Catalogue) -> None:
    for directory, one in every(catalogue):
        assert bool(one.paths) is (one.scope is not Scope.MANUAL), f"{directory.id}/{one.id}"
        if one.scope is Scope.MANUAL:
            assert one.checklist, f"{directory.id}/{one.id}"
            assert not one.expectations, f"{directory.id}/{one.id}"


def test_every_expectation_binds_to_a_check_and_its_options(catalogue: Catalogue) -> None:
    bind(catalogue)
    assert any(one.expectations for directory in catalogue.directories.values() for one in directory.requirements)


def test_a_customary_column_is_never_searched_for_a_named_document(catalogue: Catalogue) -> None:
    """Its place is not mandated, so a document that is not there may lawfully be elsewhere."""
    searched = [
        f"{directory.id}/{one.id}"
        for directory, one in every(catalogue)
        if any(path.origin is PathOrigin.CUSTOMARY for path in one.paths)
        and any(expectation.check_id == "content.named_document" for expectation in one.expectations)
    ]
    assert searched == []


def test_published_by_has_a_day_to_compare_with(catalogue: Catalogue) -> None:
    for directory, one in every(catalogue):
        if any(expectation.check_id == "timely.published_by" for expectation in one.expectations):
            kinds = {due.kind for due in one.due}
            assert kinds & {DueKind.ON, DueKind.YEARLY}, f"{directory.id}/{one.id}"


def test_a_date_before_its_notice_cites_the_earlier_notice(catalogue: Catalogue) -> None:
    for directory, one in every(catalogue):
        for due in one.due:
            early = due.kind is DueKind.ON and due.on is not None and due.on < directory.issued_on
            assert due.earlier_than_notice is early, f"{directory.id}/{one.id}"
            if early:
                assert directory.document_number not in due.source


def test_no_data_file_holds_a_contact_person_or_number() -> None:
    data = files("catalog").joinpath("data")
    found = []
    for folder in ("directories", "aliases", "districts"):
        for file in data.joinpath(folder).iterdir():
            text = file.read_text(encoding="utf-8")
            found += [f"{file.name}: {hit.group()}" for hit in CONTACT.finditer(text)]
    assert found == []


def test_no_title_accuses(catalogue: Catalogue) -> None:
    accusing = ("未公开", "违规", "拒不")
    assert [one.title for _, one in every(catalogue) if any(word in one.title for word in accusing)] == []


def test_no_duty_gives_a_reason_and_a_clause(catalogue: Catalogue) -> None:
    for directory in catalogue.directories.values():
        for one in directory.no_duty:
            assert all((one.reason, one.clause, one.quote)), f"{directory.id}: {one.quote}"
