"""The generated reference: the catalogue and every check, as Markdown; nothing in it is written by hand."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.requirement import Directory, Requirement
from checks.registry import Check, Option


def reference(directories: Iterable[Directory], checks: Iterable[Check]) -> str:
    """The whole reference as one Markdown text, checks first."""
    return "\n".join(("# 参考：检查项与标准目录", "", *_checks(checks), *_directories(directories))) + "\n"


def _checks(checks: Iterable[Check]) -> list[str]:
    lines = ["## 检查项", ""]
    for one in checks:
        lines += [f"### {one.id}", "", f"通过：{one.title}。问题：{one.failure_title}（{one.standing.chinese}）。", ""]
        lines += [one.doc, ""]
        if one.implied:
            lines += ["对每一项走查的义务自动执行。", ""]
        lines += [
            f"- 参数 `{option.name}`{'（必填）' if option.required else ''}：{_type(option)}" for option in one.options
        ]
        lines += [""] if one.options else []
    return lines


def _type(option: Option) -> str:
    return getattr(option.type, "__name__", None) or str(option.type).replace("typing.", "")


def _directories(directories: Iterable[Directory]) -> list[str]:
    lines = ["## 标准目录", ""]
    for directory in directories:
        lines += [f"### {directory.title}（{directory.document_number}）", ""]
        lines += [f"印发 {directory.issued_on}，要求 {len(directory.requirements)} 项。", ""]
        lines += ["| 编号 | 条款 | 公开事项 | 公开位置 | 公开路径 | 检查 |", "|---|---|---|---|---|---|"]
        lines += [_row(requirement) for requirement in directory.requirements]
        lines += [""]
    return lines


def _row(requirement: Requirement) -> str:
    cells = (
        requirement.id,
        requirement.clause,
        requirement.full_title,
        requirement.scope,
        "；".join(str(path) for path in requirement.paths) or "—",
        "、".join(expected.check_id for expected in requirement.expectations) or "—",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
