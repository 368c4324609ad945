"""Statements of programs: how those that are read begin, and where a block of them ends."""

from __future__ import annotations

import re

from crawler.cms.literal import STRING
from crawler.page.expression import NAME

STATEMENT = re.compile(
    rf"""(?:(?<![\w$])(?=[A-Za-z_$])|(?=[\"'/<]))(?:(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|<!--)
    |\bfunction\s+(?P<defined>{NAME})\s*\((?P<params>[^)]*)\)\s*\{{
    |(?<![\w$.])(?P<named>{NAME})\s*=\s*(?:function\s*(?:{NAME}\s*)?\((?P<nparams>[^)]*)\)\s*\{{|\(?(?P<aparams>[\w$\s,]*?)\)?\s*=>\s*\{{)
    |\bif\s*\((?P<if>[^(){{}};]*)\)
    |\bfor\s*\((?P<head>[^(){{}}]*)\)
    |(?P<each>{NAME}(?:\.{NAME})*)\s*\.\s*(?:forEach|map)\s*\(\s*(?:function\s*)?\(?(?P<eparams>[\w$\s,]*)\)?\s*(?:=>\s*)?\{{
    |\$\s*\.\s*each\s*\(\s*(?P<jeach>{NAME}(?:\.{NAME})*)\s*,\s*function\s*\((?P<jparams>[^)]*)\)\s*\{{
    |(?P<write>\bdocument\s*\.\s*write(?:ln)?\s*\()
    |(?:getElementById\s*\(\s*(?P<id>{STRING})\s*\)|querySelector\s*\(\s*(?P<query>{STRING})\s*\))\s*\.\s*(?:innerHTML|outerHTML)\s*\+?=(?!=)
    |(?:\$|jQuery)\s*\(\s*(?P<picked>{STRING})\s*\)\s*\.\s*(?:html|append|prepend)\s*\(
    |(?P<timer>\bsetTimeout\s*\(\s*)(?=[\"'])
    |(?P<later>\bsetTimeout\s*\(\s*)(?P<laterof>{NAME})\s*,
    |(?P<open>\bwindow\s*\.\s*open\s*\()
    |(?P<go>(?<![\w$])(?:(?:window|document|self|top|parent|this)\s*\.\s*|frames\s*\[[^\]]*\]\s*\.\s*)*location(?:\s*\.\s*href)?\s*=(?!=))
    |(?P<goto>(?<![\w$])(?:(?:window|document|self|top|parent)\s*\.\s*)*location\s*\.\s*(?:replace|assign)\s*\()
    |(?P<push>{NAME})\s*\.\s*push\s*\(
    |(?<![\w$.])(?P<set>{NAME})\s*(?P<more>\+)?=(?![=>])
    |(?<![\w$.])(?P<call>{NAME})\s*\(
    |(?P<string>{STRING}))""",
    re.VERBOSE | re.DOTALL,
)
"""Any statement that is read; strings and comments are found to be stepped over."""
DEFINED = re.compile(rf"\bfunction\s+({NAME})\s*\(([^)]*)\)\s*\{{")
COUNTED = re.compile(
    rf"(?:var|let)?\s*({NAME})\s*=\s*(\d+)\s*;\s*\1\s*<(=?)\s*(?:({NAME}(?:\.{NAME})*?)\s*\.\s*length|(\d{{1,3}}))\s*;"
)
EACH = re.compile(rf"(?:var|let|const)?\s*({NAME})\s+(in|of)\s+({NAME}(?:\.{NAME})*)\s*$")
COMPARED = re.compile(rf"\s*({NAME})\s*([=!]==?|<=?|>=?)\s*(\d+|{STRING})\s*$")
ELSE = re.compile(r"\s*else\b(?:\s*if\s*\([^{}]*?\)(?=\s*\{))?")
KEYWORDS = frozenset(("if", "while", "switch", "catch", "return", "function", "for", "with", "typeof"))

_BRACKET = re.compile(rf"{STRING}|`(?:[^`\\]|\\.)*`|//[^\n]*|/\*.*?\*/|[{{}}]", re.DOTALL)


def closing(text: str, place: int) -> int:
    """Place of the brace that closes the one at a place; the end of the text where none does."""
    depth = 0
    for match in _BRACKET.finditer(text, place):
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                return match.start()
    return len(text)
