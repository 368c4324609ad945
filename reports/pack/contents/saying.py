"""What a pack says of itself (包内说明): its scope, when it was sampled, what is withheld; Chinese sentences."""

from __future__ import annotations

import re

from ledger.night import NightState
from ledger.privacy import masked
from reports.pack.source import NightSource, Withheld
from reports.wording import shanghai

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Line breaks, control characters and marks that turn the direction of what follows."""


def one_line(text: str) -> str:
    """Text that stays on its line and turns no other text around."""
    return _BREAKS.sub(" ", text).strip()


def scope_sentence(source: NightSource) -> str:
    """What of the night the pack holds."""
    scope, view = source.scope, source.view
    parts = []
    if scope.organ_id:
        names = [organ.name for organ in view.district.organs if organ.id == scope.organ_id]
        parts.append(f"单位：{one_line(names[0] if names else scope.organ_id)}")
    if scope.gap_ids:
        parts.append(f"问题编号：{'、'.join(scope.gap_ids)}")
    if scope.round_id:
        parts.append(f"评估轮次：{one_line(scope.round_id)}")
    if not scope.organ_id and not scope.gap_ids:
        parts.insert(0, "整个批次")
    return "；".join(parts) + f"；共 {len(view.lines)} 项"


def unfinished_sentence(source: NightSource) -> str:
    """A warning where the night had not ended, or empty."""
    state = source.view.night.state
    return "" if state is NightState.FINISHED else f"本批次尚未正常结束（{state.value}），结论不完整。"


def sealed_sentence(source: NightSource) -> str:
    """For whom alone a sealed pack is (仅供何人查阅), or empty."""
    if not source.recipient:
        return ""
    return (
        f"本包为密封件，网页存档未剔除含个人信息的记录，仅供{one_line(source.recipient)}依法查阅，"
        "不得公开或转交他人；交付已登记入保管记录。"
    )


def withheld_sentence(source: NightSource) -> str:
    """How many records stay out and why, or empty."""
    if not source.withheld:
        return ""
    reasons = "、".join(dict.fromkeys(one.reason for one in source.withheld))
    return (
        f"有 {len(source.withheld)} 份存档记录未放入本包（{reasons}）。"
        "原始记录由核验方按原样保存，本包只列其摘要值和所在位置；依法需要查阅的，由核验方登记后单独提供。"
        "请责任单位按所列位置自行核对并作去标识化处理。"
    )


def withheld_places(one: Withheld) -> str:
    """One withheld record: address, where in the page, digest."""
    places = "；".join(one_line(place) for place in one.places) or "位置未记录"
    return f"{one_line(masked(one.target_uri))}（{places}）摘要值 {one.payload_digest}"


def sampled_sentence(source: NightSource) -> str:
    """From when to when pages were fetched, Beijing time."""
    sampled = source.view.sampled
    if sampled is None:
        return "本批次没有访问页面"
    times = f"{shanghai(sampled[0])} 至 {shanghai(sampled[1])}（北京时间）"
    return f"{times}；取自存档，未访问网站" if source.view.night.replayed else times
