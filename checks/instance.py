"""Instances (指定文件): finding the document of a duty among rows and text, and what its absence means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalog.obligation import Obligation
from catalog.requirement import DueKind
from catalog.spelling import fold
from checks.owing import as_owed, deadline_of, runs_from_unseen_event, yearly_on
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated
from checks.saying import day, listed, moment, titled
from checks.seeing import Seen, words_in
from checks.stating import statement_in
from ledger.observation import ColumnShape, Row
from ledger.reason import Reason
from ledger.standing import Standing

_DIGITS = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))
_CUT = ("…", "...", "．．．")
_ROUND = re.compile(r"[○◯◦⭕零]|(?<=[一二三四五六七八九〇0○◯零])[oO０ＯоОοΟ]|[oOＯоОοΟ](?=[一二三四五六七八九〇0○◯零])")
"""What titles print for 〇 (二○二○年, 二O二O年)."""

_ALSO_YEARLY = re.compile(r"总结|情况")
_PERIOD = re.compile(r"\d{4}|十[一二三四五六]?五|五年")
_PLAN = re.compile(r"规划|纲要")
_ANY_YEAR = re.compile(r"(?:19|20)\d{2}|[一二][〇九0][〇一二三四五六七八九0]{2}")


@dataclass(frozen=True, slots=True)
class Sought:
    """Sought document (指定文件): words that its title holds, all of ``words`` and one of ``any_of`` if there are any.

    ``year`` is the year it is about; None where it is about none.
    """

    words: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    year: int | None = None

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Groups of words for the walk (``Wanted.sought``)."""
        base = self.words + ((str(self.year),) if self.year is not None else ())
        return tuple((*base, one) for one in self.any_of) or ((base,) if base else ())

    @property
    def chinese(self) -> str:
        """As a reader would name it."""
        year = f"{self.year}年" if self.year is not None else ""
        parts = ["、".join(self.words)] if self.words else []
        parts += ["或".join(self.any_of)] if self.any_of else []
        return f"{year}{'（'.join(parts)}{'）' if len(parts) > 1 else ''}"

    def is_met_by(self, text: str, place: str = "") -> bool:
        """Whether a title meets it; the year may also stand in the sub-column (政府公报>2021)."""
        if not all(_names_word(text, word) for word in self.words):
            return False
        if self.any_of and not any(words_in(text, (one,)) for one in self.any_of):
            return False
        return self.year is None or names_year(text, self.year) or names_year(place, self.year)

    @property
    def years(self) -> tuple[int, ...]:
        """Years that a title must name: its own, or an edition among the words (2020 年版)."""
        named = tuple(int(word) for word in self.words if re.fullmatch(r"20\d{2}", word))
        return named if self.year is None else (*named, self.year)

    def may_be_undated(self, row: Row) -> bool:
        """Whether a title holds all but the year, names no year at all, and its date does not exclude it."""
        words = tuple(word for word in self.words if not re.fullmatch(r"20\d{2}", word))
        if not self.years or not words_in(row.title, words) or names_any_year(row.title):
            return False
        if self.any_of and not any(words_in(row.title, (one,)) for one in self.any_of):
            return False
        return row.published_on is None or row.published_on.year >= min(self.years)

    def may_be_worded_otherwise(self, row: Row) -> bool:
        """Whether a yearly document may bear another title: it names the year and is a 总结 or a 情况."""
        named = self.year is not None and (names_year(row.title, self.year) or names_year(row.child, self.year))
        return named and bool(_ALSO_YEARLY.search(row.title))

    def may_be_without_period(self, row: Row) -> bool:
        """Whether the row is a plan that names no period while one is sought (十四五), so that it may be of any."""
        seeks_period = bool(self.any_of) and all(_PERIOD.search(one) for one in self.any_of)
        is_plan = bool(_PLAN.search(row.title)) and words_in(row.title, self.words)
        return seeks_period and is_plan and not (_PERIOD.search(row.title) or names_any_year(row.title))

    def may_be_cut_from(self, title: str) -> bool:
        """Whether the title is cut and what is left does not exclude it."""
        if not title.rstrip().endswith(_CUT):
            return False
        marks = [*self.words, *self.any_of, *([str(self.year)] if self.year is not None else [])]
        return any(words_in(title, (mark,)) for mark in marks)


def names_year(text: str, year: int) -> bool:
    """Whether the text names the year, in digits or in Chinese (二〇二〇)."""
    chinese = "".join(_DIGITS[digit] for digit in str(year))
    plain = _plain(text)
    return str(year) in plain or chinese in plain or chinese.replace("〇", "0") in plain


def names_any_year(text: str) -> bool:
    """Whether the text names some year."""
    return bool(_ANY_YEAR.search(_plain(text)))


def _plain(text: str) -> str:
    return fold(_ROUND.sub("〇", text))  # folding drops ○ as a list mark


def _names_word(text: str, word: str) -> bool:
    return names_year(text, int(word)) if re.fullmatch(r"20\d{2}", word) else words_in(text, (word,))


def year_owed(obligation: Obligation, night: date, years_back: int) -> tuple[int, bool]:
    """The year whose instance is looked for, and whether its day has passed (true where no yearly day is given)."""
    year = night.year - years_back
    yearly = [due for due in obligation.requirement.due if due.kind is DueKind.YEARLY]
    return year, not yearly or any(yearly_on(due, night.year) < night for due in yearly)


def sought_of(obligation: Obligation, night: date) -> tuple[Sought, ...]:
    """Documents that the requirement's expectations name."""
    found = []
    for one in obligation.requirement.expectations:
        words = _words(one.options, "words")
        if one.check_id == "content.annual_instance":
            back = one.options.get("years_back", 1)
            year, _ = year_owed(obligation, night, back if isinstance(back, int) else 1)
            found.append(Sought(words, (), year))
        if one.check_id == "content.named_document":
            found.append(Sought(words, _words(one.options, "any_of")))
    return tuple(found)


def _words(options: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = options.get(name, ())
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def rows_of(seen: Seen, sought: Sought) -> tuple[Row, ...]:
    """Rows that meet it, newest first, undated last."""
    met = [row for row in seen.rows if sought.is_met_by(row.title, row.child)]
    return tuple(sorted(met, key=lambda row: row.published_on or date.min, reverse=True))


def stands_in_text(seen: Seen, sought: Sought) -> bool:
    """Whether the column is itself the document: an article or a table that holds the words."""
    if any(article.reason is None and sought.is_met_by(article.title) for article in seen.articles):
        return True
    if seen.shape not in (ColumnShape.ARTICLE, ColumnShape.TABLE):
        return False
    cells = " ".join(" ".join((*table.headers, *(c for row in table.rows for c in row))) for table in seen.tables)
    return sought.is_met_by(f"{seen.text} {cells}")


def find(obligation: Obligation, seen: Seen, sought: Sought, *, is_owed: bool = True) -> Ruling:
    """Rule on one sought document: there, stated to be none, not due, absent, or not to be told."""
    if not seen.is_found:
        return not_applicable("栏目未到达，指定内容不作判断。")
    at = moment(seen.listing.seen_at if seen.listing else None)
    rows = rows_of(seen, sought)
    if rows:
        return satisfied(f"截至{at}，栏目列有{titled(rows[0].title)}。", seen.witnesses)
    if stands_in_text(seen, sought):
        return satisfied(f"截至{at}，栏目正文为{sought.chinese}的内容。", seen.witnesses)
    statement = statement_in(seen, sought.year)
    if statement:
        return satisfied(f"栏目发布了情况说明：{titled(statement)}。", seen.witnesses, Standing.STATEMENT)
    deadline = deadline_of(as_owed(obligation), seen.night)
    if not is_owed or (deadline is not None and deadline.on >= seen.night):
        return not_applicable(f"{sought.chinese}的公开时限尚未届满。", seen.witnesses, Standing.NOT_DUE)
    event = runs_from_unseen_event(obligation.requirement)
    if event is not None:
        said = f"{sought.chinese}的公开时限自“{event.event}”起算，起算日期页面上看不到（{event.source}）。"
        return not_applicable(said, seen.witnesses, Standing.DUE_UNKNOWN)
    unread = why_unsure(seen, sought)
    if unread is not None:
        return inconclusive(
            unread, f"未能完整查看栏目，不能判断有无{sought.chinese}：{unread.chinese}。", seen.witnesses
        )
    return _absent(obligation, seen, sought, at)


def why_unsure(seen: Seen, sought: Sought) -> Reason | None:
    """Why its absence may not be believed; None when all was seen and nothing there can be it."""
    if seen.unread is not None:
        return seen.unread
    may_be = (sought.may_be_undated, sought.may_be_worded_otherwise, sought.may_be_without_period)
    if any(sought.may_be_cut_from(row.title) or any(one(row) for one in may_be) for row in seen.rows):
        return Reason.AMBIGUOUS
    listing = seen.listing
    hidden = listing is not None and bool(listing.attachments or listing.images or listing.media)
    if hidden and seen.shape is not ColumnShape.LIST:
        return Reason.ATTACHMENT_UNREAD
    return None


def _absent(obligation: Obligation, seen: Seen, sought: Sought, at: str) -> Ruling:
    deadline = deadline_of(as_owed(obligation), seen.night)
    shown = listed(row.title for row in seen.rows)
    whose = f"涉及{obligation.organ.name}的条目" if seen.place.shared else "页面"
    said = f"截至{at}，栏目已完整查看，{whose}{shown}，未发现{sought.chinese}的内容"
    if deadline is None:
        return violated(Standing.ITEM_MISSING, f"{said}。", seen.witnesses)
    said += f"；公开时限为{day(deadline.on)}（{deadline.source}）。"
    standing = Standing.OVERDUE if deadline.lateness_counts else Standing.ITEM_MISSING
    return violated(standing, said, seen.witnesses)
