"""Two nights by replay against truth tables that were written by hand from the recorded pages."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from shared_data import SHARED, needs_shared

HERE = Path(__file__).resolve().parent
PLACES = ("shenyang", "daozhen")
FEWEST_ROWS = {"shenyang": 15, "daozhen": 20}
EMPTY_COLUMNS = {"shenyang": 0, "daozhen": 5}
"""Two more of 道真 hold no link to an article, but print titles and dates: they are not empty."""
COMPARED = ("standing", "suspected", "reason", "match", "url")
_SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL | re.IGNORECASE)
_UNSEEN = re.compile(r"<!--.*?-->|<style\b.*?</style>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@cache
def truth(place: str) -> dict[str, Any]:
    """The truth table of one recording."""
    return tomllib.loads((HERE / place / "truth.toml").read_text(encoding="utf-8"))


def recording(place: str) -> Path:
    """The recorded pages of one place."""
    file: Path = SHARED / "real" / truth(place)["recording"]
    return file


@cache
def pages(place: str) -> dict[str, str]:
    """Text of every recorded page by address, scripts kept, blanks and tags taken out."""
    found = {}
    with recording(place).open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                found[bare(url)] = plain(record.content_stream().read().decode("utf-8"))
    return found


def plain(source: str) -> str:
    """What a reader of the page or of its scripts sees: no tags outside scripts, no comments, no blanks."""
    parts = _SCRIPT.split(source)
    texts = [part if number % 2 else html.unescape(_UNSEEN.sub("", part)) for number, part in enumerate(parts)]
    return re.sub(r"<script[^>]*>|</script>|[\s\u200b\ufeff]+", "", "".join(texts), flags=re.IGNORECASE)


def bare(url: str) -> str:
    """Address without the name of its index page: a static copy writes it, its links often do not."""
    return url.removesuffix("index.html")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What both nights say, one record an obligation."""
    return {place: night(place, tmp_path_factory.mktemp(place)) for place in PLACES}


def night(place: str, data: Path) -> list[dict[str, Any]]:
    """Run one whole night by replay and read its export."""
    district = str(HERE / place / "district.toml")
    options = ("--as-of", truth(place)["as_of"].isoformat(), "--replay", str(recording(place)), "--no-pictures")
    mingcha("run", district, *options, "--data", str(data))
    said = mingcha("export", "verdicts", district, "--data", str(data))
    return [json.loads(line) for line in said.splitlines()]


def mingcha(*arguments: str) -> str:
    """One command of the project, which must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "nightly.cli", *arguments],
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def number_of(place: str, directory: str) -> str:
    """文号 of a directory, by which the export names it."""
    beside = HERE / place / f"{directory}.toml"
    file = beside if beside.exists() else HERE.parent.parent / "catalog/data/directories" / f"{directory}.toml"
    number: str = tomllib.loads(file.read_text(encoding="utf-8"))["document_number"]
    return number


def walked(records: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Records of what was walked, by 文号 and requirement."""
    idle = ("manual", "mapping_required")
    return {(one["document_number"], one["requirement_id"]): one for one in records if one["standing"] not in idle}


def differences(place: str, records: list[dict[str, Any]]) -> list[str]:
    """Every row of the truth that the night says otherwise, and what only one of the two has."""
    found = walked(records)
    wrong = []
    for row in truth(place)["row"]:
        record = found.pop((number_of(place, row["directory"]), row["requirement"]), None)
        name = f"{row['directory']}/{row['requirement']}"
        if record is None:
            wrong.append(f"{name}: not in the export as walked")
            continue
        assert record["path"] == row["path"], name
        wrong += [
            f"{name}: {key} {row[key]!r} in the truth, {record[key]!r} in the night ({record['detail'][:60]})"
            for key in COMPARED
            if key in row and bare(row[key]) != bare(record[key])
        ]
    return wrong + [f"{number}/{requirement}: not in the truth" for number, requirement in found]


@needs_shared
@pytest.mark.parametrize("place", PLACES)
def test_every_walked_obligation_stands_as_the_pages_show(
    place: str, exported: dict[str, list[dict[str, Any]]]
) -> None:
    wrong = differences(place, exported[place])
    assert wrong == [], "\n".join(wrong)


@needs_shared
@pytest.mark.parametrize("place", PLACES)
def test_what_is_not_walked_is_left_to_people(place: str, exported: dict[str, list[dict[str, Any]]]) -> None:
    expected = sorted(
        (number_of(place, one["directory"]), one["requirement"], one["standing"]) for one in truth(place)["unwalked"]
    )
    idle = [one for one in exported[place] if one["standing"] in ("manual", "mapping_required")]
    assert sorted((one["document_number"], one["requirement_id"], one["standing"]) for one in idle) == expected


@needs_shared
@pytest.mark.parametrize("place", PLACES)
def test_a_recording_confirms_nothing(place: str, exported: dict[str, list[dict[str, Any]]]) -> None:
    assert [one["requirement_id"] for one in exported[place] if one["confirmed"]] == []


@needs_shared
@pytest.mark.parametrize("place", PLACES)
def test_each_quote_stands_in_the_recorded_page(place: str) -> None:
    absent = [
        f"{row['directory']}/{row['requirement']}: {row['page']}"
        for row in truth(place)["row"]
        if re.sub(r"\s+", "", row["quote"]) not in pages(place).get(bare(row["page"]), "")
    ]
    assert absent == []


@needs_shared
@pytest.mark.parametrize("place", PLACES)
def test_not_recorded_addresses_are_really_not_recorded(place: str) -> None:
    rows = [
        one for one in truth(place)["row"] if one["reason"] == "not_recorded" and one["match"] == "" and "url" in one
    ]
    assert [one["url"] for one in rows if bare(one["url"]) in pages(place)] == []


@pytest.mark.parametrize("place", PLACES)
def test_the_truth_covers_enough_kinds_of_rows(place: str) -> None:
    rows = [one for one in truth(place)["row"] if one["directory"] == f"{place}_columns"]
    assert len(rows) >= FEWEST_ROWS[place]
    said = {one["standing"] for one in rows} | {one["suspected"] for one in rows} | {one["reason"] for one in rows}
    assert {"published", "published_under_alias", "missing", "stale", "item_missing", "not_recorded"} <= said
    assert sum(one["suspected"] == "empty" for one in rows) == EMPTY_COLUMNS[place]


@pytest.mark.parametrize("place", PLACES)
def test_the_truth_has_one_row_for_each_requirement(place: str) -> None:
    names = [(one["directory"], one["requirement"]) for one in truth(place)["row"]]
    file = HERE / place / f"{place}_columns.toml"
    listed = [one["id"] for one in tomllib.loads(file.read_text(encoding="utf-8"))["requirement"]]
    assert len(names) == len(set(names))
    assert [requirement for directory, requirement in names if directory == f"{place}_columns"] == listed
