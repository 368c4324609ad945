"""The register of checks: the ``@check`` decorator, discovery, binding of the catalogue's expectations."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from catalog.errors import CatalogueError
from catalog.obligation import Obligation
from catalog.requirement import Directory, Expectation
from checks.errors import CheckDeclarationError
from checks.naming import names_of_organ
from checks.placing import is_shared
from checks.ruling import Ruling
from checks.seeing import Seen
from ledger.observation import Need, Wanted
from ledger.standing import Dimension, Standing

Words = tuple[str, ...]
Sought = tuple[Words, ...]
_DIMENSIONS = ("column", "content", "timely", "media", "interpretation")
"""Folders of checks; imported by name, since each check imports this module."""


@dataclass(frozen=True, slots=True)
class Option:
    """Option (检查参数): one keyword-only parameter of a check. ``required`` where it has no default."""

    name: str
    type: Any
    required: bool


@dataclass(frozen=True, slots=True)
class Check:
    """Check (检查项): one rule; its docstring is its entry in the generated reference.

    Attributes:
        implied: runs for every walked obligation, named by no directory.
        sought: words of rows that the walk must look for, from the obligation, the night and the options.
        any_of: words of which one must be seen in some row; until: day that some row must not be after. Lists are read
            on until they do: a violation rests on all rows.
        since: day from which on a date shown in the list suffices (``Need.DATE``).
    """

    id: str
    title: str
    failure_title: str
    needs: frozenset[Need]
    standing: Standing
    dimension: Dimension
    function: Callable[..., Ruling]
    options: tuple[Option, ...]
    doc: str
    implied: bool = False
    sought: Callable[..., Sought] | None = None
    any_of: Callable[..., Words] | None = None
    until: Callable[..., date | None] | None = None
    elements: Callable[..., Sought] | None = None
    since: Callable[..., date | None] | None = None

    def run(self, obligation: Obligation, seen: Seen, options: Mapping[str, object]) -> Ruling:
        """Run the check; ``options`` as the catalogue gives them."""
        return self.function(obligation, seen, **typed_options(self, options))


_CHECKS: dict[str, Check] = {}


def check(
    *,
    title: str,
    failure_title: str,
    needs: Collection[Need],
    standing: Standing,
    dimension: Dimension,
    implied: bool = False,
    sought: Callable[..., Sought] | None = None,
    any_of: Callable[..., Words] | None = None,
    until: Callable[..., date | None] | None = None,
    elements: Callable[..., Sought] | None = None,
    since: Callable[..., date | None] | None = None,
) -> Callable[[Callable[..., Ruling]], Callable[..., Ruling]]:
    """Declare a function a check; its id is ``folder.name`` of its module.

    Args:
        title: what holds when it is satisfied, Chinese.
        failure_title: what a violation says, Chinese.
        standing: what a violation stands for.
    """

    def declare(function: Callable[..., Ruling]) -> Callable[..., Ruling]:
        check_id = ".".join(function.__module__.split(".")[-2:])
        doc = inspect.getdoc(function) or ""
        if check_id.rpartition(".")[2] != function.__name__:
            raise CheckDeclarationError(f"{function.__module__}: name the check like its file, not {function.__name__}")
        if not doc.splitlines() or not doc.splitlines()[-1].startswith("依据："):
            raise CheckDeclarationError(f"{check_id}: end its docstring in a line that begins with 依据：")
        _CHECKS[check_id] = Check(
            check_id,
            title,
            failure_title,
            frozenset(needs) | {Need.COLUMN},
            standing,
            dimension,
            function,
            _options_of(function),
            doc,
            implied,
            sought,
            any_of,
            until,
            elements,
            since,
        )
        return function

    return declare


def _options_of(function: Callable[..., Ruling]) -> tuple[Option, ...]:
    hints = typing.get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    return tuple(
        Option(one.name, hints[one.name], one.default is inspect.Parameter.empty)
        for one in parameters
        if one.kind is inspect.Parameter.KEYWORD_ONLY
    )


@functools.cache
def registered() -> Mapping[str, Check]:
    """All checks by id, found by walking the folders of the dimensions."""
    for dimension in _DIMENSIONS:
        package = importlib.import_module(f"checks.{dimension}")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_CHECKS.items()))


def check_ids() -> tuple[str, ...]:
    """Ids of all checks, sorted."""
    return tuple(registered())


def implied_checks() -> tuple[Check, ...]:
    """Checks that run for every walked obligation."""
    return tuple(one for one in registered().values() if one.implied)


def typed_options(one: Check, options: Mapping[str, object]) -> dict[str, object]:
    """Options as the function takes them.

    Raises:
        ValueError: when one is unknown, lacking or of the wrong type; the message names it.
    """
    known = {option.name: option for option in one.options}
    unknown = sorted(set(options) - set(known))
    if unknown:
        raise ValueError(f"option {unknown[0]!r} is unknown")
    lacking = [option.name for option in one.options if option.required and option.name not in options]
    if lacking:
        raise ValueError(f"option {lacking[0]!r} is lacking")
    return {name: _typed(name, value, known[name].type) for name, value in options.items()}


def _typed(name: str, value: object, wanted: Any) -> object:
    origin = typing.get_origin(wanted)
    if origin in (typing.Union, types.UnionType):
        inner = next(arg for arg in typing.get_args(wanted) if arg is not type(None))
        return None if value is None else _typed(name, value, inner)
    if origin is tuple:
        if isinstance(value, list | tuple) and all(isinstance(one, str) and one for one in value):
            return tuple(value)
        raise ValueError(f"option {name!r} must be a list of non-empty strings")
    if origin is not None and issubclass(origin, Mapping):
        if isinstance(value, Mapping):
            return {str(key): _typed(name, one, tuple[str, ...]) for key, one in value.items()}
        raise ValueError(f"option {name!r} must be a table of lists of strings")
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise ValueError(f"option {name!r} must be of type {wanted.__name__}")
    return value


class HoldsDirectories(Protocol):
    """What binding needs of a catalogue (目录库)."""

    @property
    def directories(self) -> Mapping[str, Directory]: ...


def bind(catalogue: HoldsDirectories) -> None:
    """Prove that every expectation names a check and fits its options, before anything runs.

    Raises:
        CatalogueError: naming the directory's file, the requirement and the cure.
    """
    for directory in catalogue.directories.values():
        for requirement in directory.requirements:
            for expectation in requirement.expectations:
                _bind_one(f"{directory.id}.toml", f'requirement "{requirement.id}"', expectation)


def _bind_one(file: str, entry: str, expectation: Expectation) -> None:
    one = registered().get(expectation.check_id)
    if one is None:
        known = ", ".join(check_ids())
        raise CatalogueError(file, entry, f"check {expectation.check_id!r} does not exist", f"name one of: {known}")
    try:
        typed_options(one, expectation.options)
    except ValueError as error:
        fitting = ", ".join(option.name for option in one.options) or "none"
        raise CatalogueError(
            file, f"{entry}, check {one.id!r}", str(error), f"give its options as declared (options: {fitting})"
        ) from error


def needs_of(expectation: Expectation, obligation: Obligation, night: date) -> Wanted:
    """What one expectation wants to be seen."""
    one = registered()[expectation.check_id]
    options = typed_options(one, expectation.options)
    sought: Sought = one.sought(obligation, night, **options) if one.sought is not None else ()
    any_of: Words = one.any_of(obligation, night, **options) if one.any_of is not None else ()
    until: date | None = one.until(obligation, night, **options) if one.until is not None else None
    elements: Sought = one.elements(obligation, night, **options) if one.elements is not None else ()
    since: date | None = one.since(obligation, night, **options) if one.since is not None else None
    needs = one.needs | ({Need.SOUGHT_ROW} if sought else frozenset())
    return Wanted(needs, sought, any_of=any_of, until=until, elements=elements, since=since)


def wanted_of(obligation: Obligation, night: date, organ_names: Words | None = None) -> Wanted:
    """What an obligation wants to be seen at its column: the union over its expectations.

    Args:
        organ_names: names by which rows of a shared column name the organ; None takes the organ's own.
    """
    wants = [needs_of(one, obligation, night) for one in obligation.requirement.expectations]
    needs = frozenset({Need.COLUMN, Need.LISTING}).union(*(want.needs for want in wants))
    sought = tuple(dict.fromkeys(group for want in wants for group in want.sought))
    shared = any(is_shared(obligation, root) for root in obligation.roots)
    known = names_of_organ(obligation) if organ_names is None else organ_names
    days = [want.until for want in wants if want.until is not None]
    return Wanted(
        needs,
        sought,
        known if shared else (),
        any_of=next((want.any_of for want in wants if want.any_of), ()),
        until=min(days, default=None),
        elements=tuple(dict.fromkeys(group for want in wants for group in want.elements)),
        since=max((want.since for want in wants if want.since is not None), default=None),
    )
