"""Material of one answer: what its source, its first tree and its programs say, before it is put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.page.addressing import absolute
from crawler.page.inserting import fragment_frames, loaded_parts, menu_files
from crawler.page.page import Ask, Pager
from crawler.page.paging import pager_of
from crawler.page.sight import Sight
from crawler.page.source import Source
from crawler.page.tags import title_of
from crawler.page.templating import Scripted, scripted_parts
from crawler.page.tree import Element
from ledger.work import Arrival, VisitKind

_WIDGETS = re.compile(
    r"weather|tianqi|login|visit|count|hits|share|search|jiucuo|conac|webwidget|qrcode", re.IGNORECASE
)


def is_part(arrival: Arrival) -> bool:
    """Whether an answer is a part of the page that asked a service for it."""
    return arrival.visit.kind is VisitKind.ASK


class Material:
    """Material (页面材料) of one answer as the first parser saw it.

    Attributes:
        whole: nothing of the page is cut; ``replaced``: characters of it could not be read.
        shown: its visible text.
        loaded: addresses of parts that programs put in, for menus by the element's name, and all others.
        scripted: parts that a script makes.
    """

    def __init__(self, arrival: Arrival, source: Source, sight: Sight, *, whole: bool, replaced: bool) -> None:
        self.arrival = arrival
        self.source = source
        self.sight = sight
        self.whole = whole
        self.replaced = replaced
        self.shown = sight.root.text()
        self.title = title_of(sight.root)
        self.loaded = loaded_parts(sight.root, sight.base, arrival.url)
        self.scripted = self._scripted()
        self.pager = self._pager()

    def _scripted(self) -> Scripted:
        sight = self.sight
        start = sight.region.start
        parts = scripted_parts(sight.root, sight.menus, len(self.shown), start, frozenset(self.loaded[0]))
        unfolded = self.source.unfolded
        menu = (parts.menu and not unfolded.menu_whole) or unfolded.menu_unread
        return Scripted(menu, parts.list or unfolded.list_unread, parts.asks, parts.shell)

    def _pager(self) -> Pager:
        unfolded = self.source.unfolded
        shown = "" if self.sight.article else self.shown
        generic = pager_of(self.sight.menus, self.arrival.url, shown, self.sight.choices)
        asks = self.asks(unfolded.page_asks)
        if unfolded.total is None and not unfolded.pages_unknown and not asks:
            return generic
        pages = tuple(address for page in unfolded.pages if (address := absolute(self.sight.base, page)))
        # Where the number of pages is known there are none but those told: a program may write a link beyond the last.
        told = bool(asks) or (unfolded.total is not None and not unfolded.pages_unknown)
        known = pages or (() if told else generic.others)
        return Pager(unfolded.total or generic.total, known, unfolded.pages_unknown and not known and not asks, asks)

    def asks(self, asks: Sequence[Ask]) -> tuple[Ask, ...]:
        """Requests with their addresses made absolute, which know what the answer's addresses are written for."""
        base = self.sight.base
        beside = "" if base == self.arrival.url else base
        return tuple(Ask(url, ask.method, ask.body, beside) for ask in asks if (url := absolute(base, ask.url)))

    def frame_elements(self) -> list[Element]:
        """Frames that are shown and belong to the column."""
        sight = self.sight
        return [
            element
            for element in sight.root.order
            if element.tag in ("iframe", "frame")
            and not element.hidden
            and not any(foot.holds(element) for foot in sight.feet)
            and (address := absolute(sight.base, element.get("src")))
            and not _WIDGETS.search(address)
        ]

    def frames(self) -> tuple[str, ...]:
        """Addresses of what the page shows in frames or in their way."""
        sight = self.sight
        framed = tuple(absolute(sight.base, element.get("src")) for element in self.frame_elements())
        beside = (*fragment_frames(sight.root, sight.base), *self.loaded[1])
        return framed + tuple(one for one in dict.fromkeys(beside) if one not in framed and not _WIDGETS.search(one))

    def menu_files(self) -> tuple[Ask, ...]:
        """Files that write or hold a menu, where nothing else that a browser would run makes it."""
        if self.scripted.menu and not self.scripted.shell:
            return ()
        files = menu_files(self.sight.root, self.sight.base, self.arrival.url)
        return tuple(Ask(address) for address in dict.fromkeys((*self.loaded[0].values(), *files)))
