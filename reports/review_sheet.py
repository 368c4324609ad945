"""The office's review sheet (复核表): confirmed gaps go out as XLSX, conclusions come back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ledger.review import Review, ReviewConclusion
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
)
_WIDTHS = (15, 22, 26, 44, 18, 60, 38, 20, 12, 12, 30, 20)
_LARGEST_BYTES = 5_000_000
_LARGEST_ROWS = 20_000


class ReviewSheetError(Exception):
    """Raised when a review sheet cannot be taken, from ``read_review_sheet``; names file, row and cure."""

    def __init__(self, file: Path, row: int, problem: str, cure: str) -> None:
        place = f"{file.name} 第 {row} 行" if row else file.name
        super().__init__(f"{place}：{problem}；{cure}")


def write_review_sheet(file: Path, view: NightView) -> int:
    """Write all confirmed gaps with empty conclusions (earlier ones filled in).

    Returns:
        How many gaps stand in it.
    """
    rows = []
    for line in view.lines:
        if not line.is_gap or line.gap is None:
            continue
        said = line.review
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
        ReviewSheetError: a sheet, header, gap id or conclusion that is not as written; nothing is taken then.
    """
    if not file.is_file():
        raise ReviewSheetError(file, 0, "文件不存在", "请核对文件名")
    if file.stat().st_size > _LARGEST_BYTES:
        raise ReviewSheetError(file, 0, "文件过大", "请使用 mingcha review export 导出的复核表填写")
    try:
        book = load_workbook(file, data_only=True)
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError) as error:
        raise ReviewSheetError(file, 0, "不是可读的 XLSX 文件", "请另存为 XLSX 后再导入") from error
    if SHEET not in book.sheetnames:
        raise ReviewSheetError(file, 0, f"没有名为“{SHEET}”的工作表", "请使用 mingcha review export 导出的复核表填写")
    rows = book[SHEET].iter_rows(values_only=True, max_row=_LARGEST_ROWS)
    header = tuple(_text(value) for value in next(rows, ()))
    if header[: len(HEADER)] != HEADER:
        raise ReviewSheetError(file, 1, "表头与导出的复核表不一致", "请勿增删或调换列")
    reviews = []
    for number, values in enumerate(rows, start=2):
        row = dict(zip(HEADER, (_text(value) for value in values), strict=False))
        if any(row.values()):
            review = _review(file, number, row, known, reviewed_at)
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


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
