"""Showing: an article's page becomes an observation."""

from __future__ import annotations

import re

from crawler.fetching.scope import locate
from crawler.page.page import Page, Zone
from crawler.plan import Leaf
from crawler.walking.bearings import Bearings, same_address
from ledger.observation import ArticleObservation, Link, Row
from ledger.reason import Reason

TEXT = 20_000
_FILES = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|txt|csv|jpe?g|png|gif|bmp|mp[34]|wmv|flv|avi)$", re.I
)


def article_of(
    bearings: Bearings, leaf: Leaf, page: Page, role: str, row: Row | None, referring: str = "", back: str = ""
) -> ArticleObservation:
    """An article that was opened.

    Args:
        row: of the list that leads to it; None for a column that is itself an article.
        referring: for a counterpart, the article that links to it, and ``back`` the address a way back would lead to.
    """
    links = page.body_links
    if back:
        # A counterpart's way back may stand beside the text (相关解读).
        beside = (Link(link.label, link.url) for link in page.links if link.url and _beside(link.zone, link.url, back))
        links = tuple(dict.fromkeys((*links, *beside)))
    return ArticleObservation(
        root=bearings.root,
        steps=leaf.labels,
        url=row.url if row and role != "counterpart" else page.url,
        snapshot_id=page.snapshot_id,
        seen_at=page.seen_at,
        role=role,
        title=(row.title if row else "") or title_of(page),
        row_date=row.published_on if row else None,
        displayed_date=page.displayed_date,
        tag_date=page.tag_date,
        address_date=page.address_date,
        text=page.text[:TEXT],
        tables=page.tables,
        links=links,
        attachments=page.attachments,
        images=page.images,
        media=page.media,
        referring_url=referring,
        reason=None if page.whole else Reason.TRUNCATED,
    )


def _beside(zone: Zone, url: str, back: str) -> bool:
    return zone is Zone.MAIN or same_address(url, back)


def title_of(page: Page) -> str:
    """Title of an article as its page shows it."""
    return page.heading or page.tags.get("ArticleTitle", "") or page.title


def is_file(url: str) -> bool:
    """Whether an address names a file that is no web page."""
    location = locate(url)
    return location is not None and bool(_FILES.search(location.href.partition("?")[0]))


def names_file(label: str) -> bool:
    """Whether the text of a link names a file (决算.pdf), whatever its address looks like."""
    return bool(_FILES.search(label.strip()))
