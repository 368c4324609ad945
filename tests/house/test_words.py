"""No template, check title or sentence accuses (FAIRNESS: how it is said)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from checks import registry
from shared_data import PROJECT

ACCUSING = ("未公开", "违规", "拒不")
TEMPLATES = sorted((PROJECT / "reports" / "templates").glob("*.html"))
SPEAKING = [f for room in ("reports", "checks", "ledger", "crawler") for f in sorted((PROJECT / room).rglob("*.py"))]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_accuses(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [word for word in ACCUSING if word in text] == []


@pytest.mark.parametrize("check_id", registry.check_ids())
def test_no_check_title_accuses(check_id: str) -> None:
    found = registry.registered()[check_id]
    assert [word for word in ACCUSING if word in found.title + found.failure_title] == []


@pytest.mark.parametrize("file", SPEAKING, ids=lambda file: str(file.relative_to(PROJECT)))
def test_no_sentence_in_code_accuses(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    said = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    assert [text for text in said if text not in docstrings and any(word in text for word in ACCUSING)] == []
