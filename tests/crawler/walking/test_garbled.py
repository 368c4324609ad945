"""What cannot be read accuses nobody: characters that were lost in the menu or list relied on mean ``encoding``."""

from __future__ import annotations

import pytest
from literal_portal import itinerary
from site_in_text import SITE, Sent, sent, walked

from ledger.observation import ColumnObservation, ColumnShape, ListingObservation, Reach
from ledger.reason import Reason

ABOVE = "政府信息公开>法定主动公开内容>"


def columns(site: dict[str, str | bytes | Sent], leaf: str) -> ColumnObservation:
    seen, _ = walked(site, itinerary(ABOVE + leaf))
    (found,) = [one for one in seen if isinstance(one, ColumnObservation)]
    return found


def listing(site: dict[str, str | bytes | Sent], leaf: str) -> ListingObservation:
    seen, _ = walked(site, itinerary(ABOVE + leaf))
    (found,) = [one for one in seen if isinstance(one, ListingObservation)]
    return found


def garbled(word: str, *paths: str) -> dict[str, str | bytes | Sent]:
    """The site with the second character of a word lost on some pages, as a title cut by bytes loses it."""
    lost = word[0].encode() + b"\xe6\xb1" + word[2:].encode()
    return {**SITE, **{path: sent(SITE, path).body.replace(word.encode(), lost) for path in paths}}


def test_a_menu_label_that_lost_a_character_is_no_absence() -> None:
    everywhere = tuple(path for path in SITE if path != "/bm/")
    found = columns(garbled("规划信息", *everywhere), "规划信息")
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.ENCODING)


def test_a_character_lost_elsewhere_does_not_matter() -> None:
    found = columns(garbled("万州要闻一", "/"), "政府公报")
    assert found.reach is Reach.ABSENT


@pytest.mark.parametrize("leaf, path", [("收费项目", "/gk/sf/")])
def test_an_empty_list_on_a_garbled_page_is_not_empty(leaf: str, path: str) -> None:
    assert listing(SITE, leaf).shape is ColumnShape.EMPTY
    found = listing(garbled("主办：万州", path), leaf)
    assert (found.shape, found.reason) == (ColumnShape.UNKNOWN, Reason.ENCODING)


@pytest.mark.parametrize(
    "codec, header",
    [
        ("gbk", "text/html; charset=utf-8"),
        ("gb18030", "text/html"),
        ("utf-8", "text/html; charset=gb2312"),
        ("utf-16-le", "text/html"),
        ("utf-8", "text/html; charset=iso-8859-1"),
    ],
)
def test_a_mislabelled_site_is_walked_like_an_honest_one(codec: str, header: str) -> None:
    site: dict[str, str | bytes | Sent] = {
        path: Sent(str(text).encode(codec), 200, (("Content-Type", header),)) for path, text in SITE.items()
    }
    assert listing(site, "预算/决算").rows == listing(SITE, "预算/决算").rows
    assert columns(site, "政府公报").reach is Reach.ABSENT


def test_bytes_that_are_no_text_are_no_page() -> None:
    noise = b"<html><body>" + b"\xff\x81<b>\xfe</b>" * 80 + b"</body></html>"
    found = columns({**SITE, "/": noise}, "预算/决算")
    assert (found.reach, found.reason) == (Reach.UNREACHED, Reason.ENCODING)
