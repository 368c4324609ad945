"""Taking replies back (回复导入): from a sheet that was answered to events in the custody log, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.fetching.scope import locate, scope_of
from ledger.custody import CustodyKind
from ledger.ledger import Ledger
from ledger.privacy import masked
from ledger.reply import Reply, awaiting_recheck, fold_rechecks, fold_replies
from ledger.verdict import GapState
from nightly.errors import NightError
from nightly.operating import operator
from nightly.preparing import Prepared
from nightly.replies.rechecking import Asked
from reports.reply_sheet import ReplySheet, read_reply_sheet


@dataclass(frozen=True, slots=True)
class Imported:
    """Import (导入结果): the sheet, the replies that were new, and those that had come before."""

    sheet: ReplySheet
    new: tuple[Reply, ...]
    known: tuple[Reply, ...]

    @property
    def replies(self) -> tuple[Reply, ...]:
        """All replies of the sheet."""
        return (*self.known, *self.new)


def import_sheet(prepared: Prepared, ledger: Ledger, file: Path, key: bytes, now: datetime) -> Imported:
    """Take a sheet back: all of it or nothing; what was taken before is not taken again.

    Args:
        prepared: of the sheet's own night.
        now: UTC, recorded with each reply.

    Raises:
        NightError: the sheet is of another district, or of a night that this data folder does not hold.
        ReceivedFileError, ReplySheetError: naming file, row and reason.
    """
    organs = {one.id: frozenset(organ.id for organ in (one.organ, *one.responsible)) for one in prepared.obligations}
    gaps = ledger.gaps(prepared.district.id, prepared.night)
    known = {gap.id: organs.get(gap.obligation_id, frozenset()) for gap in gaps}
    sheet = read_reply_sheet(file, key=key, known=known, refuse_link=link_refusal(prepared))
    origin = sheet.origin
    if (origin.district_id, origin.night) != (prepared.district.id, prepared.night):
        raise NightError(f"{file.name} is of {origin.district_id} {origin.night}, not of {prepared.district.id}")
    mine = (origin.district_id, origin.night, origin.organ_id)
    replies = [  # the log goes into packs: a private number that somebody wrote here is starred before it is noted
        Reply(*mine, a.gap_id, a.links, masked(a.dispute), masked(a.note), sheet.digest, now) for a in sheet.answers
    ]
    taken = {one.id: one for one in fold_replies(ledger.custody(CustodyKind.REPLIED), origin.district_id)}
    new = tuple(one for one in replies if one.id not in taken)
    for one in new:  # a kill in between loses nothing: the same sheet again adds what is missing
        ledger.add_custody(CustodyKind.REPLIED, one.facts, actor=operator(), now=now)
    return Imported(sheet, new, tuple(taken[one.id] for one in replies if one.id in taken))


def owed_rechecks(prepared: Prepared, ledger: Ledger, imported: Imported) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """The gaps that the sheet's replies ask to be looked at again and that were not yet, and ids of those closed since.

    Args:
        prepared: of the newest finished night, which may be later than the sheet's.
    """
    rechecks = fold_rechecks(ledger.custody(CustodyKind.RECHECKED), prepared.district.id)
    waiting: dict[str, list[Reply]] = {}
    for one in awaiting_recheck(imported.replies, rechecks):
        waiting.setdefault(one.gap_id, []).append(one)
    owed = {one.id: one for one in prepared.obligations}
    asked, closed = [], []
    for gap in ledger.gaps(prepared.district.id, prepared.night):
        if gap.id not in waiting:
            continue
        if gap.state is GapState.CLOSED or gap.obligation_id not in owed:
            closed.append(gap.id)
        else:
            asked.append(Asked(gap, owed[gap.obligation_id], tuple(waiting[gap.id])))
    return tuple(asked), tuple(closed)


def link_refusal(prepared: Prepared) -> Callable[[str], str]:
    """Why a link is not taken: no web address, or outside the district's hosts, where nothing can be closed."""
    scope = scope_of(prepared.district)

    def refusal(link: str) -> str:
        location = locate(link)
        if location is None:
            return "不是 http 或 https 网址"
        return "" if scope.holds(location) else "不在本网站范围内"

    return refusal
