"""Answers written by hand: of products that refuse, of everything else that is no page, and innocent pages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from crawler.page.page import Page, Unusable
from crawler.refusal.classifier import read_or_refuse
from crawler.refusal.fingerprint import HostFingerprints
from ledger.reason import Reason
from ledger.work import Arrival, Visit

URL = "https://www.example.gov.cn/zwgk/ghxx/"
NIGHT = datetime(2026, 7, 22, tzinfo=UTC)
_ANSWERS = Path(__file__).resolve().parent / "answers"
_MENU = "".join(f"<li><a href='/zwgk/c{number}/'>栏目{number}</a></li>" for number in range(12))
_FULL = (
    "<html><head><title>某区人民政府</title></head><body><ul>{menu}</ul>"
    "<div>当前位置：<a href='/'>首页</a>&gt;规划信息</div>{body}"
    "<div class='footer'>主办：某区人民政府</div></body></html>"
)


@dataclass(frozen=True)
class ByHand:
    """One answer: what it is, the reason it must get (None for a page), and the answer itself."""

    name: str
    mark: str
    reason: Reason | None
    arrival: Arrival

    def read(self) -> Page | Unusable:
        return read_or_refuse(self.arrival, HostFingerprints())


@cache
def by_hand(file: str) -> tuple[ByHand, ...]:
    """The answers of a file."""
    return tuple(_entries(tomllib.loads((_ANSWERS / file).read_text(encoding="utf-8"))))


def _entries(content: dict[str, list[dict[str, object]]]) -> Iterator[ByHand]:
    for kind, entries in content.items():
        for entry in entries:
            name = str(entry.get("product") or entry["name"])
            given = entry.get("reason")
            reason = Reason(str(given)) if given else (Reason.WAF_CHALLENGE if kind == "answer" else None)
            yield ByHand(name, str(entry.get("mark", "")), reason, _arrival(entry))


def _arrival(entry: dict[str, object]) -> Arrival:
    body = str(entry["body"])
    if entry.get("inside") == "full":
        body = _FULL.format(menu=_MENU, body=body)
    headers = [tuple(map(str, pair)) for pair in entry.get("headers", [])]  # type: ignore[attr-defined]
    url = str(entry.get("url", URL))
    visit = Visit(URL, URL)
    typed = ("Content-Type", "text/html; charset=utf-8")
    hops = (URL,) if url != URL else ()
    status = int(str(entry.get("status", 200)))
    return Arrival(visit, url, status, (typed, *headers), body.encode(), "s1", NIGHT, hops)  # type: ignore[arg-type]
