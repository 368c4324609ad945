"""What every page of a pack has in common: its policy, its clock, and that no private number is in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from reports.pack.contents.plain import line_of, private_numbers
from reports.view import Line


@cache
def carried(name: str) -> str:
    """Text of a style sheet or script among the templates."""
    return resources.files("reports").joinpath("templates", name).read_text(encoding="utf-8")


def content_policy(style: str, script: str = "") -> str:
    """Content-Security-Policy: one style and one script by their digests, pictures beside the page, nothing else."""
    scripts = f"script-src '{_source_digest(script)}'; " if script else ""
    return (
        "default-src 'none'; img-src 'self' file:; "
        f"style-src '{_source_digest(style)}'; {scripts}base-uri 'none'; form-action 'none'"
    )


def utc(moment: datetime | None) -> str:
    """``2021-11-29 18:15:09``, UTC; empty for None."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def page_bytes(page: str, lines: Iterable[Line], addresses: Iterable[str] = ()) -> bytes:
    """The page as UTF-8, the private numbers of its lines and of further addresses starred."""
    numbers = numbers_of(lines) | private_numbers({"url": list(addresses)})
    for number, stars in numbers.items():
        page = page.replace(number, stars)
    return page.encode("utf-8")


def numbers_of(lines: Iterable[Line]) -> dict[str, str]:
    """Private numbers in what was said and seen of some lines, each with its starred form."""
    found: dict[str, str] = {}
    for line in lines:
        found |= private_numbers(line_of({"standing": line.standing, "column": line.column}))
    return found


def _source_digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
