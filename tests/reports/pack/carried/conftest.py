"""Small packs of a district with a time-stamp authority of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from pack_authority import authority
from packed_nights import token_over
from small_pack import FIRST_NIGHT, SmallDistrict, small_district


@dataclass(frozen=True, slots=True)
class Stamping:
    """A running authority: its root certificate, and a token over any text."""

    ca: Path
    stamp: Callable[[bytes], bytes]


@pytest.fixture(scope="session")
def stamping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stamping]:
    """A local time-stamp authority."""
    folder = tmp_path_factory.mktemp("authority")
    with authority(folder) as running:
        yield Stamping(running.ca_file, lambda text: token_over(text, folder))


@pytest.fixture
def district(tmp_path: Path, stamping: Stamping) -> SmallDistrict:
    """A district whose packs are stamped."""
    return small_district(tmp_path, stamps=[stamping.stamp], authorities=[stamping.ca.read_bytes()])


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory, stamping: Stamping) -> dict[str, bytes]:
    """Three nights in a chain, by file name."""
    made = small_district(
        tmp_path_factory.mktemp("chain"), stamps=[stamping.stamp], authorities=[stamping.ca.read_bytes()]
    )
    nights = [FIRST_NIGHT + timedelta(days=number) for number in range(3)]
    return {f"mingcha-yunchuan-{night}.zip": made.pack(night) for night in nights}
