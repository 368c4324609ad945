"""Programs of a portal that fail behind a status of 200: their own words stand where a column should."""

from __future__ import annotations

import re

from crawler.page.page import Page
from crawler.refusal.glance import Glance
from crawler.refusal.saying import own_words, stands_for_itself
from ledger.reason import Reason

_SAYS = re.compile(
    r"(?:系统(?:繁忙|异常|错误|出错|出现(?:异常|错误|故障)|内部错误|发生错误)|服务器?(?:内部)?(?:错误|繁忙|异常"
    r"|出错|开小差)|(?:程序|应用)(?:运行)?(?:异常|出错)"
    r"|数据库.{0,6}(?:错误|失败|异常|无法)|(?:网络|数据)(?:加载)?(?:异常|失败)|Whitelabel Error Page"
    r"|Server Error in '|Runtime Error"
    r"|HTTP\s*(?:Status|Error)?\s*50\d|50\d\s*(?:Internal Server Error|Bad Gateway|Service|Gateway|错误)"
    r"|Internal Server Error|Bad Gateway|Gateway Time-?out"
    r"|(?:Fatal|Parse) error\s*:|(?:java|javax|org)\.[\w.]{3,80}(?:Exception|Error)|ADODB\.|Microsoft (?:OLE DB"
    r"|VBScript)|ORA-\d{5}|SQLSTATE"
    r"|Error establishing a database connection|Stack ?trace|Traceback \(most)"
    r"(?!的|问题|情况|等|现象|、|及|之|检测|修复|处置|防范|应急)",
    re.IGNORECASE,
)


def by_failure(page: Page, seen: Glance) -> tuple[Reason, str] | None:
    """Name a failure that the page tells in place of content."""
    for line in own_words(page, seen):
        said = stands_for_itself(_SAYS, line)
        if said:
            return Reason.HTTP_5XX, f"页面提示“{said[:30]}”（返回状态正常）"
    return None
