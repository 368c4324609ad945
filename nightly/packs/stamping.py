"""Asking time-stamp authorities (时间戳机构), and keeping their tokens by what they are over."""

from __future__ import annotations

import hashlib
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nightly.errors import NightError
from reports.pack.errors import StampError
from reports.pack.stamping import ANSWER_TYPE, REQUEST_TYPE, Stamp, asked, claimed, verified, verified_token
from reports.pack.syncing import write_synced

ANSWER_SECONDS = 30
LARGEST_ANSWER = 1 << 20
RESTAMP_BEFORE = timedelta(days=90)
"""How long before the end of an authority's certificate a further stamp is set over the token."""

Asked = Callable[[str, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Authority:
    """Time-stamp authority (时间戳机构): where it answers, and the certificates (PEM) that its answers hang on."""

    url: str
    certificates: bytes

    @property
    def mark(self) -> str:
        """What tells it from others, whatever address it answers at."""
        return hashlib.sha256(self.certificates).hexdigest()[:16]


def authorities() -> tuple[Authority, ...]:
    """As ``MINGCHA_TIMESTAMP_URLS`` and ``MINGCHA_TIMESTAMP_CAS`` (comma separated, in one order) name them.

    Raises:
        NightError: more than two, not as many files as addresses, or a file that cannot be read.
    """
    urls, files = _listed("MINGCHA_TIMESTAMP_URLS"), _listed("MINGCHA_TIMESTAMP_CAS")
    if len(urls) != len(files) or len(urls) > 2:
        raise NightError(
            f"{len(urls)} addresses in MINGCHA_TIMESTAMP_URLS, {len(files)} files in MINGCHA_TIMESTAMP_CAS: "
            "name one or two authorities, and for each the file of its certificates"
        )
    try:
        return tuple(Authority(url, Path(file).read_bytes()) for url, file in zip(urls, files, strict=True))
    except OSError as error:
        raise NightError(f"{error.filename}: cannot be read ({error.strerror}); see MINGCHA_TIMESTAMP_CAS") from error


class TokenShelf:
    """Token shelf (时间戳存放处) of one data folder: ``<digest of the text>.<mark of the authority>.tst``.

    The same text is never stamped twice, so that the same pack has the same bytes.
    """

    def __init__(self, folder: Path, authorities: Sequence[Authority], ask: Asked | None = None) -> None:
        self.folder = folder
        self._authorities = authorities
        self._ask = ask or ask_by_http

    def tokens(self, text: bytes) -> list[Stamp]:
        """The stamp of each authority over a text, asked for where there is none yet.

        Raises:
            NightError: an authority does not answer, or its answer proves nothing.
        """
        return [self._token(text, one) for one in self._authorities]

    def has(self, text: bytes, authority: Authority) -> bool:
        """Whether the token of this authority is kept."""
        return self._file(text, authority).exists()

    def renewed(self, now: datetime) -> list[tuple[Authority, Path, Stamp]]:
        """Stamp over every token that ends soon and over which no other stands yet: by whom, over which file, and what.

        The kept token stays: the new one proves that it was there while its authority's certificate was still good.

        Args:
            now: UTC; what ends within ``RESTAMP_BEFORE`` is stamped anew.

        Raises:
            NightError: an authority does not answer, or a kept token cannot be read.
        """
        made = []
        for one in self._authorities:
            for file in sorted(self.folder.glob(f"*.{one.mark}.tst")):
                token = file.read_bytes()
                if self.has(token, one):
                    continue
                try:
                    ends = claimed(token).expires_at
                except StampError as error:
                    raise NightError(f"{file}: {error}; restore it from a backup") from error
                if ends - now < RESTAMP_BEFORE:
                    made.append((one, file, self._token(token, one)))
        return made

    def _token(self, text: bytes, authority: Authority) -> Stamp:
        file = self._file(text, authority)
        try:
            if file.exists():
                return verified_token(file.read_bytes(), text, authority.certificates)
            request = asked(text)
            stamp = verified(self._ask(authority.url, request.as_bytes()), text, authority.certificates, request)
        except StampError as error:
            where = file if file.exists() else authority.url
            raise NightError(f"time stamp of {where}: {error}") from error
        self.folder.mkdir(parents=True, exist_ok=True)
        write_synced(file, stamp.token)
        return stamp

    def _file(self, text: bytes, authority: Authority) -> Path:
        return self.folder / f"{hashlib.sha256(text).hexdigest()}.{authority.mark}.tst"


def ask_by_http(url: str, request: bytes) -> bytes:
    """What an authority answers (RFC 3161 3.4).

    Raises:
        NightError: no answer, or one of another kind.
    """
    if not url.startswith(("http://", "https://")):
        raise NightError(f"{url}: no address of a time-stamp authority; see MINGCHA_TIMESTAMP_URLS")
    asking = urllib.request.Request(url, request, {"Content-Type": REQUEST_TYPE, "Accept": ANSWER_TYPE})
    try:
        with urllib.request.urlopen(asking, timeout=ANSWER_SECONDS) as answer:
            body: bytes = answer.read(LARGEST_ANSWER)
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        raise NightError(
            f"{url}: the time-stamp authority does not answer ({error}); give the command again later, or unset "
            "MINGCHA_TIMESTAMP_URLS to pack without a time stamp"
        ) from error
    return body


def _listed(variable: str) -> list[str]:
    return [one.strip() for one in os.environ.get(variable, "").split(",") if one.strip()]
