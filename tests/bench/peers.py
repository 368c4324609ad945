"""The three readers we measure ourselves against (development only), each asked as its documentation says."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date

import htmldate
import trafilatura
from gne import GeneralNewsExtractor
from hidden_tags import Kind

from crawler.page.dating import parse_day

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)
_GNE = GeneralNewsExtractor()


def _iso(text: str | None) -> str:
    day: date | None = parse_day(text or "")
    return day.isoformat() if day is not None else ""


def by_trafilatura(source: str, url: str) -> dict[Kind, str]:
    """Title and date by trafilatura; it knows no column."""
    found = trafilatura.extract_metadata(source, default_url=url)
    if found is None:
        return {Kind.TITLE: "", Kind.DATE: ""}
    return {Kind.TITLE: found.title or "", Kind.DATE: _iso(found.date)}


def by_htmldate(source: str, url: str) -> dict[Kind, str]:
    """Date by htmldate."""
    try:
        return {Kind.DATE: _iso(htmldate.find_date(source, url=url, original_date=True))}
    except ValueError:
        return {Kind.DATE: ""}


def by_gne(source: str, url: str) -> dict[Kind, str]:
    """Title and date by gne."""
    try:
        found = _GNE.extract(source, host=url)
    except Exception:  # noqa: BLE001 - a peer that fails on a page has found nothing in it
        return {Kind.TITLE: "", Kind.DATE: ""}
    return {Kind.TITLE: str(found.get("title") or ""), Kind.DATE: _iso(str(found.get("publish_time") or ""))}


PEERS: Mapping[str, Callable[[str, str], dict[Kind, str]]] = {
    "trafilatura": by_trafilatura,
    "htmldate": by_htmldate,
    "gne": by_gne,
}
