"""Making pictures: each archived page is shown once, then captions and cards are put together from what was taken."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error

from crawler.picturing.captions import card_document, page_document
from crawler.picturing.framing import Shown
from crawler.picturing.order import CardOrder, PageOrder, Shot, Source
from crawler.picturing.serving import PictureLedger
from crawler.picturing.studio import PAGE_SECONDS, Studio
from ledger.errors import LedgerError
from ledger.picture import Picture, PictureKind

_log = logging.getLogger(__name__)

SourceOf = Callable[[str], Source]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A taken shot whose pieces lie on the disk, not in memory."""

    shown: Shown
    files: tuple[Path, ...]


def make(
    orders: Sequence[PageOrder | CardOrder],
    ledger: PictureLedger,
    folder: Path,
    *,
    source_of: SourceOf,
    beside: Mapping[str, str] | None = None,
    browser: str = "",
    page_seconds: float = PAGE_SECONDS,
) -> tuple[Picture, ...]:
    """Pictures in the order of the orders; runs outside the event loop of a crawl.

    Args:
        folder: where the PNG files go, named by their own SHA-256; made when absent.
        source_of: where an archived page is from, for the caption.
        beside: snapshot ids by address of what the archive holds of style sheets, scripts and frames; all else is
            refused, so a page may show without its images.
        browser: path of a browser to use; else MINGCHA_BROWSER, else Playwright's own, else the system's.
        page_seconds: how long is waited for a page that never rests.

    Returns:
        What could be shown. A page that cannot be is left out, with a warning; without a browser all are, and one
        warning says which to install.
    """
    if not orders:
        return ()
    studio = Studio.open(browser, page_seconds=page_seconds)
    if studio is None:
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    with studio, tempfile.TemporaryDirectory(prefix="mingcha-shots-") as draft:
        kept = _shoot_all(orders, studio, ledger, beside or {}, Path(draft))
        made = (_put_together(order, studio, kept, folder, source_of) for order in orders)
        return tuple(picture for picture in made if picture is not None)


def shots_of(order: PageOrder | CardOrder) -> tuple[Shot, ...]:
    """The shots that an order needs."""
    return (order.shot,) if isinstance(order, PageOrder) else tuple(frame.shot for frame in order.frames)


def _shoot_all(
    orders: Iterable[PageOrder | CardOrder],
    studio: Studio,
    ledger: PictureLedger,
    beside: Mapping[str, str],
    draft: Path,
) -> dict[Shot, _Kept]:
    wanted: dict[str, dict[Shot, None]] = {}
    for order in orders:
        for shot in shots_of(order):
            wanted.setdefault(shot.snapshot_id, {})[shot] = None
    kept: dict[Shot, _Kept] = {}
    for snapshot_id, shots in wanted.items():
        try:
            archived = ledger.read_snapshot(snapshot_id)
        except (LedgerError, OSError) as error:
            _log.warning("No screenshot of %s: %s", snapshot_id, error)
            continue
        for shot, taken in studio.shoot(archived, tuple(shots), ledger, beside).items():
            files = tuple(draft / f"{len(kept)}-{place}.png" for place in range(len(taken.pieces)))
            for file, piece in zip(files, taken.pieces, strict=True):
                file.write_bytes(piece)
            kept[shot] = _Kept(taken.shown, files)
    return kept


def _put_together(
    order: PageOrder | CardOrder, studio: Studio, kept: Mapping[Shot, _Kept], folder: Path, source_of: SourceOf
) -> Picture | None:
    shots = shots_of(order)
    if any(shot not in kept for shot in shots):
        return None
    try:
        if isinstance(order, PageOrder):
            png, kind = _page(order, studio, kept[order.shot], source_of), PictureKind.PAGE
        else:
            png, kind = _card(order, studio, kept, source_of), PictureKind.CARD
    except (Error, LedgerError) as error:
        _log.warning("No picture of %s: %s", order.obligation_id, str(error).partition("\n")[0])
        return None
    counts = {shot.snapshot_id: kept[shot].shown.masked_count for shot in shots}
    ids = tuple(dict.fromkeys(shot.snapshot_id for shot in shots))
    return Picture(order.obligation_id, kind, _store(png, folder).name, ids, sum(counts.values()))


def _page(order: PageOrder, studio: Studio, kept: _Kept, source_of: SourceOf) -> bytes:
    document, width = page_document(order, source_of(order.shot.snapshot_id), kept.shown)
    images = {f"{place}.png": file.read_bytes() for place, file in enumerate(kept.files)}
    return studio.compose(document, images, width)


def _card(order: CardOrder, studio: Studio, kept: Mapping[Shot, _Kept], source_of: SourceOf) -> bytes:
    shots = shots_of(order)
    sources = [source_of(shot.snapshot_id) for shot in shots]
    document, width = card_document(order, sources, [kept[shot].shown for shot in shots])
    images = {f"{place}.png": kept[shot].files[0].read_bytes() for place, shot in enumerate(shots)}
    return studio.compose(document, images, width)


def _store(png: bytes, folder: Path) -> Path:
    file = folder / f"{hashlib.sha256(png).hexdigest()}.png"
    if not file.exists():
        partial = file.with_suffix(".part")
        partial.write_bytes(png)
        partial.replace(file)
    return file
