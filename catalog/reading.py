"""Strict reading of directory files (标准目录) and, beside it, of district files; checks are bound elsewhere."""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable

from catalog.district import OrganKind
from catalog.path import DisclosurePath, PathOrigin, Step
from catalog.reading_district import read_district
from catalog.requirement import Directory, Due, DueKind, Expectation, NoDuty, Requirement, Root, Scope
from catalog.strict import Entry, load_toml, nearest, no_twins

__all__ = ["read_directory", "read_district"]

ROOT_LABEL = "政府网站"
"""The first step of every path: the site itself, never looked for as a column."""

_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_CHECK = re.compile(r"[a-z_]+\.[a-z0-9_]+")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

_DIRECTORY_KEYS = (
    *("schema", "id", "title", "document_number", "issued_on", "valid_from", "carries", "issuer", "jurisdiction"),
    "task_ends_on",
    *("notice", "requirement", "no_duty"),
)
_REQUIREMENT_KEYS = (
    *("id", "title", "clause", "quote", "scope", "organ_kinds", "basis", "item", "root", "condition"),
    *("confirm_organs", "container", "lead", "responsible", "channels", "due", "checklist", "venues"),
    *("valid_from", "valid_to", "valid_to_source", "note", "path", "expect"),
)
_DUE_KEYS = ("kind", "on", "month_day", "days", "working_days", "event", "source", "earlier_than_notice")
_DUE_NEEDS = {
    DueKind.ON: "on",
    DueKind.YEARLY: "month_day",
    DueKind.PERIOD: "days",
    DueKind.AFTER_EVENT: "event",
}


def read_directory(file: Traversable, levels: frozenset[str] = frozenset()) -> Directory:
    """Read one directory file.

    Args:
        file: a .toml file, format in CONTRACTS.md.
        levels: labels of levels that portals leave out (法定主动公开内容); a step so named may be skipped.

    Raises:
        CatalogueError: when anything in it is unknown, missing, of a wrong type or contradictory.
    """
    entry = load_toml(file)
    entry.only(*_DIRECTORY_KEYS)
    requirements = tuple(_requirement(one, levels) for one in entry.tables("requirement"))
    if not requirements:
        raise entry.wrong("it holds no requirement", "add at least one [[requirement]]")
    no_twins(entry.file, "requirement", [one.id for one in requirements])
    return Directory(
        id=_id(entry),
        title=entry.text("title"),
        document_number=entry.text("document_number"),
        issued_on=entry.day("issued_on"),
        valid_from=entry.day("valid_from"),
        requirements=requirements,
        no_duty=tuple(_no_duty(one) for one in entry.tables("no_duty", label_key="clause")),
        carries=entry.texts("carries"),
        issuer=entry.text("issuer", ""),
        jurisdiction=entry.text("jurisdiction", ""),
        task_ends_on=entry.day_or_none("task_ends_on"),
        notice=entry.text("notice", ""),
    )


def _id(entry: Entry) -> str:
    own = entry.text("id")
    if not _ID.fullmatch(own):
        raise entry.wrong(f'"id" is "{own}"', "use small Latin letters, digits, _ . - only")
    return own


def _requirement(entry: Entry, levels: frozenset[str]) -> Requirement:
    entry.only(*_REQUIREMENT_KEYS)
    scope = entry.choice("scope", Scope)
    requirement = Requirement(
        id=_id(entry),
        title=entry.text("title"),
        clause=entry.text("clause"),
        quote=entry.text("quote"),
        scope=scope,
        organ_kinds=_organ_kinds(entry, scope),
        basis=entry.texts("basis"),
        item=entry.text("item", ""),
        root=entry.choice("root", Root, Root.EITHER),
        condition=entry.text("condition", ""),
        confirm_organs=entry.flag("confirm_organs"),
        container=entry.flag("container"),
        lead=entry.texts("lead"),
        responsible=entry.texts("responsible"),
        channels=entry.texts("channels"),
        due=tuple(_due(one) for one in entry.tables("due", label_key="kind")),
        paths=tuple(_path(one, levels) for one in entry.tables("path", label_key="")),
        expectations=tuple(_expectation(one) for one in entry.tables("expect", label_key="check")),
        checklist=entry.texts("checklist"),
        venues=entry.texts("venues"),
        valid_from=entry.day_or_none("valid_from"),
        valid_to=entry.day_or_none("valid_to"),
        valid_to_source=entry.text("valid_to_source", ""),
        note=entry.text("note", ""),
    )
    _check_term(entry, requirement)
    if len({path.labels for path in requirement.paths}) < len(requirement.paths):
        raise entry.wrong("two of its paths have the same steps", "take one of them out")
    return requirement


def _organ_kinds(entry: Entry, scope: Scope) -> tuple[str, ...]:
    kinds = entry.texts("organ_kinds")
    known = [kind.value for kind in OrganKind if kind is not OrganKind.PARTY]
    for kind in kinds:
        if kind == OrganKind.PARTY:
            raise entry.wrong('"organ_kinds" names "party"', "take it out: party organs lead and are never obliged")
        if kind not in known:
            raise entry.wrong(f'"organ_kinds" names "{kind}"', nearest(kind, known))
    if not kinds and scope in (Scope.ORGANS, Scope.PORTAL_AND_ORGANS, Scope.CENTRAL_LIST):
        raise entry.wrong(f'the scope "{scope}" has no "organ_kinds"', 'name them: organ_kinds = ["department", ...]')
    if kinds and scope is Scope.PORTAL:
        raise entry.wrong('the scope "portal" has "organ_kinds"', "take them out, or choose another scope")
    return kinds


def _check_term(entry: Entry, requirement: Requirement) -> None:
    if requirement.valid_to is not None and not requirement.valid_to_source:
        raise entry.wrong(
            '"valid_to" has no source', 'add "valid_to_source" with 文号 and clause, or take valid_to out'
        )
    if requirement.valid_to is None and requirement.valid_to_source:
        raise entry.wrong('"valid_to_source" stands without "valid_to"', 'add "valid_to", or take the source out')
    if requirement.valid_from and requirement.valid_to and requirement.valid_to < requirement.valid_from:
        raise entry.wrong('"valid_to" lies before "valid_from"', "mend one of the two dates")


def _due(entry: Entry) -> Due:
    entry.only(*_DUE_KEYS)
    kind = entry.choice("kind", DueKind)
    if not entry.text("source", ""):
        raise entry.wrong("this deadline has no source", 'add "source" with 文号 and clause')
    if _DUE_NEEDS[kind] not in entry.table:
        raise entry.wrong(f'a deadline of kind "{kind}" has no "{_DUE_NEEDS[kind]}"', f'add "{_DUE_NEEDS[kind]} = ..."')
    month_day = entry.text("month_day", "")
    if month_day and not _MONTH_DAY.fullmatch(month_day):
        raise entry.wrong(f'"month_day" is "{month_day}"', 'write month and day as "03-31"')
    return Due(
        kind=kind,
        source=entry.text("source"),
        on=entry.day_or_none("on"),
        month_day=month_day,
        days=entry.number("days"),
        working_days=entry.flag("working_days"),
        event=entry.text("event", ""),
        earlier_than_notice=entry.flag("earlier_than_notice"),
    )


def _path(entry: Entry, levels: frozenset[str]) -> DisclosurePath:
    entry.only("origin", "steps", "source")
    origin = entry.choice("origin", PathOrigin)
    labels = _labels(entry)
    source = entry.text("source", "")
    if origin is PathOrigin.CUSTOMARY and not source:
        raise entry.wrong("a customary path has no source", 'add "source": where it is known from')
    # The column itself is never looked through, even where it bears a level's name (政府信息公开 as the platform).
    inner = (Step(label, may_be_skipped=label in levels) for label in labels[1:-1])
    return DisclosurePath((Step(labels[0]), *inner, Step(labels[-1])), origin, source)


def _labels(entry: Entry) -> tuple[str, ...]:
    value = entry.table.get("steps")
    cure = f'write steps = ["{ROOT_LABEL}", "...", "..."], the column last'
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        raise entry.wrong("this path has no steps", cure)
    if value[0] != ROOT_LABEL:
        raise entry.wrong(f'this path starts with "{value[0]}"', f'put "{ROOT_LABEL}" first')
    if len(value) < 2:
        raise entry.wrong("this path names no column", cure)
    return tuple(value)


def _expectation(entry: Entry) -> Expectation:
    check_id = entry.text("check")
    if not _CHECK.fullmatch(check_id):
        raise entry.wrong(f'"check" is "{check_id}"', 'write "dimension.name", for example "column.not_empty"')
    return Expectation(check_id, {key: value for key, value in entry.table.items() if key != "check"})


def _no_duty(entry: Entry) -> NoDuty:
    entry.only("clause", "quote", "reason")
    return NoDuty(entry.text("clause"), entry.text("quote"), entry.text("reason"))
