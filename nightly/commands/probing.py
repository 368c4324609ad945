"""probe: looks at a portal it was told nothing about and proposes a district file."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from catalog.catalogue import Catalogue
from catalog.district import District, Network
from catalog.reading_district import read_district
from catalog.table import KIND_NAMES
from crawler.browsing.launching import is_browser_here
from crawler.crawling import crawl_look, in_reactor
from crawler.fetching.addresses import is_loopback
from crawler.fetching.errands import is_robots
from crawler.fetching.robots import robots_of
from crawler.fetching.scope import locate
from crawler.probing.findings import Findings, RobotsSeen
from crawler.probing.proposing import Setting, district_id, propose
from crawler.probing.roster import Heard
from crawler.probing.survey import REQUESTS, Survey
from crawler.reader import Reader
from ledger.ledger import Ledger
from ledger.night import Look, LookKind
from nightly.clock import now, tonight
from nightly.commands.night import console
from nightly.commands.options import AsOf, Browser, Replay, night_of
from nightly.errors import NightError
from nightly.preparing import read_catalogue

AGENT = "MingchaBot"
Out = Annotated[Path | None, typer.Option("--out", help="写入区县文件；默认标准输出", metavar="FILE")]
Allow = Annotated[list[str], typer.Option("--allow", help="允许访问的本机或内网地址，可重复", metavar="HOST:PORT")]


def probe(
    url: Annotated[str, typer.Argument(help="门户首页网址", metavar="URL")],
    out: Out = None,
    replay: Replay = [],  # noqa: B006 - typer reads the default and never changes it
    allow: Allow = [],  # noqa: B006
    directories: Annotated[str, typer.Option("--directories", help="采用的标准目录，逗号分隔", metavar="IDS")] = "",
    as_of: AsOf = "",
    requests: Annotated[int, typer.Option("--requests", help="访问次数上限", min=5, max=300)] = REQUESTS,
    browser: Browser = True,
    data: Annotated[Path | None, typer.Option("--data", help="保留探查台账和存档的目录；默认用后即弃")] = None,
) -> None:
    """探查一个未知的门户，提出区县文件：机构、网页、公开路径，每处推断写明出处。"""
    district, night = _to_look_at(url, tuple(allow)), night_of(as_of)
    catalogue = read_catalogue(str(out) if out is not None else "")
    adopted = tuple(one.strip() for one in directories.split(",") if one.strip())
    for one in adopted:
        catalogue.directory(one, "--directories")
    with tempfile.TemporaryDirectory(prefix="mingcha-probe-") as folder:
        kept = data / "probes" / f"{district_id(district.home)}-{now():%Y%m%dT%H%M%S}" if data else Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        with Ledger.open(f"sqlite:///{(kept / 'probe.db').resolve()}", kept / "archive") as ledger:
            findings, seen_on = _look(
                ledger, district, catalogue, night, adopted, tuple(replay), requests, browser=browser
            )
    if not findings.shown:
        why = findings.refused.chinese if findings.refused else ""
        raise NightError(f"{district.home} 看不到：{why}；没有可以提出的内容，请核对网址，或稍后再试")
    setting = Setting(url, tuple(allow), seen_on.isoformat(), bool(replay))
    _write(propose(findings, setting), out)
    _summary(findings, out)


def _to_look_at(url: str, allow: tuple[str, ...]) -> District:
    """All that is known beforehand; a loopback address that was typed is meant."""
    location = locate(url if "://" in url else f"http://{url}")
    if location is None:
        raise NightError(f"{url}: no http or https address; write it as https://www.example.gov.cn/")
    for pair in allow:
        place = locate(f"http://{pair}/")
        if place is None or place.pair != pair:
            raise NightError(f"--allow {pair}: write host:port, for example 127.0.0.1:9100")
    local = is_loopback(location.host)
    pairs = tuple(dict.fromkeys((*((location.pair,) if local else ()), *allow)))
    delay = 0.0 if local else Network().delay_seconds
    return District(district_id(location.href), "", location.href, (), (), network=Network(pairs, delay))


def _look(
    ledger: Ledger,
    district: District,
    catalogue: Catalogue,
    as_of: date,
    directories: Sequence[str],
    replay: tuple[Path, ...],
    requests: int,
    *,
    browser: bool,
) -> tuple[Findings, date]:
    """One look of its own, through the same machinery as a night's: robots, scope, manners, archive before reading."""
    facts = {"program": "mingcha probe", "home": district.home}
    begun = now()
    by_browser = browser and not replay and is_browser_here()
    night = ledger.begin_night(
        district.id, tonight(begun), planned=[], facts=facts, confirm_now=False, replayed=bool(replay), now=begun
    )
    look = ledger.begin_look(night.id, LookKind.FIRST, begun)
    survey = Survey(
        district,
        catalogue,
        as_of,
        read=Reader(district),
        directories=directories,
        requests=requests,
        robots=not replay,
        browser=by_browser,
    )

    async def crawl() -> None:
        await crawl_look(ledger, survey, district=district, look=look, replay=replay, browser=by_browser)

    in_reactor(crawl)
    ledger.end_look(look.id, now())
    robots, seen_on = _robots_seen(ledger, look)
    return replace(survey.findings, robots=robots), seen_on or tonight(begun)


def _robots_seen(ledger: Ledger, look: Look) -> tuple[tuple[RobotsSeen, ...], date | None]:
    seen: dict[str, RobotsSeen] = {}
    newest: date | None = None
    for arrival in ledger.arrivals(look.id):
        if arrival.snapshot_id:
            day = tonight(arrival.fetched_at)
            newest = max(newest or day, day)
        location = locate(arrival.visit.url)
        if is_robots(arrival.visit) and location is not None:
            robots = robots_of(arrival, AGENT)
            forbids = not robots.permits(f"{location.origin}/") and not any(rule.allows for rule in robots.rules)
            seen[location.origin] = RobotsSeen(
                location.origin, robots.delay_seconds, len(robots.rules), forbids, robots.unreachable
            )
    return tuple(seen.values()), newest


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    out.write_text(text, encoding="utf-8")
    read_district(out)  # what is proposed is read back before anybody relies on it


def _summary(findings: Findings, out: Path | None) -> None:
    told = console if out is not None else Console(stderr=True, highlight=False)

    def say(line: str) -> None:
        told.print(line, markup=False, soft_wrap=True)

    place = findings.place.what if findings.place else "未能探明"
    say(f"地区：{place}" + (f"（单位网站：{findings.keeper.name}）" if findings.keeper else ""))
    name = findings.name.what if findings.name else "未能探明"
    say(f"网站名称：{name}；网站标识码：{findings.code.what or '未能认定'}")
    say(f"建站系统：{'、'.join(one.family.title for one in findings.families[:3]) or '没有认出'}")
    kinds = Counter([one.kind for one in findings.candidates] + [one.kind for one in findings.mentions])
    if findings.keeper is not None:
        kinds[findings.keeper.kind] += 1
    units = "、".join(f"{KIND_NAMES[kind]} {count}" for kind, count in kinds.items())
    confirmed = sum(one.heard is Heard.CONFIRMED for one in findings.candidates)
    say(f"机构：{kinds.total()} 个（{units or '无'}），网页自称相符 {confirmed} 个")
    led = sum(bool(one.url) for one in findings.traced)
    adopted = "、".join(findings.adoption.directories)
    say(f"公开路径：{len(findings.traced)} 条，找到去处 {led} 条；采用目录 {adopted}")
    browser = "是" if findings.scripted else "否"
    say(f"需要浏览器：{browser}；未能探明 {len(findings.doubts)} 处；访问 {findings.request_count} 次")
    if out is not None:
        say(f"已写入 {out}；请逐项核对，然后执行 mingcha catalog check {out}")
