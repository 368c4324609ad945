"""recheck: single gaps looked at again, now."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Annotated

import typer

from catalog.catalogue import load_district
from ledger.ledger import Ledger
from ledger.night import Night
from nightly.clock import now
from nightly.commands.night import console
from nightly.commands.options import DATA_DEFAULT, Browser, Data, District
from nightly.packs.sealing import seal_night
from nightly.preparing import Prepared, prepare
from nightly.progress import Shown
from nightly.replies.rechecking import Answer, Asked, asked_gaps, newest_finished, one_recheck_at_a_time, results
from nightly.replies.rechecking import recheck as recheck_gaps
from nightly.settings import Settings, read_settings


def recheck(
    district: District,
    gaps: Annotated[list[str], typer.Argument(help="问题编号，可写多个", metavar="GAP...")],
    data: Data = DATA_DEFAULT,
    browser: Browser = True,
) -> None:
    """整改复核：只走查这些问题所在的栏目，访问回复中的整改链接，当即判断，逐项给出已销号或未销号及理由。"""
    settings = read_settings(data)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        night = newest_finished(ledger, load_district(district).id)
        prepared = prepare(district, night.night)
        look_and_say(prepared, ledger, night, settings, asked_gaps(prepared, ledger, gaps), browser=browser)


def look_and_say(
    prepared: Prepared, ledger: Ledger, night: Night, settings: Settings, asked: Sequence[Asked], *, browser: bool
) -> tuple[Answer, ...]:
    """Recheck, print what came of it, and seal the night anew: its standings have changed."""
    began = time.monotonic()
    with one_recheck_at_a_time(settings.data), Shown(console) as shown:
        answers = recheck_gaps(prepared, ledger, night, asked, shown, browser=browser)
    for one in answers:
        owed = one.asked.obligation
        said = f"{one.asked.gap.id} {owed.organ.short or owed.organ.name}《{owed.requirement.title}》"
        console.print(f"{said}{one.recheck.sentence}", markup=False, soft_wrap=True)
        for line in one.recheck.links.splitlines():
            console.print(f"    {line}", markup=False, soft_wrap=True)
    counted = "，".join(f"{word} {count} 项" for word, count in results(answers).items())
    console.print(f"复核 {len(answers)} 项：{counted}；用时 {time.monotonic() - began:.0f} 秒")
    affected = sum(len(one.asked.gap.affected) for one in answers if one.is_closed)
    if affected:
        console.print(f"受上述已销号问题影响的 {affected} 项，在下一批次中重新核验")
    seal_night(prepared, ledger, night, settings, now())
    return answers
