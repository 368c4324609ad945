"""Seeing (所见): what one look saw for one obligation, over all its roots; a pure view, no ruling."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from catalog.obligation import Obligation
from catalog.requirement import Scope
from catalog.spelling import fold
from checks.naming import names, names_of
from checks.ruling import Witness, witness
from checks.sight import Sight
from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ColumnShape,
    Link,
    ListingObservation,
    Reach,
    ResourceObservation,
    Row,
    SectionObservation,
    Table,
)
from ledger.reason import Reason

PORTAL = "portal"


class Whereabouts(StrEnum):
    """Whereabouts (栏目下落) of an obligation's column, over one root or all of them."""

    FOUND = "found"
    OFFSITE = "offsite"
    BROKEN = "broken"
    ELSEWHERE = "elsewhere"
    ABSENT = "absent"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """Place seen (一处所见): one root of an obligation.

    Attributes:
        unnamed: the portal's shared column was found and seen whole, and nothing in it names the organ.
    """

    root: str
    whereabouts: Whereabouts
    column: ColumnObservation | None = None
    section: SectionObservation | None = None
    listing: ListingObservation | None = None
    articles: tuple[ArticleObservation, ...] = ()
    resources: tuple[ResourceObservation, ...] = ()
    reason: Reason | None = None
    shared: bool = False
    unnamed: bool = False

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """Archived pages behind it."""
        seen = (self.column, self.listing if self.unnamed else None, None if self.column else self.section)
        return tuple(witness(one) for one in seen if one is not None)


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
        return _unread(self.place.listing)

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


def is_shared(obligation: Obligation, root: str) -> bool:
    """Whether many organs share the column at this root, so that only what names the organ counts for it."""
    if obligation.requirement.scope is Scope.CENTRAL_LIST:
        return True
    return root == PORTAL and not obligation.at_portal and obligation.organ.kind != "government"


def see(obligation: Obligation, sight: Sight, night: date) -> Seen | None:
    """What the look saw for the obligation; None when it has no observation of any of its places."""
    if obligation.path is None:
        return None
    steps = obligation.path.labels[1:]
    places = tuple(_see_place(obligation, sight, root, steps) for root in obligation.roots)
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
    wanted = names_of(obligation.organ)
    return whole.narrowed(lambda text: names(text, wanted))


def _narrow_table(table: Table, keep: Callable[[str], bool]) -> Table:
    return Table(table.headers, tuple(row for row in table.rows if keep(" ".join(row))))


def _see_place(obligation: Obligation, sight: Sight, root: str, steps: tuple[str, ...]) -> PlaceSeen:
    column = sight.columns.get((root, steps))
    section = sight.sections.get(root)
    shared = is_shared(obligation, root)
    place = PlaceSeen(root, Whereabouts.UNREACHED, column, section, shared=shared)
    if column is None:
        return replace(place, reason=_section_reason(section))
    match column.reach:
        case Reach.UNREACHED:
            return replace(place, reason=column.reason or Reason.INTERNAL)
        case Reach.ABSENT:
            there = Whereabouts.ELSEWHERE if column.elsewhere else Whereabouts.ABSENT
            return replace(place, whereabouts=there)
        case Reach.BROKEN:
            return replace(place, whereabouts=Whereabouts.BROKEN)
        case Reach.OFFSITE:
            return replace(place, whereabouts=Whereabouts.OFFSITE)
        case Reach.FOUND:
            found = replace(
                place,
                whereabouts=Whereabouts.FOUND,
                listing=sight.listings.get((root, steps)),
                articles=sight.articles.get((root, steps), ()),
                resources=sight.resources.get((root, steps), ()),
            )
            only_column = not shared or obligation.requirement.scope is Scope.CENTRAL_LIST
            return found if only_column else _look_for_organ(found, names_of(obligation.organ))


def _section_reason(section: SectionObservation | None) -> Reason:
    if section is None:
        return Reason.INTERNAL
    if section.reach is Reach.UNREACHED:
        return section.reason or Reason.INTERNAL
    if section.reach is Reach.OFFSITE:
        return Reason.REDIRECT_OFFSITE
    return Reason.INTERNAL if section.reach is Reach.FOUND else Reason.SECTION_NOT_FOUND


def _look_for_organ(place: PlaceSeen, wanted: Iterable[str]) -> PlaceSeen:
    """The portal's shared column counts as found for an organ only where something in it names the organ."""
    wanted = tuple(wanted)
    if any(names(text, wanted) for text in _all_texts(place)):
        return place
    reason = _unread(place.listing)
    listing = place.listing
    if reason is None and listing and (listing.attachments or listing.images or listing.media):
        reason = Reason.ATTACHMENT_UNREAD
    if reason is not None:
        return replace(place, whereabouts=Whereabouts.UNREACHED, reason=reason)
    return replace(place, whereabouts=Whereabouts.ABSENT, unnamed=True)


def _all_texts(place: PlaceSeen) -> Iterable[str]:
    if place.listing is not None:
        yield place.listing.text
        for row in place.listing.rows:
            yield row.title
            yield row.child
        for child in place.listing.children:
            yield child.label
        for table in place.listing.tables:
            for cells in table.rows:
                yield " ".join(cells)
    for article in place.articles:
        yield article.title


def _unread(listing: ListingObservation | None) -> Reason | None:
    if listing is None:
        return Reason.INTERNAL
    if listing.shape is ColumnShape.UNKNOWN:
        return listing.reason or Reason.AMBIGUOUS
    if listing.whole:
        return None
    return listing.reason or Reason.BUDGET


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
    """Whether the folded text holds every word."""
    folded = fold(text)
    return all(fold(word) in folded for word in words)
