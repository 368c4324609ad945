"""Fingerprints of a host's home page and of its answer to an address that cannot exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from catalog.spelling import fold
from crawler.page.page import Page

LIKE = 0.95
"""Share of labels and lines that two pages must have in common to be one and the same page."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Fingerprint (页面指纹): folded title, folded labels of all links, lines of the text."""

    url: str
    title: str
    labels: frozenset[str]
    lines: frozenset[str]

    def like(self, other: Fingerprint) -> bool:
        """Both are one and the same page: one title, and nearly all labels and lines in common."""
        if self.title != other.title:
            return False
        mine, theirs = self.labels | self.lines, other.labels | other.lines
        if not mine or not theirs:
            return not mine and not theirs and bool(self.title)
        return len(mine & theirs) >= LIKE * len(mine | theirs)


def fingerprint_of(page: Page) -> Fingerprint:
    """Fingerprint of a page that was read."""
    labels = frozenset(name for link in page.links if (name := fold(link.label)))
    lines = frozenset(line for part in page.text.split("\n") if (line := fold(part)))
    return Fingerprint(page.url, fold(page.title), labels, lines)


@dataclass(frozen=True, slots=True)
class HostFingerprints:
    """Fingerprints by host (各主机指纹): the home page, and the answer to the probe where it was no 404."""

    homes: Mapping[str, Fingerprint] = field(default_factory=dict)
    probes: Mapping[str, Fingerprint] = field(default_factory=dict)

    def with_home(self, page: Page) -> HostFingerprints:
        """With this page as its host's home page."""
        return replace(self, homes={**self.homes, urlsplit(page.url).netloc: fingerprint_of(page)})

    def with_probe(self, page: Page) -> HostFingerprints:
        """With this page as its host's answer to an address that cannot exist."""
        return replace(self, probes={**self.probes, urlsplit(page.url).netloc: fingerprint_of(page)})
