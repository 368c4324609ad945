"""Writing a night's reports to disk: all files or none under their final folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.district import Organ
from reports.lead_report import lead_report
from reports.office_report import office_report
from reports.organ_report import organ_report
from reports.spreadsheet import write_gap_sheet
from reports.verdict_lines import as_csv, as_jsonl
from reports.view import NightView

_UNSAFE = re.compile(r"[^\w\u3400-\u9fff-]+")
_LONGEST = 60
"""Characters; file systems take 255 bytes, of which a Chinese character needs three."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a night's reports lie (报告文件)."""

    folder: Path
    overview: Path
    organ_count: int
    gap_count: int


def write_reports(view: NightView, folder: Path, pictures: Sequence[Path] = (), *, sheet_key: bytes = b"") -> Written:
    """Write overview, reports of organs and lead units, spreadsheets, CSV and JSON Lines.

    Args:
        folder: final place, replaced as a whole; what stood there before stays until the new files are complete.
        pictures: screenshots named by digest, copied into ``截图``.
        sheet_key: makes the check codes of the sheets to be answered; without it they cannot be taken back.
    """
    draft = folder.with_name(folder.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("单位", "牵头", "数据"):
        (draft / part).mkdir(parents=True)
    if pictures:
        (draft / "截图").mkdir()
    for picture in pictures:
        shutil.copyfile(picture, draft / "截图" / picture.name)
    organ_files = {}
    for organ in view.organs:
        name = file_name(organ)
        organ_files[organ.id] = f"单位/{name}.html"
        (draft / "单位" / f"{name}.html").write_text(organ_report(view, organ), encoding="utf-8")
        sheet = draft / "单位" / f"{name}_问题反馈表.xlsx"
        write_gap_sheet(sheet, view, view.of_organ(organ), organ_id=organ.id, key=sheet_key)
    lead_files = []
    for organ in view.leads:
        name = f"{file_name(organ)}_检查情况表.html"
        lead_files.append((organ, f"牵头/{name}"))
        (draft / "牵头" / name).write_text(lead_report(view, organ), encoding="utf-8")
    (draft / "总览.html").write_text(office_report(view, organ_files, lead_files), encoding="utf-8")
    gap_count = write_gap_sheet(draft / "数据" / "问题清单.xlsx", view, view.lines, key=sheet_key)
    (draft / "数据" / "verdicts.jsonl").write_text(as_jsonl(view), encoding="utf-8")
    (draft / "数据" / "verdicts.csv").write_text(as_csv(view), encoding="utf-8-sig")
    _replace(draft, folder)
    return Written(folder, folder / "总览.html", len(organ_files), gap_count)


def file_name(organ: Organ) -> str:
    """A file name that any system takes: the organ's name; its id behind it where the name had to be altered."""
    plain = _UNSAFE.sub("_", organ.name).strip("_")[:_LONGEST]
    return plain if plain == organ.name else "_".join(part for part in (plain, organ.id) if part)


def _replace(draft: Path, folder: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(draft, folder)
    shutil.rmtree(old, ignore_errors=True)
