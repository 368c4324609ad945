"""Words of the reports (报告用语): observation, never guilt (FAIRNESS: how it is said)."""

from __future__ import annotations

from datetime import datetime

from ledger.custody import CustodyKind
from ledger.night import SHANGHAI, LookKind
from ledger.observation import MatchKind
from ledger.standing import Dimension, DimensionResult, Standing

HEAD = "自动核查线索，供自查整改，以人工复核为准"
DISPUTED = "申诉待复核"
UNREVIEWED = "未经人工复核"
PERIOD_NAMES = {
    LookKind.FIRST: "夜间首次",
    LookKind.AGAIN: "夜间复看",
    LookKind.COMPLETE_AGAIN: "当晚完整复核",
    LookKind.DAY: "工作日复看",
    LookKind.RECHECK: "整改复核",
}
MATCH_NAMES = {MatchKind.EXACT: "名称一致", MatchKind.NORMALISED: "名称基本一致", MatchKind.ALIAS: "使用别名"}
DIMENSION_NAMES = {
    Dimension.EXISTS: "存在",
    Dimension.HAS_CONTENT: "有内容",
    Dimension.COMPLETE: "完整",
    Dimension.TIMELY: "及时",
    Dimension.ON_PATH: "路径",
}
RESULT_MARKS = {
    DimensionResult.YES: "是",
    DimensionResult.NO: "否",
    DimensionResult.UNVERIFIED: "未核",
    DimensionResult.NOT_APPLICABLE: "—",
}
CUSTODY_NAMES = {
    CustodyKind.NIGHT_SEALED: "批次封存",
    CustodyKind.PACKED: "制作证据包",
    CustodyKind.SEALED_PACK: "交付加密证据包",
    CustodyKind.EXPORTED: "导出",
    CustodyKind.VIEWED: "查看原始证据",
    CustodyKind.STAMPED: "取得时间戳",
    CustodyKind.KEY_MADE: "制作密钥",
    CustodyKind.KEY_RETIRED: "停用密钥",
    CustodyKind.VERIFIED: "存档复核",
    CustodyKind.DAMAGE_FOUND: "发现存档损坏",
    CustodyKind.REMOVED: "按期限清理",
    CustodyKind.REPLIED: "单位回复",
    CustodyKind.RECHECKED: "整改复核",
    CustodyKind.ROUND: "评估环节",
}
ADVICE = {
    Standing.MISSING: "请核对该栏目是否设置；未设置的，请按公开路径增设并发布内容；已在他处设置的，请填写实际链接。",
    Standing.PATH_DEVIATES: "内容已在他处发现。请按通知印发的公开路径设置栏目或增加入口链接，并填写整改链接。",
    Standing.PUBLISHED_LATE: "发布日期晚于规定时限。请核对发布日期；另有更早公开渠道的，请在申诉理由中注明。",
    Standing.ITEM_MISSING: "栏目已设置，请补充所列指定内容，或填写该内容的实际链接。",
    Standing.MISMATCHED: "请核对栏目内容与栏目名称是否一致，将不相关内容移出并补充对应内容。",
    Standing.EMPTY: "请在该栏目发布内容；如本年度确无相关信息，可发布情况说明。",
    Standing.STALE: "请更新该栏目；如确无新增信息，可发布情况说明。",
    Standing.OVERDUE: "请尽快发布所列内容，并填写整改链接；如已公开，请填写实际链接和发布日期。",
    Standing.INCOMPLETE: "请对照所列要素补充完整。",
    Standing.BROKEN: "请修复失效的链接、附件、图片或音视频，保证能够正常打开。",
    Standing.UNLINKED: "请在解读材料与对应政策文件之间互设链接。",
}


def shanghai(moment: datetime | None) -> str:
    """A UTC moment as readers know it: ``2021-11-30 02:15:09``, +08:00; empty for None."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
