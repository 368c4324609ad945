"""run, crawl, judge, report, look, gaps, status: the night and what became of it."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ledger.custody import CustodyKind
from ledger.ledger import Ledger
from ledger.night import Night, NightState
from ledger.reply import fold_replies, open_disputes
from ledger.verdict import GapState
from nightly.clock import now, tonight
from nightly.clock_check import UNCHECKED
from nightly.commands.options import DATA_DEFAULT, AsOf, Browser, Data, District, Replay, night_of
from nightly.crawling import begin, crawl_night, expectation, look_by_day
from nightly.environment import environment_of
from nightly.errors import Exit, NightError
from nightly.judging import Judged, judge_night, suspects
from nightly.packs.sealing import seal_night
from nightly.preparing import Prepared, prepare
from nightly.progress import Shown
from nightly.reporting import report_night
from nightly.safekeeping.keeping import damage_sentence, move_closed, refuse_damage, verify_archive
from nightly.scheduling import next_run
from nightly.settings import read_settings
from nightly.viewing import view_night
from reports.view import NightView, counts, rate
from reports.wording import DISPUTED, shanghai

ConfirmNow = Annotated[bool, typer.Option("--confirm-now", help="当晚两次完整核验一致即确认（演示、测试用）")]
Pictures = Annotated[bool, typer.Option("--pictures/--no-pictures", help="为问题页面截图（需要浏览器）")]
VERIFIED_ENOUGH = 0.9

console = Console(highlight=False)
if not console.is_terminal:
    console = Console(highlight=False, width=160)  # a pipe or a log file has no width of its own


def run(
    district: District,
    data: Data = DATA_DEFAULT,
    as_of: AsOf = "",
    confirm_now: ConfirmNow = False,
    replay: Replay = [],  # noqa: B006 - typer reads the default and never changes it
    pictures: Pictures = True,
    browser: Browser = True,
) -> None:
    """一整夜：走查、判断、出报告。中断后再次执行同一命令即继续。"""
    prepared, settings = prepare(district, night_of(as_of)), read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        night = begin(prepared, ledger, confirm_now=confirm_now, replay=replay)
        if night.state is NightState.FINISHED:
            console.print(
                f"{night.night} 的批次已完成：{settings.reports(prepared.district.id, night.night)}/总览.html"
            )
            return
        _announce(prepared, confirm_now=night.confirm_now)
        with Shown(console) as shown:
            crawl_night(prepared, ledger, night, replay, shown, browser=browser)
        clock = environment_of(ledger, night).get("clock", UNCHECKED)
        console.print(f"时钟核对：{clock.replace(UNCHECKED, '未核对', 1)}")
        judge_night(prepared, ledger, night, now())
        night = _night(ledger, prepared)
        seal_night(prepared, ledger, night, settings, now())
        verified = verify_archive(ledger, settings, night.night, now())
        view, written = report_night(prepared, settings, ledger, night, pictures=pictures)
        _summary(view)
        console.print(verified.sentence, soft_wrap=True)
        console.print(f"\n请打开总览：[bold]{written.overview}[/bold]", soft_wrap=True)
        move_closed(ledger)
        refuse_damage(verified.damage)


def crawl(
    district: District,
    data: Data = DATA_DEFAULT,
    as_of: AsOf = "",
    confirm_now: ConfirmNow = False,
    replay: Replay = [],  # noqa: B006 - typer reads the default and never changes it
    browser: Browser = True,
) -> None:
    """只走查：访问网站，存档并记录观测。"""
    prepared, settings = prepare(district, night_of(as_of)), read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        night = begin(prepared, ledger, confirm_now=confirm_now, replay=replay)
        if night.state is not NightState.RUNNING:
            console.print(f"{night.night} 的批次已完成")
            return
        _announce(prepared, confirm_now=night.confirm_now)
        with Shown(console) as shown:
            crawl_night(prepared, ledger, night, replay, shown, browser=browser)


def judge(district: District, data: Data = DATA_DEFAULT, as_of: AsOf = "") -> None:
    """只判断：由台账中的观测重新得出结论，不访问网站。"""
    prepared, settings = prepare(district, night_of(as_of)), read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        judged = judge_night(prepared, ledger, _night(ledger, prepared), now())
        seal_night(prepared, ledger, _night(ledger, prepared), settings, now())
        _summary(view_night(prepared, ledger, _night(ledger, prepared)))
        _say_incident(judged)


def report(district: District, data: Data = DATA_DEFAULT, as_of: AsOf = "", pictures: Pictures = True) -> None:
    """只出报告：由台账中的结论重新生成全部报告。"""
    prepared, settings = prepare(district, night_of(as_of)), read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        _, written = report_night(prepared, settings, ledger, _night(ledger, prepared), pictures=pictures)
        console.print(f"请打开总览：[bold]{written.overview}[/bold]", soft_wrap=True)


def look(district: District, data: Data = DATA_DEFAULT, pictures: Pictures = True, browser: Browser = True) -> None:
    """工作时间复看：只看最近一个批次的待复核线索。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        prepared = prepare(district, tonight(now()))
        nights = [one for one in ledger.nights(prepared.district.id) if one.state is NightState.FINISHED]
        if not nights:
            raise NightError(f"no finished night of {prepared.district.id}; run: mingcha run {district}")
        newest = nights[-1]
        prepared = prepare(district, newest.night)
        again = suspects(ledger.standings(newest.id))
        with Shown(console) as shown:
            look_by_day(prepared, ledger, newest, again, shown, browser=browser)
        console.print(f"复看线索 {len(again)} 项")
        judge_night(prepared, ledger, newest, now())
        seal_night(prepared, ledger, _night(ledger, prepared), settings, now())
        report_night(prepared, settings, ledger, _night(ledger, prepared), pictures=pictures)


def gaps(district: District, data: Data = DATA_DEFAULT, as_of: AsOf = "") -> None:
    """列出问题台账。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        prepared = prepare(district, newest_night(ledger, district, as_of))
        owed = {one.id: one for one in prepared.obligations}
        replies = fold_replies(ledger.custody(CustodyKind.REPLIED), prepared.district.id)
        disputed = open_disputes(replies, ledger.reviews(prepared.district.id))
        table = Table("编号", "状态", "类型", "单位", "事项", "发现")
        for gap in ledger.gaps(prepared.district.id, prepared.night):
            one = owed.get(gap.obligation_id)
            organ = one.organ.name if one else ""
            title = one.requirement.title if one else gap.obligation_id
            state = gap.state.chinese if gap.state is not GapState.NEW else "新增（待复核）"
            state += f"（{DISPUTED}）" if gap.id in disputed else ""
            table.add_row(gap.id, state, gap.standing.chinese, organ, title, gap.opened_on.isoformat())
        console.print(table)


def status(district: District, data: Data = DATA_DEFAULT) -> None:
    """最近一个批次是否完成、核验率、下次执行时间、剩余磁盘；不正常时退出码非零。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        prepared = prepare(district, tonight(now()))
        nights = ledger.nights(prepared.district.id)
        free = shutil.disk_usage(settings.data).free
        console.print(f"剩余磁盘：{free / 1e9:.1f} GB")
        console.print(f"下次执行：{next_run(settings, prepared.district.id)}")
        damaged = damage_sentence(ledger)
        if damaged:
            console.print(damaged, soft_wrap=True)
        if not nights:
            raise NightError("尚无批次；请执行 mingcha run", Exit.NOT_FINISHED)
        newest = nights[-1]
        console.print(f"最近批次：{newest.night}，{newest.state}，结束于 {shanghai(newest.finished_at) or '未结束'}")
        if newest.state is not NightState.FINISHED:
            raise NightError("最近批次没有完成；再次执行 mingcha run 即继续", Exit.NOT_FINISHED)
        view = view_night(prepare(district, newest.night), ledger, newest)
        share = rate(view.lines)
        console.print(f"已核验/应核验：{share}（{share.share:.0%}）")
        late = not newest.replayed and now() - newest.started_at > timedelta(hours=36)
        if share.share < VERIFIED_ENOUGH or late:
            raise NightError("核验率不足九成，或最近批次已过期", Exit.NOT_FINISHED)
        if damaged:
            raise NightError(damaged, Exit.DAMAGED)


def newest_night(ledger: Ledger, district: str, as_of: str) -> date:
    """The night asked for, else the newest one of the district.

    Raises:
        NightError: when the district has no night yet.
    """
    if as_of:
        return night_of(as_of)
    district_id = prepare(district, tonight(now())).district.id
    nights = ledger.nights(district_id)
    if not nights:
        raise NightError(f"no night of {district_id}; run: mingcha run {district}")
    return nights[-1].night


def _night(ledger: Ledger, prepared: Prepared) -> Night:
    night = ledger.night(prepared.district.id, prepared.night)
    if night is None:
        raise NightError(f"no night {prepared.night} of {prepared.district.id}; run: mingcha crawl first")
    return night


def _announce(prepared: Prepared, *, confirm_now: bool) -> None:
    expected = expectation(prepared)
    district = prepared.district
    console.print(
        f"{district.name}：义务 {expected.obligations} 项，可走查 {expected.walked} 项，基准日 {prepared.night}"
    )
    if not district.home:
        console.print("区县文件没有写明首页（home）：只列出义务，不访问任何网站")
        return
    times = 2 if confirm_now else 1
    console.print(f"预计请求约 {expected.requests * times} 次，约 {expected.hours * times:.1f} 小时")


def _summary(view: NightView) -> None:
    table = Table("结论", "事项数", title=f"{view.district.name} {view.night.night}")
    for standing, count in counts(view.lines).items():
        table.add_row(standing.chinese, str(count))
    table.add_row("合计", str(len(view.lines)), style="bold")
    console.print(table)
    found = sum(line.is_gap for line in view.lines)
    console.print(f"已确认问题 {found} 项；已核验/应核验 {rate(view.lines)}")


def _say_incident(judged: Judged) -> None:
    if judged.incident is not None:
        console.print(judged.incident.sentence)


COMMANDS = (run, crawl, judge, report, look, gaps, status)
