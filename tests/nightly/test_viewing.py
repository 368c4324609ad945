"""What readers see of a night: private numbers that a sentence quotes from a page are starred everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from ledger.ledger import Ledger
from ledger.standing import Standing
from ledger.verdict import NightStanding
from nightly.crawling import begin
from nightly.preparing import prepare
from nightly.viewing import view_night
from reports.verdict_lines import as_csv, as_jsonl

NUMBER = "11010519491231002X"
NOW = datetime(2021, 11, 30, 18, 0, tzinfo=UTC)
DISTRICT = """schema = 1
id = "shili"
name = "示例区"
directories = ["national_base"]
roster_complete = false
roster_source = "test"
[[organ]]
id = "office"
name = "示例区人民政府"
kind = "government"
"""


def test_no_report_or_export_shows_a_number_that_a_page_showed(tmp_path: Path) -> None:
    file = tmp_path / "shili.toml"
    file.write_text(DISTRICT, encoding="utf-8")
    prepared = prepare(str(file), date(2021, 11, 30))
    said = f"页面列有“张某 {NUMBER}”"
    with Ledger.open(f"sqlite:///{tmp_path / 'mingcha.db'}", tmp_path / "archive") as ledger:
        night = begin(prepared, ledger, confirm_now=False, replay=())
        standings = [
            NightStanding(one.id, night.night, Standing.MANUAL, said, remarks=(said,), seen_at=NOW)
            for one in prepared.obligations
        ]
        ledger.add_standings(night.id, standings)
        view = view_night(prepared, ledger, night)
    assert view.lines
    assert all(NUMBER not in "".join((one.standing.detail, *one.standing.remarks)) for one in view.lines)
    assert "张某" in as_jsonl(view)
    assert NUMBER not in as_jsonl(view) + as_csv(view)
