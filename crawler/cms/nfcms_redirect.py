"""NFCMS (佛山): a page that asks its own data for the address to which it sends the reader."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from crawler.cms.adapter import Ask, Unfolded
from crawler.cms.calls import calls_of
from crawler.cms.records import json_of

NAME = "nfcms_redirect"
_KEY = "gkml_url"
_DATA = re.compile(r"[\"']([^\"'\s]*/postmeta/[^\"'\s]*\.json[^\"'\s]*)[\"']\s*(?!\s*\+)")


def recognise(source: str) -> str:
    """The data's address beside the key that sends on, or the data itself."""
    if _KEY not in source:
        return ""
    if source.lstrip()[:1] == "{":
        return _KEY if _target(json_of(source)) else ""
    return "postmeta" if "postmeta/" in source and "location" in source and _asked(source) else ""


def _asked(source: str) -> tuple[Ask, ...]:
    told = [ask for ask in calls_of(source) if "postmeta/" in ask.url]
    return tuple(told or dict.fromkeys(Ask(address) for address in _DATA.findall(source)))


def _target(value: Any) -> str:
    held = value.get("data") if isinstance(value, dict) else None
    for one in (held, value):
        if isinstance(one, dict) and isinstance(one.get(_KEY), str) and one[_KEY].strip():
            return str(one[_KEY]).strip()
    return ""


def unfold(source: str, url: str, body: bytes = b"") -> Unfolded:
    """What has to be asked for the way on; of the data the way itself, as the refresh that it comes to."""
    if source.lstrip()[:1] == "{":
        target = escape(_target(json_of(source)))
        return Unfolded(f'<html><head><meta http-equiv="refresh" content="0;url={target}"></head><body></body></html>')
    return Unfolded(source, redirect_asks=_asked(source))
