"""From notices to duties: which organ owes which column on a date; who keeps a column is data, never guessed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from catalog.catalogue import Catalogue
from catalog.district import District, Organ, OrganKind
from catalog.errors import CatalogueError
from catalog.obligation import Obligation
from catalog.path import DisclosurePath
from catalog.requirement import Directory, Requirement, Scope
from catalog.roles import government_of, group_kinds, other_names, resolve
from catalog.strict import nearest


@dataclass(frozen=True, slots=True)
class Addressees:
    """Addressees (责任主体) of one requirement: the units that its printed roles mean in one district."""

    lead: tuple[Organ, ...]
    responsible: tuple[Organ, ...]
    unresolved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Duty:
    """One requirement in force, with what is needed to make its obligations."""

    district: District
    directory: Directory
    requirement: Requirement
    addressees: Addressees
    by_basis_only: bool
    aliases: Mapping[str, tuple[str, ...]]
    """Other names by organ id."""


def adopted(catalogue: Catalogue, district: District) -> tuple[Directory, ...]:
    """Directories that bind the district, each once: those its file names, then those they carry (转发) and we have.

    Raises:
        CatalogueError: when the district's file names a directory that is not in the catalogue.
    """
    found: dict[str, Directory] = {}
    waiting = [catalogue.directory(one, district.file or district.id) for one in district.directories]
    while waiting:
        directory = waiting.pop(0)
        if directory.id not in found:
            found[directory.id] = directory
            waiting += [catalogue.directories[one] for one in directory.carries if one in catalogue.directories]
    return tuple(found.values())


def obligations(catalogue: Catalogue, district: District, as_of: date) -> tuple[Obligation, ...]:
    """All obligations of a district in force on a date, in the order of its directories and organs, ids unique.

    Raises:
        CatalogueError: when the district's file names a directory or requirement that is not in the catalogue, or two
            obligations would have one id.
    """
    directories = adopted(catalogue, district)
    _check_confirmed(district, directories)
    aliases = {organ.id: other_names(organ, district, catalogue.organ_aliases) for organ in district.organs}
    made: dict[str, Obligation] = {}
    for directory in directories:
        for requirement in directory.requirements:
            if not stands(requirement, directory, as_of):
                continue
            last_day = requirement.valid_to or directory.task_ends_on
            ended = last_day is not None and last_day < as_of
            addressees = addressees_of(requirement, catalogue, district)
            for obligation in _of(_Duty(district, directory, requirement, addressees, ended, aliases)):
                if obligation.id in made:
                    entry = f'requirement "{requirement.id}"'
                    problem = f"two obligations would have the id {obligation.id}"
                    raise CatalogueError(directory.id, entry, problem, "give the organs or venues different names")
                made[obligation.id] = obligation
    return tuple(made.values())


def stands(requirement: Requirement, directory: Directory, as_of: date) -> bool:
    """Whether a requirement is in force: begun, and not ended unless it has a standing basis beside the notice."""
    if as_of < (requirement.valid_from or directory.valid_from):
        return False
    return requirement.valid_to is None or as_of <= requirement.valid_to or bool(requirement.basis)


def addressees_of(requirement: Requirement, catalogue: Catalogue, district: District) -> Addressees:
    """The organs that lead and those responsible, as far as the roster knows them; party organs are never responsible.

    Expandable groups (各镇乡街道) are neither resolved nor unresolved here: a group never becomes one column a member.
    """
    lead = [resolve(role, district, catalogue.organ_aliases) for role in requirement.lead]
    responsible = [resolve(role, district, catalogue.organ_aliases) for role in requirement.responsible]
    missing = (
        role
        for role, organ in zip((*requirement.responsible, *requirement.lead), (*responsible, *lead), strict=True)
        if organ is None and not group_kinds(role)
    )
    return Addressees(
        lead=_distinct(lead),
        responsible=tuple(organ for organ in _distinct(responsible) if organ.kind is not OrganKind.PARTY),
        unresolved=tuple(dict.fromkeys(missing)),
    )


def _distinct(organs: Iterable[Organ | None]) -> tuple[Organ, ...]:
    return tuple(dict.fromkeys(organ for organ in organs if organ is not None))


def site_keeper(district: District) -> Organ | None:
    """The organ whose own site the home page is (a bureau's site), or None for a portal of a government."""
    return next((organ for organ in district.organs if organ.entry and organ.entry == district.home), None)


def _check_confirmed(district: District, directories: tuple[Directory, ...]) -> None:
    known = {requirement.id for directory in directories for requirement in directory.requirements}
    for organ in district.organs:
        for requirement_id in organ.confirmed:
            if requirement_id not in known:
                problem = f'"confirmed" names the requirement "{requirement_id}", which no adopted directory has'
                cure = nearest(requirement_id, known)
                raise CatalogueError(district.file or district.id, f'organ "{organ.name}"', problem, cure)


def _of(duty: _Duty) -> Iterator[Obligation]:
    for number, path in enumerate(duty.requirement.paths, start=1):
        yield from _at(duty, number, path)
    if not duty.requirement.paths:
        yield from _at(duty, 0, None)


def _at(duty: _Duty, number: int, path: DisclosurePath | None) -> Iterator[Obligation]:
    scope = duty.requirement.scope
    organs = _bound_organs(duty)
    if scope is Scope.MANUAL:
        yield from _manual(duty, number, path, organs)
        return
    if scope is Scope.PORTAL:
        yield _portal(duty, number, path)
        return
    if scope is Scope.PORTAL_AND_ORGANS:
        yield _own(duty, number, path, government_of(duty.district))
        organs = tuple(organ for organ in organs if organ.kind is not OrganKind.GOVERNMENT)
    for organ in organs:
        yield _own(duty, number, path, organ)
    if not organs and not duty.district.roster_complete and scope is not Scope.PORTAL_AND_ORGANS:
        yield _nobody(duty, number, path)


def _bound_organs(duty: _Duty) -> tuple[Organ, ...]:
    kinds = duty.requirement.organ_kinds
    roster = duty.district.organs
    government = government_of(duty.district)
    if government.implied and government not in roster:
        roster = (government, *roster)
    return tuple(organ for organ in roster if organ.kind in kinds and organ.kind is not OrganKind.PARTY)


def _portal(duty: _Duty, number: int, path: DisclosurePath | None) -> Obligation:
    organ, responsible = _addressed(duty)
    return _obligation(duty, number, path, organ, responsible=responsible)


def _addressed(duty: _Duty) -> tuple[Organ, tuple[Organ, ...]]:
    """The first responsible that resolves, then the lead, then the government; and all in whose report it appears."""
    responsible = duty.addressees.responsible
    if not responsible:
        leads = (organ for organ in duty.addressees.lead if organ.kind is not OrganKind.PARTY)
        responsible = (next(leads, government_of(duty.district)),)
    return responsible[0], responsible


def _own(duty: _Duty, number: int, path: DisclosurePath | None, organ: Organ) -> Obligation:
    requirement = duty.requirement
    is_government = organ.kind is OrganKind.GOVERNMENT
    unconfirmed = requirement.confirm_organs and not is_government and requirement.id not in organ.confirmed
    question = f"“{requirement.title}”是否适用于{organ.name}，尚待人工确认。" if unconfirmed else ""
    at_portal = requirement.scope is Scope.CENTRAL_LIST or is_government
    return _obligation(duty, number, path, organ, at_portal=at_portal, mapping_required=question)


def _nobody(duty: _Duty, number: int, path: DisclosurePath | None) -> Obligation:
    organ, responsible = _addressed(duty)
    text = f"名册尚未列明应公开“{duty.requirement.title}”的机关，暂列{organ.name}，待人工确认责任主体。"
    return _obligation(duty, number, path, organ, place="unassigned", responsible=responsible, mapping_required=text)


def _manual(duty: _Duty, number: int, path: DisclosurePath | None, organs: tuple[Organ, ...]) -> Iterator[Obligation]:
    venues = duty.requirement.venues
    if organs:
        for organ in organs:
            for venue in venues or ("",):
                place = f"{venue}@{organ.id}" if venue else ""
                yield _obligation(duty, number, path, organ, place=place, venue=venue)
        return
    organ, responsible = _addressed(duty)
    for venue in venues or ("",):
        yield _obligation(duty, number, path, organ, place=venue, venue=venue, responsible=responsible)


def _obligation(
    duty: _Duty,
    number: int,
    path: DisclosurePath | None,
    organ: Organ,
    *,
    place: str = "",
    responsible: tuple[Organ, ...] = (),
    venue: str = "",
    at_portal: bool = True,
    mapping_required: str = "",
) -> Obligation:
    implied = (f"本级政府（名册未列，暂称{organ.name}）",) if organ.implied else ()
    keeper = site_keeper(duty.district)
    is_walked = path is not None and duty.requirement.scope is not Scope.MANUAL
    if organ.implied and keeper is not None and is_walked and not mapping_required:
        mapping_required = f"核验的网站是{keeper.name}自己的网站，不是本级政府门户，该项责任主体待人工确认。"
    return Obligation(
        id=f"{duty.directory.id}/{duty.requirement.id}/{number}@{place or organ.id}",
        district_id=duty.district.id,
        directory=duty.directory,
        requirement=duty.requirement,
        organ=organ,
        path=path,
        path_number=number,
        responsible=responsible or (organ,),
        lead=duty.addressees.lead,
        venue=venue,
        unresolved=(*duty.addressees.unresolved, *implied),
        mapping_required=mapping_required,
        at_portal=at_portal,
        by_basis_only=duty.by_basis_only,
        organ_aliases=duty.aliases.get(organ.id, ()),
    )
