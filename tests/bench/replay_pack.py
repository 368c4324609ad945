"""Whether evidence.wacz of packed nights is valid and replays: ``wacz validate``, pywb, and the reference indexer.

Usage: python tests/bench/replay_pack.py [--folder F] [--picture FILE.png] [--nights shenyang,demonstration,hanweb]
wacz and pywb are installed into environments of their own below the folder, never into ours. Every line of our own
index is asked of pywb, as it would be asked by a reader: status and body must be what the archive holds.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.parse
import urllib.request
import venv
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nights
from ledger.archive.decoding import decode_body
from portals.demonstration import build
from portals.families.shelf import FAMILIES
from portals.publishing import Answer, Conduct, Portal
from portals.serving import located, serve
from reports.pack.archive_copy import CopiedRecord, gzip_members, record_of
from reports.pack.cdxj import http_head
from shared_data import SHARED

HERE = Path(__file__).resolve().parents[1]
SAFE = "".join(chr(one) for one in range(33, 127) if chr(one) != "#")
"""Sent as it is: an index holds addresses as they were asked for."""
TOOLS = {"wacz": ("wacz",), "pywb": ("pywb",)}


@dataclass(slots=True)
class Replayed:
    """Replayed night (回放结果): entries of the index by kind, and what did not come back as it was archived."""

    name: str
    valid: bool = False
    validator: str = ""
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    keys_differ: int = 0


class Kept(urllib.request.HTTPRedirectHandler):
    """Redirects are answers like any other here."""

    def redirect_request(self, *_: Any) -> None:
        """None is followed."""


@dataclass(frozen=True)
class ZippedPortal(Portal):
    """A portal whose server compresses its pages, as most real ones do; the origins are written into them before."""

    origins: tuple[str, ...] = ()

    def respond(self, host: int, method: str, path: str, body: bytes) -> Answer:
        """The page, compressed."""
        answer = super().respond(host, method, path, body)
        if answer.status != 200 or answer.conduct is Conduct.SHORT:
            return answer
        headers = (*answer.headers, ("Content-Encoding", "gzip"))
        return replace(answer, body=gzip.compress(located(answer.body, self.origins), mtime=0), headers=headers)


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def tool(folder: Path, name: str) -> Path:
    """The folder of programs of an environment of its own, made where it is missing."""
    place = folder / f"env-{name}"
    if not (place / "bin" / "pip").exists():
        venv.create(place, with_pip=True)
        command = [place / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *TOOLS[name]]
        subprocess.run(command, check=True)
    return place / "bin"


def make_night(name: str, folder: Path) -> tuple[Path, Path, str]:
    """Walk one night; district file, data folder, date."""
    data = folder / name / "data"
    if name == "shenyang":
        here = HERE / "replay" / "shenyang"
        truth = tomllib.loads((here / "truth.toml").read_text(encoding="utf-8"))
        day = truth["as_of"].isoformat()
        recording = SHARED / "real" / truth["recording"]
        nights.run(here / "district.toml", data, "--as-of", day, "--replay", str(recording), "--no-pictures")
        return here / "district.toml", data, day
    family = FAMILIES[name](2) if name in FAMILIES else None
    portal: Portal = build(2, departments=2, towns=2, rows=24 if family else 8, family=family)
    ports = [free_port() for _ in range(portal.hosts)]
    if family:
        facts = {one.name: getattr(portal, one.name) for one in fields(portal)}
        portal = ZippedPortal(**facts, origins=tuple(f"http://127.0.0.1:{port}" for port in ports))
    with serve(portal, ports) as served:
        district = portal.write_district(folder / name / "district", served.ports)
        day = portal.as_of.isoformat()
        nights.run(district, data, "--as-of", day, "--confirm-now", "--no-pictures", "--no-browser")
    return district, data, day


def evidence_of(district: Path, data: Path, day: str, folder: Path) -> Path:
    """Pack the night and unpack its evidence; the folder of the WACZ's members."""
    nights.run(district, data, "--night", day, "--out", str(folder / "packs"), verb="pack")
    (pack,) = (folder / "packs").glob("*.zip")
    with zipfile.ZipFile(pack) as packed:
        packed.extract("evidence.wacz", folder)
    with zipfile.ZipFile(folder / "evidence.wacz") as wacz:
        wacz.extractall(folder / "unpacked")
    return folder / "unpacked"


@contextmanager
def pywb(programs: Path, collections: dict[str, Path], folder: Path) -> Iterator[str]:
    """pywb on loopback with our own index and archive of each night; its address."""
    listed = {
        name: {"index_paths": f"{place}/indexes/", "archive_paths": f"{place}/archive/"}
        for name, place in collections.items()
    }
    (folder / "config.yaml").write_text(json.dumps({"collections": listed}), encoding="utf-8")
    port = free_port()
    command = [programs / "wayback", "-p", str(port), "-b", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(address, timeout=2).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()


def asked(url: str, body: bytes, kind: str) -> tuple[int, bytes]:
    """Status and content-decoded body of one replay."""
    headers = {"Accept-Encoding": "identity"} | ({"Content-Type": kind} if kind else {})
    request = urllib.request.Request(url, body or None, headers)
    opener = urllib.request.build_opener(Kept())
    try:
        answer = opener.open(request, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        try:
            found = answer.read()
        except http.client.IncompleteRead as cut:  # archived as cut, replayed as cut
            found = cut.partial
        return answer.status, decode_body(found, tuple(answer.headers.items())).body


def replay(result: Replayed, place: Path, address: str) -> None:
    """Ask pywb for every line of the index."""
    members = dict(stood(place / "archive" / "evidence.warc.gz"))
    requests = {one.of: one for one in members.values() if one.kind == "request"}
    originals = {one.id: one for one in members.values()}
    for line in (place / "indexes" / "index.cdxj").read_text(encoding="utf-8").splitlines():
        _, moment, text = line.split(" ", 2)
        facts = json.loads(text)
        record = members[int(facts["offset"])]
        original = record
        if record.kind == "revisit":
            original = originals[record.fields["warc-refers-to"].removeprefix("<urn:uuid:").removesuffix(">")]
        head, shown = http_head(record.block), http_head(original.block)
        request = http_head(requests[record.id].block) if record.id in requests else None
        body = request.body if request and facts.get("method", "GET") != "GET" else b""
        kind = request.fields.get("content-type", "") if request and body else ""
        result.kinds.update(kinds_of(record, head.fields, facts))
        expected = decode_body(shown.body, tuple(head.fields.items())).body
        status, found = asked(
            f"{address}/{result.name}/{moment}id_/{urllib.parse.quote(facts['url'], safe=SAFE)}", body, kind
        )
        if status != int(facts["status"]) or found != expected:
            result.failures.append(
                f"{facts.get('method', 'GET')} {facts['url']} {moment}: {status}, {len(found)} bytes"
            )


def stood(warc: Path) -> Iterator[tuple[int, CopiedRecord]]:
    """Every record with where it stands."""
    at = 0
    for member, plain in gzip_members(warc.read_bytes(), warc.name):
        yield at, record_of(member, plain, warc.name)
        at += len(member)


def kinds_of(record: CopiedRecord, fields: dict[str, str], facts: dict[str, Any]) -> list[str]:
    """What an entry of the index is an example of."""
    content = fields.get("content-type", "").casefold()
    named = {
        "HTML": "html" in content,
        "gzip": fields.get("content-encoding", "") == "gzip",
        "GBK": "gb" in content.partition("charset")[2] or b"charset=gb" in record.block[:4096].lower(),
        "revisit": record.kind == "revisit",
        "posted": "method" in facts,
        "redirect": facts["status"].startswith("3"),
    }
    return ["entries", *(name for name, holds in named.items() if holds)]


def keys_that_differ(programs: Path, place: Path) -> int:
    """How many addresses the reference indexer files under another key; posted ones it does not see as posted."""
    command = [programs / "cdxj-indexer", "-s", place / "archive" / "evidence.warc.gz"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    def keys(text: str) -> dict[str, str]:
        rows = [line.split(" ", 2) for line in text.splitlines()]
        return {json.loads(facts)["offset"]: key for key, _, facts in rows if "requestBody" not in facts}

    ours = keys((place / "indexes" / "index.cdxj").read_text(encoding="utf-8"))
    theirs = keys(done.stdout)
    return sum(ours[offset] != theirs.get(offset) for offset in ours)


def photograph(url: str, file: Path) -> None:
    """A replayed page as a reader's browser shows it."""
    from playwright.sync_api import sync_playwright

    from crawler.browsing.launching import launches

    with sync_playwright() as playwright:
        chosen = next(iter(launches()))
        # only pywb on loopback is reachable for it: a proxy that is not there takes all the rest
        chosen["args"] = [one for one in chosen["args"] if "bypass" not in one]
        browser = playwright.chromium.launch(**chosen)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(url, wait_until="domcontentloaded")
        page.wait_for_timeout(3000)
        page.screenshot(path=file)
        browser.close()


def main() -> None:
    """Print the table; exit 1 where anything does not replay."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get("TMPDIR", "/tmp")) / "mingcha-replay")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--nights", default="shenyang,demonstration,hanweb")
    parser.add_argument("--keep", action="store_true", help="replay what was packed before")
    options = parser.parse_args()
    results, places = [], {}
    for name in options.nights.split(","):
        place = options.folder / name / "unpacked"
        if not (options.keep and place.exists()):
            shutil.rmtree(options.folder / name, ignore_errors=True)
            (options.folder / name).mkdir(parents=True)
            place = evidence_of(*make_night(name, options.folder), options.folder / name)
        validator = [tool(options.folder, "wacz") / "wacz", "validate", "-f", place.parent / "evidence.wacz"]
        done = subprocess.run(validator, capture_output=True, text=True, check=False)
        result = Replayed(name, done.returncode == 0, done.stdout.strip().splitlines()[-1])
        result.keys_differ = keys_that_differ(tool(options.folder, "wacz"), place)
        results.append(result)
        places[name] = place
    with pywb(tool(options.folder, "pywb"), places, options.folder) as address:
        for result in results:
            replay(result, places[result.name], address)
        if options.picture:
            photographed(address, places, options.picture)
    show(results)
    sys.exit(any(one.failures or not one.valid or one.keys_differ for one in results))


def photographed(address: str, places: dict[str, Path], file: Path) -> None:
    """The first page of the first night's list of pages."""
    name, place = next(iter(places.items()))
    page = json.loads((place / "pages" / "pages.jsonl").read_text(encoding="utf-8").splitlines()[1])
    moment = "".join(one for one in page["ts"] if one.isdigit())[:14]
    photograph(f"{address}/{name}/{moment}/{page['url']}", file)


def show(results: Sequence[Replayed]) -> None:
    """One row a night."""
    names = ("entries", "HTML", "gzip", "GBK", "revisit", "posted", "redirect")
    print(f"{'night':14}", *(f"{name:>8}" for name in names), f"{'replayed':>9} {'keys differ':>11}  wacz validate")
    for one in results:
        counts = [f"{one.kinds[name]:8}" for name in names]
        good = one.kinds["entries"] - len(one.failures)
        print(f"{one.name:14}", *counts, f"{good:9} {one.keys_differ:11}  {'exit 0' if one.valid else one.validator}")
        for failure in one.failures[:10]:
            print("   not as archived:", failure)


if __name__ == "__main__":
    main()
