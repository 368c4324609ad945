"""The page's own meta tags of 国办发〔2017〕47号, names as in the norm."""

from __future__ import annotations

from crawler.page.tree import Element, squeeze

_NAMES = [
    "SiteName",
    "SiteDomain",
    "SiteIDCode",
    "ColumnName",
    "ColumnDescription",
    "ColumnKeywords",
    "ColumnType",
    "ArticleTitle",
    "PubDate",
    "ContentSource",
    "Keywords",
    "Author",
    "Description",
    "Image",
    "Url",
]
_BY_FOLDED = {name.lower(): name for name in _NAMES}


def tags_of(root: Element) -> dict[str, str]:
    """Tags with a value; of repeated tags the first that is not empty counts."""
    tags: dict[str, str] = {}
    for element in root.walk():
        if element.tag != "meta":
            continue
        written = (element.get("name") or element.get("property")).strip().lower()
        name = _BY_FOLDED.get(written)
        value = squeeze(element.get("content"))
        if name is not None and value and value.lower() != "null" and name not in tags:
            tags[name] = value
    return tags


def title_of(root: Element) -> str:
    """Text of the first ``<title>`` that says something, without markup that stands in it as text."""
    for element in root.walk():
        if element.tag == "title":
            text = squeeze("".join(element.pieces()))
            if "<" in text:
                text = squeeze(
                    "".join(part.partition(">")[2] if index else part for index, part in enumerate(text.split("<")))
                )
            if text:
                return text
    return ""
