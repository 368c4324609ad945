"""The proposed district file (建议区县文件): TOML that ``catalog check`` accepts, with a comment on every guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from catalog.district import Network
from crawler.fetching.addresses import is_literal, is_loopback
from crawler.fetching.scope import Location, locate, registrable_domain
from crawler.plan import PORTAL
from crawler.probing.families import Recognised
from crawler.probing.findings import Findings, RobotsSeen
from crawler.probing.identity import Said, Settled
from crawler.probing.proposed_organs import organ_lines
from crawler.probing.tracing import Traced
from crawler.probing.writing import comment, listed, quoted
from ledger.observation import MatchKind

UNKNOWN_PLACE = "未知地区"
MARKS_SHOWN = 6
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Setting:
    """Setting (探查条件) of a probe, as the proposal repeats it.

    Attributes:
        url: as typed.
        allow: host:port pairs that were allowed.
        seen_on: date of the probe, or of the recording.
    """

    url: str
    allow: tuple[str, ...]
    seen_on: str
    replayed: bool = False


def propose(findings: Findings, setting: Setting) -> str:
    """The whole file."""
    lines = [
        *_head(findings, setting),
        *_network(findings, setting),
        *organ_lines(findings, _place(findings)),
        *_foot(findings),
    ]
    return "\n".join(lines) + "\n"


def district_id(home: str) -> str:
    """An id made of the home page's host: registrable name last, numbers for addresses without names."""
    location = locate(home)
    if location is None:
        return "portal"
    if is_literal(location.host) or location.host == "localhost":
        return f"portal_{location.port}"
    domain = registrable_domain(location.host)
    own = location.host.removesuffix(domain).strip(".").removeprefix("www").strip(".")
    words = [domain.partition(".")[0], *own.split(".")] if domain else [location.host]
    made = re.sub(r"[^a-z0-9_-]+", "_", "_".join(word for word in words if word).lower()).strip("_-")
    return made or "portal"


def _head(findings: Findings, setting: Setting) -> Iterator[str]:
    source = "存档" if setting.replayed else "网站"
    yield comment(
        f"由 mingcha probe {setting.url} 依{source}所见提出，{setting.seen_on}；每处推断都写明出处，请逐项核对后使用。"
    )
    yield "schema = 1"
    yield f"id = {quoted(district_id(findings.home))}"
    if findings.name is not None:
        yield comment(f"网站名称：{_said(findings.name)}")
    yield from _code(findings.code)
    if findings.badge:
        yield comment(f"有党政机关网站标识（conac）：{findings.badge}")
    if findings.keeper is not None:
        yield comment(f"推断：这是一个单位自己的网站，不是政府门户；name 取所在地。依据 {_said(findings.keeper.said)}")
    elif findings.place is not None:
        yield comment(f"推断：地区名称取自 {_said(findings.place)}")
    else:
        yield comment("未能探明地区名称，请改写")
    yield f"name = {quoted(_place(findings))}"
    if findings.home != setting.url:
        yield comment(f"给出的网址 {setting.url} 转到这里")
    yield f"home = {quoted(findings.home)}"
    yield comment(f"推断：{findings.adoption.why}")
    yield f"directories = {listed(findings.adoption.directories)}"
    yield from _built_by(findings.families)
    yield "roster_complete = false"
    yield f"roster_source = {quoted(f'mingcha probe {setting.seen_on}：{_roster_source(findings)}；未经人工核对')}"


def _place(findings: Findings) -> str:
    if findings.place is not None:
        return findings.place.what
    return findings.keeper.name if findings.keeper else UNKNOWN_PLACE


def _said(said: Said) -> str:
    return f"{said.source}“{said.what}”（{said.page}）"


def _code(code: Settled) -> Iterator[str]:
    if code.what:
        sources = "、".join(dict.fromkeys(one.source for one in code.by))
        count = len({one.source for one in code.by})
        agree = f"{sources} {count} 处一致" if count > 1 else f"仅 {sources} 一处"
        yield comment(f"网站标识码：{code.what}（{agree}；{code.by[0].page}）")
    if code.against:
        others = "、".join(f"{one.what}（{one.source}，{one.page}）" for one in code.against[:4])
        yield comment(f"{'另有不同的' if code.what else '未能认定'}网站标识码：{others}")
    if not code.what and not code.against:
        yield comment("未见网站标识码（_jiucuo_、SiteIDCode、页脚都没有）")


def _built_by(families: Sequence[Recognised]) -> Iterator[str]:
    if not families:
        yield comment("建站系统：没有认出；按通用方式读取")
        return
    for number, one in enumerate(families[:3]):
        marks = "；".join(f"{mark.what}（{mark.page}）" for mark in one.marks[:MARKS_SHOWN])
        yield comment(f"{'建站系统' if number == 0 else '另有标记'}：{one.family.title}。标记：{marks}")
    yield comment("读取时每页按自身标记选用适配器，这里不必固定（adapters）")


def _roster_source(findings: Findings) -> str:
    if findings.keeper is not None:
        return "单位自己的网站，只列该单位"
    pages = dict.fromkeys(one.best.page.url for one in findings.candidates)
    return f"网站所列（{'、'.join(list(pages)[:4])}）" if pages else "没有找到机构索引"


def _network(findings: Findings, setting: Setting) -> Iterator[str]:
    home = locate(findings.home)
    allow = tuple(dict.fromkeys((*setting.allow, *(_own_pair(home)))))
    delays = [one.delay_seconds for one in findings.robots if one.delay_seconds is not None]
    local = bool(allow) and home is not None and is_loopback(home.host) and all(_is_local(pair) for pair in allow)
    least = 0.0 if local else Network().delay_seconds
    delay = min(max([least, *delays]), _LONGEST_DELAY)
    yield ""
    for one in findings.robots:
        yield comment(_robots(one))
    if setting.replayed:
        yield comment("robots.txt：存档探查，没有访问网站，不作查看")
    yield "[network]"
    if allow:
        yield comment("本机或指定的地址，探查时已允许；其余非公网地址一律不访问")
        yield f"allow = {listed(allow)}"
    if local and not delays:
        yield comment("本机回环地址，不需要间隔；换成真实网站时请删去此行")
        yield "delay_seconds = 0"
    else:
        yield comment("robots.txt 的 Crawl-delay" if delays else "默认间隔")
        yield f"delay_seconds = {delay:g}"


def _own_pair(home: Location | None) -> tuple[str, ...]:
    return (home.pair,) if home is not None and is_loopback(home.host) else ()


def _is_local(pair: str) -> bool:
    return is_loopback(urlsplit(f"//{pair}").hostname or "")


def _robots(one: RobotsSeen) -> str:
    if one.reason is not None:
        return f"robots.txt：{one.origin} {one.reason.chinese}"
    if one.forbids_all:
        return f"robots.txt：{one.origin} 不允许访问任何页面"
    delay = f"Crawl-delay {one.delay_seconds:g} 秒" if one.delay_seconds is not None else "没有 Crawl-delay"
    return f"robots.txt：{one.origin} 适用规则 {one.rule_count} 条，{delay}"


def _foot(findings: Findings) -> Iterator[str]:
    yield ""
    yield comment("公开路径试走（先从首页起，再以一个单位的专属网页为例）：")
    for one in findings.traced:
        yield comment(_path(one))
    if not findings.traced:
        yield comment("没有可以从首页走起的路径")
    yield ""
    if findings.scripted:
        yield comment(
            f"需要浏览器：{len(findings.scripted)} 页的导航或列表由脚本生成，例如 {'、'.join(findings.scripted[:3])}"
        )
    else:
        yield comment("不需要浏览器：看过的页面导航和列表都在网页源码里")
    for doubt in findings.doubts:
        yield comment(f"未能探明：{doubt.what} {doubt.where} {doubt.why}")


_MATCHES = {MatchKind.EXACT: "名称一致", MatchKind.NORMALISED: "名称略有出入", MatchKind.ALIAS: "别名"}


def _path(one: Traced) -> str:
    path, first = ">".join(one.steps) or "首页", one.obligation_ids[0]
    if one.root != PORTAL:
        path = f"{one.root.partition(':')[2]}：{path}"
    if one.missing_level:
        return f"{path}：走到“{one.missing_level}”一级没有看到，需夜间核验（{first}）"
    if one.reason is not None and not one.url:
        return f"{path}：未能探明，{one.reason.chinese}（{first}）"
    how = f"“{one.spelling}”，{_MATCHES[one.match]}" if one.match is not None else "起点即是"
    doubt = f"；没有打开核对（{one.reason.chinese}）" if one.reason is not None else ""
    return f"{path} → {one.url}（{how}{doubt}；{first}）"
