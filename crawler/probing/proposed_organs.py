"""Organs of a proposed district file (建议机构): one table a unit, where it is listed and what its page says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.district import OrganKind
from crawler.fetching.scope import locate
from crawler.probing.findings import Findings
from crawler.probing.placenames import level_of
from crawler.probing.roster import Candidate, Heard
from crawler.probing.writing import clean, comment, listed, quoted


def organ_lines(findings: Findings, place: str) -> Iterator[str]:
    """Lines of all organs: the unit whose own site it is, or the government and the units that were listed."""
    if findings.keeper is not None:
        yield from _entry("", findings.keeper.name, findings.keeper.kind, home=findings.home)
        return
    short = f"{level_of(place)}政府" if level_of(place) else ""
    government = f"{place}人民政府"
    yield ""
    yield comment("本级政府，名称由地区名称推出")
    yield from _entry("government", government, OrganKind.GOVERNMENT, short)
    taken = {government}
    for number, one in enumerate(findings.candidates, start=1):
        if one.name in taken:
            continue
        taken.add(one.name)
        yield from _candidate(one, number)
    for mention in findings.mentions:
        if mention.name not in taken:
            taken.add(mention.name)
            yield ""
            yield comment(f"没有索引列出；标题“{mention.title}”以其全称开头（{mention.page}），请核对是否在册")
            yield from _entry("", mention.name, mention.kind)


def _candidate(one: Candidate, number: int) -> Iterator[str]:
    listed_at = one.best
    yield ""
    yield comment(f"{listed_at.where}列为“{listed_at.link.label}”（{listed_at.page.url}）")
    if one.completed:
        yield comment(f"推断：全称由“{listed_at.name.shown}”补成，请核对")
    yield comment(f"推断：按名称定为 {one.kind}" + (f"；{listed_at.name.note}" if listed_at.name.note else ""))
    yield comment(_heard(one))
    place = locate(one.best.link.url)
    entry = place.href if place is not None and one.heard is Heard.CONFIRMED else ""
    safe = f"organ_{number}" if re.search(r"[\s/@]", clean(one.name)) or one.name == "government" else ""
    yield from _entry(safe, one.name, one.kind, one.short, one.aliases, entry, blank=False)


def _heard(one: Candidate) -> str:
    url, why = one.best.link.url, one.reason.chinese if one.reason else ""
    return {
        Heard.CONFIRMED: f"专属网页自称 {one.said}（{one.final_url}）",
        Heard.ANOTHER: f"未写 entry：所列网页 {url} 自称 {one.said}，与名称不符，请核对",
        Heard.SILENT: f"未写 entry：所列网页 {url} 没有写明是哪个单位；夜间核验按索引查找",
        Heard.SHARED: f"未写 entry：所列网页 {url} 由多个单位共用；夜间核验按索引查找",
        Heard.REFUSED: f"未写 entry：所列网页 {url} 看不到（{why}）；夜间核验按索引查找",
        Heard.OUTSIDE: f"未写 entry：所列网页 {url} 不在门户的主机上；确认后可写入 entry",
        Heard.UNOPENED: f"未写 entry：所列网页 {url} 没有打开核对（访问次数有限）；夜间核验按索引查找",
    }[one.heard]


def _entry(
    organ_id: str,
    name: str,
    kind: OrganKind,
    short: str = "",
    aliases: tuple[str, ...] = (),
    entry: str = "",
    *,
    home: str = "",
    blank: bool = True,
) -> Iterator[str]:
    if home:
        yield ""
        yield comment("推断：首页就是该单位的专属网页")
    yield "[[organ]]"
    if organ_id:
        yield f"id = {quoted(organ_id)}"
    yield f"name = {quoted(name)}"
    if short and clean(short) != clean(name):
        yield f"short = {quoted(short)}"
    yield f'kind = "{kind}"'
    if aliases:
        yield f"aliases = {listed(aliases)}"
    if entry or home:
        yield f"entry = {quoted(entry or home)}"
