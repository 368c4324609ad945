"""Seeing (所见): what one look saw for one obligation, over all its roots; a pure view, no ruling."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from catalog.obligation import Obligation
from catalog.spelling import fold
from checks.naming import names, names_of_organ
from checks.placing import PlaceSeen, Whereabouts, see_place, why_not_whole
from checks.ruling import Witness, witness
from checks.sight import Sight
from ledger.observation import (
    ArticleObservation,
    ColumnShape,
    Link,
    ListingObservation,
    ResourceObservation,
    Row,
    Table,
)
from ledger.reason import Reason


@dataclass(frozen=True, slots=True)
class Seen:
    """Seen (所见): everything a check may read.

    Content (rows, texts ...) is the obligation's own where organs share a column.
    """

    night: date
    whereabouts: Whereabouts
    place: PlaceSeen
    """The place that decides: the first one found, else the first root."""
    places: tuple[PlaceSeen, ...]
    rows: tuple[Row, ...] = ()
    children: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    text: str = ""
    articles: tuple[ArticleObservation, ...] = ()
    resources: tuple[ResourceObservation, ...] = ()
    reason: Reason | None = None

    @property
    def is_found(self) -> bool:
        """The column stands where it was to stand, and was reached."""
        return self.whereabouts is Whereabouts.FOUND

    @property
    def reason_or_internal(self) -> Reason:
        """Why it was not reached; ``INTERNAL`` where nobody said."""
        return self.reason or Reason.INTERNAL

    @property
    def listing(self) -> ListingObservation | None:
        """The column's listing as the page shows it, for all organs."""
        return self.place.listing

    @property
    def shape(self) -> ColumnShape:
        """Shape of the column; ``UNKNOWN`` when it was not looked at."""
        return self.place.listing.shape if self.place.listing else ColumnShape.UNKNOWN

    @property
    def unread(self) -> Reason | None:
        """Why an absence in the listing cannot be believed; None when it was seen whole."""
        return why_not_whole(self.place.listing)

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """Pages behind what was found: the listing, else the column's page."""
        if self.place.listing is not None and self.place.listing.snapshot_ids:
            return (witness(self.place.listing),)
        return self.place.witnesses

    @property
    def article_witnesses(self) -> tuple[Witness, ...]:
        """The listing and the articles that were read."""
        return (*self.witnesses, *(witness(one) for one in self.articles if one.reason is None))

    @property
    def newest(self) -> ArticleObservation | None:
        """The newest article that was opened, if any."""
        return next((a for a in self.articles if a.role == "newest"), None)

    @property
    def has_attachments(self) -> bool:
        """Attachments, images or media stand where elements may hide; nothing of them was read."""
        listing = self.place.listing
        on_page = bool(listing and (listing.attachments or listing.images or listing.media))
        return on_page or any(a.attachments or a.images or a.media for a in self.articles)

    def narrowed(self, keep: Callable[[str], bool]) -> Seen:
        """The same, with only rows, sub-columns, table rows and articles whose text is kept."""
        rows = tuple(row for row in self.rows if keep(row.title) or keep(row.child))
        urls = {row.url for row in rows}
        articles = tuple(a for a in self.articles if a.url in urls or keep(a.title))
        return replace(
            self,
            rows=rows,
            children=tuple(child for child in self.children if keep(child.label)),
            tables=tuple(t for t in (_narrow_table(table, keep) for table in self.tables) if t.rows),
            text=self.text if keep(self.text) else "",
            articles=articles,
            resources=tuple(r for r in self.resources if r.referring_url in urls),
        )


def see(obligation: Obligation, sight: Sight, night: date) -> Seen | None:
    """What the look saw for the obligation; None when it has no observation of any of its places."""
    if obligation.path is None:
        return None
    steps = obligation.path.labels[1:]
    places = tuple(see_place(obligation, sight, root, steps) for root in obligation.roots)
    if all(place.column is None and place.section is None for place in places):
        return None
    whereabouts, place = _decide(places)
    seen = Seen(night, whereabouts, place, places, reason=place.reason)
    listing = place.listing
    if whereabouts is not Whereabouts.FOUND or listing is None:
        return replace(seen, articles=place.articles, resources=place.resources)
    whole = replace(
        seen,
        rows=listing.rows,
        children=listing.children,
        tables=listing.tables,
        text=listing.text,
        articles=place.articles,
        resources=place.resources,
    )
    if not place.shared:
        return whole
    wanted = names_of_organ(obligation)
    return whole.narrowed(lambda text: names(text, wanted))


def _narrow_table(table: Table, keep: Callable[[str], bool]) -> Table:
    return Table(table.headers, tuple(row for row in table.rows if keep(" ".join(row))))


def _decide(places: tuple[PlaceSeen, ...]) -> tuple[Whereabouts, PlaceSeen]:
    """Found in one place suffices; an absence needs every place seen whole (FAIRNESS: root)."""
    order = (
        Whereabouts.FOUND,
        Whereabouts.OFFSITE,
        Whereabouts.UNREACHED,
        Whereabouts.ELSEWHERE,
        Whereabouts.BROKEN,
        Whereabouts.ABSENT,
    )
    for whereabouts in order:
        for place in places:
            if place.whereabouts is whereabouts:
                return whereabouts, place
    raise AssertionError("an obligation has at least one root")


def words_in(text: str, words: Iterable[str]) -> bool:
    """Whether the folded text holds every word; 人民政府 holds no 民政."""
    folded = _parted(text)
    return all(_parted(word) in folded for word in words)


def _parted(text: str) -> str:
    return fold(text).replace("人民政府", "人民|政府")
