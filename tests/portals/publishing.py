"""What a demonstration portal consists of: answers by host and path, and the truth beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl

from portals.roster import Roster, district_text

Address = tuple[int, str]
"""Host index and path; 0 is the portal itself."""


class Conduct(StrEnum):
    """Conduct (应答方式) of the server for one answer."""

    WHOLE = "whole"
    SHORT = "short"
    """Content-Length promises more than is sent, then the connection closes."""
    DROP = "drop"
    """The connection closes without an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer (应答) of one address.

    Attributes:
        failures: so many requests are answered 503 before this answer comes.
        wait_seconds: how long the host thinks before it answers.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    conduct: Conduct = Conduct.WHOLE
    failures: int = 0
    wait_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Asked (请求参数): what a service reads of a request; query and form fields, the last of each name."""

    query: Mapping[str, str]
    form: Mapping[str, str]
    body: bytes


Service = Callable[[Asked], Answer]
"""Answers one address by what is asked of it; the same for the same question."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Truth (真值) of one obligation after a night with ``--confirm-now``, from what the generator published.

    Attributes:
        reason: code of ``could_not_verify``, else empty.
        caused_by: obligation that carries the gap of a shared missing level, or empty.
        match: exact, normalised, alias or empty: the worst over the labels walked.
        address: of the column, or of the page that shows its absence; None where none is claimed.
        fault: what was planted there; empty for a healthy column.
    """

    obligation_id: str
    standing: str
    reason: str = ""
    caused_by: str = ""
    match: str = ""
    address: Address | None = None
    fault: str = ""


def origin_token(host: int) -> str:
    """The words that stand for a host's origin in bodies until the ports are known."""
    return f"http://host-{host}.invalid"


def located(content: bytes, origins: Sequence[str]) -> bytes:
    """``content`` with each origin token replaced by the origin served."""
    if b".invalid" not in content:
        return content
    for host, origin in enumerate(origins):
        content = content.replace(origin_token(host).encode(), origin.encode())
    return content


@dataclass(frozen=True, slots=True)
class Portal:
    """Demonstration portal (演示门户): all it answers, and what a fair night must say of it.

    Attributes:
        strays: what the portal says of an address it does not have, by the beginning of its path; "" fits all.
        least_requests: CONTRACTS' least possible requests, from the truth.
        full_crawl_pages: pages that a crawl of everything reachable would fetch.
        extra_directories: directory files that its district adopts beside the built-in ones, name to text.
    """

    seed: int
    as_of: date
    roster: Roster
    hosts: int
    pages: Mapping[Address, Answer]
    strays: tuple[tuple[str, Answer], ...]
    truth: tuple[Truth, ...]
    least_requests: int
    full_crawl_pages: int
    extra_directories: Mapping[str, str]
    services: Mapping[Address, Service] = field(default_factory=dict)

    def respond(self, host: int, method: str, path: str, body: bytes) -> Answer:
        """The answer to a request: a service's where one stands at the address, else the page's."""
        address, _, query = path.partition("?")
        service = self.services.get((host, address))
        if service is None:
            return self.answer(host, path) if method != "POST" else Answer(405, (), b"")
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return service(Asked(dict(parse_qsl(query, keep_blank_values=True)), form, body))

    def answer(self, host: int, path: str) -> Answer:
        """The answer of an address; what the host says of unknown ones where there is no page."""
        for candidate in (path, path.partition("?")[0]):
            found = self.pages.get((host, candidate))
            if found is not None:
                return found
        return next(answer for beginning, answer in self.strays if path.startswith(beginning))

    def write_district(self, folder: Path, ports: Sequence[int]) -> Path:
        """Write the district file, with the ports in home and network.allow, and the directories beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.extra_directories.items():
            (folder / name).write_text(text, encoding="utf-8")
        adopted = tuple(name.removesuffix(".toml") for name in self.extra_directories)
        file = folder / "district.toml"
        file.write_text(district_text(self.roster, ports, adopted), encoding="utf-8")
        return file

    def truth_lines(self, origins: Sequence[str]) -> tuple[str, ...]:
        """One JSON line an obligation, addresses with the origins served."""
        return tuple(
            json.dumps(
                {
                    "obligation_id": truth.obligation_id,
                    "standing": truth.standing,
                    "reason": truth.reason,
                    "caused_by": truth.caused_by,
                    "match": truth.match,
                    "url": "" if truth.address is None else origins[truth.address[0]] + truth.address[1],
                    "fault": truth.fault,
                },
                ensure_ascii=False,
            )
            for truth in self.truth
        )

    def write_truth(self, folder: Path, origins: Sequence[str]) -> Path:
        """Write ``truth.jsonl``."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "truth.jsonl"
        file.write_text("".join(line + "\n" for line in self.truth_lines(origins)), encoding="utf-8")
        return file
