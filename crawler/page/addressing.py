"""Addresses: made absolute after ``<base>`` by the WHATWG rules, and read out of simple scripts."""

from __future__ import annotations

import re
from urllib.parse import unquote

import ada_url

from crawler.page.opening import Openers
from crawler.page.tree import Element

_ROUTE = re.compile(r"#!?/[^/#]")
"""A fragment that names a page of an application, not a place within a page."""
_TEMPLATE = re.compile(r"\{\{|\$\{|<%")
_HREFS = ("href", "hhref", "herf", "hrf", "hreff")
"""The attribute and its misspellings on real pages."""


def absolute(base: str, address: str) -> str:
    """Absolute http(s) address without fragment (save a route), or empty where it leads to no page.

    Trailing and inner spaces of all kinds are taken off first, as browsers do at the ends.
    """
    plain = address.strip(" \t\r\n\f\v\u00a0\u3000")
    if not plain or (plain.startswith("#") and not _ROUTE.match(plain)) or len(plain) > 4000 or _TEMPLATE.search(plain):
        return ""
    try:
        joined: str = ada_url.join_url(base, plain)
    except (ValueError, UnicodeError):
        return ""
    if not joined.startswith(("http://", "https://")):
        return ""
    address, mark, fragment = joined.partition("#")
    return joined if _ROUTE.match(mark + fragment) else address


def raw_address(element: Element, openers: Openers) -> str:
    """What an element links to as written: ``href`` (misspelt too), else what opens when it is clicked."""
    written = next((element.attributes[name] for name in _HREFS if element.attributes.get(name)), "")
    plain = written.strip()
    if plain.lower().startswith("javascript:"):
        program = unquote(plain[len("javascript:") :]) if "%" in plain else plain[len("javascript:") :]
        return openers.address(program) or openers.address(element.get("onclick")) or openers.attribute(element)
    if plain and plain != "#":
        return plain
    return openers.address(element.get("onclick")) or openers.attribute(element) or plain


def base_of(root: Element, url: str) -> str:
    """Address against which the page's links are resolved: the first ``<base href>``, else the page's own."""
    for element in root.walk():
        if element.tag == "base" and element.get("href").strip():
            return absolute(url, element.get("href")) or url
        if element.tag == "body":
            break
    return url
