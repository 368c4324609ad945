"""Reasons why something could not be verified (未能核验原因): a closed list, with its Chinese words."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Reason of ``could_not_verify`` (未能核验原因); neither opens nor closes a gap."""

    DNS = "dns"
    CONNECT = "connect"
    TIMEOUT = "timeout"
    TLS_LEGACY = "tls_legacy"
    TLS_INVALID = "tls_invalid"
    HTTP_5XX = "http_5xx"
    HTTP_4XX = "http_4xx"
    WAF_CHALLENGE = "waf_challenge"
    RATE_LIMITED = "rate_limited"
    ROBOTS_DISALLOW = "robots_disallow"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    MAINTENANCE = "maintenance"
    SOFT_404 = "soft_404"
    LOGIN_WALL = "login_wall"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    ENCODING = "encoding"
    PARSER_DISAGREE = "parser_disagree"
    RENDER_DISAGREE = "render_disagree"
    REDIRECT_OFFSITE = "redirect_offsite"
    ADDRESS_BLOCKED = "address_blocked"
    TRAP = "trap"
    BUDGET = "budget"
    NEEDS_BROWSER = "needs_browser"
    SECTION_NOT_FOUND = "section_not_found"
    ATTACHMENT_UNREAD = "attachment_unread"
    AMBIGUOUS = "ambiguous"
    NOT_RECORDED = "not_recorded"
    DISK_FULL = "disk_full"
    INTERNAL = "internal"

    @property
    def chinese(self) -> str:
        """The words of every report."""
        return _CHINESE[self]


_CHINESE = {
    Reason.DNS: "域名无法解析",
    Reason.CONNECT: "无法建立连接",
    Reason.TIMEOUT: "访问超时",
    Reason.TLS_LEGACY: "网站加密协议版本过低，无法连接",
    Reason.TLS_INVALID: "网站证书异常",
    Reason.HTTP_5XX: "网站返回服务器错误",
    Reason.HTTP_4XX: "网站拒绝访问或地址失效",
    Reason.WAF_CHALLENGE: "被网站安全防护拦截",
    Reason.RATE_LIMITED: "网站限制访问频率",
    Reason.ROBOTS_DISALLOW: "网站 robots.txt 不允许访问",
    Reason.ROBOTS_UNREACHABLE: "网站 robots.txt 无法读取，按规定视为不允许访问",
    Reason.MAINTENANCE: "网站维护中",
    Reason.SOFT_404: "页面提示不存在（返回状态正常）",
    Reason.LOGIN_WALL: "需要登录",
    Reason.TRUNCATED: "页面传输不完整",
    Reason.TOO_LARGE: "页面过大",
    Reason.BOMB: "页面压缩异常",
    Reason.ENCODING: "页面编码无法识别",
    Reason.PARSER_DISAGREE: "两种读取方式结果不一致",
    Reason.RENDER_DISAGREE: "浏览器与直接读取结果不一致",
    Reason.REDIRECT_OFFSITE: "跳转到范围外的网站",
    Reason.ADDRESS_BLOCKED: "地址不在允许访问的范围内",
    Reason.TRAP: "页面链接无限循环",
    Reason.BUDGET: "本次核验的访问次数或时间已用完",
    Reason.NEEDS_BROWSER: "页面由脚本生成，需用浏览器查看",
    Reason.SECTION_NOT_FOUND: "未找到该单位的专属网页",
    Reason.ATTACHMENT_UNREAD: "附件或图片内容未读取",
    Reason.AMBIGUOUS: "页面情况不明确，不能自动判断",
    Reason.NOT_RECORDED: "存档中没有该页面",
    Reason.DISK_FULL: "存储空间不足",
    Reason.INTERNAL: "核验程序内部错误",
}
