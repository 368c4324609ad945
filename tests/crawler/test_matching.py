"""Matching: kinds in their order, nearness within a kind, and the rule for ambiguous aliases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.aliases import Column, Variant, column_aliases
from crawler.matching import Nearness, match_label, match_step, worse
from crawler.page.page import PageLink
from ledger.observation import MatchKind

ALIASES = column_aliases(
    (
        Column("政府信息公开", (Variant("政务公开", "t"),), ("政府网站",)),
        Column("预算/决算", (Variant("财政预决算", "t"), Variant("财政信息", "t"))),
        Column("财政收支", (Variant("财政信息", "t"),), ("财政专题",)),
        Column("本区县（本部门）规范性文件", (Variant("{organ}规范性文件", "t"),)),
    ),
    ("政府信息公开", "政务公开", "预算/决算"),
)
HERE = Nearness(0)
ELSEWHERE = Nearness(2)


@pytest.mark.parametrize(
    ("label", "spelling", "kind"),
    [
        ("预算/决算", " 预算/决算 ", MatchKind.EXACT),
        ("预算/决算", "预算／决算", MatchKind.NORMALISED),
        ("预算/决算", "预算决算公开", MatchKind.NORMALISED),
        ("“六稳”“六保”", "六稳六保", MatchKind.NORMALISED),
        ("规划信息", "规划", MatchKind.NORMALISED),
        ("预算/决算", "财政预决算信息", MatchKind.ALIAS),
        ("预算/决算", "一、预算/决算", MatchKind.NORMALISED),
        ("预算/决算", "（二）财政预决算", MatchKind.ALIAS),
        ("预算/决算", "3.预算/决算", MatchKind.NORMALISED),
        ("预算/决算", "2021.预算/决算", None),
        ("“六稳”“六保”", "六、稳六保", None),
        ("预算/决算", "预算", None),
        ("预算/决算", "", None),
        ("政策解读", "政策", None),
    ],
)
def test_kinds_of_a_label(label: str, spelling: str, kind: MatchKind | None) -> None:
    assert match_label(label, spelling, ALIASES) is kind


def test_template_needs_an_organ() -> None:
    label = "本区县（本部门）规范性文件"
    assert match_label(label, "区财政局规范性文件", ALIASES) is None
    assert match_label(label, "区财政局规范性文件", ALIASES, ("万州区财政局", "区财政局")) is MatchKind.ALIAS


def test_better_kind_wins_over_nearness_and_nearness_within_a_kind() -> None:
    links = [
        PageLink("财政预决算", "u0"),
        PageLink("预算决算", "u1"),
        PageLink("预算/决算", "u2"),
        PageLink("预算/决算", "u3"),
    ]
    near = {0: HERE, 1: HERE, 2: ELSEWHERE, 3: HERE}
    assert [one.index for one in match_step("预算/决算", links, near, ALIASES)] == [3, 2, 1, 0]


def test_doubtful_links_come_last_whatever_their_kind() -> None:
    links = [PageLink("预算/决算", "u0"), PageLink("财政预决算", "u1")]
    near = {0: Nearness(2, 0, True), 1: HERE}
    assert [one.index for one in match_step("预算/决算", links, near, ALIASES)] == [1, 0]


def test_visible_label_goes_before_the_title() -> None:
    links = [PageLink("预算...", "u0", title="预算/决算"), PageLink("预算/决算", "u1")]
    found = match_step("预算/决算", links, {0: HERE, 1: HERE}, ALIASES)
    assert [(one.index, one.by_title) for one in found] == [(1, False), (0, True)]


def test_alias_that_is_a_mandated_name_does_not_stand_in_beside_the_name_itself() -> None:
    links = [PageLink("政务公开", "u0"), PageLink("政府信息公开", "u1")]
    assert [one.index for one in match_step("政府信息公开", links, {0: HERE, 1: HERE}, ALIASES)] == [1]
    assert [one.index for one in match_step("政府信息公开", links[:1], {0: HERE}, ALIASES)] == [0]


def test_alias_of_two_columns_counts_only_under_a_fitting_parent() -> None:
    links = [PageLink("财政专题", ""), PageLink("财政信息", "u1", parent=0), PageLink("财政信息", "u2")]
    near = {0: ELSEWHERE, 1: ELSEWHERE, 2: ELSEWHERE}
    assert [one.index for one in match_step("财政收支", links, near, ALIASES)] == [1]
    assert match_step("预算/决算", links, near, ALIASES) == ()
    assert [one.index for one in match_step("预算/决算", links, {2: HERE}, ALIASES)] == [2]


def test_worse_of_two_kinds() -> None:
    assert worse(None, None) is None
    assert worse(MatchKind.EXACT, None) is MatchKind.EXACT
    assert worse(MatchKind.ALIAS, MatchKind.NORMALISED) is MatchKind.ALIAS


@given(st.text(max_size=12))
def test_a_label_is_exactly_itself(label: str) -> None:
    kind = match_label(label, label, ALIASES)
    assert kind in (MatchKind.EXACT, None)


@given(st.lists(st.sampled_from(["预算/决算", "预算决算", "财政预决算", "规划", "财政信息"]), max_size=8), st.randoms())
def test_order_never_depends_on_how_links_are_given(labels: list[str], random: object) -> None:
    links = [PageLink(label, f"u{number}") for number, label in enumerate(labels)]
    near = dict.fromkeys(range(len(links)), HERE)
    shuffled = list(near.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert match_step("预算/决算", links, near, ALIASES) == match_step("预算/决算", links, dict(shuffled), ALIASES)
