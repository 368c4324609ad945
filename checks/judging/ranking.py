"""Ranking (结论次序): which of many rulings is the finding; CONTRACTS' order of precedence as one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checks.ruling import Ruling
from ledger.standing import Standing
from ledger.verdict import Outcome

COLUMN_CHECK = "column.exists"


@dataclass(frozen=True, slots=True)
class Ruled:
    """Ruled (已作检查): one check and its ruling."""

    check_id: str
    ruling: Ruling

    @property
    def is_of_column(self) -> bool:
        """About the column itself and not about what it holds."""
        return self.check_id == COLUMN_CHECK


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim (待定结论): a standing that a ruling stands for, and whether it is about the column itself."""

    standing: Standing
    of_column: bool
    ruled: Ruled


_ANY = (True, False)
PRECEDENCE: tuple[tuple[Standing, tuple[bool, ...]], ...] = (
    (Standing.NOT_APPLICABLE, _ANY),
    (Standing.MAPPING_REQUIRED, _ANY),
    (Standing.MANUAL, _ANY),
    (Standing.NOT_DUE, _ANY),
    (Standing.DUE_UNKNOWN, _ANY),
    (Standing.OFFSITE, _ANY),
    (Standing.COULD_NOT_VERIFY, (True,)),
    (Standing.MISSING, _ANY),
    (Standing.PATH_DEVIATES, _ANY),
    (Standing.BROKEN, (True,)),
    (Standing.EMPTY, _ANY),
    (Standing.MISMATCHED, _ANY),
    (Standing.ITEM_MISSING, _ANY),
    (Standing.OVERDUE, _ANY),
    (Standing.STALE, _ANY),
    (Standing.INCOMPLETE, _ANY),
    (Standing.BROKEN, (False,)),
    (Standing.UNLINKED, _ANY),
    (Standing.COULD_NOT_VERIFY, (False,)),
    (Standing.PUBLISHED_LATE, _ANY),
    (Standing.STATEMENT, _ANY),
    (Standing.PUBLISHED_UNDER_ALIAS, _ANY),
    (Standing.PUBLISHED, _ANY),
)
"""Standing of a look, first that fits; the flag tells claims about the column from claims about its content."""

_RANK = {(standing, flag): rank for rank, (standing, flags) in enumerate(PRECEDENCE) for flag in flags}


def claims_of(rulings: Sequence[Ruled]) -> tuple[Claim, ...]:
    """What the rulings claim; ``not_due`` and ``due_unknown`` only where nothing else that is owed is violated."""
    accused = any(one.ruling.outcome is Outcome.VIOLATED for one in rulings)
    claims = [claim for one in rulings if (claim := _claim(one)) is not None]
    waiting = (Standing.NOT_DUE, Standing.DUE_UNKNOWN)
    return tuple(claim for claim in claims if not (accused and claim.standing in waiting))


def _claim(one: Ruled) -> Claim | None:
    match one.ruling.outcome:
        case Outcome.MANUAL:
            return Claim(Standing.MANUAL, one.is_of_column, one)
        case Outcome.INCONCLUSIVE:
            return Claim(Standing.COULD_NOT_VERIFY, one.is_of_column, one)
        case Outcome.SATISFIED:
            return Claim(one.ruling.standing or Standing.PUBLISHED, one.is_of_column, one)
        case Outcome.VIOLATED:
            return Claim(one.ruling.standing or Standing.COULD_NOT_VERIFY, one.is_of_column, one)
        case Outcome.NOT_APPLICABLE:
            return Claim(one.ruling.standing, one.is_of_column, one) if one.ruling.standing else None


def first(claims: Iterable[Claim]) -> Claim | None:
    """The claim that stands by the order of precedence; of equals the first."""
    return min(claims, key=lambda claim: _RANK[claim.standing, claim.of_column], default=None)
