"""Counterparts: the policy that an interpretation (政策解读) links to is found and opened."""

from __future__ import annotations

import re

from catalog.spelling import fold
from crawler.page.page import Page, Zone
from crawler.plan import Leaf
from crawler.walking.bearings import Bearings, same_address
from crawler.walking.landing import land
from crawler.walking.scheduling import Course
from crawler.walking.showing import article_of, is_file, title_of
from ledger.observation import ArticleObservation, Link, ListingObservation
from ledger.reason import Reason

POLICIES = 2
_POLICY_WORDS = re.compile(
    r"文件链接|政策原文|原文链接|文件原文|相关文件|相关政策|关联文件|政策文件|解读文件|查看原文|原文"
)
_DOCUMENT_NAME = re.compile(r"《([^《》]{4,80})》")
_DOCUMENT_NUMBER = re.compile(r"[一-龥A-Za-z]{2,20}[〔\[（(]\d{4}[〕\])）]\s*第?\s*\d+\s*号")
_AROUND = 24
_SURE_LENGTH = 6


def open_counterparts(
    bearings: Bearings, leaf: Leaf, page: Page, listing: ListingObservation, referrer: str
) -> Course[list[ArticleObservation]]:
    """Open the policy that an interpretation links to."""
    title = title_of(page)
    sure, likely = policy_links(bearings, page, listing)
    for number, link in enumerate((*sure[:1], *likely)[:POLICIES]):
        landing = yield from land(bearings, link.url, page.url)
        shown = landing.page if not landing.at_home else None
        certain = number < len(sure[:1])
        if shown is None:
            if not certain:
                continue
            reason = landing.refused.reason if landing.refused else Reason.SOFT_404
            return [
                ArticleObservation(
                    bearings.root,
                    leaf.labels,
                    link.url,
                    landing.snapshot_id,
                    landing.seen_at,
                    "counterpart",
                    link.label,
                    referring_url=referrer,
                    reason=reason,
                )
            ]
        if certain or shares_document(title, title_of(shown)):
            return [article_of(bearings, leaf, shown, "counterpart", None, referrer, page.url)]
    return []


def policy_links(bearings: Bearings, page: Page, listing: ListingObservation) -> tuple[list[Link], list[Link]]:
    """Links of an interpretation to its policy: sure by their words or what stands before them, and likely."""
    rows = {row.url for row in listing.rows}
    names = [fold(name) for name in _DOCUMENT_NAME.findall(title_of(page))]
    beside = (Link(link.label, link.url) for link in page.links if link.zone is Zone.MAIN and link.url)
    sure: list[Link] = []
    likely: list[Link] = []
    for link in dict.fromkeys((*page.body_links, *beside)):
        if not bearings.inside(link.url) or is_file(link.url) or same_address(link.url, page.url):
            continue
        label = fold(link.label)
        named = "解读" not in link.label and any(name in label or _is_cut_from(link.label, name) for name in names)
        if _says_policy(link.label, page.text) or named:
            if link.url not in rows or named:
                sure.append(link)
        elif link in page.body_links and link.url not in rows:
            likely.append(link)
    return sure, likely


def _is_cut_from(label: str, name: str) -> bool:
    """Whether a cut label (关于印发《沈阳市历史建筑修缮管理办...) ends within a document's name."""
    shown = label.rstrip()
    if "《" not in shown or not shown.endswith(("…", "...")):
        return False
    cut = fold(shown.rstrip("….").rpartition("《")[2])
    return len(cut) >= _SURE_LENGTH and name.startswith(cut)


def _says_policy(label: str, text: str) -> bool:
    if "解读" in label and not _POLICY_WORDS.search(label):
        return False
    if _POLICY_WORDS.search(label) or _DOCUMENT_NAME.search(label) or _DOCUMENT_NUMBER.search(label):
        return True
    start = text.find(label) if len(label) >= 4 else -1
    return start > 0 and bool(_POLICY_WORDS.search(text[max(0, start - _AROUND) : start]))


def shares_document(interpretation: str, policy: str) -> bool:
    """Whether a policy's title is the document that an interpretation's title names."""
    named = [fold(name) for name in _DOCUMENT_NAME.findall(interpretation)]
    own = fold(policy)
    if named:
        return any(name in own for name in named)
    rest = re.sub(r"(的)?(政策|图文|文字|视频|图片|文件)?解读$|^一图读懂", "", interpretation.strip())
    return len(fold(rest)) >= _SURE_LENGTH and fold(rest) in own
