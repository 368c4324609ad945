"""Whether a document was published by its day."""

from __future__ import annotations

from datetime import date

from catalog.obligation import Obligation
from checks.instance import Sought, rows_of, sought_of, stands_in_text, why_unsure
from checks.owing import Deadline, as_owed, deadline_of, runs_from_unseen_event
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated
from checks.saying import day, listed, moment, titled
from checks.seeing import Seen
from checks.stating import statement_in
from ledger.observation import ColumnShape, Need, Row
from ledger.reason import Reason
from ledger.standing import Dimension, Standing


def _sought(obligation: Obligation, night: date) -> tuple[tuple[str, ...], ...]:
    return tuple(group for one in sought_of(obligation, night) for group in one.groups)


def _until(obligation: Obligation, night: date) -> date | None:
    deadline = deadline_of(as_owed(obligation), night)
    return deadline.on if deadline is not None else None


@check(
    title="在公开时限内公开",
    failure_title="超过公开时限",
    needs={Need.LISTING, Need.DATE},
    standing=Standing.PUBLISHED_LATE,
    dimension=Dimension.TIMELY,
    sought=_sought,
    until=_until,
)
def published_by(obligation: Obligation, seen: Seen) -> Ruling:
    """是否在公开时限内公开：指定文件的显示日期不晚于公开时限。

    晚于时限的为超期公开；时限已过而完整查看后仍没有的为逾期未见公开；时限未到的不计；没有显示日期的不作结论。
    时限早于文件印发日期的，超期只作备注。

    依据：由标准目录各条目载明的公开时限
    """
    if not seen.is_found:
        return not_applicable("栏目未到达，时限不作判断。")
    deadline = deadline_of(as_owed(obligation), seen.night)
    if deadline is None:
        event = runs_from_unseen_event(obligation.requirement)
        return not_applicable(f"公开时限自“{event.event}”起算，起算日期页面上看不到。" if event else "未载明公开时限。")
    wanted = sought_of(obligation, seen.night)
    rows = tuple(row for one in wanted for row in rows_of(seen, one)) if wanted else seen.rows
    if rows:
        return _rule_on_dates(seen, deadline, rows, is_named=bool(wanted))
    if _is_itself(seen, wanted):
        return _rule_on_article(seen, deadline)
    return _rule_on_absence(obligation, seen, deadline)


def _is_itself(seen: Seen, wanted: tuple[Sought, ...]) -> bool:
    if wanted:
        return any(stands_in_text(seen, one) for one in wanted)
    return seen.shape in (ColumnShape.ARTICLE, ColumnShape.TABLE) and bool(seen.text.strip() or seen.tables)


def _shown_date(seen: Seen, row: Row) -> date | None:
    """The earlier of the dates in the list and on the page, which is the milder reading."""
    page = next((a.displayed_date for a in seen.articles if a.url == row.url and a.displayed_date), None)
    dates = [one for one in (row.published_on, page) if one is not None]
    return min(dates) if dates else None


def _rule_on_dates(seen: Seen, deadline: Deadline, rows: tuple[Row, ...], *, is_named: bool) -> Ruling:
    dated = [(shown, row.title) for row in rows if (shown := _shown_date(seen, row)) is not None]
    if not dated:
        return _undated(seen)
    earliest, title = min(dated)
    if earliest <= deadline.on:
        return satisfied(f"{titled(title)}显示日期为{day(earliest)}，在公开时限{day(deadline.on)}内。", seen.witnesses)
    if len(dated) < len(rows):
        return _undated(seen)
    if not is_named and seen.unread is not None:
        return inconclusive(seen.unread, f"更早的条目未能查看：{seen.unread.chinese}。", seen.witnesses)
    return _late(seen, deadline, earliest, title)


def _earlier_date(seen: Seen, deadline: Deadline, title: str) -> date | None:
    """A date of the page's tag or address that lies within the term: five dates are kept apart, and none is proof."""
    urls = {row.url for row in seen.rows if row.title == title}
    opened = (one for one in seen.articles if one.role != "counterpart" and (one.url in urls or one.title == title))
    dates = [on for one in opened for on in (one.tag_date, one.address_date) if on is not None]
    return min((on for on in dates if on <= deadline.on), default=None)


def _rule_on_article(seen: Seen, deadline: Deadline) -> Ruling:
    article = next((a for a in seen.articles if a.displayed_date is not None and a.role != "counterpart"), None)
    if article is None or article.displayed_date is None:
        return _undated(seen)
    if article.displayed_date <= deadline.on:
        return satisfied(f"显示日期为{day(article.displayed_date)}，在公开时限{day(deadline.on)}内。", seen.witnesses)
    return _late(seen, deadline, article.displayed_date, article.title)


def _undated(seen: Seen) -> Ruling:
    said = "内容未显示日期，不能判断是否在公开时限内。"
    return inconclusive(Reason.AMBIGUOUS, said, seen.witnesses, ["内容未显示发布日期。"])


def _late(seen: Seen, deadline: Deadline, shown: date, title: str) -> Ruling:
    said = f"{titled(title)}显示日期为{day(shown)}，晚于公开时限{day(deadline.on)}（{deadline.source}）。"
    if not deadline.lateness_counts or deadline.on >= seen.night:
        return satisfied("已公开。", seen.witnesses, remarks=[said] if not deadline.lateness_counts else [])
    other = _earlier_date(seen, deadline, title)
    if other is not None:
        remark = f"{said}但页面标签或地址所含日期为{day(other)}。"
        said = f"{remark}两处日期不一致，不能判断是否在公开时限内。"
        return inconclusive(Reason.AMBIGUOUS, said, seen.article_witnesses, [remark])
    return violated(Standing.PUBLISHED_LATE, said, seen.article_witnesses)


def _why_unread(obligation: Obligation, seen: Seen) -> Reason | None:
    if seen.unread is None and seen.shape is not ColumnShape.LIST and seen.has_attachments:
        return Reason.ATTACHMENT_UNREAD
    wanted = sought_of(obligation, seen.night)
    return seen.unread or next((why for one in wanted if (why := why_unsure(seen, one)) is not None), None)


def _rule_on_absence(obligation: Obligation, seen: Seen, deadline: Deadline) -> Ruling:
    if deadline.on >= seen.night:
        return not_applicable(f"公开时限为{day(deadline.on)}，尚未届满。", seen.witnesses, Standing.NOT_DUE)
    statement = statement_in(seen, deadline.on.year)
    if statement:
        return satisfied(f"栏目发布了情况说明：{titled(statement)}。", seen.witnesses, Standing.STATEMENT)
    unread = _why_unread(obligation, seen)
    if unread is not None:
        return inconclusive(unread, f"未能完整查看栏目，不能判断是否已公开：{unread.chinese}。", seen.witnesses)
    at = moment(seen.listing.seen_at if seen.listing else None)
    shown = listed(row.title for row in seen.rows)
    said = f"截至{at}，栏目已完整查看，页面{shown}，未发现应于{day(deadline.on)}前公开的内容"
    standing = Standing.OVERDUE if deadline.lateness_counts else Standing.ITEM_MISSING
    return violated(standing, f"{said}（{deadline.source}）。", seen.witnesses)
