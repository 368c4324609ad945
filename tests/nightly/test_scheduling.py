"""The schedule: two jobs a district in the database, coalesced, one instance each, one scheduler a data folder."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from nightly.errors import NightError
from nightly.scheduling import _options, arrange, next_run, only_one
from nightly.settings import read_settings


@pytest.fixture
def jobs(tmp_path: Path):  # type: ignore[no-untyped-def]
    settings = read_settings(tmp_path)
    scheduler = BackgroundScheduler(**_options(settings))
    scheduler.start(paused=True)
    arrange(scheduler, settings, {"wanzhou": "wanzhou"})
    arrange(scheduler, settings, {"wanzhou": "wanzhou"})
    found = {job.id: job for job in scheduler.get_jobs()}
    scheduler.shutdown(wait=False)
    return settings, found


def test_night_and_look_by_day_are_arranged_once(jobs) -> None:  # type: ignore[no-untyped-def]
    _, found = jobs
    assert sorted(found) == ["wanzhou:look", "wanzhou:run"]
    assert all(job.coalesce and job.max_instances == 1 for job in found.values())
    night, day = found["wanzhou:run"].next_run_time, found["wanzhou:look"].next_run_time
    assert (night.hour, night.minute, str(night.tzinfo)) == (2, 0, "Asia/Shanghai")
    assert (day.hour, day.minute) == (10, 30)
    assert day.weekday() < 5


def test_jobs_outlive_the_scheduler_and_status_reads_them(jobs) -> None:  # type: ignore[no-untyped-def]
    settings, _ = jobs
    assert next_run(settings, "wanzhou")[-5:] in ("02:00", "10:30")
    assert next_run(settings, "jiangbei").startswith("未安排")


def test_only_one_scheduler_a_data_folder(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(NightError, match="another scheduler"), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        assert (tmp_path / "scheduler.lock").exists()


def test_a_job_is_a_child_process_that_ends_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; os.environ['MINGCHA_DIES_WITH_PARENT'] = '1'\n"
        "from nightly.parent import die_with_parent\n"
        "die_with_parent(); print('ready', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    began = time.monotonic()
    child.stdin.close()
    assert child.wait(timeout=30) == 75
    assert time.monotonic() - began < 30
    child.stdout.close()
