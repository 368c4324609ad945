"""Masking: private numbers are starred in the document itself, before a picture of it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from playwright.sync_api import Error, Frame, Page

from ledger.privacy import find_private, starred

_COLLECT = files("crawler.picturing").joinpath("collect.js").read_text("utf-8")
_COVER = files("crawler.picturing").joinpath("cover.js").read_text("utf-8")
_ROUNDS = 6


class UnmaskedError(Exception):
    """Raised when a page goes on showing private data, from ``mask``; no picture of it is then made."""


def mask(page: Page) -> int:
    """Star private numbers in all frames of a page: texts, attributes that may show, written content.

    Numbers inside images are not looked into.

    Returns:
        How many numbers were starred.

    Raises:
        UnmaskedError: when the page's own scripts write them anew, or its frames never rest.
    """
    count = 0
    for _ in range(_ROUNDS):
        found = _mask_frames(page)
        if found == 0:
            return count
        count += found or 0
    raise UnmaskedError(page.url)


def _mask_frames(page: Page) -> int | None:
    """How many numbers were starred; None where a frame was just going elsewhere, so that all must be asked again."""
    found, is_settled = 0, True
    for frame in page.frames:
        try:
            found += _mask_frame(frame)
        except Error as error:
            if not frame.is_detached() and "context was destroyed" not in error.message:
                raise
            is_settled = False
            if not frame.is_detached():
                frame.wait_for_load_state()
    return found if found or is_settled else None


def _mask_frame(frame: Frame) -> int:
    held = frame.evaluate_handle(_COLLECT)
    try:
        texts, joined, said = held.evaluate("found => [found.texts, found.joined, found.said]")
        covered, count = starred_texts(texts, joined)
        clean, more = starred_attributes(said, texts)
        changes = {
            "texts": [[at, text] for at, text in enumerate(covered) if text != texts[at]],
            "said": [[at, text] for at, text in enumerate(clean) if text != said[at]],
        }
        if changes["texts"] or changes["said"]:
            held.evaluate(_COVER, changes)
        return count + more
    finally:
        held.dispose()


def starred_texts(texts: Sequence[str], joined: Sequence[bool]) -> tuple[list[str], int]:
    """The texts of a page with private numbers starred, and how many numbers those were.

    A number may be split over neighbouring inline elements, and numbers of their own may stand in such neighbours:
    both readings count.

    Args:
        joined: whether each text follows the one before without a break.
    """
    letters = [list(text) for text in texts]
    places: set[tuple[int, int]] = set()
    for glued in (True, False):
        whole, owners = _laid_out(texts, joined if glued else [False] * len(texts))
        for span in find_private(whole):
            for at, star in enumerate(starred(whole[span.start : span.end], span.kind), span.start):
                owner = owners[at]
                if owner is not None:
                    letters[owner[0]][owner[1]] = star
            first = next((owner for owner in owners[span.start : span.end] if owner is not None), None)
            if first is not None:
                places.add(first)
    return ["".join(one) for one in letters], len(places)


def starred_attributes(said: Sequence[str], texts: Sequence[str]) -> tuple[list[str], int]:
    """Attribute values with private numbers starred: those found in them, and those found in the page's texts.

    Returns:
        The values, and how many different numbers stood in them alone.
    """
    whole = "\n".join(texts)
    known = {whole[span.start : span.end]: span.kind for span in find_private(whole)}
    own: set[str] = set()
    clean = []
    for value in said:
        for span in reversed(find_private(value)):
            number = value[span.start : span.end]
            own.add(number)
            value = value[: span.start] + starred(number, span.kind) + value[span.end :]
        for number, kind in known.items():
            value = value.replace(number, starred(number, kind))
        clean.append(value)
    return clean, len(own - known.keys())


def _laid_out(texts: Sequence[str], joined: Sequence[bool]) -> tuple[str, list[tuple[int, int] | None]]:
    """One text of all, a line break where there is a break, and for each character where it comes from."""
    parts: list[str] = []
    owners: list[tuple[int, int] | None] = []
    for number, (text, follows) in enumerate(zip(texts, joined, strict=True)):
        if parts and not follows:
            parts.append("\n")
            owners.append(None)
        parts.append(text)
        owners += [(number, at) for at in range(len(text))]
    return "".join(parts), owners
