"""Archive bytes a page: a night's archive against ``wget --warc-file`` asked for the same addresses.

Usage: python tests/bench/archive_bytes.py [--departments 4] [--towns 2]
Once with every request of the night's two looks in the order made (our repeated pages are revisit records), once with
each address a single time. wget is Debian's; both write request and response, gzip member by gzip member.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nights
from nightly.packs.copying import stretches
from portals.demonstration import build
from portals.serving import serve
from reports.pack.archive_copy import copied_records

AS_OF = "2021-11-30"


def ours(data: Path) -> list[tuple[str, int]]:
    """Address and bytes of each archived GET, with the request and metadata records that go with it, in order."""
    with nights.opened(data) as ledger:
        kept = ledger.kept_of("yunchuan", date.fromisoformat(AS_OF))
        sizes: dict[str, int] = {}
        posted = set()
        for record in copied_records(stretches(kept, {one.snapshot.id for one in kept}), ledger.archived_bytes):
            sizes[record.of] = sizes.get(record.of, 0) + len(record.member)
            if record.kind == "request" and not record.block.startswith(b"GET "):
                posted.add(record.of)
        return [(one.snapshot.target_uri, sizes[one.snapshot.id]) for one in kept if one.snapshot.id not in posted]


def of_wget(urls: Sequence[str], folder: Path, name: str) -> int:
    """Bytes that wget writes for these addresses, asked one after the other."""
    listed = folder / f"{name}.txt"
    listed.write_text("\n".join(urls), encoding="utf-8")
    options = [
        "--quiet",
        "--tries=1",
        "--timeout=10",
        "--max-redirect=0",
        "--header=Accept-Encoding: gzip, deflate, br",
    ]
    options += [
        "--warc-file",
        folder / name,
        "--no-warc-keep-log",
        "--delete-after",
        "--directory-prefix",
        folder / "w",
    ]
    subprocess.run(["wget", *options, "--input-file", listed], check=False, cwd=folder)
    return (folder / f"{name}.warc.gz").stat().st_size


def main() -> None:
    """Print the two rows."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--departments", type=int, default=4)
    parser.add_argument("--towns", type=int, default=2)
    options = parser.parse_args()
    portal = build(departments=options.departments, towns=options.towns)
    with tempfile.TemporaryDirectory(prefix="mingcha-bytes-") as temporary, serve(portal) as served:
        folder = Path(temporary)
        district = portal.write_district(folder / "district", served.ports)
        nights.run(district, folder / "data", "--as-of", AS_OF, "--confirm-now", "--no-pictures", "--no-browser")
        everything = ours(folder / "data")
        once = list({url: (url, size) for url, size in reversed(everything)}.values())
        print(f"{'':28}{'requests':>10}{'ours':>12}{'a page':>9}{'wget':>12}{'a page':>9}{'ours/wget':>11}")
        for name, rows in (("all", everything), ("once", once)):
            mine, theirs = sum(size for _, size in rows), of_wget([url for url, _ in rows], folder, name)
            told = "every request of two looks" if name == "all" else "each address once"
            count = len(rows)
            figures = f"{mine:12,}{mine / count:9,.0f}{theirs:12,}{theirs / count:9,.0f}{mine / theirs:11.2f}"
            print(f"{told:28}{count:10}{figures}")


if __name__ == "__main__":
    main()
