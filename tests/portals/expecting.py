"""The truth: what a fair night says of each obligation, reasoned from the drafts and never from pages or our checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalog.obligation import Obligation
from catalog.path import PathOrigin
from catalog.requirement import Expectation, Scope
from catalog.spelling import normalise
from portals.branches import Grove, Site, steps_of
from portals.columns import Column, Door
from portals.filling import groups_of, names_of, words_of
from portals.holding import absence, by_deadline, elements, held, instances, texts_of, when
from portals.publishing import Truth
from portals.refusing import REASONS

# CONTRACTS, "Standing of a night, first that fits"; reach and content told apart where one word serves both.
_ORDER = (
    "manual",
    "due_unknown",
    "empty",
    "mismatched",
    "item_missing",
    "overdue",
    "stale",
    "incomplete",
    "broken",
    "unlinked",
    "could_not_verify",
    "published_late",
    "statement",
    "published_under_alias",
    "published",
)
_FAILED_BY_DOOR = {Door.DEAD: "broken", Door.SAYS_GONE: "broken", Door.HOME: "broken", Door.MOVED: "path_deviates"}


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far the mandated path leads: the column, or the standing that ends it and the level that fails."""

    column: Column | None
    standing: str = ""
    reason: str = ""
    level: tuple[str, ...] = ()
    fault: str = ""
    shown_on: str = ""


def truths(
    duties: Sequence[Obligation], grove: Grove, as_of: date, *, browser: bool = False, scripted: bool = False
) -> tuple[Truth, ...]:
    """One truth an obligation, in their order.

    Args:
        browser: whether the night has one: a menu that a script writes is then seen as it is.
        scripted: whether nothing of the portal is in what is first sent.
    """
    found: list[Truth] = []
    levels: dict[tuple[str, tuple[str, ...], str], str] = {}
    for duty in duties:
        truth, level = _truth(duty, grove, as_of, browser=browser)
        if scripted and not browser and duty.is_walked:
            truth, level = Truth(duty.id, "could_not_verify", "needs_browser", fault="scripted"), ()
        if level:
            key = (duty.roots[0], level, truth.standing)
            cause = levels.setdefault(key, duty.id)
            truth = replace(truth, caused_by="" if cause == duty.id else cause)
        found.append(truth)
    return tuple(found)


def _truth(duty: Obligation, grove: Grove, as_of: date, *, browser: bool) -> tuple[Truth, tuple[str, ...]]:
    if duty.mapping_required:
        return Truth(duty.id, "mapping_required"), ()
    if duty.path is None or duty.requirement.scope is Scope.MANUAL:
        return Truth(duty.id, "manual"), ()
    site = grove.sites[duty.roots[0]]
    refused = _refused_site(duty, site)
    if refused is not None:
        return refused, ()
    place = (site.root, steps_of(duty))
    reached = _reach(site, place, grove)
    portal = _rows_at_portal(duty, grove) if reached.standing in ("missing", "path_deviates", "broken") else None
    if portal is not None:
        match = _match(grove.chains["portal", place[1]])
        return Truth(duty.id, "published", match=match, address=(0, portal.folder), fault=reached.fault), ()
    if reached.column is None:
        return _unreached(duty, site, reached, browser=browser)
    column = reached.column
    standing, reason = _content(duty, column, as_of)
    if column.script_list and browser:
        reason = "ambiguous"  # no service fills it: a browser looks, and its list is told by nothing
    match = _match(grove.chains[place])
    if standing == "published" and _kind(column) == "alias":
        standing = "published_under_alias"
    return Truth(duty.id, standing, reason, "", match, (site.host, column.folder), column.planted), ()


def _refused_site(duty: Obligation, site: Site) -> Truth | None:
    if site.refusal:
        reason = REASONS[site.refusal]
        return Truth(duty.id, "could_not_verify", reason, address=(site.host, site.front), fault=site.refusal)
    if site.door == "unlisted":
        return Truth(duty.id, "could_not_verify", "section_not_found", fault="unlisted")
    return None


def _unreached(duty: Obligation, site: Site, reached: _Reached, *, browser: bool) -> tuple[Truth, tuple[str, ...]]:
    standing, reason = reached.standing, reached.reason
    if site.menu_style == "written" and standing == "missing" and not browser:
        # CONTRACTS: a menu that is made by script and relied on for an absence needs a browser.
        standing, reason = "could_not_verify", "needs_browser"
    customary = duty.path is not None and duty.path.origin is PathOrigin.CUSTOMARY
    if customary and standing in ("missing", "path_deviates"):
        standing = "manual"
    if duty.requirement.condition and standing in ("missing", "path_deviates", "could_not_verify"):
        standing = "due_unknown"
    reason = reason if standing == "could_not_verify" else ""
    address = (site.host, reached.shown_on) if reached.shown_on and standing != "offsite" else None
    truth = Truth(duty.id, standing, reason, address=address, fault=reached.fault)
    return truth, reached.level if standing in ("missing", "broken") else ()


def _reach(site: Site, place: tuple[str, tuple[str, ...]], grove: Grove) -> _Reached:
    steps = place[1]
    chain = grove.chains[place]
    offset = len(steps) - len(chain)
    for number, column in enumerate(chain, start=offset + 1):
        level = steps[:number]
        if column.door is Door.NOT_OFFERED:
            return _Reached(None, "missing", level=level, fault=column.planted)
        if column.door is Door.OFFSITE:
            return _Reached(None, "offsite", fault=column.planted)
        if column.door is Door.REFUSED:
            reason = REASONS[column.refusal]
            return _Reached(None, "could_not_verify", reason, fault=column.refusal, shown_on=column.folder)
        if column.door in _FAILED_BY_DOOR:
            return _Reached(
                None, _FAILED_BY_DOOR[column.door], level=level, fault=column.planted, shown_on=column.folder
            )
    return _Reached(chain[-1])


def _rows_at_portal(duty: Obligation, grove: Grove) -> Column | None:
    """The portal's own column of the same path, where it holds rows that name the organ."""
    if len(duty.roots) < 2:
        return None
    column = grove.places.get(("portal", steps_of(duty)))
    if column is None or not any(duty.organ.name in one.title for one in column.articles):
        return None
    return column


def _kind(column: Column) -> str:
    if column.spelling == column.label:
        return "exact"
    return "normalised" if normalise(column.spelling) == normalise(column.label) else "alias"


def _match(chain: Iterable[Column]) -> str:
    kinds = {_kind(column) for column in chain}
    return next(kind for kind in ("alias", "normalised", "exact") if kind in kinds)


def _content(duty: Obligation, column: Column, as_of: date) -> tuple[str, str]:
    """Standing and reason from what the column holds."""
    claims = [_claim(duty, one, column, as_of) for one in duty.requirement.expectations]
    if duty.requirement.condition:
        claims = [("due_unknown", "") if one[0] in ("empty", "item_missing", "stale") else one for one in claims]
    return min(claims, key=lambda claim: _ORDER.index(claim[0]), default=("published", ""))


def _claim(duty: Obligation, expectation: Expectation, column: Column, as_of: date) -> tuple[str, str]:
    if column.script_list:
        return "could_not_verify", "needs_browser"
    articles = held(column)
    if articles and all(one.statement for one in articles):
        return "statement", ""
    match expectation.check_id:
        case "column.not_empty":
            return ("published" if articles or column.grid else "empty"), ""
        case "column.subcolumns_present":
            offered = {child.label for child in column.children if child.door is Door.OPEN}
            names = names_of(expectation.options.get("names"))
            return ("published" if set(names) <= offered else "incomplete"), ""
        case "content.on_subject":
            words = words_of(expectation.options.get("words"))
            return when(not articles or any(word in one.title for one in articles for word in words), "mismatched")
        case "content.named_document":
            return when(
                any(all(w in one.title for w in group) for group in groups_of(expectation) for one in articles),
                "item_missing",
            )
        case "content.annual_instance":
            return (
                when(bool(instances(duty, expectation, articles, as_of)), absence(duty))
                if articles
                else ("published", "")
            )
        case "content.elements_present":
            return elements(column, words_of(expectation.options.get("elements")))
        case "content.telephone_present":
            return elements(column, ("电话",))
        case "content.sector_listed":
            words = words_of(expectation.options.get("words"))
            return when(any(word in text for text in texts_of(articles) for word in words), "item_missing")
    return _claim_of_newest(duty, expectation, column, as_of)


def _claim_of_newest(duty: Obligation, expectation: Expectation, column: Column, as_of: date) -> tuple[str, str]:
    articles = held(column)
    newest = max(articles, key=lambda one: one.published_on, default=None)
    if newest is None:
        return "published", ""
    match expectation.check_id:
        case "timely.updated_within":
            days = int(str(expectation.options.get("days", 365)))
            return when((as_of - newest.published_on).days <= days, "stale")
        case "timely.published_by":
            return by_deadline(duty, articles, as_of)
        case "media.resources_answer":
            return when(all(one.content is not None for one in newest.resources), "broken")
        case "interpretation.linked_both_ways":
            linked = any(newest in [other for _, other in policy.related] for _, policy in newest.related)
            return when(linked, "unlinked")
    raise ValueError(f"the truth knows nothing of {expectation.check_id}")
