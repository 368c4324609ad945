"""Resources: whether attachments, images and media answer; they are asked for and never read."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.page.page import Page, Unusable
from crawler.plan import Leaf
from crawler.walking.bearings import Bearings
from crawler.walking.scheduling import Course, Seen, look
from crawler.walking.showing import is_file, names_file
from ledger.observation import Observation, ResourceObservation, ResourceRole
from ledger.reason import Reason

RESOURCES = 10
_DEAD_LENGTH = 2
"""Bytes; portals keep attachments that hold nothing but a line end (REAL_PAGES.md)."""


def ask_resources(bearings: Bearings, leaf: Leaf, page: Page, referrer: str) -> Course[list[Observation]]:
    """Ask for a page's attachments, media and images, at most ten."""
    named = frozenset(link.url for link in page.attachments if names_file(link.label))
    wanted: list[tuple[str, ResourceRole]] = [(link.url, ResourceRole.ATTACHMENT) for link in page.attachments]
    wanted += [(url, ResourceRole.MEDIA) for url in page.media]
    wanted += [(url, ResourceRole.IMAGE) for url in page.images]
    return (yield from ask_each(bearings, leaf, referrer, wanted, named))


def ask_each(
    bearings: Bearings,
    leaf: Leaf,
    referrer: str,
    wanted: Iterable[tuple[str, ResourceRole]],
    named: frozenset[str] = frozenset(),
) -> Course[list[Observation]]:
    """Ask for addresses, at most ten.

    Args:
        named: addresses whose link names a file (download.jsp?id=7 for 决算.pdf).
    """
    found: list[Observation] = []
    for url, role in list(dict(wanted).items())[:RESOURCES]:
        if not bearings.inside(url):
            continue
        seen = yield from look(bearings.resource(url, referrer))
        found.append(_resource(bearings, leaf, referrer, role, seen, url, named=url in named))
    return found


def _resource(
    bearings: Bearings, leaf: Leaf, referrer: str, role: ResourceRole, seen: Seen, url: str, *, named: bool
) -> ResourceObservation:
    refused = seen.page if isinstance(seen.page, Unusable) else None
    gone = seen.status in (404, 410)
    reason = None if refused is None or gone or _merely_large(seen, refused) else refused.reason
    is_page = seen.looks_like_page or seen.content_type.lower().startswith("text/html")
    hollow = refused is None and seen.length is not None and seen.length <= _DEAD_LENGTH
    replaced = refused is None and is_page and is_file(url)
    if reason is None and is_page and named and not (gone or hollow or replaced):
        # A page in place of the file may be an error or a step in between (a code to be typed); nobody can tell.
        reason = Reason.AMBIGUOUS
    return ResourceObservation(
        root=bearings.root,
        steps=leaf.labels,
        url=url,
        referring_url=referrer,
        role=role,
        snapshot_id=seen.snapshot_id,
        seen_at=seen.seen_at,
        status=seen.status,
        content_type=seen.content_type,
        length=seen.length,
        broken=bool(seen.snapshot_id) and reason is None and (gone or hollow or replaced),
        reason=reason,
    )


def _merely_large(seen: Seen, refused: Unusable) -> bool:
    """A file too large to keep has answered all the same."""
    return refused.reason is Reason.TOO_LARGE and seen.status is not None and 200 <= seen.status < 300
