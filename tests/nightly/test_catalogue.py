"""catalog check, show, coverage, reference: what they print, and how they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalog.errors import CatalogueError
from nightly.cli import app
from nightly.errors import NightError
from shared_data import SHARED, needs_shared

runner = CliRunner()

WRONG = """
schema = 1
id = "x"
name = "某区"
home = "http://127.0.0.1:9100/"
directories = ["national_bas"]
[[organ]]
name = "某区财政局"
kind = "department"
"""


def test_check_prints_obligations_by_requirement_and_kind() -> None:
    done = runner.invoke(app, ["catalog", "check", "wanzhou", "--as-of", "2021-11-30"])
    assert done.exit_code == 0, done.output
    assert "302" in done.output
    assert "未写明首页" in done.output
    assert "责任主体待确认  wanzhou_2021_46/market_system：区政府有关部门" in done.output


def test_check_reads_all_districts_by_default() -> None:
    done = runner.invoke(app, ["catalog", "check"])
    assert done.exit_code == 0, done.output
    assert all(name in done.output for name in ("万州区", "垫江县", "江北区", "临渭区"))


def test_strict_fails_while_an_addressee_is_unknown() -> None:
    done = runner.invoke(app, ["catalog", "check", "wanzhou", "--strict"])
    assert isinstance(done.exception, NightError)
    assert "confirmed" in str(done.exception)


def test_an_unknown_directory_names_file_entry_and_cure(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(WRONG, encoding="utf-8")
    done = runner.invoke(app, ["catalog", "check", str(file)])
    assert isinstance(done.exception, CatalogueError)
    assert "wrong.toml" in str(done.exception)
    assert 'did you mean "national_base"' in str(done.exception)


def test_show_is_one_requirement_and_path_a_line() -> None:
    done = runner.invoke(app, ["catalog", "show", "--format", "jsonl", "--directory", "wanzhou_2021_46"])
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert list(rows[0]) == [
        *("directory", "requirement_id", "item", "path", "origin", "scope", "lead", "responsible"),
        *("document_number", "clause", "channels", "valid_from", "valid_to"),
    ]
    ordered = [row for row in rows if row["origin"] in ("printed", "text")]
    assert len(ordered) == 40
    assert len({(row["path"], row["item"]) for row in ordered}) == 38


def test_show_as_a_table_names_the_directory() -> None:
    assert "wanzhou_2021_46" in runner.invoke(app, ["catalog", "show"]).output


@needs_shared
def test_coverage_proves_both_directions_and_prints_counts() -> None:
    done = runner.invoke(app, ["catalog", "coverage", "--notices", str(SHARED / "notices")])
    assert done.exit_code == 0, done.output
    assert "brackets" in done.output


def test_coverage_against_other_texts_fails_and_names_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("万州府办发〔2021〕46号\n1．某句话。", encoding="utf-8")
    done = runner.invoke(app, ["catalog", "coverage", "--notices", str(tmp_path)])
    assert isinstance(done.exception, NightError)
    assert "wanzhou_2021_46" in done.output


def test_the_reference_holds_every_check_and_directory(tmp_path: Path) -> None:
    file = tmp_path / "reference.md"
    assert runner.invoke(app, ["catalog", "reference", "--out", str(file)]).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert "### column.exists" in text
    assert "依据：" in text
    assert "万州府办发〔2021〕46号" in text


@pytest.mark.parametrize("words", [["--as-of", "2021-13-01"], ["--as-of", "soon"]])
def test_a_wrong_date_is_refused(words: list[str]) -> None:
    done = runner.invoke(app, ["catalog", "check", *words])
    assert isinstance(done.exception, NightError)
    assert "not a date" in str(done.exception)
