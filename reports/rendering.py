"""From a view and a template to one self-contained HTML page; the only place that knows Jinja."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from ledger.standing import Dimension, DimensionResult, Standing
from reports import wording
from reports.view import Line, counts, rate

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""Control characters, and halves of a surrogate pair, which UTF-8 has no bytes for."""


def _source(name: str) -> str | None:
    file = resources.files("reports").joinpath("templates", name)
    return file.read_text(encoding="utf-8") if file.is_file() else None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shanghai"] = wording.shanghai
    environment.filters["is_web"] = lambda address: address.startswith(("http://", "https://"))
    environment.globals.update(
        wording=wording,
        rate=rate,
        counts=counts,
        path_steps=path_steps,
        unresolved_notes=unresolved_notes,
        dimensions=list(Dimension),
        results=DimensionResult,
        Standing=Standing,
    )
    return environment


def path_steps(line: Line) -> tuple[tuple[str, str], ...]:
    """The mandated path as (label, mark) pairs; mark is ``ok``, ``failed``, ``beyond``, or empty where unknown."""
    path, column = line.obligation.path, line.column
    if path is None:
        return ()
    labels = path.labels
    if column is None:
        return tuple((label, "") for label in labels)
    if column.failed_step is None:
        return tuple((label, "ok") for label in labels)
    failed = column.failed_step + 1  # observed steps leave out the root
    marks = ["ok" if n < failed else "failed" if n == failed else "beyond" for n in range(len(labels))]
    return tuple(zip(labels, marks, strict=True))


def unresolved_notes(line: Line) -> tuple[str, ...]:
    """Sentences on the notice's roles that no organ of the roster fits, responsible and leading units apart."""
    owed = line.obligation
    responsible = [role for role in owed.unresolved if role in owed.requirement.responsible]
    leading = [role for role in owed.unresolved if role in owed.requirement.lead and role not in responsible]
    addressee = owed.organ.short or owed.organ.name
    notes = []
    if responsible:
        notes.append(f"通知中的责任单位“{'、'.join(responsible)}”未能对应到名册中的单位，暂送{addressee}")
    if leading:
        notes.append(f"通知中的牵头单位“{'、'.join(leading)}”未能对应到名册中的单位")
    return tuple(notes)


def render(template: str, **facts: object) -> str:
    """One page.

    Args:
        template: file name in ``reports/templates``.
        facts: what the template names; anything it names and is not given is an error.
    """
    return _UNPRINTABLE.sub("\ufffd", _environment().get_template(template).render(**facts))
