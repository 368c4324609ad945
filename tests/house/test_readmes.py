"""The two READMEs say the same: same headings in number and level, same commands."""

from __future__ import annotations

import re

from shared_data import PROJECT

ENGLISH = (PROJECT / "README.md").read_text(encoding="utf-8")
CHINESE = (PROJECT / "README.zh-CN.md").read_text(encoding="utf-8")
FENCE = re.compile(r"```(\w*)\n(.*?)```", re.S)


def _headings(text: str) -> list[str]:
    return re.findall(r"^(#+) ", FENCE.sub("", text), re.M)


def _commands(text: str) -> list[str]:
    blocks = [body for language, body in FENCE.findall(text) if language == "sh"]
    return [line.split("  #")[0].strip() for body in blocks for line in body.splitlines() if line.strip()]


def test_same_headings() -> None:
    assert _headings(ENGLISH) == _headings(CHINESE)
    assert len(_headings(ENGLISH)) >= 5


def test_same_commands() -> None:
    assert _commands(ENGLISH) == _commands(CHINESE)
    assert "./dev demo" in _commands(ENGLISH)
    assert "./dev test" in _commands(ENGLISH)
