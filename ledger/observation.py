"""Observations (观测): facts that the walk states and the checks read; each is frozen and goes to the ledger as JSON.

A *root* is ``"portal"`` or ``"organ:<organ id>"`` (the organ's 专属网页). *Steps* are labels as printed in the
directory, outermost first, without the first one (政府网站), which is the root itself. Snapshot ids name archived
responses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ledger.reason import Reason


class Need(StrEnum):
    """Need (取证需要): what a check wants to be looked at; the plan turns needs into visits."""

    COLUMN = "column"
    """The path is walked (always)."""
    LISTING = "listing"
    """Page 1 of the column is read; later pages only while rows are not sorted by date."""
    WHOLE_LISTING = "whole_listing"
    """All pages of the list, up to the cap (CONTRACTS: 30 list pages a column)."""
    SOUGHT_ROW = "sought_row"
    """List pages are read until a row holds one of the sought words, or the list ends."""
    SUBCOLUMNS = "subcolumns"
    """Each sub-column's page 1 is read too."""
    ARTICLE = "article"
    """The newest article is opened."""
    DATE = "date"
    """Articles as for ``ARTICLE``, unless the days that the list itself shows suffice (``Wanted.until``, ``since``)."""
    ATTACHMENTS = "attachments"
    """Attachments, images and media of the newest article (or of the column's own page) are asked for."""
    COUNTERPART = "counterpart"
    """The policy that the newest interpretation links to is opened, to see the link back."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Wanted (待取证内容): what one obligation wants to be seen at its leaf column.

    Attributes:
        needs: union over its expectations.
        sought: for ``SOUGHT_ROW``: each group must be met by one row; a row meets a group when its title holds every
            word of it (after folding).
        organ_names: for a central list or a portal column that many organs share: rows of this organ hold one of them.
        any_of: words of which one row must hold one; pages are read until one does, or the list ends.
        until: day that one row's date must not be after; pages are read until one is seen, or the list ends.
        elements: spellings of each element that the column is to hold; while one is lacking, the newest article of
            other kinds of rows is opened too, a few.
        since: day that the newest row's date must not be before; until and since decide whether a day shown in the
            list suffices for ``DATE``.
    """

    needs: frozenset[Need]
    sought: tuple[tuple[str, ...], ...] = ()
    organ_names: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    until: date | None = None
    elements: tuple[tuple[str, ...], ...] = ()
    since: date | None = None


class MatchKind(StrEnum):
    """Kind of match (名称匹配方式) between a step and a label on the page."""

    EXACT = "exact"
    NORMALISED = "normalised"
    ALIAS = "alias"


class Reach(StrEnum):
    """Reach (到达情况) of a column or an organ's page."""

    FOUND = "found"
    ABSENT = "absent"
    """The page before it was whole, offers something else, and this is not among it."""
    BROKEN = "broken"
    """Its own link answers 404, 410, a soft 404 or the home page, while a sibling of the same menu works."""
    OFFSITE = "offsite"
    """Its link leads to a platform outside the district's hosts."""
    UNREACHED = "unreached"
    """Seen or not, it could not be read: ``reason`` says why. Never an absence."""


@dataclass(frozen=True, slots=True)
class Link:
    """Link (链接): a label and an absolute address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One stop of the walk (访问轨迹): the page on which ``offered`` was seen."""

    label: str
    url: str
    snapshot_id: str
    match: MatchKind | None = None
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Found elsewhere (他处发现): the wanted column at a place that is not the mandated one.

    ``labels`` is where it stands there, outermost first; ``source`` is home, site_map, column_tree, organ_page or
    search.
    """

    url: str
    spelling: str
    match: MatchKind
    labels: tuple[str, ...]
    source: str
    snapshot_id: str


@dataclass(frozen=True, slots=True)
class ColumnObservation:
    """Column observation (栏目观测): how the walk along one whole path from one root ended.

    Attributes:
        root, steps: the place; one observation a place and look.
        reach: of the leaf; ``ABSENT`` when a level was not offered.
        failed_step: index into ``steps`` of the level that was not found, broken or unreached; None when found.
        match: worst kind over the steps walked (exact < normalised < alias); None when nothing matched.
        spelling: the leaf's label as the page prints it, or empty.
        url: the leaf column's address (the one that answered); when absent, the page that shows the absence.
        offered: labels offered where the walk stands or failed, in page order, at most 80.
        snapshot_id: the archived page on which this rests; empty only when nothing was fetched.
        trail: from the root to here.
        candidates: other links that also matched, looked into and not kept.
        elsewhere: places where the leaf was found instead, when it is absent here.
        looked_at: sources that the bounded look elsewhere really covered (home, site_map, column_tree, organ_page,
            search).
        reason: for ``UNREACHED``.
        detail: short note in Chinese for the report, may be empty.
        seen_by: ``browser`` where what a browser showed decided; else empty.
    """

    root: str
    steps: tuple[str, ...]
    reach: Reach
    url: str
    snapshot_id: str
    seen_at: datetime | None
    failed_step: int | None = None
    match: MatchKind | None = None
    leaf_match: MatchKind | None = None
    spelling: str = ""
    offered: tuple[str, ...] = ()
    trail: tuple[TrailStep, ...] = ()
    candidates: tuple[Link, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    looked_at: tuple[str, ...] = ()
    reason: Reason | None = None
    detail: str = ""
    seen_by: str = ""


class ColumnShape(StrEnum):
    """Shape (页面形态) of a column's page."""

    LIST = "list"
    ARTICLE = "article"
    """The column is a single article."""
    TABLE = "table"
    SUBCOLUMNS = "subcolumns"
    """Blocks or a menu of sub-columns, without rows of its own."""
    EMPTY = "empty"
    """A frame for a list or text that is there and holds nothing; the page is whole."""
    UNKNOWN = "unknown"
    """Neither could be told: never an absence (``reason``)."""


@dataclass(frozen=True, slots=True)
class Row:
    """Row of a list (列表条目). ``published_on`` is the date shown in the row; None when none is shown."""

    title: str
    url: str
    published_on: date | None = None
    date_text: str = ""
    page: int = 1
    child: str = ""
    """Label of the sub-column or block under which it stands; empty for the column's own list."""


@dataclass(frozen=True, slots=True)
class Table:
    """Table (表格) in a page: header labels and its cells row by row, header row not repeated."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ListingObservation:
    """Listing observation (列表观测): what a column that was found holds.

    Attributes:
        shape: of the column's first page.
        rows: in page order, over all pages and sub-columns read.
        whole: every page of the list (and of the sub-columns where asked for) was read, whole and decoded.
        pages_offered: how many pages the pager names; None when it does not say.
        children: sub-columns that the page offers.
        child_shapes: shape of each sub-column that was read, by label.
        text: visible text of the main part of page 1 (navigation and footer left out), at most 20,000 characters.
        tables: tables of the main part of page 1.
        links: links of the main part that are no rows, such as attachments.
        attachments, images, media: addresses in the main part.
        reason: why it is not whole, or why the shape is unknown.
        seen_by: ``browser`` where what a browser showed decided; else empty.
    """

    root: str
    steps: tuple[str, ...]
    url: str
    snapshot_ids: tuple[str, ...]
    seen_at: datetime | None
    shape: ColumnShape
    rows: tuple[Row, ...] = ()
    whole: bool = False
    pages_read: int = 1
    pages_offered: int | None = None
    children: tuple[Link, ...] = ()
    child_shapes: tuple[tuple[str, ColumnShape], ...] = ()
    text: str = ""
    tables: tuple[Table, ...] = ()
    attachments: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    reason: Reason | None = None
    seen_by: str = ""


@dataclass(frozen=True, slots=True)
class ArticleObservation:
    """Article observation (文章观测): one opened article of a column.

    Dates are kept apart and never merged: ``row_date`` in the list, ``displayed_date`` in the page, ``tag_date`` in the
    PubDate tag, ``address_date`` in the address.
    """

    root: str
    steps: tuple[str, ...]
    url: str
    snapshot_id: str
    seen_at: datetime | None
    role: str
    """``newest`` (of the column), ``sought`` (a row that was sought) or ``counterpart`` (linked policy)."""
    title: str = ""
    row_date: date | None = None
    displayed_date: date | None = None
    tag_date: date | None = None
    address_date: date | None = None
    text: str = ""
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    """Links inside the body."""
    attachments: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    referring_url: str = ""
    """For a counterpart: the article that links to it."""
    reason: Reason | None = None
    """Why it could not be read; all else is then empty."""


class ResourceRole(StrEnum):
    """Role (资源类别) of a resource."""

    ATTACHMENT = "attachment"
    IMAGE = "image"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class ResourceObservation:
    """Resource observation (附件与音视频观测): whether one attachment, image or medium answers.

    Attributes:
        broken: it answered 404 or 410, or with an empty body, or with a web page in place of the file; true only when
            the answer itself was whole.
        reason: why nothing can be said (refused, time-out); then ``broken`` is false.
    """

    root: str
    steps: tuple[str, ...]
    url: str
    referring_url: str
    role: ResourceRole
    snapshot_id: str
    seen_at: datetime | None
    status: int | None
    content_type: str
    length: int | None
    broken: bool
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SectionObservation:
    """Section observation (专属网页观测): whether the organ's own page was found from the portal.

    Attributes:
        detail: short note in Chinese for the report, may be empty (标签与标题不一致).
    """

    root: str
    """``organ:<id>``"""
    reach: Reach
    url: str
    snapshot_id: str
    seen_at: datetime | None
    spelling: str = ""
    match: MatchKind | None = None
    offered: tuple[str, ...] = ()
    trail: tuple[TrailStep, ...] = ()
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PortalObservation:
    """Portal observation (对照页观测): the control page (home or start page) at one moment of a look.

    ``works`` is CONTRACTS' rule: 2xx, whole, at least half of the links it had at the start of the look.
    """

    root: str
    moment: str
    """``start``, ``hour`` or ``end``."""
    url: str
    snapshot_id: str
    seen_at: datetime | None
    works: bool
    link_count: int
    reason: Reason | None = None


Observation = (
    ColumnObservation
    | ListingObservation
    | ArticleObservation
    | ResourceObservation
    | SectionObservation
    | PortalObservation
)
