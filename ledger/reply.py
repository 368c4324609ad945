"""Replies (单位回复): what an organ answered on a gap, and what became of it; a fold over the custody log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger.custody import CustodyEvent, CustodyKind
from ledger.encoding import dumps
from ledger.review import Review


@dataclass(frozen=True, slots=True)
class Reply:
    """Reply (单位回复) to one gap, as the sheet to be answered brought it back; appended, never changed.

    Attributes:
        night: the night whose sheet was answered.
        organ_id: whose sheet it was; empty for the whole district's.
        links: 整改链接, in the order given; may be empty.
        dispute: 申诉理由, or empty.
        note: 整改情况, or empty.
        sheet: hex SHA-256 of the file that brought it.
        replied_at: when it was taken, UTC.
    """

    district_id: str
    night: date
    organ_id: str
    gap_id: str
    links: tuple[str, ...]
    dispute: str
    note: str
    sheet: str
    replied_at: datetime

    @property
    def id(self) -> str:
        """The same answer to the same gap of the same night's sheet is one reply, however often it is sent."""
        said = [self.district_id, self.night.isoformat(), self.gap_id, list(self.links), self.dispute, self.note]
        return hashlib.sha256(dumps(said).encode()).hexdigest()[:16]

    @property
    def facts(self) -> dict[str, str]:
        """Facts of the custody event ``REPLIED``."""
        return {
            "reply": self.id,
            "district": self.district_id,
            "night": self.night.isoformat(),
            "organ": self.organ_id,
            "gap": self.gap_id,
            "links": "\n".join(self.links),
            "dispute": self.dispute,
            "note": self.note,
            "sheet": self.sheet,
        }


@dataclass(frozen=True, slots=True)
class Recheck:
    """Recheck (整改复核) of one gap: what was seen before and after, and whether it closed.

    Attributes:
        reply_ids: the replies that it answers; empty where nobody had replied.
        before: snapshots on which the gap rested, ``after``: those of this look and of the links named.
        state: of the gap afterwards; ``standing`` is what this one look found.
        sentence: the result and its reason, for people.
        links: what each link named answered, one sentence a line.
    """

    district_id: str
    night: date
    gap_id: str
    look_id: int
    reply_ids: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    state: str
    standing: str
    sentence: str
    links: str

    @property
    def facts(self) -> dict[str, str]:
        """Facts of the custody event ``RECHECKED``."""
        return {
            "district": self.district_id,
            "night": self.night.isoformat(),
            "gap": self.gap_id,
            "look": str(self.look_id),
            "replies": " ".join(self.reply_ids),
            "before": " ".join(self.before),
            "after": " ".join(self.after),
            "state": self.state,
            "standing": self.standing,
            "sentence": self.sentence,
            "links": self.links,
        }


def fold_replies(events: Iterable[CustodyEvent], district_id: str = "") -> tuple[Reply, ...]:
    """Replies in the order taken, each once; of one district if it is named. Other events are passed over."""
    found: dict[str, Reply] = {}
    for event in events:
        if event.kind is CustodyKind.REPLIED and district_id in ("", event.facts["district"]):
            found.setdefault(event.facts["reply"], _reply(event.facts, event.happened_at))
    return tuple(found.values())


def fold_rechecks(events: Iterable[CustodyEvent], district_id: str = "") -> tuple[Recheck, ...]:
    """Rechecks in the order made; of one district if it is named. Other events are passed over."""
    return tuple(
        _recheck(event.facts)
        for event in events
        if event.kind is CustodyKind.RECHECKED and district_id in ("", event.facts["district"])
    )


def awaiting_recheck(replies: Iterable[Reply], rechecks: Iterable[Recheck]) -> tuple[Reply, ...]:
    """Replies that name a link and were not rechecked yet: what an import that was killed still owes."""
    answered = {reply_id for one in rechecks for reply_id in one.reply_ids}
    return tuple(one for one in replies if one.links and one.id not in answered)


def open_disputes(replies: Iterable[Reply], reviews: Sequence[Review]) -> dict[str, Reply]:
    """The newest dispute (申诉) of each gap of which no person has said anything since (申诉待复核), by gap id."""
    decided: dict[str, datetime] = {}
    for review in reviews:
        decided[review.gap_id] = max(review.reviewed_at, decided.get(review.gap_id, review.reviewed_at))
    disputed = {one.gap_id: one for one in replies if one.dispute}
    return {
        gap_id: one for gap_id, one in disputed.items() if gap_id not in decided or decided[gap_id] < one.replied_at
    }


def _reply(facts: Mapping[str, str], replied_at: datetime) -> Reply:
    return Reply(
        district_id=facts["district"],
        night=date.fromisoformat(facts["night"]),
        organ_id=facts["organ"],
        gap_id=facts["gap"],
        links=tuple(facts["links"].split("\n")) if facts["links"] else (),
        dispute=facts["dispute"],
        note=facts["note"],
        sheet=facts["sheet"],
        replied_at=replied_at,
    )


def _recheck(facts: Mapping[str, str]) -> Recheck:
    return Recheck(
        district_id=facts["district"],
        night=date.fromisoformat(facts["night"]),
        gap_id=facts["gap"],
        look_id=int(facts["look"]),
        reply_ids=tuple(facts["replies"].split()),
        before=tuple(facts["before"].split()),
        after=tuple(facts["after"].split()),
        state=facts["state"],
        standing=facts["standing"],
        sentence=facts["sentence"],
        links=facts["links"],
    )
