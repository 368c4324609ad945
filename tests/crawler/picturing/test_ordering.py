"""From what was seen to what is shown: the menu, the dead link or the newest row, and the way there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from picture_literal import HOME, SEEN, column_of, organ, owed, standing_of

from crawler.picturing.order import MarkKind, StepState, Tone
from crawler.picturing.ordering import Subject, caption_of, card_order, page_order, snapshots_of
from ledger.observation import (
    ColumnShape,
    Elsewhere,
    ListingObservation,
    MatchKind,
    Reach,
    ResourceObservation,
    ResourceRole,
    Row,
    SectionObservation,
    TrailStep,
)
from ledger.standing import Standing

FINANCE = organ("finance")
DUTY = owed("budget", FINANCE)
KINDS = {"page": "text/html", "home": "text/html", "index": "text/html", "list2": "text/html", "other": "text/html"}
ROWS = (Row("旧闻", HOME + "1", date(2019, 1, 2), "2019-01-02"), Row("新闻", HOME + "2", date(2019, 9, 1), "09-01", 2))


def subject(kind: Standing, column: object, **more: object) -> Subject:
    facts: dict[str, object] = {"kinds": KINDS}
    return Subject(DUTY, standing_of(DUTY, kind), column, **{**facts, **more})  # type: ignore[arg-type]


def listing(rows: tuple[Row, ...] = ROWS) -> ListingObservation:
    steps = ("政府信息公开", "预算/决算", "部门预算")
    return ListingObservation("portal", steps, HOME, ("page", "list2"), SEEN, ColumnShape.LIST, rows, True)


def nowhere(_: str) -> str:
    return ""


def test_a_missing_column_shows_the_menu_that_lacks_it() -> None:
    order = page_order(subject(Standing.MISSING, column_of(Reach.ABSENT, 1)), nowhere)
    assert order is not None
    assert (order.shot.snapshot_id, order.shot.whole) == ("page", True)
    assert (order.shot.mark.kind, order.shot.mark.labels) == (MarkKind.MENU, ("机关简介", "规划信息"))
    assert order.said_of_mark == "红框内为该处列出的栏目（读取到 2 项），其中未见“预算/决算”。"
    assert [state for _, state in order.caption.path] == [
        StepState.PASSED,
        StepState.PASSED,
        StepState.FAILED,
        StepState.BEYOND,
    ]


def test_a_dead_column_shows_its_link_where_it_is_offered() -> None:
    order = page_order(subject(Standing.BROKEN, column_of(Reach.BROKEN, 0)), nowhere)
    assert order is not None
    assert (order.shot.snapshot_id, order.shot.mark.kind, order.shot.mark.labels[0]) == (
        "home",
        MarkKind.LINK,
        "信息公开",
    )


def test_a_dead_attachment_shows_its_link_in_the_article() -> None:
    steps, url = ("政府信息公开", "预算/决算", "部门预算"), HOME + "x.pdf"
    dead = ResourceObservation(
        "portal", steps, url, HOME + "a", ResourceRole.ATTACHMENT, "dead", SEEN, 404, "", 0, broken=True
    )
    found = {HOME + "a": "other"}
    order = page_order(
        subject(Standing.BROKEN, column_of(Reach.FOUND, None), resources=(dead,)),
        lambda address: found.get(address, ""),
    )
    assert order is not None
    assert (order.shot.snapshot_id, order.shot.mark.url) == ("other", url)


@pytest.mark.parametrize("kind, tone", [(Standing.STALE, Tone.FAULT), (Standing.PUBLISHED, Tone.GOOD)])
def test_a_list_shows_its_newest_row_on_the_page_it_stands_on(kind: Standing, tone: Tone) -> None:
    order = page_order(subject(kind, column_of(Reach.FOUND, None), listing=listing()), nowhere)
    assert order is not None
    assert (order.shot.snapshot_id, order.shot.mark.tone) == ("list2", tone)
    assert (order.shot.mark.url, order.shot.mark.more) == (HOME + "2", "09-01")
    assert "2019-09-01" in order.said_of_mark


def test_what_is_no_page_is_not_shown_and_the_next_one_has_no_mark() -> None:
    column = column_of(Reach.ABSENT, 1)
    other = subject(Standing.MISSING, column, kinds={"page": "application/pdf", "home": "text/html"})
    order = page_order(other, nowhere)
    assert order is not None
    assert (order.shot.snapshot_id, order.shot.mark.kind, order.said_of_mark) == ("home", MarkKind.NONE, "")
    assert page_order(replace(other, kinds={"page": "application/pdf"}), nowhere) is None
    assert card_order(replace(other, kinds={})) is None


def test_a_card_leads_from_the_home_page_over_the_organ_s_page_to_the_break() -> None:
    stops = (
        TrailStep("政府网站", HOME, "home"),
        TrailStep("部门", HOME + "bm", "index", None, "部门"),
        TrailStep("区财政局", HOME + "bm", "index", MatchKind.EXACT, "财政局"),
    )
    section = SectionObservation("organ:finance", Reach.FOUND, HOME + "czj", "other", SEEN, "财政局", trail=stops)
    step = TrailStep("政府信息公开", HOME + "czj", "other", MatchKind.ALIAS, "信息公开")
    card = card_order(subject(Standing.MISSING, column_of(Reach.ABSENT, 1, trail=(step,)), section=section))
    assert card is not None
    assert [(frame.shot.snapshot_id, frame.said, frame.is_broken) for frame in card.frames] == [
        ("home", "点击“部门”", False),
        ("index", "进入专属网页“财政局”", False),
        ("other", "点击“信息公开”", False),
        ("page", "此处未见“预算/决算”", True),
    ]
    assert card.frames[2].shot.mark.labels == ("信息公开", "政府信息公开")
    assert set(snapshots_of(subject(Standing.MISSING, column_of(Reach.ABSENT, 1), section=section))) == {
        "page",
        "home",
        "index",
    }


def test_a_card_of_a_column_found_elsewhere_ends_there() -> None:
    found = Elsewhere(HOME + "x", "预决算", MatchKind.ALIAS, ("首页", "预决算"), "site_map", "other")
    card = card_order(subject(Standing.PATH_DEVIATES, column_of(Reach.ABSENT, 1, elsewhere=(found,))))
    assert card is not None
    assert (card.frames[-1].said, card.frames[-1].shot.mark.tone) == ("他处发现“预决算”", Tone.GOOD)


def test_a_suspicion_is_never_worded_as_a_fault() -> None:
    standing = standing_of(DUTY, Standing.SUSPECT, suspected=Standing.MISSING)
    assert caption_of(Subject(DUTY, standing)).standing == "待复核（线索：未发现栏目，未经确认）"
    assert caption_of(subject(Standing.MISSING, None)).standing == "未发现栏目（已确认）"
    assert caption_of(subject(Standing.PUBLISHED, None)).is_fault is False
