"""The catalogue (标准目录库): all directories and alias tables, and where district files are found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from catalog.aliases import ColumnAliases, OrganAliases, column_aliases, read_columns, read_levels, read_organ_aliases
from catalog.district import District
from catalog.errors import CatalogueError
from catalog.reading import read_directory, read_district
from catalog.requirement import Directory
from catalog.strict import nearest


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Catalogue (标准目录库): everything that says what may be owed, apart from the districts.

    Attributes:
        directories: by id.
        skippable: labels of levels that a portal may leave out.
        digest: SHA-256 over all data files read, as hexadecimal digits.
    """

    directories: Mapping[str, Directory]
    columns: ColumnAliases = field(default_factory=ColumnAliases)
    organ_aliases: OrganAliases = field(default_factory=OrganAliases)
    skippable: frozenset[str] = frozenset()
    digest: str = ""

    def directory(self, directory_id: str, named_by: str) -> Directory:
        """The directory with this id.

        Raises:
            CatalogueError: about the file ``named_by``, when there is none.
        """
        if directory_id not in self.directories:
            problem = f'the directory "{directory_id}" is not in the catalogue'
            raise CatalogueError(named_by, "directories", problem, nearest(directory_id, self.directories))
        return self.directories[directory_id]


def built_in() -> Traversable:
    """The folder of the data that comes with the package."""
    return files("catalog").joinpath("data")


def load_catalogue(beside: Path | None = None) -> Catalogue:
    """Read the built-in data, and the directories that lie beside a district file.

    Args:
        beside: folder of a district file; its own *.toml directories and those in its ``directories`` are added.

    Raises:
        CatalogueError: when a file is wrong or two files give one directory id.
    """
    data = built_in()
    aliases = data.joinpath("aliases")
    alias_files = tuple(aliases.joinpath(name) for name in ("columns.toml", "organs.toml", "levels.toml"))
    directory_files = [*_toml(data.joinpath("directories"))]
    if beside is not None:
        known = {str(file) for file in directory_files}
        added = (*_toml(beside / "directories"), *(file for file in _toml(beside) if _is_directory(file)))
        directory_files += [file for file in added if str(file) not in known]
    skippable = read_levels(alias_files[2])
    directories = _directories(directory_files, skippable)
    labels = (
        step.label
        for directory in directories.values()
        for requirement in directory.requirements
        for path in requirement.paths
        for step in path.steps[1:]
    )
    return Catalogue(
        directories=directories,
        columns=column_aliases(read_columns(alias_files[0]), labels),
        organ_aliases=read_organ_aliases(alias_files[1]),
        skippable=skippable,
        digest=_digest((*alias_files, *directory_files)),
    )


def load_district(name_or_file: str) -> District:
    """Read a built-in district by its id, or a district file by its path.

    Raises:
        CatalogueError: when there is no such district, or its file is wrong.
    """
    if name_or_file.endswith(".toml"):
        return read_district(Path(name_or_file))
    districts = {file.name.removesuffix(".toml"): file for file in _toml(built_in().joinpath("districts"))}
    if name_or_file not in districts:
        problem = f'the district "{name_or_file}" is not in the catalogue'
        cure = f"{nearest(name_or_file, districts)}; or give the path of a district file"
        raise CatalogueError(name_or_file, "", problem, cure)
    return read_district(districts[name_or_file])


def district_ids() -> tuple[str, ...]:
    """Ids of the built-in districts, sorted."""
    return tuple(file.name.removesuffix(".toml") for file in _toml(built_in().joinpath("districts")))


def _toml(folder: Traversable) -> tuple[Traversable, ...]:
    if not folder.is_dir():
        return ()
    found = (file for file in folder.iterdir() if file.name.endswith(".toml") and file.is_file())
    return tuple(sorted(found, key=lambda file: file.name))


def _is_directory(file: Traversable) -> bool:
    """Whether a file beside a district file means to be a directory, however wrong it may be."""
    return re.search(rb"^\s*(document_number\b|\[\[requirement\]\])", file.read_bytes(), re.MULTILINE) is not None


def _directories(found: Iterable[Traversable], skippable: frozenset[str]) -> dict[str, Directory]:
    directories: dict[str, Directory] = {}
    where: dict[str, str] = {}
    for file in found:
        directory = read_directory(file, skippable)
        if directory.id in directories:
            problem = f'the directory id "{directory.id}" also stands in {where[directory.id]}'
            raise CatalogueError(str(file), "id", problem, "give one of them another id, or take one file away")
        directories[directory.id] = directory
        where[directory.id] = str(file)
    return directories


def _digest(read: Iterable[Traversable]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted((file.name, hashlib.sha256(file.read_bytes()).digest()) for file in read):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
