"""Twenty gaps are claimed to be fixed and twelve are: exactly these close, eight stay with reasons (S7)."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

import nights
from answering import AnsweredNight, fill
from checks.judging.gaps import gap_id
from ledger.custody import CustodyKind
from ledger.reply import fold_rechecks, fold_replies
from ledger.verdict import GapState
from nightly.errors import NightError
from reports.review_sheet import HEADER

pytestmark = pytest.mark.slow

WANZHOU, DEMO = "wanzhou_2021_46", "demo_yunchuan"
FIXED = (
    f"{WANZHOU}/spatial_plan/1@government",
    f"{WANZHOU}/budget/1@reform",
    f"{WANZHOU}/budget/1@finance",
    f"{WANZHOU}/budget/1@qingshi",
    f"{WANZHOU}/budget/1@longqiao",
    f"{WANZHOU}/health_campaigns/1@health",
    f"{WANZHOU}/health_campaigns/2@health",
    f"{WANZHOU}/annual_report_governments/1@longqiao",
    f"{DEMO}/progress/1@reform",
    f"{DEMO}/progress/1@qingshi",
    f"{DEMO}/work_plan/1@qingshi",
    f"{DEMO}/fees/1@longqiao",
)
CLAIMED_ONLY = (
    f"{WANZHOU}/government_debt/1@finance",
    f"{WANZHOU}/health_campaigns/3@health",
    f"{WANZHOU}/contact/1@health",
    f"{WANZHOU}/gazette/1@government_office",
    f"{DEMO}/progress/1@finance",
    f"{DEMO}/progress/1@health",
    f"{DEMO}/work_plan/1@longqiao",
    f"{DEMO}/work_plan/1@reform",
)
ROUND = "2021年第四季度"
SAID, PRIVATE = "已在政务公开栏公开，经办人身份证号", "11010519491231002X"
DISPUTED = f"{WANZHOU}/contact/1@qingshi"


@pytest.fixture(scope="module")
def assessed(answered: AnsweredNight, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The pack of an assessment round that was frozen before anybody replied."""
    opened = answered.mingcha("round", "open", str(answered.district), "--name", ROUND, "--cut-off", "2021-12-31")
    assert "2021-11-30" in opened
    return _round_pack(answered, tmp_path_factory.mktemp("before"))


def _round_pack(answered: AnsweredNight, folder: Path) -> bytes:
    answered.mingcha("pack", str(answered.district), "--round", ROUND, "--for", "assessor", "--out", str(folder))
    (file,) = folder.glob("*.zip")
    return file.read_bytes()


@pytest.fixture(scope="module")
def printed(
    answered: AnsweredNight, assessed: bytes, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Path, str]]:
    """Every organ fills its sheet in; twelve columns are mended; the sheets come back."""
    claims = {gap_id(one): answered.url(one) for one in (*FIXED, *CLAIMED_ONLY)}
    assert set(FIXED) | set(CLAIMED_ONLY) | {DISPUTED} <= {
        one for one, gap in answered.gaps().items() if gap.state is GapState.CONFIRMED
    }

    def answer(gap: str) -> dict[str, str]:
        if gap == gap_id(DISPUTED):
            return {"申诉理由": f"{SAID}{PRIVATE}"}
        return {"整改链接": claims[gap]} if gap in claims else {}

    folder = tmp_path_factory.mktemp("filled")
    sheets = [one for sheet in answered.sheets if (one := fill(sheet, folder, answer)) is not None]
    answered.mend(FIXED)
    return [(sheet, answered.mingcha("import-replies", str(answered.district), str(sheet))) for sheet in sheets]


def test_exactly_the_mended_gaps_close(answered: AnsweredNight, printed: list[tuple[Path, str]]) -> None:
    gaps = answered.gaps()
    assert {one for one, gap in gaps.items() if gap.state is GapState.CLOSED} == set(FIXED)
    assert {gaps[one].state for one in CLAIMED_ONLY} == {GapState.CONFIRMED}
    for one in FIXED:
        assert [event.state for event in gaps[one].history] == [GapState.NEW, GapState.CONFIRMED, GapState.CLOSED]


def test_each_result_is_printed_with_its_reason(answered: AnsweredNight, printed: list[tuple[Path, str]]) -> None:
    said = {line.split(" ")[0]: line for _, text in printed for line in text.splitlines() if line.startswith("G")}
    assert all("》已销号：" in said[gap_id(one)] for one in FIXED)
    reasons = [said[gap_id(one)].partition("》未销号：")[2] for one in CLAIMED_ONLY]
    assert all(len(reason) > 20 for reason in reasons), reasons
    assert len(said) == len(FIXED) + len(CLAIMED_ONLY)
    everything = "".join(text for _, text in printed)
    assert "沿规定的公开路径核验仍有问题，不能据此销号" in everything
    assert "不能作为依据（HTTP 200，页面提示不存在" in everything  # a town's host says so with 200


def test_evidence_of_before_and_after_is_noted(answered: AnsweredNight, printed: list[tuple[Path, str]]) -> None:
    with nights.opened(answered.data) as ledger:
        claimed = {gap_id(one) for one in (*FIXED, *CLAIMED_ONLY)}
        rechecks = [one for one in fold_rechecks(ledger.custody(CustodyKind.RECHECKED)) if one.gap_id in claimed]
        replies = {one.id: one for one in fold_replies(ledger.custody(CustodyKind.REPLIED))}
        assert len(rechecks) == 20
        for one in rechecks:
            shown = [ledger.read_snapshot(snapshot).url for snapshot in one.after]
            assert one.before
            assert [ledger.snapshot(snapshot).id for snapshot in one.before] == list(one.before)
            (reply,) = (replies[reply_id] for reply_id in one.reply_ids)
            assert set(reply.links) & set(shown) or "不能作为依据" in one.links
        assert ledger.broken_link() is None


def test_the_same_file_again_adds_nothing(answered: AnsweredNight, printed: list[tuple[Path, str]]) -> None:
    with nights.opened(answered.data) as ledger:
        before = len(ledger.custody())
    for sheet, _ in printed:
        assert "导入回复 0 条" in answered.mingcha("import-replies", str(answered.district), str(sheet))
    with nights.opened(answered.data) as ledger:
        assert len(ledger.custody()) == before


def test_a_sheet_that_changes_more_leaves_nothing(answered: AnsweredNight, tmp_path: Path) -> None:
    answers = {gap_id(f"{WANZHOU}/contact/1@qingshi"): {"申诉理由": "另有说明", "问题类型": "已公开"}}
    sheets = [fill(sheet, tmp_path, lambda gap: answers.get(gap, {})) for sheet in answered.sheets]
    (sheet,) = (one for one in sheets if one is not None)
    with nights.opened(answered.data) as ledger:
        before = len(ledger.custody())
    with pytest.raises(NightError, match="与发出时不一致"):
        answered.mingcha("import-replies", str(answered.district), str(sheet))
    with nights.opened(answered.data) as ledger:
        assert len(ledger.custody()) == before


def test_judging_the_night_again_changes_no_gap(answered: AnsweredNight, printed: list[tuple[Path, str]]) -> None:
    before = answered.gaps()
    answered.mingcha("judge", str(answered.district), "--as-of", "2021-11-30")
    assert answered.gaps() == before


def test_a_dispute_waits_for_a_person_and_a_review_decides(
    answered: AnsweredNight, printed: list[tuple[Path, str]], tmp_path: Path
) -> None:
    district, gap = str(answered.district), gap_id(DISPUTED)

    def overview() -> str:
        answered.mingcha("report", district, "--as-of", "2021-11-30", "--no-pictures")
        folder = answered.data / "reports" / "yunchuan" / "2021-11-30"
        return (folder / "总览.html").read_text(encoding="utf-8")

    assert "申诉待复核" in answered.mingcha("gaps", district)
    page = overview()
    assert f"{gap} {SAID}11*************02X" in page
    assert PRIVATE not in page
    sheet = tmp_path / "review.xlsx"
    answered.mingcha("review", "export", district, "--out", str(sheet))
    book = load_workbook(sheet)
    (row,) = (cells for cells in book["复核表"].iter_rows(min_row=2) if cells[0].value == gap)
    said = dict(zip(HEADER, row, strict=True))
    assert said["申诉理由"].value == f"{SAID}11*************02X"
    said["复核结论"].value, said["复核人"].value = "属实", "某某"
    book.save(sheet)
    answered.mingcha("review", "import", district, str(sheet))
    assert "申诉待复核" not in answered.mingcha("gaps", district)
    assert "申诉待复核" not in overview()


def test_a_frozen_round_is_packed_as_it_stood_whatever_closed_since(
    answered: AnsweredNight, assessed: bytes, printed: list[tuple[Path, str]], tmp_path: Path
) -> None:
    assert _round_pack(answered, tmp_path / "round") == assessed
    assert "初评" in answered.mingcha("round", "step", ROUND, "初评", "--note", "送达")
    assert "送达" in answered.mingcha("round", "list")
    answered.mingcha("pack", str(answered.district), "--out", str(tmp_path / "now"))
    (now,) = (tmp_path / "now").glob("*.zip")
    standings = [_standings(body) for body in (assessed, now.read_bytes())]
    assert {standings[0][one] for one in FIXED}.isdisjoint({"published"})
    assert {standings[1][one] for one in FIXED} == {"published"}


def _standings(pack: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(pack)) as members:
        lines = members.read("data/verdicts.jsonl").decode().splitlines()
    return {one["obligation_id"]: one["standing"] for one in map(json.loads, lines)}
