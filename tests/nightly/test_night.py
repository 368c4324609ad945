"""A whole night by the command line: what it prints, exports, reports; what it does when asked again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook
from typer.testing import CliRunner

import nights
from nightly.cli import app
from nightly.errors import Exit, NightError

AS_OF = "2021-11-30"


def mingcha(*words: str) -> Result:
    """One command, in this process; what it raises comes out as it is."""
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def test_requests_and_hours_are_printed_beforehand(small_night) -> None:  # type: ignore[no-untyped-def]
    assert "预计请求约" in small_night.printed
    assert "小时" in small_night.printed
    assert "总览.html" in small_night.printed


def test_a_finished_night_says_so_and_exits_zero(small_night) -> None:  # type: ignore[no-untyped-def]
    again = mingcha("run", str(small_night.district), "--as-of", AS_OF, "--data", str(small_night.data))
    assert again.exit_code == 0
    assert "已完成" in again.output


def test_every_obligation_is_one_line_of_the_export(small_night) -> None:  # type: ignore[no-untyped-def]
    done = mingcha(
        "export", "verdicts", str(small_night.district), "--format", "jsonl", "--data", str(small_night.data)
    )
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.output.splitlines()]
    assert len(lines) == len(small_night.portal.truth)
    accusing = [line for line in lines if line["standing"] == "missing"]
    assert accusing
    assert all(line["evidence"] and line["confirmed"] and line["url"] for line in accusing)


def test_judging_again_gives_the_same_table(small_night) -> None:  # type: ignore[no-untyped-def]
    before = nights.table(small_night.district, small_night.data, date.fromisoformat(AS_OF))
    done = mingcha("judge", str(small_night.district), "--as-of", AS_OF, "--data", str(small_night.data))
    assert done.exit_code == 0, done.output
    after = nights.table(small_night.district, small_night.data, date.fromisoformat(AS_OF))
    assert before.differences(after) == []


def test_a_reviewed_false_alarm_leaves_the_organs_copy(small_night, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    data = ("--data", str(small_night.data))
    sheet = tmp_path / "review.xlsx"
    assert mingcha("review", "export", str(small_night.district), "--out", str(sheet), *data).exit_code == 0
    book = load_workbook(sheet)
    rows = book["复核表"]
    header = [cell.value for cell in rows[1]]
    gap = rows.cell(2, header.index("编号") + 1).value
    rows.cell(2, header.index("复核结论") + 1).value = "误报"
    rows.cell(2, header.index("复核人") + 1).value = "某某"
    book.save(sheet)
    done = mingcha("review", "import", str(small_night.district), str(sheet), *data)
    assert "1 项" in done.output
    assert mingcha("report", str(small_night.district), "--as-of", AS_OF, "--no-pictures", *data).exit_code == 0
    organs = small_night.data / "reports" / "yunchuan" / AS_OF / "单位"
    assert [file.name for file in organs.glob("*.html") if gap in file.read_text(encoding="utf-8")] == []


def test_gaps_are_listed_with_their_ids(small_night) -> None:  # type: ignore[no-untyped-def]
    done = mingcha("gaps", str(small_night.district), "--data", str(small_night.data))
    assert done.exit_code == 0, done.output
    assert "已确认" in done.output


def test_status_fails_for_a_night_that_is_thin_and_says_what_it_saw(small_night) -> None:  # type: ignore[no-untyped-def]
    thin = CliRunner().invoke(app, ["status", str(small_night.district), "--data", str(small_night.data)])
    assert isinstance(thin.exception, NightError)
    assert thin.exception.code is Exit.NOT_FINISHED
    assert "剩余磁盘" in thin.output
    assert "已核验/应核验" in thin.output


def test_a_wrong_district_file_is_one_sentence_and_exit_code_two(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    text = 'schema = 1\nid = "x"\nname = "某区"\nhme = "http://127.0.0.1/"\ndirectories = []\n'
    file.write_text(text, encoding="utf-8")
    words = [sys.executable, "-m", "nightly.cli", "run", str(file), "--data", str(tmp_path / "data")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "wrong.toml" in done.stderr
    assert "hme" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_night_that_was_never_run_is_exit_code_four(small_night, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    command = nights.command(small_night.district, tmp_path / "empty", verb="status")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 4


def test_the_portal_was_visited_as_a_guest(small_night) -> None:  # type: ignore[no-untyped-def]
    with nights.opened(small_night.data) as ledger:
        night = ledger.nights("yunchuan")[-1]
        visits = [arrival.visit.key for look in ledger.looks(night.id)[:1] for arrival in ledger.arrivals(look.id)]
    assert [key for key, count in Counter(visits).items() if count > 1] == []


@pytest.mark.parametrize("kills", [1, 3])
def test_a_killed_night_ends_with_the_same_table(small_night, tmp_path: Path, kills: int) -> None:  # type: ignore[no-untyped-def]
    options = ("--as-of", AS_OF, "--confirm-now", "--no-pictures")
    nights.run_killed(small_night.district, tmp_path / "data", *options, kills=kills, within=8, seed=kills)
    whole = nights.table(small_night.district, small_night.data, date.fromisoformat(AS_OF))
    killed = nights.table(small_night.district, tmp_path / "data", date.fromisoformat(AS_OF))
    assert len(killed.rows) == killed.planned == whole.planned
    assert whole.differences(killed) == []


def test_a_night_on_postgresql_gives_the_same_table(  # type: ignore[no-untyped-def]
    small_night, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date.fromisoformat(AS_OF)
    whole = nights.table(small_night.district, small_night.data, day)
    monkeypatch.setenv("MINGCHA_DATABASE_URL", postgres_url)
    nights.run(small_night.district, tmp_path / "data", "--as-of", AS_OF, "--confirm-now", "--no-pictures")
    assert whole.differences(nights.table(small_night.district, tmp_path / "data", day)) == []
    assert not (tmp_path / "data" / "mingcha.db").exists()
