"""Label matching over the whole catalogue: stable under padding, and never one name for two mandated columns."""

from __future__ import annotations

from itertools import combinations
from string import ascii_uppercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.aliases import ColumnAliases
from catalog.catalogue import Catalogue, load_catalogue
from catalog.spelling import fold, normalise
from crawler.matching import match_label
from ledger.observation import MatchKind

CATALOGUE = load_catalogue()
PATHS = tuple(path.labels for one in CATALOGUE.directories.values() for duty in one.requirements for path in duty.paths)
LABELS = tuple(sorted({label for labels in PATHS for label in labels}))
BARE = ColumnAliases()
SPACES = (
    "\u00a0",
    "\u00a0\u00a0\u00a0\u00a0",
    "\u3000",
    " ",
    "\t",
    "\r\n      ",
    "\u200b",
    "\ufeff",
    "\u2002",
    "\u00ad",
)
BARS = ("|", "｜", "│", "·", "•", ">", ">>", "»", "■", "◆", "★", "-", "—", "：", ":", "︰", "∶", "→", "※")
COUNTS = ("", "(12)", "（3）", "[0]", "【5】", "〔7〕", "(12条)", "（ 8 ）", "(0篇)", "（3项）")
BRACKETS = (("（", "）"), ("(", ")"), ("[", "]"), ("［", "］"), ("【", "】"), ("〔", "〕"))
QUOTES = (("“", "”"), ('"', '"'), ("「", "」"), ("‘", "’"), ("", ""))


def wide(text: str) -> str:
    """Half-width signs and letters in their full width."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


@st.composite
def padded(draw: st.DrawFn, label: str) -> str:
    """A label as some portal prints it: same name, other brackets and quotes, spaces inside, bars and counts around."""
    left, right = draw(st.sampled_from(BRACKETS))
    opening, closing = draw(st.sampled_from(QUOTES))
    text = label.replace("（", left).replace("）", right).replace("“", opening).replace("”", closing)
    text = draw(st.sampled_from((text, wide(text))))
    for place in draw(st.lists(st.integers(0, len(text)), max_size=6)):
        text = text[:place] + draw(st.sampled_from(SPACES)) + text[place:]
    text += draw(st.sampled_from(COUNTS))
    if draw(st.booleans()):
        outer = draw(st.sampled_from(BRACKETS))
        text = f"{outer[0]}{text}{outer[1]}" if not set("（）()[]［］【】〔〕") & set(text) else text
    return draw(st.sampled_from(("", *BARS))) + text + draw(st.sampled_from(("", *BARS)))


def test_seven_directories_are_meant() -> None:
    assert len(CATALOGUE.directories) == 7
    assert len(LABELS) > 50


def test_no_two_mandated_columns_have_one_form() -> None:
    for one, other in combinations(LABELS, 2):
        assert normalise(one) != normalise(other), (one, other)
        assert match_label(one, other, BARE) is None, (one, other)
        assert match_label(other, one, BARE) is None, (one, other)


@settings(max_examples=1500)
@given(st.data())
def test_padding_changes_nothing(data: st.DataObject) -> None:
    label = data.draw(st.sampled_from(LABELS))
    shown = data.draw(padded(label))
    assert fold(shown) == fold(label)
    assert match_label(label, shown, BARE) in (MatchKind.EXACT, MatchKind.NORMALISED)


@settings(max_examples=600)
@given(st.data())
def test_padded_label_of_one_column_is_never_another(data: st.DataObject) -> None:
    label = data.draw(st.sampled_from(LABELS))
    shown = data.draw(padded(label))
    assert [one for one in LABELS if match_label(one, shown, BARE) is not None] == [label]


@settings(max_examples=600)
@given(st.text(max_size=25))
def test_forms_of_any_text_are_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalise(normalise(text)) == normalise(text)
    assert normalise(fold(text)) == normalise(text)


@settings(max_examples=600)
@given(st.text(alphabet=st.sampled_from("规划信息公开（）()[]【】〔〕“” >|：12条\u3000\u00a0Aa预决算/"), max_size=14))
def test_forms_of_label_like_text_are_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalise(normalise(text)) == normalise(text)
    assert normalise(fold(text)) == normalise(text)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("tail", ["信息", "公开"])
def test_one_tail_more_is_the_same_column_or_none(label: str, tail: str) -> None:
    """规划信息公开 may be 规划信息; it is never another column."""
    met = [one for one in LABELS if match_label(one, label + tail, BARE) is not None]
    assert met in ([], [label])


@pytest.mark.parametrize("shown", ["规", "公", "", " ", "（1）", "》", *ascii_uppercase[:3]])
def test_one_character_matches_nothing(shown: str) -> None:
    assert not [label for label in LABELS if match_label(label, shown, CATALOGUE.columns, ("区财政局",)) is not None]


@given(st.sampled_from(LABELS), st.integers(1, 8))
def test_part_of_a_label_is_not_the_label(label: str, count: int) -> None:
    """A cut label matches only where what is cut off is one 信息 or 公开."""
    cut = label[:-count]
    met = match_label(label, cut, BARE)
    assert met is None or fold(label)[len(fold(cut)) :] in ("信息", "公开", "")


def test_aliases_that_are_mandated_names_are_known(catalogue: Catalogue) -> None:
    """A variant that is some column's own name, or two columns' variant, counts only by its place."""
    own = {normalise(label) for label in LABELS}
    for column in catalogue.columns.columns.values():
        for variant in column.variants:
            if normalise(variant.spelling) in own:
                assert catalogue.columns.is_ambiguous(variant.spelling)
                assert column.parents
