"""Writing a night's reports: pictures first, then the view, then the files."""

from __future__ import annotations

from ledger.ledger import Ledger
from ledger.night import Night, NightState
from nightly.errors import Exit, NightError
from nightly.picture_index import page_pictures
from nightly.picturing import make_pictures
from nightly.preparing import Prepared
from nightly.replies.sheet_key import sheet_key
from nightly.safekeeping.leaving import record_folder
from nightly.settings import Settings
from nightly.viewing import view_night
from reports.view import NightView
from reports.writing import Written, write_reports


def report_night(
    prepared: Prepared, settings: Settings, ledger: Ledger, night: Night, *, pictures: bool
) -> tuple[NightView, Written]:
    """Write all reports of a judged night.

    Args:
        pictures: make pictures of all accusations and of a sample of passes, where a browser is there.

    Raises:
        NightError: the night is red, or has not been judged.
    """
    if night.state is NightState.RED:
        raise NightError(f"night {night.night} is red: no report leaves; judge it again first", Exit.RED_NIGHT)
    if not ledger.standings(night.id):
        raise NightError(f"night {night.night} has not been judged; run: mingcha judge {prepared.district.id}")
    shots = page_pictures(make_pictures(prepared, settings, ledger, night)) if pictures else {}
    view = view_night(prepared, ledger, night, shots)
    folder = settings.reports(prepared.district.id, night.night)
    folder.parent.mkdir(parents=True, exist_ok=True)
    files = [settings.pictures / name for name in sorted(set(shots.values()))]
    written = write_reports(view, folder, files, sheet_key=sheet_key(settings))
    record_folder(ledger, "report", prepared.district.id, night.night, folder)
    return view, written
