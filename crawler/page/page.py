"""The ``Page``: all facts that reading takes from one archived response; no opinion about duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from crawler.cms.adapter import Ask
from ledger.observation import ColumnShape, Link, Row, Table
from ledger.reason import Reason

__all__ = ["Ask", "Block", "Page", "PageLink", "Pager", "SearchForm", "Unusable", "Zone"]


class Zone(StrEnum):
    """Zone (页面区域) in which a link stands."""

    NAVIGATION = "navigation"
    """Menus: lists of links without dates, headers, side columns, drop-downs."""
    BREADCRUMB = "breadcrumb"
    MAIN = "main"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class PageLink:
    """Link of a page (页面链接), or a menu heading without an address.

    Attributes:
        label: visible text, spaces folded; else ``title``, else the image's alt.
        url: absolute, after ``<base>``; empty for a heading without a link, and for ``javascript:`` that leads nowhere.
        title: the ``title`` attribute, which often holds the whole name where the text is cut.
        parent: index into ``Page.links`` of the menu entry under which this one is nested, or None at the top level.
            Nested lists and definition lists make parents; hidden lists count.
        hidden: inside an element that is not displayed.
        group: number of the innermost list or block that holds it; links of one group are siblings.
        from_script: read from an inline script (document.write, zTree nodes), not from markup.
    """

    label: str
    url: str
    title: str = ""
    parent: int | None = None
    hidden: bool = False
    zone: Zone = Zone.NAVIGATION
    group: int = 0
    from_script: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """All names it goes by, the visible one first."""
        return tuple(dict.fromkeys(name for name in (self.label, self.title) if name))


@dataclass(frozen=True, slots=True)
class Block:
    """Block (分栏): a heading with a few rows and often a 更多 link, one of several sub-columns on a page."""

    label: str
    url: str
    """Of 更多 or of the heading itself; empty where neither is a link."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Pager (翻页): where the other pages of a list are.

    Attributes:
        total: number of pages if the page says so; None otherwise.
        others: addresses of the other pages that could be told, in order, page 2 first. When this page is itself a
            later page it still lists all that follow it.
        by_script: pages exist but their addresses could not be told from the page.
        asks: further pages that a service gives, page 2 first; with them ``others`` need not be told.
    """

    total: int | None = None
    others: tuple[str, ...] = ()
    by_script: bool = False
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchForm:
    """Search form (站内搜索) that asks by an address.

    Attributes:
        field: name of the one field to type in.
        fixed: the other fields as the page fills them.
        charset: of the page, in which words are sent.
    """

    action: str
    field: str
    fixed: tuple[tuple[str, str], ...] = ()
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Page (页面): what reading took from one archived response.

    Attributes:
        url: the final address.
        title: of ``<title>``, spaces folded.
        heading: of the article or column as shown (h1, or the block above the text), or empty.
        tags: the page's own meta tags of 国办发〔2017〕47号 (SiteName, ColumnName, PubDate ...), names as in the norm.
        links: every link in document order, and menu headings; nothing from comments.
        breadcrumb: entries of 当前位置, outermost first.
        redirect_to: absolute target of a meta refresh or a simple script redirect that replaces this page; or empty.
        frames: absolute addresses of frames and iframes that belong to the page's content.
        shape: of the main part.
        rows: entries of the main list, in order; empty for other shapes.
        blocks: sub-column blocks of the main part.
        empty_notice: words such as 暂无信息 that the page itself prints in the main part, or empty.
        text: visible text of the main part, navigation and footer left out.
        displayed_date: the date shown with the article (发布日期, 日期).
        column: name of the column in which the page stands, as it shows it (所属栏目); empty where it shows none.
        index_fields: the index table (索引号, 发布机构, 成文日期, 有效性), label to value.
        menu_by_script: a menu on this page is made by a script that reading cannot follow.
        list_by_script: the main list is made by a script that reading cannot follow.
        records: number of entries of the whole list as the service that gave it says; None where it does not.
        list_asks: what has to be asked of a service for page 1 of the list; with them ``list_by_script`` alone no
            longer means that a browser is needed.
        menu_asks: the same for the menu; redirect_asks: where it is asked to which address this page sends on.
        second_labels: folded labels of all links as the second parser sees them.
        second_row_count: number of rows the second parser finds in the main list.
        charset: the encoding the bytes were decoded with.
        replaced: U+FFFD stands in the decoded text.
        whole: the document ends as it should (closed, or nothing suggests a cut).
        adapter: name of the adapter that took the page, and ``adapter_mark`` the mark by which it did; else empty.
        search: the portal's own search, where the page offers one by GET.
        scripted: it has scripts, beside statistics and badges, that could change what it shows.
        seen_by: ``browser`` where what is said here was seen by one; ``snapshot_id`` is then that of its DOM.
        unseen: parts that the browser could not get: ``own`` of the district's hosts, ``foreign`` of others, or empty.
            ``unseen_because`` says why, where that is known.
        empty_beside_frames: but for what its frames may show, it is an empty column.
        disagrees: the browser shows far less than the page's source offers, so neither proves an absence.
    """

    url: str
    snapshot_id: str
    seen_at: datetime
    title: str = ""
    heading: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    links: tuple[PageLink, ...] = ()
    breadcrumb: tuple[Link, ...] = ()
    redirect_to: str = ""
    frames: tuple[str, ...] = ()
    shape: ColumnShape = ColumnShape.UNKNOWN
    rows: tuple[Row, ...] = ()
    blocks: tuple[Block, ...] = ()
    pager: Pager = field(default_factory=Pager)
    empty_notice: str = ""
    text: str = ""
    tables: tuple[Table, ...] = ()
    body_links: tuple[Link, ...] = ()
    attachments: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    displayed_date: date | None = None
    tag_date: date | None = None
    address_date: date | None = None
    column: str = ""
    index_fields: Mapping[str, str] = field(default_factory=dict)
    menu_by_script: bool = False
    list_by_script: bool = False
    records: int | None = None
    list_asks: tuple[Ask, ...] = ()
    menu_asks: tuple[Ask, ...] = ()
    redirect_asks: tuple[Ask, ...] = ()
    second_labels: frozenset[str] = frozenset()
    second_row_count: int | None = None
    charset: str = ""
    replaced: bool = False
    whole: bool = True
    adapter: str = ""
    adapter_mark: str = ""
    scripted: bool = False
    seen_by: str = ""
    unseen: str = ""
    unseen_because: Reason | None = None
    empty_beside_frames: bool = False
    disagrees: bool = False
    search: SearchForm | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """A response that is no page of the portal (无法作为页面使用): refused, cut, a challenge, a soft 404."""

    url: str
    snapshot_id: str
    seen_at: datetime
    reason: Reason
    detail: str = ""
    status: int | None = None
