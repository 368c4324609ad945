"""Portals as text: pages by path, and a probe of them without any net."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from catalog.catalogue import load_catalogue
from catalog.district import District, Network
from crawler.probing.findings import Findings
from crawler.probing.survey import Survey
from crawler.reader import Reader
from ledger.reason import Reason
from ledger.work import Arrival, Visit

HOME = "http://127.0.0.1:9001/"
NOON = datetime(2021, 11, 30, 4, tzinfo=UTC)
CATALOGUE = load_catalogue()


def page(title: str, *parts: str, site: str = "", crumbs: str = "", foot: str = "") -> str:
    tag = f'<meta name="SiteName" content="{site}">' if site else ""
    where = f"<div>当前位置：<a href='/'>首页</a> &gt; {crumbs}</div>" if crumbs else ""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{tag}</head>"
        f"<body>{where}{''.join(parts)}<div class='footer'>{foot}</div></body></html>"
    )


def links(*named: tuple[str, str], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li><a href={url!r}>{label}</a></li>' for label, url in named)}</{tag}>"


def answer(pages: Mapping[str, str], visit: Visit, number: int) -> Arrival:
    parts = urlsplit(visit.url)
    body = pages.get(parts.path or "/")
    status, reason = (200, None) if body is not None else (404, Reason.HTTP_4XX)
    sent = (body if body is not None else "<html><body>404 Not Found</body></html>").encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Arrival(visit, visit.url, status, headers, sent, f"s{number}", NOON, reason=reason)


def probe(
    pages: Mapping[str, str], *, directories: tuple[str, ...] = (), requests: int = 60, home: str = HOME
) -> Findings:
    network = Network((urlsplit(home).netloc,), 0)
    district = District("probe", "", home, (), (), network=network)
    survey = Survey(
        district,
        CATALOGUE,
        date(2021, 11, 30),
        read=Reader(district),
        directories=directories,
        requests=requests,
    )
    waiting: list[Visit] = []
    number = 0
    while True:
        waiting.extend(survey.wanted())
        if not waiting:
            break
        number += 1
        survey.arrive(answer(pages, waiting.pop(0), number))
    assert survey.finished
    return survey.findings
