"""The ledger's interface to nights (核验批次) and looks (核验轮次)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ledger.books.holding import Holding, series_of
from ledger.database import nights
from ledger.errors import LedgerError
from ledger.night import Look, LookKind, Night, NightState


class NightBook(Holding):
    """Night book (核验批次簿): nights and looks, begun once, gone on with after a kill."""

    def begin_night(
        self,
        district_id: str,
        night: date,
        *,
        planned: Sequence[tuple[str, str]],
        facts: Mapping[str, str],
        confirm_now: bool,
        replayed: bool,
        now: datetime,
    ) -> Night:
        """The night of this district and date: as it was begun before, else a new one.

        Args:
            planned: obligation id and organ id of all that the night owes, ids unique.
            facts: digests and settings worth knowing later.
        """
        row = {
            "district_id": district_id,
            "night": night,
            "state": NightState.RUNNING.value,
            "started_at": now,
            "confirm_now": confirm_now,
            "replayed": replayed,
            "facts": facts,
        }
        with self._change() as connection:
            nights.add_night(connection, row, planned)
            begun = nights.find_night(connection, district_id, night)
        if begun is None:
            raise LedgerError(f"night {night} of {district_id}: it was not stored; check the database's permissions")
        self._series = series_of(begun.district_id, begun.night)
        return begun

    def night(self, district_id: str, night: date) -> Night | None:
        """The night of a district and date, or None."""
        with self._view() as connection:
            return nights.find_night(connection, district_id, night)

    def nights(self, district_id: str) -> tuple[Night, ...]:
        """All nights of a district, oldest first."""
        with self._view() as connection:
            return nights.find_nights(connection, district_id)

    def night_facts(self, night_id: int) -> dict[str, str]:
        """What was noted when the night began."""
        with self._view() as connection:
            return nights.night_facts(connection, night_id)

    def end_night(self, night_id: int, state: NightState, now: datetime) -> None:
        """Note how a night ended, and close its archive file."""
        with self._change() as connection:
            nights.set_night_end(connection, night_id, state, now)
            row = nights.night_of_id(connection, night_id)
        self._close_archive_of(row.district_id, row.night)

    def planned(self, night_id: int) -> tuple[str, ...]:
        """Ids of all obligations that the night plans, in plan order."""
        return tuple(obligation for obligation, _ in self.planned_organs(night_id))

    def planned_organs(self, night_id: int) -> tuple[tuple[str, str], ...]:
        """Obligation id and organ id of all that the night plans, in plan order."""
        with self._view() as connection:
            return nights.planned_of(connection, night_id)

    def begin_look(self, night_id: int, kind: LookKind, now: datetime, obligation_ids: Sequence[str] = ()) -> Look:
        """The night's unfinished look of this kind, else a new one; what is kept from now on is filed under it."""
        with self._change() as connection:
            look = nights.open_look(connection, night_id, kind, now, obligation_ids)
            row = nights.night_of_id(connection, night_id)
        self._series = series_of(row.district_id, row.night)
        return look

    def end_look(self, look_id: int, now: datetime) -> None:
        """Note that a look ended; of a night that ended before (a look by day) the archive file is closed too."""
        with self._change() as connection:
            night_id = nights.set_look_end(connection, look_id, now)
            row = nights.night_of_id(connection, night_id)
        if row.state != NightState.RUNNING:
            self._close_archive_of(row.district_id, row.night)

    def looks(self, night_id: int) -> tuple[Look, ...]:
        """Looks of a night in the order they began."""
        with self._view() as connection:
            return nights.looks_of_night(connection, night_id)

    def looks_of(self, district_id: str) -> tuple[Look, ...]:
        """All looks of a district, oldest first."""
        with self._view() as connection:
            return nights.looks_of_district(connection, district_id)
