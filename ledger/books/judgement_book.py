"""The ledger's interface to what was seen and judged: observations, verdicts, standings, gaps, reviews, events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from ledger.books.holding import Holding
from ledger.database import nights, recording
from ledger.observation import Observation
from ledger.review import Review
from ledger.verdict import Finding, Gap, NightStanding, Verdict


class JudgementBook(Holding):
    """Judgement book (结论簿): appended only; readers take the newest version."""

    def add_observations(self, look_id: int, observations: Iterable[Observation]) -> None:
        """Append observations; one that the look holds already, word for word, is passed over."""
        with self._change() as connection:
            recording.add_observations(connection, look_id, observations)

    def observations(self, look_id: int) -> tuple[Observation, ...]:
        """Observations of a look in the order added."""
        with self._view() as connection:
            return recording.observations_of(connection, look_id)

    def add_judgement(self, look_id: int, verdicts: Iterable[Verdict], findings: Iterable[Finding]) -> None:
        """Append a judgement of a look; readers take the newest from now on."""
        with self._change() as connection:
            recording.add_look_judgement(connection, look_id, verdicts, findings)

    def verdicts(self, look_id: int, until: int = 0) -> tuple[Verdict, ...]:
        """Verdicts of a look's newest judgement, up to one if its id is given."""
        with self._view() as connection:
            return recording.verdicts_of(connection, look_id, until)

    def findings(self, look_id: int, until: int = 0) -> tuple[Finding, ...]:
        """Findings of a look's newest judgement, up to one if its id is given."""
        with self._view() as connection:
            return recording.findings_of(connection, look_id, until)

    def add_standings(self, night_id: int, standings: Iterable[NightStanding]) -> None:
        """Append the night's standings as a new version."""
        with self._change() as connection:
            recording.add_night_standings(connection, night_id, standings)

    def findings_of(
        self, district_id: str, until: date, obligation_ids: Sequence[str]
    ) -> tuple[tuple[int, Finding], ...]:
        """Look id and finding of some obligations, by every judged look up to a night, as judged last."""
        with self._view() as connection:
            return recording.findings_of_some(connection, district_id, until, obligation_ids)

    def standings(self, night_id: int, until: int = 0) -> tuple[NightStanding, ...]:
        """The night's newest standings, up to a judgement if its id is given."""
        with self._view() as connection:
            return recording.standings_of(connection, night_id, until)

    def newest_judgement(self, night_id: int) -> int:
        """Id of the newest judgement of a night, of its looks or itself; 0 for none."""
        with self._view() as connection:
            return recording.newest_judgement(connection, night_id)

    def add_gaps(self, night_id: int, gaps: Iterable[Gap]) -> None:
        """Append the gaps as they stand after this night, as a new version."""
        with self._change() as connection:
            recording.add_night_gaps(connection, night_id, gaps)

    def gaps(self, district_id: str, night: date | None = None, until: int = 0) -> tuple[Gap, ...]:
        """Gaps as they stood after that very night, newest version; without a night, after the newest that has any.

        Args:
            until: id of the judgement up to which they are read; 0 for the newest.
        """
        with self._view() as connection:
            if night is None:
                night_id = recording.newest_night_with_gaps(connection, district_id)
            else:
                found = nights.find_night(connection, district_id, night)
                night_id = None if found is None else found.id
            return () if night_id is None else recording.gaps_of(connection, night_id, until)

    def gaps_before(self, district_id: str, night: date) -> tuple[Gap, ...]:
        """Gaps as they stood after the newest night before this one for which gaps were added."""
        with self._view() as connection:
            night_id = recording.newest_night_with_gaps(connection, district_id, night)
            return () if night_id is None else recording.gaps_of(connection, night_id)

    def add_review(self, district_id: str, review: Review) -> None:
        """Append one review of the office."""
        with self._change() as connection:
            recording.append_review(connection, district_id, review)

    def reviews(self, district_id: str) -> tuple[Review, ...]:
        """Reviews of a district, oldest first."""
        with self._view() as connection:
            return recording.reviews_of(connection, district_id)

    def add_event(self, kind: str, facts: Mapping[str, str], now: datetime | None = None) -> None:
        """Append to the log of events; without ``now`` only the order is known."""
        with self._change() as connection:
            recording.append_event(connection, kind, facts, now)

    def events(self, kind: str | None = None) -> tuple[tuple[str, datetime | None, dict[str, str]], ...]:
        """Kind, moment and facts of events, oldest first; of one kind if it is given."""
        with self._view() as connection:
            return recording.events_of(connection, kind)
