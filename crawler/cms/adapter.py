"""The seam of adapters: two pure functions on a page's source, knowing nothing of the reader or of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SCRIPTED = "data-from-script"
"""Attribute on markup that an adapter puts in place of a script."""
LISTED = "data-list"
"""Attribute on markup of an adapter that is a list: everything in it is a row, dated or not."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask (接口请求): a request whose answer belongs to this page: a further list page, the list, the menu, a way on.

    Attributes:
        url: as written where an adapter made it, absolute in a ``Page``.
        body: of a POST; a form, or a JSON object where it begins with a brace.
        base: what the answer's addresses are written for, where that is not the address of the page (``<base>``).
    """

    url: str
    method: str = "GET"
    body: bytes = b""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """Unfolded page (脚本内容展开结果).

    Attributes:
        source: the page with lists and menus of its scripts put in place as markup; unchanged where there are none.
        pages: addresses of the other pages of the list as written, page 2 first.
        total: number of pages if the script says so.
        pages_unknown: pages exist whose addresses cannot be told.
        list_unread: the list is filled from a service that was not asked.
        menu_unread: a menu is.
        menu_whole: the menu that the page's program makes is all in place.
        records: number of entries of the whole list, as the service says it; None where it does not.
        page_asks: further pages of the list that a service gives, page 2 first.
        list_asks: what has to be asked for the list; menu_asks: for the menu; redirect_asks: for where to go on.
    """

    source: str
    pages: tuple[str, ...] = ()
    total: int | None = None
    pages_unknown: bool = False
    list_unread: bool = False
    menu_unread: bool = False
    records: int | None = None
    page_asks: tuple[Ask, ...] = ()
    list_asks: tuple[Ask, ...] = ()
    menu_asks: tuple[Ask, ...] = ()
    redirect_asks: tuple[Ask, ...] = ()
    menu_whole: bool = False

    def and_then(self, other: Unfolded) -> Unfolded:
        """What two adapters say of one page, the second reading what the first put in place."""
        return Unfolded(
            other.source,
            self.pages or other.pages,
            other.total if self.total is None else self.total,
            self.pages_unknown or other.pages_unknown,
            self.list_unread or other.list_unread,
            self.menu_unread or other.menu_unread,
            other.records if self.records is None else self.records,
            self.page_asks or other.page_asks,
            self.list_asks + other.list_asks,
            self.menu_asks + other.menu_asks,
            self.redirect_asks + other.redirect_asks,
            self.menu_whole or other.menu_whole,
        )


class Adapter(Protocol):
    """Adapter (适配器) of one family of systems; a module with these names is one."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """Name as a district file writes it."""
        ...

    def recognise(self, source: str) -> str:
        """The mark in this very page, or in this very answer of a service, by which it is taken, or empty."""
        ...

    def unfold(self, source: str, url: str, body: bytes = b"") -> Unfolded:
        """The page with what its scripts hold; never raises on odd programs.

        Args:
            url: under which it came.
            body: what was posted for it, so that an answer can say how its further pages are asked for.
        """
        ...
