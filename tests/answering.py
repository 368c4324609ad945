"""A night whose sheets were sent, over a portal whose pages can be changed while it is served."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from typer.testing import CliRunner

import nights
from ledger.verdict import Gap
from nightly.cli import app
from portals.demonstration import build
from portals.publishing import Address, Answer, Portal
from portals.serving import Served, serve
from reports.spreadsheet import ISSUE_HEADER, ISSUES

AS_OF = date(2021, 11, 30)
SIZE = {"departments": 4, "towns": 2}


@dataclass(frozen=True, slots=True)
class AnsweredNight:
    """Finished night (已发出反馈表的批次) over a served portal; ``pages`` is what it serves now."""

    district: Path
    data: Path
    portal: Portal
    served: Served
    pages: dict[Address, Answer]

    def mend(self, repaired: Collection[str]) -> None:
        """Serve the portal as it stands after these obligations were mended."""
        later = build(**SIZE, repaired=repaired)
        self.pages.clear()
        self.pages.update(later.pages)

    def url(self, obligation_id: str) -> str:
        """Address of an obligation's column, or of the page that shows its absence; the home page for neither."""
        truth = next(one for one in self.portal.truth if one.obligation_id == obligation_id)
        host, path = truth.address or (0, "/")
        return self.served.urls[host].rstrip("/") + path

    def gaps(self) -> Mapping[str, Gap]:
        """All gaps as the ledger holds them now, by obligation id."""
        with nights.opened(self.data) as ledger:
            return {gap.obligation_id: gap for gap in ledger.gaps("yunchuan")}

    @property
    def sheets(self) -> list[Path]:
        """The sheets that were sent to the organs."""
        folder = self.data / "reports" / "yunchuan" / AS_OF.isoformat() / "单位"
        return sorted(folder.glob("*_问题反馈表.xlsx"))

    def mingcha(self, *words: str) -> str:
        """One command on this data folder; what it printed."""
        done = CliRunner().invoke(app, [*words, "--data", str(self.data)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output


@contextmanager
def answered_night(folder: Path) -> Iterator[AnsweredNight]:
    """A whole night with ``--confirm-now``, its reports written, the portal served as long as the block lasts."""
    portal = build(**SIZE)
    pages = dict(portal.pages)
    with serve(replace(portal, pages=pages)) as served:
        district = portal.write_district(folder / "district", served.ports)
        night = AnsweredNight(district, folder / "data", portal, served, pages)
        night.mingcha(
            "run", str(district), "--as-of", AS_OF.isoformat(), "--confirm-now", "--no-pictures", "--no-browser"
        )
        yield night


def fill(sheet: Path, folder: Path, answer: Callable[[str], Mapping[str, str]]) -> Path | None:
    """A copy of a sheet, filled in by a person's program; None where there is nothing to say.

    Args:
        answer: what to write into the columns, by label, for a gap id.
    """
    book = load_workbook(sheet)
    rows = book[ISSUES]
    filled = 0
    for row in range(2, rows.max_row + 1):
        said = answer(str(rows.cell(row, ISSUE_HEADER.index("编号") + 1).value))
        for label, text in said.items():
            rows.cell(row, ISSUE_HEADER.index(label) + 1).value = text
        filled += bool(said)
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / sheet.name
    book.save(copy)
    return copy if filled else None
