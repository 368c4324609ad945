"""What a night's evidence cannot prove (not_recorded), in sentences that a pack says before anything else."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.night import Night

UNCHECKED = "unchecked"

REPLAYED = (
    "本批次由既有的网页存档（WARC）重放，没有访问网站：请求报文、域名解析、服务器地址、TLS 版本与证书、"
    "首部的原有次序，凡存档没有记载的一律记为 not_recorded，本包不能证明。"
)
CLOCK = "取证机器的时钟没有与标准时间核对（unchecked）：采样时间以该机器的时钟为准。"
UNSTAMPED = "本包未加盖时间戳：没有配置时间戳机构，何时签名以签名人所述为准。"
UNEXAMINED = "有 {} 条记录（PDF、图片、旧版办公文档等）无法自动检查是否含个人信息，转交他人之前请人工查看。"
UNBROWSED = "网页由脚本生成的部分，存档的是脚本运行之前的原文和浏览器得到的 DOM；重放时脚本再次运行，所见可能不同。"


def not_recorded(
    night: Night, environment: Mapping[str, str], *, is_stamped: bool, has_renderings: bool, unexamined_count: int = 0
) -> list[str]:
    """The sentences that hold for one night.

    Args:
        environment: facts of the night; ``clock`` says how the clock was checked.
        is_stamped: whether a time-stamp authority is configured.
        has_renderings: whether pages were shown by a browser.
        unexamined_count: how many records could not be looked into for private data.
    """
    said = []
    if night.replayed:
        said.append(REPLAYED)
    if environment.get("clock", UNCHECKED).startswith(UNCHECKED):
        said.append(CLOCK)
    if has_renderings:
        said.append(UNBROWSED)
    if unexamined_count:
        said.append(UNEXAMINED.format(unexamined_count))
    if not is_stamped:
        said.append(UNSTAMPED)
    return said
