"""Fingerprints of a host's home page and of its answer to an address that cannot exist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from catalog.spelling import fold
from crawler.page.page import Page

LIKE = 0.95
"""Share of labels and lines that two pages must have in common to be one and the same page."""
_CHANGING = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Fingerprint (页面指纹): folded title, folded labels of all links, lines of the main part.

    Numbers and the page's own address are left out: counters, clocks and errors that repeat what was asked for change.
    """

    url: str
    title: str
    labels: frozenset[str]
    lines: frozenset[str]

    def like(self, other: Fingerprint) -> bool:
        """Both are one and the same page: one title, and nearly all labels and nearly all lines in common.

        Lines are compared by themselves: two columns of a site share hundreds of labels and differ in a line or two.
        """
        if self.title != other.title:
            return False
        if not (self.labels | self.lines) or not (other.labels | other.lines):
            return not (self.labels | self.lines | other.labels | other.lines) and bool(self.title)
        return _alike(self.lines, other.lines) and _alike(self.labels, other.labels)


def _alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return len(mine & theirs) >= LIKE * len(mine | theirs)


def fingerprint_of(page: Page) -> Fingerprint:
    """Fingerprint of a page that was read."""
    own = _own_names(page.url)
    labels = frozenset(name for link in page.links if (name := _plain(link.label, own)))
    crumb = " ".join(entry.label for entry in page.breadcrumb)
    lines = frozenset(line for part in (*page.text.split("\n"), crumb) if (line := _plain(part, own)))
    return Fingerprint(page.url, _plain(page.title, own), labels, lines)


def _own_names(url: str) -> tuple[str, ...]:
    """How a page may repeat its own address: whole, its path, its last name."""
    path = unquote(urlsplit(url).path)
    name = path.rstrip("/").rpartition("/")[2]
    return tuple(one for one in (url, path, name, name.partition(".")[0]) if len(one) >= 8)


def _plain(text: str, own: tuple[str, ...]) -> str:
    for name in own:
        text = text.replace(name, "")
    return _CHANGING.sub("", fold(text))


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
