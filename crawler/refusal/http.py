"""Refusals by the status of the answer."""

from __future__ import annotations

from ledger.reason import Reason
from ledger.work import Arrival

_NAMED = {
    401: (Reason.LOGIN_WALL, "网站要求登录（401）"),
    402: (Reason.HTTP_4XX, "网站拒绝访问（402）"),
    403: (Reason.HTTP_4XX, "网站拒绝访问（403）"),
    404: (Reason.HTTP_4XX, "页面不存在（404）"),
    405: (Reason.HTTP_4XX, "网站不允许该访问方式（405）"),
    407: (Reason.LOGIN_WALL, "需要代理认证（407）"),
    410: (Reason.HTTP_4XX, "页面已移除（410）"),
    412: (Reason.WAF_CHALLENGE, "被网站安全防护拦截（412）"),
    429: (Reason.RATE_LIMITED, "网站限制访问频率（429）"),
    451: (Reason.HTTP_4XX, "因法律原因不可访问（451）"),
    511: (Reason.LOGIN_WALL, "网络需要认证（511）"),
}


def by_status(arrival: Arrival) -> tuple[Reason, str] | None:
    """Reason and words for a status that is no page; None for 200 and 203.

    404 and 410 keep their status in the ``Unusable``: what they mean is the walk's to say.
    """
    status = arrival.status
    if status is None:
        return Reason.CONNECT, "没有收到回应"
    if status in (200, 203):
        return None
    if status in _NAMED:
        return _NAMED[status]
    if 400 <= status < 500:
        return Reason.HTTP_4XX, f"网站拒绝访问或地址失效（{status}）"
    if status >= 500:
        return Reason.HTTP_5XX, f"网站返回服务器错误（{status}）"
    if status == 206:
        return Reason.TRUNCATED, "只收到部分内容（206）"
    if 300 <= status < 400:
        return Reason.TRAP, f"跳转没有到达页面（{status}）"
    return Reason.TRUNCATED, f"回应没有页面内容（{status}）"
