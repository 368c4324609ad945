"""A recheck walks the gaps named and nothing else; what a link shows off the path never closes a gap."""

from __future__ import annotations

from pathlib import Path

import pytest

import nights
from answering import SIZE, AnsweredNight, fill
from checks.judging.gaps import gap_id
from ledger.custody import CustodyKind
from ledger.night import LookKind
from ledger.reply import fold_rechecks
from ledger.standing import Standing
from ledger.verdict import GapState
from nightly.clock import now
from nightly.errors import NightError
from nightly.replies.rechecking import one_recheck_at_a_time
from portals.demonstration import build

pytestmark = pytest.mark.slow

UNLINKED = "demo_yunchuan/interpretation/1@reform"
MISSING = "wanzhou_2021_46/contact/1@qingshi"


def test_a_gap_that_is_not_mended_stays_and_nothing_else_is_walked(answered: AnsweredNight) -> None:
    before, asked = answered.gaps(), len(answered.served.log.settled())
    printed = answered.mingcha("recheck", str(answered.district), gap_id(UNLINKED), "--no-browser")
    assert f"{gap_id(UNLINKED)} 区发展改革委" in printed
    assert "》未销号：" in printed
    assert "已销号 0 项，未销号 1 项" in printed
    assert answered.gaps() == before
    assert len(answered.served.log.settled()) - asked < 20
    with nights.opened(answered.data) as ledger:
        look = [one for one in ledger.looks_of("yunchuan") if one.kind is LookKind.RECHECK][-1]
        assert look.obligation_ids == (UNLINKED,)
        newest = fold_rechecks(ledger.custody(CustodyKind.RECHECKED))[-1]
    assert (newest.gap_id, newest.look_id, newest.reply_ids) == (gap_id(UNLINKED), look.id, ())
    assert newest.before
    assert newest.after
    assert not set(newest.before) & set(newest.after)


def test_a_column_of_that_name_off_the_path_is_a_lesser_gap_and_no_closed_one(
    answered: AnsweredNight, tmp_path: Path
) -> None:
    mended = build(**SIZE, repaired=(MISSING,))
    host, path = next(one.address for one in mended.truth if one.obligation_id == MISSING and one.address)
    section = "/".join(path.split("/")[:3])
    elsewhere = f"{section}/fuwu/lianxi/"
    answered.pages[host, elsewhere] = mended.pages[host, path]
    link = answered.served.urls[host].rstrip("/") + elsewhere
    said = {gap_id(MISSING): {"整改链接": link}}
    sheets = [fill(sheet, tmp_path, lambda gap: said.get(gap, {})) for sheet in answered.sheets]
    (sheet,) = (one for one in sheets if one is not None)
    assert answered.gaps()[MISSING].standing is Standing.MISSING
    printed = answered.mingcha("import-replies", str(answered.district), str(sheet), "--no-browser")
    gap = answered.gaps()[MISSING]
    assert (gap.state, gap.standing) == (GapState.CONFIRMED, Standing.PATH_DEVIATES)
    assert "未销号：问题类型由“未发现栏目”变为“未按要求路径公开”" in printed
    assert f"整改链接 {link} 可以打开，是同名栏目，但不在规定的公开路径上" in printed


def test_a_recheck_that_was_killed_is_ended_and_made_anew(answered: AnsweredNight) -> None:
    with nights.opened(answered.data) as ledger:
        night = ledger.nights("yunchuan")[-1]
        torn = ledger.begin_look(night.id, LookKind.RECHECK, now(), (MISSING,))
    answered.mingcha("recheck", str(answered.district), gap_id(UNLINKED), "--no-browser")
    with nights.opened(answered.data) as ledger:
        looks = {one.id: one for one in ledger.looks(night.id)}
    assert looks[torn.id].finished_at is not None
    assert max(looks) > torn.id
    assert answered.gaps()[MISSING].state is GapState.CONFIRMED


def test_an_unknown_gap_and_a_second_recheck_are_refused(answered: AnsweredNight) -> None:
    with pytest.raises(NightError, match="GNOSUCH"):
        answered.mingcha("recheck", str(answered.district), "GNOSUCH")
    with one_recheck_at_a_time(answered.data), pytest.raises(NightError, match="another recheck runs"):
        answered.mingcha("recheck", str(answered.district), gap_id(UNLINKED), "--no-browser")
