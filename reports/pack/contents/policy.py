"""By what a night was judged (判定口径) and what is scored (评分口径): constants and catalogue, said in data."""

from __future__ import annotations

from collections import Counter

from catalog.obligation import Obligation
from checks.judging.incident import INCIDENT_SHARE
from checks.judging.ranking import PRECEDENCE
from checks.judging.standing import APART, DATES_TO_CONFIRM, LOOKS_TO_CONFIRM
from checks.registry import registered
from checks.timely.updated_within import DEFAULT_DAYS
from ledger.night import Night
from ledger.review import ReviewConclusion
from ledger.standing import Dimension, DimensionResult, Standing
from reports.pack.canonical import Canonical
from reports.pack.contents.pack_lines import options_text
from reports.pack.contents.plain import plain_of
from reports.pack.source import NightSource
from reports.view import NOT_OWED, Line
from reports.wording import DIMENSION_NAMES

STANDARD = (
    f"至少 {LOOKS_TO_CONFIRM} 次查看、跨 {DATES_TO_CONFIRM} 日、其中一次在工作时间（9:00—18:00），结果一致方予确认"
)
WITHIN_NIGHT = "当晚两次完整核验一致即确认（演示或测试用）"
RECORDING = "取自存档：一份存档只算一次查看，线索一律不作确认"
UNSCORED = "尚未配置评分方案：本包不计算得分，只列出各维度的核验结果，由使用者按自己的方案计分。"


def confirmation_of(night: Night) -> str:
    """How accusations of this night were confirmed, one Chinese sentence."""
    if night.replayed:
        return RECORDING
    return WITHIN_NIGHT if night.confirm_now else STANDARD


def policy_of(source: NightSource) -> dict[str, Canonical]:
    """Confirmation, periods and settings that judged the night."""
    view = source.view
    return {
        "confirmation": {
            "rule": confirmation_of(view.night),
            "looks": LOOKS_TO_CONFIRM,
            "dates": DATES_TO_CONFIRM,
            "apart_minutes": int(APART.total_seconds()) // 60,
            "by_day": "09:00-18:00+08:00",
            "confirm_now": view.night.confirm_now,
            "replayed": view.night.replayed,
        },
        "incident_percent": round(INCIDENT_SHARE * 100),
        "default_period_days": DEFAULT_DAYS,
        "held_by_review": [one.value for one in ReviewConclusion if one is not ReviewConclusion.TRUE],
        "precedence": [standing.value for standing, _ in PRECEDENCE],
        "standings": {one.value: one.chinese for one in Standing},
        "gap_standings": [one.value for one in Standing if one.is_gap],
        "minor_standings": [one.value for one in Standing if one.is_minor],
        "network": {
            "allow": list(view.district.network.allow),
            "delay_milliseconds": round(view.district.network.delay_seconds * 1000),
        },
        "adapters": {"pinned": list(view.district.adapters), "forbidden": list(view.district.forbidden_adapters)},
        "checks": _checks(source),
        "deadlines": _deadlines(source),
    }


def scoring_of(source: NightSource) -> dict[str, Canonical]:
    """The scoring profile (none yet) and the dimensions as they were judged."""
    scored = [line for line in source.view.lines if is_scored(line)]
    left_out = Counter(line.standing.standing for line in source.view.lines if not is_scored(line))
    return {
        "profile": None,
        "statement": UNSCORED,
        "dimensions": [_dimension(one, scored) for one in Dimension],
        "results": {"yes": "是", "no": "否", "unverified": "未能核验", "not_applicable": "不适用"},
        "scored": len(scored),
        "left_out": {standing.value: left_out[standing] for standing in Standing if left_out[standing]},
    }


def is_scored(line: Line) -> bool:
    """Whether a duty counts for an assessor: one that was to be verified that night, passed or not."""
    return line.standing.standing not in NOT_OWED


def _dimension(dimension: Dimension, lines: list[Line]) -> Canonical:
    results = Counter(line.standing.dimensions.get(dimension, DimensionResult.UNVERIFIED) for line in lines)
    counts: dict[str, Canonical] = {one.value: results[one] for one in DimensionResult}
    return {"id": dimension.value, "name": DIMENSION_NAMES[dimension], "counts": counts}


def _checks(source: NightSource) -> list[Canonical]:
    used = {verdict.check_id for of_look in source.verdicts.values() for verdict in of_look}
    return [
        {
            "id": one.id,
            "title": one.title,
            "failure_title": one.failure_title,
            "standing": one.standing.value,
            "dimension": one.dimension.value,
            "rule": one.doc,
        }
        for one in sorted(registered().values(), key=lambda check: check.id)
        if one.id in used
    ]


def _deadlines(source: NightSource) -> list[Canonical]:
    owed = {(one.directory.id, one.requirement.id): one for one in (line.obligation for line in source.view.lines)}
    return [_deadline(one) for one in owed.values() if one.requirement.due or one.requirement.expectations]


def _deadline(owed: Obligation) -> Canonical:
    requirement = owed.requirement
    return {
        "requirement_id": f"{owed.directory.id}/{requirement.id}",
        "due": plain_of(requirement.due),
        "checks": {one.check_id: options_text(one.options) for one in requirement.expectations},
    }
