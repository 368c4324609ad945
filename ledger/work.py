"""Work (访问清单): visits that a look wants, and how each ended; the work list itself lives in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ledger.reason import Reason

UNSEEN = "X-Mingcha-Unseen"
"""Header of what a browser showed, where it did not get all parts of the page.

``own``: of the district's hosts; ``gone``: a service said that what was asked for is not there, or sent a page in its
place; ``foreign``: of other hosts, which are never asked. Behind it often stands the reason.
"""


class VisitKind(StrEnum):
    """Kind of a visit (访问类别); decides caps and what the classifier expects."""

    PAGE = "page"
    RESOURCE = "resource"
    """Attachment, image or medium: 180 s, only asked whether it answers."""
    ASK = "ask"
    """A service that a page fills its list or menu from: the answer is JSON, XML or a piece of a page."""
    CONTROL = "control"
    """The control page once more (对照页); never answered from what was already fetched."""
    PROBE = "probe"
    """A random sibling address, to learn how the host says not found."""
    ELSEWHERE = "elsewhere"
    """A page at which a column is looked for before its absence is believed; read as any page."""
    RENDERED = "rendered"
    """A page as a browser shows it, after its scripts ran; the body that arrives is the serialised DOM."""
    NAMED = "named"
    """An address that an organ named in its reply (整改链接): kept as evidence; no step of a mandated path."""

    @property
    def is_page(self) -> bool:
        """Whether what arrives is a page of the portal as its server gives it."""
        return self in (VisitKind.PAGE, VisitKind.ELSEWHERE, VisitKind.CONTROL)


@dataclass(frozen=True, slots=True)
class Visit:
    """Visit (访问): one address that a look wants to see once.

    ``key`` is unique in a look: two wants with one key are one visit. Build it with ``visit_key``.
    """

    key: str
    url: str
    kind: VisitKind = VisitKind.PAGE
    method: str = "GET"
    body: bytes = b""
    referrer: str = ""


def visit_key(
    url: str, kind: VisitKind = VisitKind.PAGE, method: str = "GET", body: bytes = b"", turn: str = ""
) -> str:
    """The key of a visit. ``turn`` tells control pages of one look apart (``start``, ``end``, an hour).

    The address of a rendered visit may carry a fragment: pages of an application are told apart by it (``#/list/12``).
    """
    if kind is VisitKind.CONTROL:
        return f"{kind} {turn} {url}"
    if kind in (VisitKind.RENDERED, VisitKind.NAMED):
        return f"{kind.name} {url}"
    if method == "GET":
        return f"GET {url}"
    return f"{method} {url} {body.hex()}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Arrival (访问结果): how a visit ended, after redirects.

    Attributes:
        url: final address, the one that answered last.
        headers: of the final response, in order, names as sent.
        body: content-decoded bytes of the final response; empty where nothing came.
        snapshot_id: archived final response; empty only where no response came at all.
        redirects: addresses that answered with a redirect, in order, the requested one first; empty without redirect.
        reason: why there is no usable page, as the fetch knows it (dns, timeout, robots_disallow, redirect_offsite,
            http_4xx ...); None for a 2xx answer. A page-level refusal is named later by the classifier.
    """

    visit: Visit
    url: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    snapshot_id: str
    fetched_at: datetime
    redirects: tuple[str, ...] = ()
    reason: Reason | None = None

    def header(self, name: str) -> str:
        """First value of a header, or an empty string; names are compared without case (RFC 9110 5.1)."""
        wanted = name.casefold()
        return next((value for key, value in self.headers if key.casefold() == wanted), "")
