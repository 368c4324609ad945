"""Placing (一处所见): what one look saw at one root of an obligation, and whether it is the organ's own; no ruling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from catalog.obligation import Obligation
from catalog.requirement import Scope
from checks.naming import names, names_of_organ
from checks.ruling import Witness, witness
from checks.sight import Sight, bare
from ledger.observation import (
    ArticleObservation,
    ColumnObservation,
    ColumnShape,
    Elsewhere,
    ListingObservation,
    Reach,
    ResourceObservation,
    SectionObservation,
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


def is_shared(obligation: Obligation, root: str) -> bool:
    """Whether many organs share the column at this root, so that only what names the organ counts for it."""
    if obligation.requirement.scope is Scope.CENTRAL_LIST:
        return True
    return root == PORTAL and not obligation.at_portal and obligation.organ.kind != "government"


def see_place(obligation: Obligation, sight: Sight, root: str, steps: tuple[str, ...]) -> PlaceSeen:
    """What the look saw at one root of an obligation."""
    column = sight.columns.get((root, steps))
    section = sight.sections.get(root)
    shared = is_shared(obligation, root)
    place = PlaceSeen(root, Whereabouts.UNREACHED, column, section, shared=shared)
    if column is None:
        return replace(place, reason=_section_reason(section))
    if sight.strays_to_portal(column):
        return _look_astray(replace(place, shared=True), obligation, sight, steps)
    match column.reach:
        case Reach.UNREACHED:
            return replace(place, reason=column.reason or Reason.INTERNAL)
        case Reach.ABSENT:
            kept = tuple(one for one in column.elsewhere if _is_own(one, root, obligation, sight))
            there = Whereabouts.ELSEWHERE if kept else Whereabouts.ABSENT
            return replace(place, whereabouts=there, column=replace(column, elsewhere=kept))
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
            return found if only_column else _look_for_organ(found, names_of_organ(obligation))


def _look_astray(place: PlaceSeen, obligation: Obligation, sight: Sight, steps: tuple[str, ...]) -> PlaceSeen:
    """The walk left the organ's page for the portal's tree: rows that name it count, an absence there says nothing."""
    if place.column is not None and place.column.reach is Reach.FOUND:
        listing, articles = sight.listings.get((place.root, steps)), sight.articles.get((place.root, steps), ())
        resources = sight.resources.get((place.root, steps), ())
        place = replace(place, listing=listing, articles=articles, resources=resources)
        wanted = names_of_organ(obligation)
        if any(names(text, wanted) for text in _all_texts(place)):
            return replace(place, whereabouts=Whereabouts.FOUND)
    return replace(place, reason=Reason.AMBIGUOUS)


def _is_own(found: Elsewhere, root: str, obligation: Obligation, sight: Sight) -> bool:
    """Whether a column found elsewhere can be the organ's: not another organ's, nor the portal's for everybody."""
    if obligation.at_portal or obligation.organ.kind == "government":
        return True
    if any(names(label, names_of_organ(obligation)) for label in found.labels):
        return True
    holder = sight.section_holding(found.url)
    if holder:
        return holder == f"organ:{obligation.organ.id}"
    return root != PORTAL and bare(found.url) not in sight.portal_pages


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
    reason = why_not_whole(place.listing)
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


def why_not_whole(listing: ListingObservation | None) -> Reason | None:
    """Why an absence in a listing cannot be believed; None when it was seen whole."""
    if listing is None:
        return Reason.INTERNAL
    if listing.shape is ColumnShape.UNKNOWN:
        known = listing.reason or Reason.AMBIGUOUS
        is_but_a_file = known is Reason.AMBIGUOUS and bool(listing.attachments)
        return Reason.ATTACHMENT_UNREAD if is_but_a_file else known
    if listing.whole:
        return None
    return listing.reason or Reason.BUDGET
