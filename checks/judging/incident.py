"""Incidents (异常事件): many standings that turn bad in one night are more likely our or the portal's fault; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger.standing import Standing
from ledger.verdict import NightStanding

INCIDENT_SHARE = 0.20


@dataclass(frozen=True, slots=True)
class Incident:
    """Incident (异常事件): so many standings turned bad in one night that all of them are held as suspect."""

    night: date
    obligation_ids: tuple[str, ...]
    walked_count: int

    @property
    def sentence(self) -> str:
        """The sentence for the office's report and the log."""
        return (
            f"当晚{self.walked_count}项可核验事项中有{len(self.obligation_ids)}项由无问题转为有问题，"
            f"超过{INCIDENT_SHARE:.0%}，可能是网站改版、故障或访问受限，全部列为待复核，不计为问题。"
        )


def is_bad(standing: NightStanding) -> bool:
    """A confirmed gap, or an accusation not yet confirmed."""
    return standing.standing.is_gap or standing.standing is Standing.SUSPECT


def turned_bad(standings: Sequence[NightStanding], earlier: Sequence[NightStanding]) -> tuple[str, ...]:
    """Obligations that are bad tonight and were not the night before; none where the night before has no standing."""
    before: Mapping[str, NightStanding] = {one.obligation_id: one for one in earlier}
    return tuple(
        one.obligation_id
        for one in standings
        if is_bad(one) and one.obligation_id in before and not is_bad(before[one.obligation_id])
    )


def held_back(standing: NightStanding) -> NightStanding:
    """The same accusation, as a suspicion."""
    suspected = standing.suspected or standing.standing
    return replace(standing, standing=Standing.SUSPECT, suspected=suspected, confirmed=False)
