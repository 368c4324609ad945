"""One ledger is used from several threads and districts, and says which program wrote the archive."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ledger_literal import NOW, arrival_of, page_exchange, visit_of
from warcio.archiveiterator import ArchiveIterator

from ledger.ledger import Ledger
from ledger.night import Look, LookKind, Night, NightState

COUNT = 40


def test_threads_share_a_ledger(ledger: Ledger, look: Look) -> None:
    visits = [visit_of(f"http://a/{number}") for number in range(COUNT)]
    ledger.want(look.id, visits)

    def fetch(number: int) -> None:
        snapshot = ledger.keep(page_exchange(visits[number].url, text=str(number % 7) * 3000, seconds=number))
        ledger.record_arrival(look.id, arrival_of(visits[number], snapshot.id, (), number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fetch, range(COUNT)))

    bodies = {arrival.url: arrival.body for arrival in ledger.arrivals(look.id)}
    assert bodies == {visit.url: (str(number % 7) * 3000).encode() for number, visit in enumerate(visits)}
    assert ledger.pending(look.id) == ()


def test_two_programs_number_looks_and_judgements_apart(reopen: Callable[..., Ledger], night: Night) -> None:
    ledgers = [reopen(), reopen()]
    kinds = [LookKind.FIRST, LookKind.AGAIN, LookKind.COMPLETE_AGAIN, LookKind.DAY]

    def begin(number: int) -> Look:
        ledgers[number % 2].add_standings(night.id, [])
        return ledgers[number % 2].begin_look(night.id, kinds[number // 2], NOW)

    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(begin, range(8)))

    looks = ledgers[0].looks(night.id)
    assert sorted(look.ordinal for look in looks) == [1, 2, 3, 4]
    assert set(begun) == set(looks)


def test_two_districts_keep_their_pages_apart(reopen: Callable[..., Ledger], look: Look, night: Night) -> None:
    first, second = reopen(), reopen()
    other = second.begin_night("万州-区", night.night, planned=[], facts={}, confirm_now=False, replayed=False, now=NOW)
    first.begin_look(night.id, LookKind.FIRST, NOW)

    kept = [first.keep(page_exchange()), second.keep(page_exchange()), first.keep(page_exchange())]
    second.end_night(other.id, NightState.FINISHED, NOW)

    assert [one.archive_file for one in kept] == [
        "wanzhou-2021-11-30-0001.warc.gz",
        "万州-区-2021-11-30-0001.warc.gz",
        "wanzhou-2021-11-30-0001.warc.gz",
    ]
    assert first.read_snapshot(kept[1].id).body == first.read_snapshot(kept[2].id).body


def test_the_archive_names_the_program_that_wrote_it(ledger: Ledger, look: Look, tmp_path: Path) -> None:
    ledger.keep(page_exchange())

    with (tmp_path / "archive" / "wanzhou-2021-11-30-0001.warc.gz.open").open("rb") as stream:
        info = next(iter(ArchiveIterator(stream))).raw_stream.read().decode()

    assert info.startswith("software: mingcha")
    assert info.endswith("isPartOf: wanzhou-2021-11-30\r\n")


def test_what_a_night_kept_is_listed_in_archive_order(ledger: Ledger, night: Night, look: Look) -> None:
    first = ledger.keep(page_exchange("http://a/1"))
    again = ledger.keep(page_exchange("http://a/2", seconds=1))
    ledger.begin_night(
        night.district_id + "-more", night.night, planned=(), facts={}, confirm_now=False, replayed=False, now=NOW
    )
    ledger.keep(page_exchange("http://other/"))

    kept = ledger.kept_of(night.district_id, night.night)

    assert [(one.snapshot.id, one.refers_to) for one in kept] == [(first.id, ""), (again.id, first.id)]
    assert kept[0].snapshot.offset < kept[1].snapshot.offset
