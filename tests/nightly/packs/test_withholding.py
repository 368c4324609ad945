"""A record in which private data stands is named in a pack and not carried; a sealed pack carries it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from ledger.archive.page_archive import Kept
from ledger.exchange import Exchange
from ledger.ledger import Ledger
from ledger.night import LookKind
from nightly.packs.withholding import sift

NOW = datetime(2021, 11, 30, 18, 0, tzinfo=UTC)
ONE = "11010519491231002X"


def exchange(url: str, body: str) -> Exchange:
    return Exchange(url, 200, (("Content-Type", "text/html; charset=utf-8"),), body.encode(), NOW)


def test_what_holds_private_data_is_named_with_its_place_and_no_value(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path}/mingcha.db", tmp_path / "archive") as ledger:
        night = ledger.begin_night(
            "wanzhou", date(2021, 11, 30), planned=[("o", "a")], facts={}, confirm_now=False, replayed=False, now=NOW
        )
        ledger.begin_look(night.id, LookKind.FIRST, NOW)
        kept = tuple(
            Kept(ledger.keep(one))
            for one in (
                exchange("http://a/", "<p>政府信息公开</p>"),
                exchange("http://a/list", f"<table><tr><td>张某</td><td>{ONE}</td></tr></table>"),
                exchange(f"http://a/find?id={ONE}", "<p>查询</p>"),
            )
        )
        listed, asked = sift(ledger, kept, is_sealed=False).withheld
        assert sift(ledger, kept, is_sealed=True).withheld == ()
    assert (listed.snapshot_id, listed.payload_digest) == (kept[1].snapshot.id, kept[1].snapshot.payload_digest)
    assert (listed.reason, listed.places) == ("涉个人信息，留存备查", ("第 1 张表第 1 行（身份证号）",))
    assert (asked.target_uri, asked.places) == ("http://a/find?id=11*************02X", ("网页地址",))
