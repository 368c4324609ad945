"""Refusals: what real portals send in place of a page, and the reason that a fair night gives for each."""

from __future__ import annotations

from dataclasses import replace

from portals.publishing import Answer, Conduct
from portals.rendering import bare

REASONS = {
    "challenge_412": "waf_challenge",
    "challenge_521": "waf_challenge",
    "shield": "waf_challenge",
    "maintenance": "maintenance",
    "server_error": "http_5xx",
    "unavailable": "http_5xx",
    "forbidden": "http_4xx",
    "login": "login_wall",
    "truncated": "truncated",
    "dropped": "connect",
    "robots": "robots_disallow",
    "script_menu": "needs_browser",
    "script_list": "needs_browser",
}
_SHIELD_LENGTH = 741
DELIVERIES = ("flaky", "slow", "gbk_as_utf8", "utf8_as_gb2312", "utf8_as_latin1")
"""Odd deliveries that a fair reader gets over."""


def refusal(kind: str, page: Answer) -> Answer:
    """The answer of a refused address; ``page`` is what it would have said."""
    if kind in ("challenge_412", "challenge_521"):
        return bare("challenge.html", int(kind[-3:]), name="acw_sc__v2", nonce="5f3c9a71e08b4d26")
    if kind == "shield":
        return shield()
    if kind == "maintenance":
        return bare("maintenance.html", 503)
    if kind == "forbidden":
        return bare("error.html", 403, words="403 Forbidden")
    if kind == "server_error":
        return bare("error.html", 500, words="500 Internal Server Error")
    if kind == "unavailable":
        return bare("error.html", 503, words="503 Service Temporarily Unavailable")
    if kind == "login":
        return bare("login.html")
    if kind == "truncated":
        return replace(page, body=page.body[: len(page.body) * 2 // 5], conduct=Conduct.SHORT)
    if kind == "dropped":
        return replace(page, conduct=Conduct.DROP)
    if kind == "script_menu":
        return bare("needs_script.html", page_title="政府信息公开")
    return page


def delivery(kind: str, page: Answer) -> Answer:
    """The same page, delivered oddly."""
    if kind == "flaky":
        return replace(page, failures=2)
    if kind == "slow":
        return replace(page, wait_seconds=0.4)
    if kind == "gbk_as_utf8":
        body = page.body.decode("utf-8").replace("charset=utf-8", "charset=gbk")
        return replace(page, body=body.encode("gb18030"), headers=(("Content-Type", "text/html; charset=utf-8"),))
    if kind == "utf8_as_gb2312":
        body = page.body.decode("utf-8").replace("charset=utf-8", "charset=gb2312")
        return replace(page, body=body.encode(), headers=(("Content-Type", "text/html"),))
    if kind == "utf8_as_latin1":
        return replace(page, headers=(("Content-Type", "text/html; charset=iso-8859-1"),))
    return page


def shield() -> Answer:
    """The page of a container shield: 200, one script, 741 bytes."""
    empty = bare("shield.html", filler="")
    letters = "_0x3f2a,_0x91bc,_0x77de," * 40
    return bare("shield.html", filler=letters[: _SHIELD_LENGTH - len(empty.body)])
