"""Missing: what it means that a step was not reached; an absence is believed only of a page that can be believed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog.path import Step
from catalog.spelling import fold
from crawler.matching import named, undecided, variants_of
from crawler.walking.bearings import Bearings
from crawler.walking.indexing import menu_index
from crawler.walking.landing import Landing
from crawler.walking.places import Place, nearness, offered_labels
from ledger.observation import Reach
from ledger.reason import Reason

OTHER_LABELS = 3
REPLACEMENT = "\ufffd"
WHOLE_MENUS = ("ztree", "gkmlpt")
"""Adapters that read a whole menu out of inline data."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Missed (未到达): why a step was not reached, before anything is settled.

    Attributes:
        step: index into the steps of the path of the level that was not offered, broken or unreached.
        place: where the walk stood; None when not even the start page could be read.
        dead: where its own link led, when that answered as a dead address does; broken only once a sibling works.
        skipped: index of the first of the skippable levels directly before it that were not offered either.
    """

    reach: Reach
    step: int
    place: Place | None
    reason: Reason | None = None
    url: str = ""
    snapshot_id: str = ""
    landing: Landing | None = None
    dead: bool = False
    skipped: int | None = None


def missed_landing(landing: Landing, place: Place, step: int) -> Missed:
    """What a landing that shows no page of the district means for the step whose link led there."""
    refused = landing.refused
    if landing.offsite:
        # One page a host is looked at; a second address of that host is refused as off-site, which is nothing new.
        looked_at = refused is not None and refused.reason is not Reason.REDIRECT_OFFSITE
        reach, reason = Reach.OFFSITE, refused.reason if refused and looked_at else None
    else:
        reach, reason = Reach.UNREACHED, refused.reason if refused else Reason.SOFT_404
    return Missed(
        reach,
        step,
        place,
        reason,
        landing.final_url,
        landing.snapshot_id,
        landing,
        dead=landing.is_dead and not landing.offsite,
    )


def unreadable(landing: Landing, place: Place) -> Missed:
    """A level whose own page does not show: what stands below it is unreached, off-site or not."""
    missed = missed_landing(landing, place, place.level)
    if missed.reach is not Reach.OFFSITE:
        return missed
    return replace(missed, reach=Reach.UNREACHED, reason=Reason.REDIRECT_OFFSITE)


def absent(bearings: Bearings, place: Place, step: Step, index: int, portal_s: frozenset[int] = frozenset()) -> Missed:
    """The step is not offered at a place: an absence only of a page that was whole and offers other things.

    Args:
        portal_s: entries of an organ's menu that are known to lead into the portal's own columns.
    """
    page = place.page
    reason = _doubt(bearings, place, step, portal_s)
    reach = Reach.ABSENT if reason is None else Reach.UNREACHED
    return Missed(reach, index, place, reason, page.url, page.snapshot_id)


def _doubt(bearings: Bearings, place: Place, step: Step, portal_s: frozenset[int]) -> Reason | None:
    page = place.page
    offered = offered_labels(bearings, place)
    if not page.whole:
        return page.unseen_because or Reason.TRUNCATED
    if page.menu_by_script or page.menu_asks or _scripted(bearings, place):
        return Reason.NEEDS_BROWSER
    if page.disagrees:
        return Reason.RENDER_DISAGREE
    if any(REPLACEMENT in label for label in offered):
        return Reason.ENCODING
    first = set().union(*menu_index(page.links).names)
    first |= {fold(crumb.label) for crumb in page.breadcrumb}
    wanted = {fold(one) for one in (step.label, *variants_of(step.label, bearings.aliases, bearings.organ_names))}
    if (wanted & page.second_labels) - first:
        return Reason.PARSER_DISAGREE
    if set(undecided_entries(bearings, place, step)) - portal_s:
        return Reason.AMBIGUOUS
    others = {fold(label) for label in offered} - {fold(step.label)}
    if len(others) < OTHER_LABELS:
        return Reason.NEEDS_BROWSER
    return None


def undecided_entries(bearings: Bearings, place: Place, step: Step) -> tuple[int, ...]:
    """Entries of a place's menu by a name that may be the step's and is not believed to be."""
    links, names = place.page.links, bearings.organ_names
    among = named(step.label, links, bearings.aliases, names)
    near = nearness(bearings, place, among=among) if among else {}
    return undecided(step.label, links, near, bearings.aliases, names)


def _scripted(bearings: Bearings, place: Place) -> bool:
    """Whether the menu that does not offer the step was written by a script; an adapter's own reading is no guess."""
    if place.page.seen_by:
        return False  # a browser showed the menu that the script writes
    if any(name in WHOLE_MENUS for name in place.page.adapter.split()):
        return False
    scripted = [index for index, link in enumerate(place.page.links) if link.from_script]
    near = nearness(bearings, place, among=scripted) if scripted else {}
    return any(not one.doubtful for one in near.values())
