"""Pages whose header or meta tag says something else than the bytes: the cases of TRUST.md, measured fact 5."""

from __future__ import annotations

from dataclasses import dataclass

SIMPLE = "政府信息公开目录：关于公布某区财政预算和决算信息的通知，请各部门认真贯彻执行。" * 4
TRADITIONAL = "政府資訊公開目錄：關於公布某區財政預算和決算資訊的通知，請各部門認真執行。" * 4
FOUR_BYTES = SIMPLE + "𠮷䶮"
CODECS = {"utf-8": SIMPLE, "gbk": SIMPLE, "gb18030": FOUR_BYTES, "big5": TRADITIONAL}
LABELS = ("none", "right", "wrong header", "wrong meta")


@dataclass(frozen=True)
class Mislabelled:
    """A page as sent, its Content-Type, and a text that must be read in it."""

    name: str
    body: bytes
    header: str
    text: str


def page(text: str, label: str = "", padding: int = 0) -> str:
    """A page with a meta tag, if a label is given, behind so much padding."""
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{' ' * padding}{meta}<title>公开</title></head><body>{text}</body></html>"


def _labelled(codec: str, text: str, label: str) -> Mislabelled:
    wrong = "gb2312" if codec == "utf-8" else "utf-8"
    title = "公開" if codec == "big5" else "公开"
    markup = page(text, {"right": codec, "wrong meta": wrong}.get(label, "")).replace("公开", title)
    header = f"text/html; charset={wrong}" if label == "wrong header" else "text/html"
    return Mislabelled(f"{codec} {label}", markup.encode(codec), header, text)


_PLAIN = "text/html"
MISLABELLED = (
    *(_labelled(codec, text, label) for codec, text in CODECS.items() for label in LABELS),
    Mislabelled("GBK body, utf-8 header", page(SIMPLE).encode("gbk"), "text/html; charset=utf-8", SIMPLE),
    Mislabelled("UTF-8 body, gb2312 meta", page(SIMPLE, "gb2312").encode(), _PLAIN, SIMPLE),
    Mislabelled("UTF-8 body, iso-8859-1 header", page(SIMPLE).encode(), "text/html; charset=iso-8859-1", SIMPLE),
    Mislabelled("UTF-16LE without a mark", page(SIMPLE).encode("utf-16-le"), _PLAIN, SIMPLE),
    Mislabelled("UTF-16BE, utf-8 header", page(SIMPLE).encode("utf-16-be"), "text/html; charset=utf-8", SIMPLE),
    Mislabelled("UTF-16 with a mark", page(SIMPLE).encode("utf-16"), _PLAIN, SIMPLE),
    Mislabelled("meta behind 5 kB", page(SIMPLE, "gbk", padding=5200).encode("gbk"), _PLAIN, SIMPLE),
    Mislabelled("UTF-8 mark, gbk meta", b"\xef\xbb\xbf" + page(SIMPLE, "gbk").encode(), _PLAIN, SIMPLE),
    Mislabelled("no such label", page(SIMPLE).encode("gbk"), "text/html; charset=no-such-label", SIMPLE),
    Mislabelled(
        "short GBK body, utf-8 header", page("联系电话：58200000").encode("gbk"), "text/html; charset=utf-8", "联系电话"
    ),
    Mislabelled("short UTF-8 body, gb2312 header", page("暂无信息").encode(), "text/html; charset=gb2312", "暂无信息"),
    Mislabelled(
        "GBK body, iso-8859-1 meta", page(SIMPLE, "iso-8859-1").encode("gbk"), "text/html; charset=ISO-8859-1", SIMPLE
    ),
    Mislabelled(
        "GBK body, big5 meta and utf-8 header", page(SIMPLE, "big5").encode("gbk"), "text/html; charset=utf-8", SIMPLE
    ),
)
"""The sixteen come first, four labels of each codec; behind them what common libraries lose, and worse."""
