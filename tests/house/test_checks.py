"""Each check has its test file, its source, and options that the data may name (HOUSE: a check)."""

from __future__ import annotations

import inspect

import pytest

from catalog.catalogue import load_catalogue
from checks import registry
from shared_data import PROJECT


@pytest.mark.parametrize("check_id", registry.check_ids())
def test_each_check_has_its_test_file(check_id: str) -> None:
    dimension, name = check_id.split(".")
    assert (PROJECT / "tests" / "checks" / dimension / f"test_{name}.py").is_file()


@pytest.mark.parametrize("check_id", registry.check_ids())
def test_each_check_ends_its_docstring_with_its_source(check_id: str) -> None:
    docstring = inspect.cleandoc(registry.registered()[check_id].doc)
    assert docstring.splitlines()[-1].startswith(("依据：", "依据:"))


def test_each_expectation_of_the_data_binds_to_a_check_and_its_options() -> None:
    catalogue = load_catalogue()
    registry.bind(catalogue)
    bound = sum(len(r.expectations) for d in catalogue.directories.values() for r in d.requirements)
    assert bound > 0
