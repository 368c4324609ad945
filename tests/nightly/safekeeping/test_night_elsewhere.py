"""Whole nights under a database role that can only add: archive in an object store, and with a store that is away."""

from __future__ import annotations

from pathlib import Path

import boto3
import pytest

import nights
from kept_night import opened
from ledger.custody import CustodyKind
from portals.demonstration import build
from portals.serving import serve
from roles import granted_url
from stores import new_bucket, s3_server

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(1200)]

OPTIONS = ("--as-of", "2021-11-30", "--confirm-now", "--no-pictures", "--no-browser")


def test_a_night_needs_no_owner_and_no_local_archive(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    portal = build(departments=2, towns=1)
    with serve(portal) as served, s3_server(monkeypatch):
        bucket = new_bucket()
        monkeypatch.setenv("MINGCHA_DATABASE_URL", granted_url(postgres_url))
        monkeypatch.setenv("MINGCHA_ARCHIVE_URL", f"s3://{bucket}/evidence")
        district = portal.write_district(tmp_path / "district", served.ports)

        nights.run(district, data, *OPTIONS)

        assert not list((data / "archive").glob("*.warc.gz*"))
        stored = {one["Key"] for one in boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]}
        assert "evidence/" + next(name for name in _files(data)) in stored
        # judged and reported anew from there; every row compared with what lies there
        nights.run(district, data, "--as-of", "2021-11-30", verb="judge")
        with opened(data) as ledger:
            checks = [ledger.check_file(name) for name in _files(data)]
            assert [one.problems for one in checks] == [()] * len(checks)
            assert sum(one.records for one in checks) > 20
            assert ledger.broken_link() is None


def test_a_night_runs_while_its_store_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    portal = build(departments=2, towns=1)
    with s3_server(monkeypatch):
        bucket = new_bucket()
    monkeypatch.setenv("MINGCHA_ARCHIVE_URL", f"s3://{bucket}/evidence")
    with serve(portal) as served:
        district = portal.write_district(tmp_path / "district", served.ports)
        done = nights.run(district, data, *OPTIONS)

    assert "损坏 0 个" in done.stdout
    assert f"archive store s3://{bucket}/evidence cannot be used" in done.stderr
    assert [path.name for path in (data / "archive").glob("*.warc.gz")] == _files(data)
    with opened(data) as ledger:
        assert ledger.custody(CustodyKind.DAMAGE_FOUND) == ()


def _files(data: Path) -> list[str]:
    with opened(data) as ledger:
        return [one.name for one in ledger.archive_files()]
