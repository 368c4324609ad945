"""What the drafts of a column hold: texts, elements, named documents, dates; for the truth only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from catalog.obligation import Obligation
from catalog.requirement import DueKind, Expectation, Scope
from portals.columns import Article, Column, Door
from portals.filling import last_day, words_of


def when(holds: bool, otherwise: str) -> tuple[str, str]:
    """Published where it holds, else the other standing; no reason."""
    return ("published" if holds else otherwise), ""


def held(column: Column) -> list[Article]:
    """Articles of a column and of the sub-columns that it offers."""
    return [one for below in column.below() if below.door is Door.OPEN for one in below.articles]


def texts_of(articles: Iterable[Article]) -> Iterable[str]:
    """All text of articles: titles, paragraphs, table rows."""
    for one in articles:
        yield one.title
        yield from one.paragraphs
        for grid in one.grids:
            yield " ".join(grid.headers)
            yield from (" ".join(row) for row in grid.rows)


def elements(column: Column, elements: Sequence[str]) -> tuple[str, str]:
    """Elements in the column's own page or the newest article; a file beside them may hold what the text lacks."""
    articles = held(column)
    if column.grid is not None:
        texts = [" ".join(column.grid.headers), *(" ".join(row) for row in column.grid.rows)]
        return when(all(any(word in text for text in texts) for word in elements), "incomplete")
    newest = max(articles, key=lambda one: one.published_on, default=None)
    if newest is None:
        return "published", ""
    texts = [*texts_of([newest]), *(one.title for one in articles)]
    if all(any(word in text for text in texts) for word in elements):
        return "published", ""
    return ("could_not_verify", "attachment_unread") if newest.resources else ("incomplete", "")


def instances(duty: Obligation, expectation: Expectation, articles: Iterable[Article], as_of: date) -> list[Article]:
    """Articles that are the instance of the year that is owed; in a central list only the organ's own."""
    year = as_of.year - int(str(expectation.options.get("years_back", 1)))
    words = (*words_of(expectation.options.get("words")), str(year))
    own = duty.requirement.scope is not Scope.CENTRAL_LIST
    named = [one for one in articles if own or duty.organ.name in one.title]
    return [one for one in named if all(word in one.title for word in words)]


def absence(duty: Obligation) -> str:
    """What the absence of a named instance is: overdue where a deadline with force has passed."""
    dated = [due for due in duty.requirement.due if due.kind in (DueKind.ON, DueKind.YEARLY)]
    return "overdue" if dated and not all(due.earlier_than_notice for due in dated) else "item_missing"


def by_deadline(duty: Obligation, articles: Sequence[Article], as_of: date) -> tuple[str, str]:
    """Standing from the dates of the documents and the deadline."""
    dues = [due for due in duty.requirement.due if due.kind in (DueKind.ON, DueKind.YEARLY)]
    if not dues or all(due.earlier_than_notice for due in dues):
        return "published", ""
    limit = max(last_day(due, as_of) for due in dues)
    for expectation in duty.requirement.expectations:
        if expectation.check_id == "content.annual_instance":
            articles = instances(duty, expectation, articles, as_of)
    if not articles:
        return absence(duty), ""
    return when(min(one.published_on for one in articles) <= limit, "published_late")
