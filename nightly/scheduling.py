"""The scheduler: jobs in the database, one scheduler an installation, each crawl a child process that dies with it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from ledger.database.granting import SCHEDULE
from ledger.night import SHANGHAI
from nightly.errors import NightError
from nightly.settings import Settings

log = structlog.get_logger()

NIGHT = {"hour": 2, "minute": 0}
DAY_LOOK = {"day_of_week": "mon-fri", "hour": 10, "minute": 30}
LATE_SECONDS = 4 * 3600
"""A job that was missed (machine off) still starts so late; then it waits for the next night."""
DIES_WITH_PARENT = "MINGCHA_DIES_WITH_PARENT"


def serve(settings: Settings, districts: Mapping[str, str], *, say: Callable[[str], None]) -> None:
    """Run until stopped.

    Args:
        districts: district id by the name or path it was given by.

    Raises:
        NightError: another scheduler runs on this data folder.
    """
    with only_one(settings.data):
        scheduler = BlockingScheduler(**_options(settings))
        arrange(scheduler, settings, districts)
        for name in districts:
            say(f"{name}：每日 02:00 夜间批次，工作日 10:30 复看（北京时间）")
        try:
            scheduler.start()
        except (KeyboardInterrupt, SystemExit):
            scheduler.shutdown(wait=False)


def arrange(scheduler: BaseScheduler, settings: Settings, districts: Mapping[str, str]) -> None:
    """Put the two jobs of each district into the store; coalesced, one instance a job."""
    for name, district_id in districts.items():
        for verb, moment in (("run", NIGHT), ("look", DAY_LOOK)):
            scheduler.add_job(
                "nightly.scheduling:run_command",
                CronTrigger(timezone=SHANGHAI, **moment),
                args=[verb, _absolute(name), str(settings.data.resolve())],
                id=f"{district_id}:{verb}",
                name=f"{verb} {district_id}",
                replace_existing=True,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=LATE_SECONDS,
            )


def next_run(settings: Settings, district_id: str) -> str:
    """When the next job of a district is due, +08:00; or that none is arranged."""
    scheduler = BackgroundScheduler(**_options(settings))
    scheduler.start(paused=True)
    try:
        times = [job.next_run_time for job in scheduler.get_jobs() if job.id.startswith(f"{district_id}:")]
    finally:
        scheduler.shutdown(wait=False)
    due = sorted(time for time in times if time is not None)
    return due[0].astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if due else "未安排（mingcha schedule）"


def make_table(settings: Settings) -> None:
    """Make the table of jobs, for a role that may not make tables."""
    store = SQLAlchemyJobStore(url=settings.database_url, tablename=SCHEDULE)
    store.jobs_t.create(store.engine, checkfirst=True)
    store.engine.dispose()


def run_command(verb: str, district: str, data: str) -> int:
    """One job: a child process of this program, so that a crash of a crawl never reaches the scheduler.

    The child holds our end of a pipe as its standard input and ends when that closes, so that a killed scheduler leaves
    no crawl behind on a portal.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "nightly.cli", verb, district, "--data", data],
        stdin=subprocess.PIPE,
        env={**os.environ, DIES_WITH_PARENT: "1"},
    )
    code = child.wait()
    log.info("job ended", verb=verb, district=district, exit_code=code)
    return code


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder's scheduler lock.

    Raises:
        NightError: another process holds it.
    """
    with (data / "scheduler.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NightError(f"another scheduler runs on {data}; stop it first, or name another --data") from error
        yield


def _options(settings: Settings) -> dict[str, object]:
    return {
        "jobstores": {"default": SQLAlchemyJobStore(url=settings.database_url, tablename=SCHEDULE)},
        "executors": {"default": ThreadPoolExecutor(4)},
        "timezone": SHANGHAI,
    }


def _absolute(name: str) -> str:
    return str(Path(name).resolve()) if name.endswith(".toml") else name
