"""What ``mingcha probe`` makes of portals whose roster is known: units found, invented, wrong pages, file accepted.

Usage: python tests/bench/probe_portals.py [--seeds 2] [--families trs,hanweb] [--night]
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from catalog.aliases import OrganAliases
from catalog.catalogue import load_catalogue
from catalog.district import District, Organ, OrganKind
from catalog.errors import CatalogueError
from catalog.reading_district import read_district
from crawler.page.decoding import decode
from crawler.probing.mentioned import key_of
from portals.demonstration import build
from portals.families.shelf import FAMILIES
from portals.publishing import Portal
from portals.roster import ALLOWED_HOSTS, DIRECTORIES
from portals.serving import Served, serve
from shared_data import PROJECT, SHARED

RECORDINGS = ("shenyang", "daozhen")


@dataclass(frozen=True, slots=True)
class Row:
    """Row (一行) of the table."""

    portal: str
    there: int
    found: int
    missed: tuple[str, ...]
    invented: tuple[str, ...]
    wrong_page: tuple[str, ...]
    entries: int
    accepted: str
    requests: int


def probe(url: str, out: Path, *options: str) -> tuple[str, int]:
    """Run the command; what it said and how many requests it made.

    Raises:
        RuntimeError: when it fails.
    """
    command = [sys.executable, "-m", "nightly.cli", "probe", url, "--out", str(out), *options]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    counted = re.search(r"访问 (\d+) 次", done.stdout)
    return done.stdout, int(counted.group(1)) if counted else 0


def accepted(file: Path) -> str:
    """Whether ``catalog check`` takes the file."""
    command = [sys.executable, "-m", "nightly.cli", "catalog", "check", str(file)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return "yes" if done.returncode == 0 else f"no: {done.stderr.strip()[:80]}"


def keys(organ: Organ, district: District) -> set[str]:
    """All forms in which an organ's names are compared."""
    return {_key(name, district.name) for name in organ.names}


@cache
def _key(name: str, place: str) -> str:
    return key_of(name, District("bench", place, "", (), ()), _aliases())


@cache
def _aliases() -> OrganAliases:
    return load_catalogue().organ_aliases


def matched(truth: District, proposed: District) -> tuple[dict[str, Organ], tuple[str, ...]]:
    """Proposed organs by the id of the organ they mean, and those that mean none."""
    found: dict[str, Organ] = {}
    invented = []
    for organ in proposed.organs:
        if organ.kind is OrganKind.GOVERNMENT:
            continue
        own = {organ.name, *keys(organ, proposed)}
        meant = [one for one in truth.organs if own & {one.name, *keys(one, truth)} and one.id not in found]
        if meant:
            found[meant[0].id] = organ
        else:
            invented.append(organ.name)
    return found, tuple(invented)


def row_of(name: str, truth: District, file: Path, requests: int, wrong: Sequence[str]) -> Row:
    """The row of one portal."""
    try:
        proposed = read_district(file)
    except CatalogueError as error:
        return Row(name, len(truth.organs), 0, (), (), (), 0, str(error), requests)
    organs = [one for one in truth.organs if one.kind is not OrganKind.GOVERNMENT]
    found, invented = matched(truth, proposed)
    missed = tuple(one.name for one in organs if one.id not in found)
    entries = sum(bool(one.entry) for one in proposed.organs)
    return Row(name, len(organs), len(found), missed, invented, tuple(wrong), entries, accepted(file), requests)


def wrong_pages(portal: Portal, served: Served, truth: District, file: Path) -> list[str]:
    """Organs whose proposed page, as the generator prints it, is another's: its title does not begin with the name."""
    found, _ = matched(truth, read_district(file))
    wrong = []
    for organ_id, organ in found.items():
        if not organ.entry:
            continue
        host = next(index for index, url in enumerate(served.urls) if organ.entry.startswith(url))
        answer = portal.answer(host, organ.entry.removeprefix(served.urls[host].rstrip("/")))
        text = decode(answer.body).text
        if not any(name in text for name in (truth.organ(organ_id).name, organ.name)):
            wrong.append(organ.name)
    return wrong


def family_portal(family: str, seed: int) -> Portal:
    """A portal of a family with enough organs to count."""
    return build(seed, departments=9, towns=5, news=6, rows=6, family=FAMILIES[family](seed))


def generated(seeds: int, families: Sequence[str], folder: Path, *, night: bool) -> Iterator[Row]:
    """The demonstration portal, then every family by seed."""
    drawn = ((family, seed) for family in families for seed in range(1, seeds + 1))
    for family, seed in (("demonstration", 46), *drawn):
        portal = build(46) if family == "demonstration" else family_portal(family, seed)
        beside = folder / f"{family}{seed}"
        with serve(portal) as served:
            truth_file = portal.write_district(beside, served.ports)
            truth, out = read_district(truth_file), beside / "proposed.toml"
            allow = [word for port in served.ports[:ALLOWED_HOSTS] for word in ("--allow", f"127.0.0.1:{port}")]
            directories = ",".join((*DIRECTORIES, *(name.removesuffix(".toml") for name in portal.extra_directories)))
            _, requests = probe(served.urls[0], out, *allow, "--directories", directories, "--as-of", "2021-11-30")
            yield row_of(f"{family} {seed}", truth, out, requests, wrong_pages(portal, served, truth, out))
            if night and family == "demonstration":
                compare_nights(truth_file, out, beside)


def compare_nights(truth_file: Path, proposed_file: Path, folder: Path) -> None:
    """One night with each file; standings are compared by requirement and by the organ that is meant."""
    truth, proposed = read_district(truth_file), read_district(proposed_file)
    found, _ = matched(truth, proposed)
    said = {organ.name: organ_id for organ_id, organ in found.items()}
    said |= {one.name: one.id for one in (*truth.organs, *proposed.organs) if one.kind is OrganKind.GOVERNMENT}
    own = {one.name: one.id for one in truth.organs}
    first = night_of(truth_file, folder / "night-truth", own)
    second = night_of(proposed_file, folder / "night-proposed", said)
    differing = sorted(key for key in first.keys() | second.keys() if first.get(key) != second.get(key))
    counts = [sum(map(len, said.values())) for said in (first, second)]
    print(f"night: {counts[0]} obligations with the true file, {counts[1]} with the proposed one")
    print(f"       {len(differing)} standings differ")
    for key in differing[:20]:
        print(f"       {key}: {first.get(key)} / {second.get(key)}")


def night_of(district: Path, data: Path, organs: dict[str, str]) -> dict[tuple[str, ...], list[str]]:
    """Standings of one night, by requirement, item, path and organ (a hall's venues share one key)."""
    options = ("--as-of", "2021-11-30", "--data", str(data))
    for verb in (("run", str(district), "--confirm-now", "--no-pictures"), ("export", "verdicts", str(district))):
        command = [sys.executable, "-m", "nightly.cli", *verb, *options]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
    said: dict[tuple[str, ...], list[str]] = {}
    for line in done.stdout.splitlines():
        row = json.loads(line)
        organ = organs.get(row["organ"], row["organ"])
        key = (row["document_number"], row["requirement_id"], row["item"], row["path"], organ)
        said.setdefault(key, []).append(f"{row['standing']} {row['reason']}")
    return said


def recorded(folder: Path) -> Iterator[Row]:
    """The two recordings of bureaus' sites."""
    for place in RECORDINGS:
        truth_file = PROJECT / "tests" / "replay" / place / "district.toml"
        recording = tomllib.loads((truth_file.parent / "truth.toml").read_text(encoding="utf-8"))["recording"]
        file = SHARED / "real" / recording
        if not file.exists():
            continue
        truth, out = read_district(truth_file), folder / f"{place}.toml"
        _, requests = probe(truth.home, out, "--replay", str(file))
        wrong = [one.name for one in read_district(out).organs if one.entry and one.entry != truth.home]
        yield row_of(f"recording {place}", truth, out, requests, wrong)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--night", action="store_true", help="also walk the demonstration portal with both files")
    chosen = parser.parse_args()
    head = f"{'portal':<20} there found invented wrong page pages accepted requests"
    there = found = 0
    faults = []
    print(head)
    with tempfile.TemporaryDirectory(prefix="mingcha-probe-bench-") as name:
        folder = Path(name)
        families = [one for one in chosen.families.split(",") if one]
        for rows in (generated(chosen.seeds, families, folder, night=chosen.night), recorded(folder)):
            for row in rows:
                there, found = there + row.there, found + row.found
                print(
                    f"{row.portal:<20} {row.there:>5} {row.found:>5} {len(row.invented):>8} {len(row.wrong_page):>10}"
                    f" {row.entries:>5} {row.accepted:>8} {row.requests:>8}",
                    flush=True,
                )
                for what, names in (("missed", row.missed), ("invented", row.invented), ("wrong", row.wrong_page)):
                    faults += [f"{row.portal}: {what} {one}" for one in names]
    print(f"units found {found}/{there} ({found / max(there, 1):.1%})")
    print("\n".join(faults))
    return 0


if __name__ == "__main__":
    sys.exit(main())
