"""What every command needs first: catalogue, district and obligations, all proved before anything runs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.catalogue import Catalogue, built_in, load_catalogue, load_district
from catalog.district import District
from catalog.obligation import Obligation
from catalog.obliging import obligations
from catalog.requirement import Directory
from checks import registry


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that is owed on one date (核验准备): read, bound to the checks and expanded.

    ``district_digest`` is the hex SHA-256 of the district file.
    """

    catalogue: Catalogue
    district: District
    night: date
    obligations: tuple[Obligation, ...]
    district_digest: str = ""

    @property
    def directories(self) -> tuple[Directory, ...]:
        """The directories that the night is measured by, in the order of the obligations."""
        return tuple({owed.directory.id: owed.directory for owed in self.obligations}.values())

    def only(self, obligation_ids: tuple[str, ...]) -> tuple[Obligation, ...]:
        """These obligations; all of them for an empty tuple."""
        wanted = set(obligation_ids)
        return tuple(owed for owed in self.obligations if not wanted or owed.id in wanted)


def read_catalogue(district_name: str = "") -> Catalogue:
    """The catalogue with the directories that lie beside a district file, bound to the checks.

    Raises:
        CatalogueError: naming file, entry and cure.
    """
    beside = Path(district_name).resolve().parent if district_name.endswith(".toml") else None
    catalogue = load_catalogue(beside)
    registry.bind(catalogue)
    return catalogue


def prepare(district_name: str, night: date) -> Prepared:
    """Read and prove all that one district owes on one date.

    Args:
        district_name: id of a built-in district, or the path of a district file.

    Raises:
        CatalogueError: naming file, entry and cure.
    """
    catalogue = read_catalogue(district_name)
    district = load_district(district_name)
    digest = hashlib.sha256(district_text(district_name)).hexdigest()
    return Prepared(catalogue, district, night, obligations(catalogue, district, night), digest)


def district_text(district_name: str) -> bytes:
    """The district file as it is now; of a district that ``prepare`` can read."""
    if district_name.endswith(".toml"):
        return Path(district_name).read_bytes()
    return built_in().joinpath("districts", f"{district_name}.toml").read_bytes()
