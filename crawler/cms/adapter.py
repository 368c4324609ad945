"""The seam of adapters: two pure functions on a page's source, knowing nothing of the reader or of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SCRIPTED = "data-from-script"
"""Attribute on markup that an adapter puts in place of a script."""


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
    """

    source: str
    pages: tuple[str, ...] = ()
    total: int | None = None
    pages_unknown: bool = False
    list_unread: bool = False
    menu_unread: bool = False


class Adapter(Protocol):
    """Adapter (适配器) of one family of systems; a module with these names is one."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """Name as a district file writes it."""
        ...

    def recognise(self, source: str) -> str:
        """The mark in this very page by which it is taken, or empty."""
        ...

    def unfold(self, source: str, url: str) -> Unfolded:
        """The page with what its scripts hold; never raises on odd programs."""
        ...
