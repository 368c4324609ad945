"""The office's review sheet (复核表): confirmed gaps go out as XLSX, conclusions come back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ledger.review import Review, ReviewConclusion
from reports.received import ReceivedFileError, received_tables
from reports.review import fingerprint
from reports.spreadsheet import column_name, organ_names, write_tables
from reports.view import NightView
from reports.wording import shanghai

SHEET = "复核表"
HEADER = (
    "编号",
    "责任单位",
    "栏目名称",
    "路径",
    "问题类型",
    "问题描述",
    "查看地址",
    "发现时间",
    "复核结论",
    "复核人",
    "意见",
    "核对码",
    "申诉理由",
)
_WIDTHS = (15, 22, 26, 44, 18, 60, 38, 20, 12, 12, 30, 20, 40)


class ReviewSheetError(ReceivedFileError):
    """Raised when a row of a review sheet cannot be taken, from ``read_review_sheet``; names file, row and cure."""

    def __init__(self, file: Path, row: int, problem: str, cure: str) -> None:
        super().__init__(file, problem, cure, f"第 {row} 行")


def write_review_sheet(file: Path, view: NightView) -> int:
    """Write all confirmed gaps with empty conclusions; earlier ones filled in, unless the organ disputed since.

    Returns:
        How many gaps stand in it.
    """
    rows = []
    for line in view.lines:
        if not line.is_gap or line.gap is None:
            continue
        said = line.review if line.dispute is None else None
        rows.append(
            (
                line.gap.id,
                organ_names(line),
                column_name(line),
                str(line.obligation.path or ""),
                line.standing.standing.chinese,
                line.standing.detail,
                line.standing.url,
                shanghai(line.standing.seen_at),
                said.conclusion.value if said else "",
                said.reviewer if said else "",
                said.opinion if said else "",
                fingerprint(line.standing),
                line.dispute.dispute if line.dispute else "",
            )
        )
    night = view.night.night
    write_tables(
        file, ((SHEET, HEADER, _WIDTHS, rows),), created=datetime(night.year, night.month, night.day, tzinfo=UTC)
    )
    return len(rows)


def read_review_sheet(file: Path, *, known: set[str], reviewed_at: datetime) -> tuple[Review, ...]:
    """Read the conclusions that a person filled in; rows without one are passed over.

    Args:
        known: gap ids that exist; any other is refused.
        reviewed_at: UTC, recorded with each review.

    Raises:
        ReceivedFileError: no file, or no workbook that may be opened.
        ReviewSheetError: a header, gap id or conclusion that is not as written; nothing is taken then.
    """
    tables = received_tables(file, (SHEET,))
    if SHEET not in tables:
        cure = "请使用 mingcha review export 导出的复核表填写"
        raise ReceivedFileError(file, f"没有名为“{SHEET}”的工作表", cure)
    rows = tables[SHEET]
    if not rows or rows[0].cells[: len(HEADER)] != HEADER:
        raise ReviewSheetError(file, 1, "表头与导出的复核表不一致", "请勿增删或调换列")
    reviews = []
    for received in rows[1:]:
        row = dict.fromkeys(HEADER, "") | dict(zip(HEADER, received.cells, strict=False))
        if received.formulas:
            raise ReviewSheetError(file, received.number, "含有公式", "请直接填写文字")
        review = _review(file, received.number, row, known, reviewed_at)
        if review is not None:
            reviews.append(review)
    return tuple(reviews)


def _review(file: Path, number: int, row: dict[str, str], known: set[str], at: datetime) -> Review | None:
    if not row["复核结论"]:
        return None
    if row["编号"] not in known:
        raise ReviewSheetError(file, number, f"编号“{row['编号']}”不存在", "请勿改动编号列")
    try:
        conclusion = ReviewConclusion(row["复核结论"])
    except ValueError:
        names = "、".join(ReviewConclusion)
        raise ReviewSheetError(file, number, f"复核结论“{row['复核结论']}”无法识别", f"请填写{names}之一") from None
    if not row["复核人"]:
        raise ReviewSheetError(file, number, "没有填写复核人", "请填写复核人姓名")
    return Review(row["编号"], conclusion, row["复核人"], row["意见"], row["核对码"], at)
