"""Drafts of what a site publishes: columns, articles and files, before they become pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Shape(StrEnum):
    """Shape (页面形态) of a column's page."""

    LIST = "list"
    ARTICLE = "article"
    TABLE = "table"
    BLOCKS = "blocks"
    MENU = "menu"
    """Only a menu: its address leads on to its first child."""


class Door(StrEnum):
    """Door (入口情况): what a visitor meets at a column's link."""

    OPEN = "open"
    NOT_OFFERED = "not_offered"
    MOVED = "moved"
    """Offered under another parent than the mandated one."""
    DEAD = "dead"
    """404, while its siblings work."""
    HOME = "home"
    """The home page is served instead."""
    SAYS_GONE = "says_gone"
    """您访问的页面不存在 with status 200."""
    OFFSITE = "offsite"
    REFUSED = "refused"


@dataclass(slots=True, eq=False)
class File:
    """File (附件、图片、音视频) of an article; ``content`` None is a dead one."""

    name: str
    ending: str
    content_type: str
    content: bytes | None
    path: str = ""


@dataclass(slots=True, eq=False)
class Grid:
    """Table (表格) in a page."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True, eq=False)
class Article:
    """Article (文章) of a column.

    Attributes:
        related: links inside the text, label and article.
        tag_date: of PubDate; None leaves the tags out.
        statement: 情况说明 in place of content.
        path: set when the column gets its addresses.
    """

    title: str
    published_on: date
    source: str
    paragraphs: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    images: list[File] = field(default_factory=list)
    video: File | None = None
    related: list[tuple[str, Article]] = field(default_factory=list)
    tag_date: date | None = None
    statement: bool = False
    pinned: bool = False
    """It stands on top of its list whatever its date (置顶)."""
    file: File | None = None
    """Its row leads to this file; there is no page."""
    path: str = ""

    @property
    def resources(self) -> tuple[File, ...]:
        """All files that its page needs."""
        return (*self.files, *self.images, *((self.video,) if self.video else ()))

    @property
    def address(self) -> str:
        """Where its row leads."""
        return self.file.path if self.file else self.path


@dataclass(slots=True, eq=False)
class Column:
    """Column (栏目) of a site.

    Attributes:
        label: as the notice prints it.
        spelling: as the site prints it.
        folder: path of its page, ending in "/".
        refusal: kind of refusal behind a ``REFUSED`` door.
        delivery: how its page is delivered, where that is odd but lawful (slow, flaky, mislabelled).
        script_list: its rows are filled by a script.
        planted: the fault planted here, or empty.
    """

    label: str
    folder: str
    spelling: str = ""
    parent: Column | None = None
    children: list[Column] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    shape: Shape = Shape.LIST
    door: Door = Door.OPEN
    refusal: str = ""
    delivery: str = ""
    script_list: bool = False
    planted: str = ""
    row_style: str = "plain"
    date_style: str = "dashes"
    empty_words: str = ""
    bait: bool = False
    """A link to it stands in a comment of the menu in which it is not offered."""
    mandated: bool = False
    rows_a_page: int = 15
    grid: Grid | None = None
    headed: bool = True
    """Its name stands over its list."""

    def __post_init__(self) -> None:
        self.spelling = self.spelling or self.label

    def add(self, child: Column) -> Column:
        """Put ``child`` last under this column."""
        child.parent = self
        self.children.append(child)
        return child

    def below(self) -> Iterator[Column]:
        """This column and all below it, in menu order."""
        yield self
        for child in self.children:
            yield from child.below()

    @property
    def is_leaf(self) -> bool:
        """Whether it has no sub-columns."""
        return not self.children

    @property
    def entry(self) -> Column:
        """The column whose page answers at last when this one is opened: a menu leads on to its first child."""
        if self.shape is Shape.MENU:
            for child in self.children:
                if child.door is Door.OPEN:
                    return child.entry
        return self

    @property
    def newest(self) -> Article | None:
        """The article with the latest date."""
        return max(self.articles, key=lambda article: article.published_on, default=None)

    def sorted_articles(self) -> list[Article]:
        """Articles as the list shows them, pinned ones first, then newest first."""
        return sorted(self.articles, key=lambda one: (one.pinned, one.published_on, one.title), reverse=True)

    def page_count(self) -> int:
        """Number of list pages."""
        return max(1, -(-len(self.articles) // self.rows_a_page))

    def page_path(self, index: int) -> str:
        """Path of list page ``index`` (0 is the first)."""
        return self.folder if index == 0 else f"{self.folder}index_{index}.html"


@lru_cache(maxsize=65536)
def relative(page: str, target: str) -> str:
    """``target`` as a relative reference from ``page``, in the manner of TRS."""
    folder = page.rsplit("/", 1)[0] + "/"
    reference = posixpath.relpath(target, folder)
    if target.endswith("/"):
        reference += "/"
    return reference if reference.startswith(".") else f"./{reference}"
