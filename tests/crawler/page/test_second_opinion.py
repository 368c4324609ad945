"""The second parser's tree is looked at only where it differs from the first one's."""

from __future__ import annotations

import pytest

from crawler.page.growing import grow_lexbor, grow_lxml
from crawler.page.second_opinion import is_same

ALIKE = {
    "rows of a table without tbody": "<table><tr><td><a href='/a'>规划信息</a></td></tr></table>",
    "blank text": "<div>\n <p> 规划 信息 </p>\n</div>",
    "attributes by their presence": "<script async defer src='/a.js'></script><select><option selected>甲</select>",
    "items without ends": "<ul><li><a href='/a'>甲</a><li><a href='/b'>乙</a></ul>",
}
APART = {
    "a list between the rows of a table": "<table><li><a href='/a'>甲</a></li><tr><td>乙</td></tr></table>",
    "a block in a heading's paragraph": "<p><a href='/a'>甲</a><table><tr><td>乙</td></tr></table></p>",
}


@pytest.mark.parametrize("markup", ALIKE.values(), ids=ALIKE)
def test_trees_that_hold_the_same_are_the_same(markup: str) -> None:
    page = f"<html><head><title>栏目</title></head><body>{markup}</body></html>"
    assert is_same(grow_lexbor(page)[0], grow_lxml(page)[0])


@pytest.mark.parametrize("markup", APART.values(), ids=APART)
def test_trees_that_parsers_make_differently_differ(markup: str) -> None:
    page = f"<html><head><title>栏目</title></head><body>{markup}</body></html>"
    assert not is_same(grow_lexbor(page)[0], grow_lxml(page)[0])


@pytest.mark.parametrize(
    "other",
    [
        "<p><a href='/a'>甲</a></p><p><a href='/b'>丙</a></p>",
        "<p><a href='/a'>甲</a></p><p><a href='/c'>乙</a></p>",
        "<p><a href='/a'>甲</a><p><a href='/b'>乙</a></p></p>",
        "<p><a href='/a'>甲</a></p>",
    ],
    ids=["words", "address", "depth", "end"],
)
def test_any_difference_counts(other: str) -> None:
    one = "<p><a href='/a'>甲</a></p><p><a href='/b'>乙</a></p>"
    assert not is_same(grow_lexbor(one)[0], grow_lexbor(other)[0])
