"""Whether a column was renewed within its period."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from catalog.obligation import Obligation
from catalog.requirement import DueKind
from checks.registry import check
from checks.ruling import Ruling, inconclusive, not_applicable, satisfied, violated
from checks.saying import day, moment, titled
from checks.seeing import Seen
from checks.stating import statement_in
from ledger.observation import Need, Row
from ledger.reason import Reason
from ledger.standing import Dimension, Standing

DEFAULT_DAYS = 365
_DATES_APART = timedelta(days=5)


def _since(obligation: Obligation, night: date, *, days: int | None = None) -> date:
    return night - timedelta(days=_period(obligation, days)[0])


@check(
    title="栏目更新及时",
    failure_title="栏目更新不及时",
    needs={Need.LISTING, Need.DATE},
    standing=Standing.STALE,
    dimension=Dimension.TIMELY,
    since=_since,
)
def updated_within(obligation: Obligation, seen: Seen, *, days: int | None = None) -> Ruling:
    """栏目是否按期更新：最新条目的显示日期距核验基准日不超过 days 天。

    期限依次取：标准目录的 days、公开时限载明的更新周期、默认 365 天（结论中写明是哪一种）。
    条目没有日期的单列一类，不作更新不及时的结论；列表未按日期排列且未完整查看的，不作结论。

    依据：由标准目录各条目载明；未载明的按默认口径（365天）
    """
    if not seen.is_found:
        return not_applicable("栏目未到达，时效不作判断。")
    limit, source = _period(obligation, days)
    dated = _dates(seen)
    if not dated:
        if not seen.rows and not seen.articles and seen.unread is None:
            return not_applicable("栏目没有条目，时效不作判断。", seen.witnesses)
        reason = seen.unread if not seen.rows and seen.unread else Reason.AMBIGUOUS
        return inconclusive(
            reason, "栏目内容未显示日期，不能判断更新时间。", seen.witnesses, ["栏目内容未显示发布日期。"]
        )
    newest, title = max(dated)
    remarks = _remarks(seen, newest)
    age = (seen.night - newest).days
    said = f"最新内容{titled(title)}显示日期为{day(newest)}，期限为{limit}天（{source}）"
    if age <= limit:
        return satisfied(f"{said}。", seen.witnesses, remarks=remarks)
    statement = statement_in(seen, seen.night.year)
    if statement:
        return satisfied(f"栏目发布了情况说明：{titled(statement)}。", seen.witnesses, Standing.STATEMENT, remarks)
    unread = _why_unsure(seen)
    if unread is not None:
        return inconclusive(
            unread, f"{said}，但可能还有更新的条目未能查看：{unread.chinese}。", seen.witnesses, remarks
        )
    at = moment(seen.listing.seen_at if seen.listing else None)
    return violated(
        Standing.STALE, f"截至{at}，{said}，至核验基准日{day(seen.night)}已{age}天。", seen.witnesses, remarks
    )


def _period(obligation: Obligation, days: int | None) -> tuple[int, str]:
    if days is not None:
        return days, f"标准目录 {obligation.directory.document_number}载明"
    for due in obligation.requirement.due:
        if due.kind is DueKind.PERIOD and due.days is not None:
            return due.days, due.source
    return DEFAULT_DAYS, "文件未载明更新周期，按默认口径"


def _dates(seen: Seen) -> list[tuple[date, str]]:
    """Displayed dates with their titles; of list and page never the build time or the address."""
    found = [(row.published_on, row.title) for row in seen.rows if row.published_on is not None]
    found += [(a.displayed_date, a.title) for a in seen.articles if a.displayed_date and a.role != "counterpart"]
    return found


def _remarks(seen: Seen, newest: date) -> list[str]:
    said = []
    article = seen.newest
    row_date, page_date = (article.row_date, article.displayed_date) if article else (None, None)
    if article and row_date and page_date and abs(row_date - page_date) > _DATES_APART:
        shown = f"列表日期（{day(row_date)}）与页面日期（{day(page_date)}）"
        said.append(f"{titled(article.title)}的{shown}不一致。")
    if newest > seen.night:
        said.append(f"最新内容的显示日期（{day(newest)}）晚于核验基准日。")
    return said


def _why_unsure(seen: Seen) -> Reason | None:
    """Why a newer row may exist: undated rows, or pages not read of a list that is not seen to fall by date."""
    if any(row.published_on is None for row in seen.rows):
        return Reason.AMBIGUOUS
    if seen.unread is None:
        return None
    listing = seen.listing
    if listing is None or not seen.rows or listing.children:
        return seen.unread
    return None if _newest_first(seen.rows) else seen.unread


def _newest_first(rows: tuple[Row, ...]) -> bool:
    """Whether the dates fall from row to row; rows of one single day show no order."""
    falls = False
    for _, group in groupby(rows, key=lambda row: row.child):
        shown = [row.published_on for row in group if row.published_on is not None]
        if shown != sorted(shown, reverse=True):
            return False
        falls = falls or len(set(shown)) > 1
    return falls
