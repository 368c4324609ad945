"""House rules on names and docstrings that no linter sees (HOUSE: names, docstrings)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from shared_data import PROJECT

PACKAGES = ("catalog", "ledger", "crawler", "checks", "reports", "nightly")
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "processor", "data", "info", "item"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")

MODULES = [file for package in PACKAGES for file in sorted((PROJECT / package).rglob("*.py"))]


def _name(file: Path) -> str:
    return str(file.relative_to(PROJECT))


@pytest.mark.parametrize("file", MODULES, ids=_name)
def test_no_module_has_a_name_that_says_nothing(file: Path) -> None:
    words = set(file.stem.split("_"))
    assert not words & FORBIDDEN


@pytest.mark.parametrize("file", MODULES, ids=_name)
def test_each_module_says_in_one_line_what_lives_here(file: Path) -> None:
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.split("\n\n")[0].count("\n") <= 1


def _public_types(file: Path) -> list[ast.ClassDef]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def _is_fact(node: ast.ClassDef) -> bool:
    bases = {ast.unparse(base) for base in node.bases}
    return any("dataclass" in ast.unparse(d) for d in node.decorator_list) or bool(bases & {"StrEnum", "IntEnum"})


@pytest.mark.parametrize("file", MODULES, ids=_name)
def test_each_public_fact_type_gives_its_chinese_term(file: Path) -> None:
    silent = [
        node.name
        for node in _public_types(file)
        if _is_fact(node) and not CHINESE.search(ast.get_docstring(node) or "")
    ]
    assert silent == []


def test_data_is_no_package_of_code() -> None:
    code = [_name(file) for package in PACKAGES for file in (PROJECT / package / "data").rglob("*.py")]
    assert code == []
