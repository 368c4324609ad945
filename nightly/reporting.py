"""Writing a night's reports: pictures first, then the view, then the files."""

from __future__ import annotations

from pathlib import Path

from ledger.ledger import Ledger
from ledger.night import Night, NightState
from ledger.standing import Standing
from nightly.errors import Exit, NightError
from nightly.preparing import Prepared
from nightly.settings import Settings
from nightly.viewing import view_night
from reports.view import NightView
from reports.writing import Written, write_reports


def report_night(
    prepared: Prepared, settings: Settings, ledger: Ledger, night: Night, *, pictures: bool
) -> tuple[NightView, Written]:
    """Write all reports of a judged night.

    Args:
        pictures: take screenshots of the pages that gaps and suspects rest on, where a browser is there.

    Raises:
        NightError: the night is red, or has not been judged.
    """
    if night.state is NightState.RED:
        raise NightError(f"night {night.night} is red: no report leaves; judge it again first", Exit.RED_NIGHT)
    if not ledger.standings(night.id):
        raise NightError(f"night {night.night} has not been judged; run: mingcha judge {prepared.district.id}")
    shots = _pictures(ledger, night, settings.pictures) if pictures else {}
    view = view_night(prepared, ledger, night, {snapshot: file.name for snapshot, file in shots.items()})
    folder = settings.reports(prepared.district.id, night.night)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return view, write_reports(view, folder, sorted(set(shots.values())))


def _pictures(ledger: Ledger, night: Night, folder: Path) -> dict[str, Path]:
    from crawler.picturing import picture  # loads Playwright, which a night without pictures never needs

    accused = [
        standing.evidence[0]
        for standing in ledger.standings(night.id)
        if standing.evidence and (standing.standing.is_gap or standing.standing is Standing.SUSPECT)
    ]
    return picture(tuple(dict.fromkeys(accused)), ledger, folder) if accused else {}
