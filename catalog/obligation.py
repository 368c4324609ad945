"""Obligations (公开义务): the unit that is walked, judged and reported; one leaf column of one organ."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.district import Organ
from catalog.path import DisclosurePath
from catalog.requirement import Citation, Directory, Requirement, Root, Scope


@dataclass(frozen=True, slots=True)
class Obligation:
    """Obligation (公开义务): what one organ owes at one place.

    Attributes:
        id: ``directory/requirement/path-number@organ``, or ``@venue`` for the zone; path numbers start at 1, 0 where
            the requirement has no path.
        organ: the organ that is addressed; for a portal duty the first of those responsible.
        responsible: all organs in whose report it appears, ``organ`` first.
        lead: organs that check it (牵头单位).
        venue: kind of venue for manual duties of the zone, else empty.
        unresolved: roles of the notice that no organ of the roster fits; non-empty makes it ``mapping_required`` only
            where ``mapping_required`` says so.
        mapping_required: why nobody can yet be named (责任主体待确认), a Chinese sentence, or empty.
    """

    id: str
    district_id: str
    directory: Directory
    requirement: Requirement
    organ: Organ
    path: DisclosurePath | None = None
    path_number: int = 0
    responsible: tuple[Organ, ...] = ()
    lead: tuple[Organ, ...] = ()
    venue: str = ""
    unresolved: tuple[str, ...] = ()
    mapping_required: str = ""
    at_portal: bool = True
    """The column is kept in the portal's own tree; false for a column on the organ's own page."""
    by_basis_only: bool = False
    """The notice's own term has ended (``valid_to``): the duty stands on the requirement's basis, cited first."""
    organ_aliases: tuple[str, ...] = ()
    """Other names of the organ by the table of organs (区发改委 for 区发展改革委), beside those its district gives."""

    @property
    def citation(self) -> Citation:
        """依据: the notice and its clause."""
        return Citation(self.directory.document_number, self.requirement.clause)

    @property
    def citations(self) -> tuple[str, ...]:
        """所有依据, in the order to print them: the standing basis leads once the notice's own term has ended."""
        notice = str(self.citation)
        basis = self.requirement.basis
        return (*basis, notice) if self.by_basis_only else (notice, *basis)

    @property
    def is_walked(self) -> bool:
        """Whether a crawler can see it at all: it has a path and its organ is known."""
        return self.path is not None and self.requirement.scope is not Scope.MANUAL and not self.mapping_required

    @property
    def roots(self) -> tuple[str, ...]:
        """Roots to walk from, first choice first: ``"portal"`` and/or ``"organ:<id>"``."""
        section = f"organ:{self.organ.id}"
        if self.at_portal or self.organ.kind == "government":
            return ("portal",)
        if self.requirement.root is Root.PORTAL:
            return ("portal",)
        if self.requirement.root is Root.SECTION:
            return (section,)
        return (section, "portal")
