"""The search form (站内搜索): a form of the page that asks the portal by an address, with one field for the words."""

from __future__ import annotations

import re

from crawler.page.addressing import absolute
from crawler.page.page import SearchForm
from crawler.page.tree import Element

_SEARCH = re.compile(
    r"搜索|检索|查询|search|query|keyword|请输入|关键[词字]|(?:^|[^a-z])(?:q|wd|kw|so|sw)(?:$|[^a-z])", re.IGNORECASE
)
_TYPED = ("", "text", "search")


def search_form(root: Element, base: str, charset: str) -> SearchForm | None:
    """The first form of a page that is a search by GET with one field to type in; None where there is none."""
    for form in root.walk():
        if form.tag == "form" and form.get("method").strip().casefold() in ("", "get"):
            found = _read(form, base, charset)
            if found is not None:
                return found
    return None


def _read(form: Element, base: str, charset: str) -> SearchForm | None:
    action = absolute(base, form.get("action"))
    inputs = [one for one in form.walk() if one.tag == "input"]
    typed = [one for one in inputs if one.get("type").strip().casefold() in _TYPED and one.get("name")]
    if not action or len(typed) != 1 or any(one.get("type").casefold() in ("password", "file") for one in inputs):
        return None
    says = " ".join(one.get(name) for one in (form, *inputs) for name in ("id", "class", "name", "action", "value"))
    if not _SEARCH.search(f"{says} {typed[0].get('placeholder')} {form.text()}"):
        return None
    fixed = [(one.get("name"), one.get("value")) for one in inputs if one.get("name") and _is_fixed(one)]
    fixed += [(one.get("name"), _chosen(one)) for one in form.walk() if one.tag == "select" and one.get("name")]
    return SearchForm(action, typed[0].get("name"), tuple(fixed), charset)


def _is_fixed(one: Element) -> bool:
    kind = one.get("type").strip().casefold()
    return kind == "hidden" or (kind in ("radio", "checkbox") and "checked" in one.attributes)


def _chosen(select: Element) -> str:
    options = [one for one in select.walk() if one.tag == "option"]
    marked = [one for one in options if "selected" in one.attributes]
    return next((one.get("value") for one in (*marked, *options)), "")
