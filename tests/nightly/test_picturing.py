"""A night's pictures: which are ordered of it, what they show in a real browser, and the index that names them."""

from __future__ import annotations

import functools
import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest

from crawler.browsing.launching import BROWSERS
from crawler.picturing.making import make
from crawler.picturing.order import CardOrder, MarkKind, PageOrder
from ledger.ledger import Ledger
from ledger.picture import Picture, PictureKind
from ledger.standing import Standing
from nightly.picture_index import index_file, page_pictures, read_pictures, write_index
from nightly.picturing import kept_beside, orders_of, source_of
from nightly.preparing import prepare
from nightly.settings import Settings, read_settings

AS_OF = date(2021, 11, 30)
PAGE = Picture("o/1@a", PictureKind.PAGE, "aa.png", ("s1",), 2)
CARD = Picture("o/1@a", PictureKind.CARD, "bb.png", ("s0", "s1"))


def test_the_index_comes_back_and_is_replaced_as_a_whole(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "sqlite://")
    assert read_pictures(settings, "wanzhou", AS_OF) == ()
    write_index(settings, "wanzhou", AS_OF, [PAGE, CARD])
    assert read_pictures(settings, "wanzhou", AS_OF) == (PAGE, CARD)
    write_index(settings, "wanzhou", AS_OF, [CARD])
    assert read_pictures(settings, "wanzhou", AS_OF) == (CARD,)
    assert [path.name for path in settings.pictures.iterdir()] == ["wanzhou-2021-11-30.jsonl"]


def test_reports_show_the_page_and_not_the_card() -> None:
    assert page_pictures([CARD, PAGE]) == {"o/1@a": "aa.png"}


def test_an_index_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "sqlite://")
    write_index(settings, "wanzhou", AS_OF, [PAGE])

    def torn() -> object:
        yield CARD
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_index(settings, "wanzhou", AS_OF, torn())  # type: ignore[arg-type]
    assert read_pictures(settings, "wanzhou", AS_OF) == (PAGE,)
    assert index_file(settings, "wanzhou", AS_OF).exists()


@pytest.mark.browser
@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this machine")
def test_a_night_is_pictured(small_night, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings, prepared = read_settings(small_night.data), prepare(str(small_night.district), AS_OF)
    with Ledger.open(settings.database_url, settings.archive) as ledger:
        night = ledger.night(prepared.district.id, AS_OF)
        assert night is not None
        standings = {one.obligation_id: one for one in ledger.standings(night.id)}
        beside = kept_beside(ledger, night)
        orders = tuple(orders_of(prepared, ledger, night, beside))
        pages = {one.obligation_id: one for one in orders if isinstance(one, PageOrder)}
        cards = {one.obligation_id: one for one in orders if isinstance(one, CardOrder)}
        accused = {name for name, one in standings.items() if one.standing.is_gap}
        assert accused
        assert accused <= pages.keys()
        assert cards.keys() == accused
        missing = [one for name, one in pages.items() if standings[name].standing is Standing.MISSING]
        assert all(one.shot.mark.kind is MarkKind.MENU for one in missing)
        passing = {one.organ.id for one in prepared.obligations if standings[one.id].standing.is_pass}
        owner = {one.id: one.organ.id for one in prepared.obligations}
        assert {owner[name] for name in pages if standings[name].standing.is_pass} == passing
        some = [missing[0], cards[missing[0].obligation_id]]
        made = make(some, ledger, tmp_path, source_of=functools.partial(source_of, ledger), beside=beside)
        source = source_of(ledger, missing[0].shot.snapshot_id)
        assert source.record_digest == hashlib.sha256(ledger.member(source.snapshot_id)).hexdigest()
    assert [one.kind for one in made] == [PictureKind.PAGE, PictureKind.CARD]
    assert all((tmp_path / one.file).stat().st_size > 10_000 for one in made)
    assert made[1].snapshot_ids[-1] == made[0].snapshot_ids[0]
