"""Stepping: from one place to the next step; reads what is at hand before it fetches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.path import Step
from catalog.spelling import fold
from crawler.matching import Candidate, variants_of
from crawler.page.page import Page, Unusable, Zone
from crawler.walking.attributing import portal_entries
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.landing import Landing, beside, land, read_frames, with_told_menu
from crawler.walking.missing import Missed, absent, unreadable
from crawler.walking.places import (
    Place,
    crumbs_confirm,
    is_beside,
    is_frame,
    names_step,
    offers,
    own_entries,
    step_into,
)
from crawler.walking.rendering import by_browser, is_careful
from crawler.walking.scheduling import Course
from ledger.observation import Link, Reach
from ledger.reason import Reason

LOOKED_INTO = 4
_OF_OTHERS = re.compile(r"^(?:各|区|县|市|级|直)*(?:部门|单位|镇街|街镇|乡镇|镇乡|街道)")
VARIANT_TAILS = ("专栏", "平台", "栏目", "专题")
MOST_VARIANTS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Found (到达): a step's place, the other links that matched, and every page read to decide."""

    place: Place
    candidates: tuple[Link, ...] = ()
    landing: Landing | None = None


def enter(bearings: Bearings, place: Place, pages: list[Page]) -> Course[Place | Landing]:
    """The place on its own page; the landing itself when no page of the district shows there."""
    if place.own:
        return place
    landing = yield from land(bearings, place.url, place.page.url)
    pages.extend(landing.pages)
    if landing.page is None or landing.offsite or landing.at_home:
        return landing
    return on_own_page(place, landing)


def on_own_page(place: Place, landing: Landing) -> Place:
    """The same step, now standing on its own page."""
    page = landing.page
    if page is None:
        return place
    ways = tuple(dict.fromkeys((*place.ways, page.url, *(one.url for one in landing.pages))))
    return replace(place, page=page, entries=own_entries(page, place.names, ways), own=True, ways=ways)


def find_step(
    bearings: Bearings, place: Place, step: Step, index: int, following: Sequence[str], pages: list[Page]
) -> Course[Found | Missed]:
    """Look for one step at a place: below its menu entries first, then on its own page.

    Args:
        index: of the step in its path.
        following: labels of the steps that may come next; empty for a leaf.
        pages: every page read is added.
    """
    if not place.own:
        below = offers(bearings, place, step.label, only_below=True)
        if below:
            return (yield from choose(bearings, place, step, index, below, following, pages))
        if not place.url:
            return (yield from _not_offered(bearings, place, step, index, following, pages))
        entered = yield from enter(bearings, place, pages)
        if isinstance(entered, Landing):
            return unreadable(entered, place)
        place = entered
    ranked = offers(bearings, place, step.label)
    sure = [one for one in ranked if not one.near.doubtful]
    if sure and fold(step.label) in bearings.repeated and all(is_beside(place, one) for one in sure):
        # 政策解读 beside 疫情防控 and 政策解读 below it are two columns; which of them this is, the menu does not tell.
        url, snapshot_id = place.page.url, place.page.snapshot_id
        return Missed(Reach.UNREACHED, index, place, Reason.AMBIGUOUS, url, snapshot_id)
    if sure:
        return (yield from choose(bearings, place, step, index, sure, following, pages))
    doubtful = [one for one in ranked if one.near.doubtful]
    confirmed = yield from _confirmed(bearings, place, step, index, doubtful, pages)
    if confirmed is None and place.page.menu_asks:
        told = yield from with_told_menu(bearings, place.page)
        pages.append(told)
        opened = replace(place, page=told, entries=own_entries(told, place.names, place.ways))
        return (yield from find_step(bearings, opened, step, index, following, pages))
    if confirmed is None and place.page.frames:
        # The menu may stand in a frame of the page (left.html), which a reader sees as one page with it.
        framed, unread = yield from read_frames(bearings, place.page)
        if framed or unread:
            shown = beside(place.page, framed, unread=unread)
            pages.append(shown)
            opened = replace(place, page=shown, entries=own_entries(shown, place.names, place.ways))
            return (yield from find_step(bearings, opened, step, index, following, pages))
    return confirmed or (yield from _not_offered(bearings, place, step, index, following, pages))


def _not_offered(
    bearings: Bearings, place: Place, step: Step, index: int, following: Sequence[str], pages: list[Page]
) -> Course[Found | Missed]:
    """A step that a page's source does not offer: a browser looks where scripts may, or an accusation would follow."""
    missed = absent(bearings, place, step, index)
    if missed.reason is Reason.AMBIGUOUS:
        portal_s = yield from portal_entries(bearings, place, step)
        missed = absent(bearings, place, step, index, portal_s)
    page = place.page
    by_script = page.menu_by_script or page.scripted or any(link.from_script for link in page.links)
    needed = missed.reason is Reason.NEEDS_BROWSER and by_script
    careful = missed.reason is None and page.scripted and is_careful(bearings, step, index)
    if page.seen_by or not bearings.browser or not (needed or careful):
        return missed
    shown = yield from by_browser(bearings, page)
    if isinstance(shown, Unusable):
        return replace(missed, reach=Reach.UNREACHED, reason=shown.reason)
    opened = replace(place, page=shown, entries=own_entries(shown, place.names, place.ways))
    pages.append(shown)
    return (yield from find_step(bearings, opened, step, index, following, pages))


def _confirmed(
    bearings: Bearings, place: Place, step: Step, index: int, doubtful: Sequence[Candidate], pages: list[Page]
) -> Course[Found | None]:
    """A doubtful link is believed when the breadcrumb of its page runs through the place."""
    if place.is_start and bearings.organ is None:
        return None
    tried: list[str] = []
    for one in doubtful:
        url = place.page.links[one.index].url
        if not url or len(tried) >= LOOKED_INTO or any(same_address(url, other) for other in tried):
            continue
        tried.append(url)
        if not bearings.inside(url):
            continue
        landing = yield from land(bearings, url, place.page.url)
        if landing.page is not None and not landing.at_home and crumbs_confirm(landing.page, bearings, place):
            pages.extend(landing.pages)
            return Found(step_into(place, step.label, index, one, (one.index,)), (), landing)
    return None


def choose(
    bearings: Bearings,
    place: Place,
    step: Step,
    index: int,
    ranked: Sequence[Candidate],
    following: Sequence[str],
    pages: list[Page],
) -> Course[Found]:
    """The best of several candidates: those of one rank are looked into, and the one that fits is kept."""
    equal = [one for one in ranked if one.rank == ranked[0].rank]
    if bearings.organ is None:
        # 政府预决算 beside 部门预决算: the portal's own goes before what it gathers of others.
        equal.sort(key=lambda one: bool(_OF_OTHERS.search(fold(one.spelling))))
    options = _by_address(place, step, index, equal)
    if len(options) == 1:
        return Found(options[0])
    scores = []
    for option in options[:LOOKED_INTO]:
        score = yield from _fit(bearings, option, step, following, pages)
        scores.append(score)
    best = scores.index(max(scores))
    others = [Link(option.spelling, option.url) for option in options if option is not options[best]]
    return Found(options[best], tuple(others))


def _by_address(place: Place, step: Step, index: int, equal: Sequence[Candidate]) -> list[Place]:
    """One place for each address; headings without an address join the first link of the same name."""
    links = place.page.links
    grouped: list[list[Candidate]] = []
    for one in equal:
        url = links[one.index].url
        for group in grouped:
            other = links[group[0].index].url
            if same_address(url, other) or not url or not other:
                group.append(one)
                break
        else:
            grouped.append([one])
    places = []
    for group in grouped:
        leading = next((one for one in group if links[one.index].url), group[0])
        places.append(step_into(place, step.label, index, leading, [one.index for one in group]))
    return places


def _fit(
    bearings: Bearings, option: Place, step: Step, following: Sequence[str], pages: list[Page]
) -> Course[tuple[int, int]]:
    """How well a candidate fits: how many of the following steps it offers, or whether its page names the step."""
    inner = sum(1 for label in following if offers(bearings, option, label, only_below=True))
    if following and inner == len(following):
        return inner, 1
    if not option.url:
        return inner, 0
    if not bearings.inside(option.url):
        return inner, -1
    landing = yield from land(bearings, option.url, option.page.url)
    pages.extend(landing.pages)
    if landing.page is None or landing.at_home:
        return inner, -2
    own = on_own_page(option, landing)
    sure = sum(1 for label in following if any(not one.near.doubtful for one in offers(bearings, own, label)))
    named = names_step(landing.page, bearings, step.label) + crumbs_confirm(landing.page, bearings, option)
    return max(inner, sure), named


def variant_places(bearings: Bearings, place: Place, step: Step) -> tuple[Place, ...]:
    """Entries at a place that could be a variant of a skipped level: its name with a word before or 专栏 behind it."""
    wanted = {fold(one) for one in (step.label, *variants_of(step.label, bearings.aliases, bearings.organ_names))}
    found: dict[str, Place] = {}
    for index, link in enumerate(place.page.links):
        name = fold(link.label)
        if not link.url or link.zone is not Zone.NAVIGATION or name in bearings.leaves:
            continue
        if not any(name.endswith(one) or name in (one + tail for tail in VARIANT_TAILS) for one in wanted):
            continue
        if same_address(link.url, place.page.url) or is_frame(bearings, place, link) or not bearings.inside(link.url):
            continue
        variant = replace(place, names=(link.label,), entries=(index,), url=link.url, own=False, ways=(link.url,))
        found.setdefault(link.url, variant)
    return tuple(found.values())[:MOST_VARIANTS]
