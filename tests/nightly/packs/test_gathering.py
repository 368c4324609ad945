"""Reports in a pack: their pictures' links lead to the pack's pictures, and nothing else in them is altered."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "reports"))

import literal

from ledger.standing import Standing
from nightly.packs.gathering import report_texts
from reports.organ_report import organ_report
from reports.pack.member import Scope


def test_only_links_of_pictures_are_turned(tmp_path: Path) -> None:
    told = literal.standing(literal.GAP, Standing.MISSING, detail='列有“@@ 截图/ ../截图/ href="截图/”')
    rest = [one.standing for one in literal.view().lines[1:]]
    view = literal.view(standings=(told, *rest), pictures={literal.GAP.id: "a" * 64 + ".png"})
    (tmp_path / "单位").mkdir()
    before = organ_report(view, literal.FINANCE)
    (tmp_path / "单位" / "x.html").write_text(before, encoding="utf-8")
    found = report_texts(tmp_path, view, Scope("yunchuan", date(2021, 11, 30)))
    after = found["reports/单位/x.html"].decode("utf-8")
    assert 'href="../../pictures/' in after
    assert after == before.replace('href="../截图/', 'href="../../pictures/')
    assert "列有“@@ 截图/ ../截图/ href=&#34;截图/”" in after
