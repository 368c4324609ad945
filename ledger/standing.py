"""Standings (核验结论) of an obligation, their words and their order of precedence."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """Standing (核验结论): what a night says of one obligation; each obligation has exactly one a night."""

    PUBLISHED = "published"
    PUBLISHED_UNDER_ALIAS = "published_under_alias"
    STATEMENT = "statement"
    OFFSITE = "offsite"
    PATH_DEVIATES = "path_deviates"
    PUBLISHED_LATE = "published_late"
    MISSING = "missing"
    ITEM_MISSING = "item_missing"
    MISMATCHED = "mismatched"
    EMPTY = "empty"
    STALE = "stale"
    OVERDUE = "overdue"
    INCOMPLETE = "incomplete"
    BROKEN = "broken"
    UNLINKED = "unlinked"
    SUSPECT = "suspect"
    COULD_NOT_VERIFY = "could_not_verify"
    NOT_DUE = "not_due"
    DUE_UNKNOWN = "due_unknown"
    NOT_APPLICABLE = "not_applicable"
    MAPPING_REQUIRED = "mapping_required"
    MANUAL = "manual"
    NOT_OBSERVED = "not_observed"

    @property
    def chinese(self) -> str:
        """The word of every report (ARCHITECTURE: standings)."""
        return _CHINESE[self]

    @property
    def is_gap(self) -> bool:
        """Whether it opens a gap (公开缺口) once confirmed."""
        return self in GAP_STANDINGS

    @property
    def is_minor(self) -> bool:
        """A lighter gap: published, but on another path or after its date."""
        return self in (Standing.PATH_DEVIATES, Standing.PUBLISHED_LATE)

    @property
    def is_pass(self) -> bool:
        """Whether a whole observation found no fault; such a night closes a gap."""
        return self in PASS_STANDINGS


_CHINESE = {
    Standing.PUBLISHED: "已公开",
    Standing.PUBLISHED_UNDER_ALIAS: "已公开（栏目名称与要求不一致）",
    Standing.STATEMENT: "已发布情况说明（本年度无相关信息）",
    Standing.OFFSITE: "外链平台公开",
    Standing.PATH_DEVIATES: "未按要求路径公开",
    Standing.PUBLISHED_LATE: "超期公开",
    Standing.MISSING: "未发现栏目",
    Standing.ITEM_MISSING: "指定内容缺失",
    Standing.MISMATCHED: "内容与栏目不符",
    Standing.EMPTY: "空白栏目",
    Standing.STALE: "更新不及时",
    Standing.OVERDUE: "逾期未见公开",
    Standing.INCOMPLETE: "要素不全",
    Standing.BROKEN: "链接、附件、图片或音视频不可用",
    Standing.UNLINKED: "解读与文件未关联",
    Standing.SUSPECT: "待复核",
    Standing.COULD_NOT_VERIFY: "未能核验",
    Standing.NOT_DUE: "未到期",
    Standing.DUE_UNKNOWN: "时限起点不明",
    Standing.NOT_APPLICABLE: "不适用",
    Standing.MAPPING_REQUIRED: "责任主体待确认",
    Standing.MANUAL: "待人工核查",
    Standing.NOT_OBSERVED: "未观测",
}

GAP_STANDINGS = frozenset(
    {
        Standing.PATH_DEVIATES,
        Standing.PUBLISHED_LATE,
        Standing.MISSING,
        Standing.ITEM_MISSING,
        Standing.MISMATCHED,
        Standing.EMPTY,
        Standing.STALE,
        Standing.OVERDUE,
        Standing.INCOMPLETE,
        Standing.BROKEN,
        Standing.UNLINKED,
    }
)
PASS_STANDINGS = frozenset({Standing.PUBLISHED, Standing.PUBLISHED_UNDER_ALIAS, Standing.STATEMENT, Standing.OFFSITE})


class Dimension(StrEnum):
    """Dimension (评估维度): scored apart by assessors (存在、有内容、完整、及时、路径)."""

    EXISTS = "exists"
    HAS_CONTENT = "has_content"
    COMPLETE = "complete"
    TIMELY = "timely"
    ON_PATH = "on_path"


class DimensionResult(StrEnum):
    """Result of one dimension (维度结果)."""

    YES = "yes"
    NO = "no"
    UNVERIFIED = "unverified"
    NOT_APPLICABLE = "not_applicable"
