"""Captions (图注): documents of our own around pictures of pages; every word from outside is inert in them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.resources import files

from crawler.picturing.framing import Shown
from crawler.picturing.order import Caption, CardOrder, MarkKind, PageOrder, Source, StepState
from ledger.night import SHANGHAI
from ledger.privacy import masked

WIDTH = 1280
FRAME_WIDTH = 608
_LONGEST = 1500
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffc]+")
"""Control characters, and those that turn the direction of what stands behind them."""
_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)
_STYLE = files("crawler.picturing").joinpath("captions.css").read_text("utf-8")
_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
_FAULT, _GOOD = "#d4000f", "#0a7a3a"
_FOLDED = {
    False: "（在虚线框处收起的菜单内）",
    True: "（虚线框处的菜单已收起，其中所列名称均已查看）",
}
_HOW_MADE = "截图由存档页面在本机重现，未访问网站；图片与样式以存档为限。"


def said(text: str, longest: int = _LONGEST) -> str:
    """Text from outside as inert HTML: escaped, without control and direction characters, starred, not too long."""
    plain = _MARKS.sub(r"\1", _UNPRINTED.sub(" ", text)).strip()
    plain = masked(plain)
    return html.escape(plain if len(plain) <= longest else plain[:longest] + "……")


def page_document(order: PageOrder, source: Source, shown: Shown) -> tuple[str, int]:
    """The picture of a page with its caption below, and how wide it is; images are ``0.png``, ``1.png`` ..."""
    width = max([WIDTH, *(clip.width for clip in shown.clips)])
    parts = []
    for number, (clip, gap) in enumerate(zip(shown.clips, shown.left_out, strict=True)):
        parts.append(f'<img src="{number}.png" style="width:{clip.width}px;height:{clip.height}px">')
        if gap:
            parts.append(f'<p class="cut"><b>此处略去页面 {gap} 像素</b></p>')
    rows = [
        ("核验情况", said(order.caption.detail)),
        ("公开路径", _path(order.caption)),
        ("依据", said("；".join(order.caption.citations))),
        ("页面地址", f'<span class="mono">{said(source.url, 600)}</span>'),
        ("采样时间", _moment(source.fetched_at) + (f"　状态码 {source.status}" if source.status != 200 else "")),
        ("存档记录", _digests(source)),
        ("画面说明", said(_notes(order, source, shown) + _HOW_MADE)),
    ]
    return _document(width, order.caption, "".join(parts) + _strip(order.caption, rows)), width


def _notes(order: PageOrder, source: Source, shown: Shown) -> str:
    notes = []
    if order.said_of_mark and not shown.is_marked:
        notes.append("相关栏目或条目在画面中不可见，未加标注。")
    elif shown.is_folded:
        notes.append("虚线框处为可见的上级菜单，下级名称在其中收起。" + order.said_if_folded)
    elif order.said_of_mark:
        notes.append(order.said_of_mark)
    if source.is_rendering:
        notes.append("画面为采样当时浏览器执行脚本后的页面。")
    if shown.masked_count:
        notes.append(f"画面中 {shown.masked_count} 处个人信息已遮盖。")
    if any(shown.left_out):
        notes.append("页面过长，截图有省略。")
    return "".join(notes)


def card_document(order: CardOrder, sources: Sequence[Source], shown: Sequence[Shown]) -> tuple[str, int]:
    """The click-path card and how wide it is; images are ``0.png``, ``1.png`` ... in the order of the frames."""
    frames = []
    for number, (frame, source, seen) in enumerate(zip(order.frames, sources, shown, strict=True)):
        folded = _FOLDED[frame.shot.mark.kind is MarkKind.MENU] if seen.is_folded else ""
        mark = " broken" if frame.is_broken else ""
        frames.append(
            f'<div class="frame{mark}"><div class="shot"><img src="{number}.png"></div>'
            f"<p><b>{'✕' if frame.is_broken else number + 1}</b><strong>{said(frame.said, 120)}</strong>{folded}"
            f"<small>{said(source.url, 160)}<br>{_moment(source.fetched_at)}</small></p></div>"
        )
    rows = [
        ("核验情况", said(order.caption.detail)),
        ("公开路径", _path(order.caption)),
        ("依据", said("；".join(order.caption.citations))),
    ]
    note = _HOW_MADE + ("画面中的个人信息已遮盖。" if any(seen.masked_count for seen in shown) else "")
    head = _strip(order.caption, rows, "点击路径图　")
    body = f'{head}<div class="frames">{"".join(frames)}</div><p class="note" style="padding:0 24px 16px">{note}</p>'
    return _document(WIDTH, order.caption, body), WIDTH


def _document(width: int, caption: Caption, body: str) -> str:
    tone = _FAULT if caption.is_fault else _GOOD
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<style>:root{{--tone:{tone};--width:{width}px}}{_STYLE}</style></head><body>{body}</body></html>"
    )


def _strip(caption: Caption, rows: Iterable[tuple[str, str]], lead: str = "") -> str:
    table = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows if value)
    return (
        f'<div class="strip"><h1>{lead}{said(caption.title, 120)}<small>{said(caption.organ, 80)}</small>'
        f'<span class="tag">{said(caption.standing, 60)}</span></h1><table>{table}</table></div>'
    )


def _path(caption: Caption) -> str:
    classes = {StepState.PASSED: "passed", StepState.FAILED: "failed", StepState.BEYOND: "beyond"}
    steps = (f'<span class="{classes[state]}">{said(label, 60)}</span>' for label, state in caption.path)
    return f'<span class="path">{"<i>›</i>".join(steps)}</span>' if caption.path else ""


def _moment(moment: datetime) -> str:
    local = moment.astimezone(SHANGHAI)
    return f"{local:%Y-%m-%d %H:%M:%S} +08:00（北京时间）　{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _digests(source: Source) -> str:
    lines = [f"记录 {source.snapshot_id}"]
    if source.record_digest:
        lines.append(f"记录摘要 sha256:{source.record_digest}")
    lines.append(f"内容摘要 {source.payload_digest}")
    return "<br>".join(f'<span class="mono">{html.escape(line)}</span>' for line in lines)
