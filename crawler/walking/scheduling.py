"""Jobs of one walk: generators that ask for visits or wait for one another; no opinion about pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

import structlog

from crawler.page.page import Page, Unusable
from ledger.work import Visit

T = TypeVar("T")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """Seen (所见): what one visit brought; ``page`` is None for attachments and media, which are not read."""

    visit: Visit
    page: Page | Unusable | None
    url: str
    snapshot_id: str
    seen_at: datetime | None
    status: int | None = None
    content_type: str = ""
    length: int | None = None
    looks_like_page: bool = False


@dataclass(eq=False, slots=True)
class Job(Generic[T]):
    """Job (任务): a running generator and, once it has ended, its result.

    Attributes:
        failed: what stands for the result when the generator raises; the walk goes on.
    """

    course: Generator[Visit | Job[Any], Any, T]
    failed: Callable[[], T]
    done: bool = False
    outcome: list[T] = field(default_factory=list)

    @property
    def result(self) -> T:
        """The result of a job that is done."""
        return self.outcome[0]


Course: TypeAlias = Generator[Visit | Job[Any], Any, T]
"""What a generator of the walk is: it yields a visit or a job to wait for, and ends with a result."""


def look(visit: Visit) -> Course[Seen]:
    """Ask for one visit and wait for what it brings."""
    seen: Seen = yield visit
    return seen


def join(job: Job[T]) -> Course[T]:
    """Wait until another job has ended."""
    if not job.done:
        yield job
    return job.result


class Schedule:
    """Schedule (任务调度): runs jobs as far as the answers go; the same answers in any order give the same results."""

    def __init__(self, want: Callable[[Visit], Seen | None]) -> None:
        """``want`` is told of each visit that is asked for first; it may answer at once (a cap)."""
        self._want = want
        self._answers: dict[str, Seen] = {}
        self._asked: set[str] = set()
        self._ready: deque[tuple[Job[Any], Any]] = deque()
        self._on_visit: dict[str, list[Job[Any]]] = {}
        self._on_job: dict[int, list[Job[Any]]] = {}
        self._open = 0

    @property
    def idle(self) -> bool:
        """Whether every job has ended."""
        return self._open == 0

    def spawn(self, course: Course[T], failed: Callable[[], T]) -> Job[T]:
        """Start a job; it first runs at the next ``run``."""
        job: Job[T] = Job(course, failed)
        self._open += 1
        self._ready.append((job, None))
        return job

    def answer(self, seen: Seen) -> None:
        """Give an answer; those who wait for it go on at the next ``run``."""
        key = seen.visit.key
        if key in self._answers:
            return
        self._answers[key] = seen
        self._ready.extend((job, seen) for job in self._on_visit.pop(key, ()))

    def answered(self, key: str) -> Seen | None:
        """The answer to a visit, if there is one."""
        return self._answers.get(key)

    def run(self) -> None:
        """Run all jobs that can run."""
        while self._ready:
            job, value = self._ready.popleft()
            try:
                asked = job.course.send(value)
            except StopIteration as end:
                self._end(job, end.value)
            except Exception:  # noqa: BLE001 - one part must never end the walk; the traceback is logged
                _log.exception("a part of the walk failed")
                self._end(job, job.failed())
            else:
                self._wait(job, asked)

    def _end(self, job: Job[Any], result: object) -> None:
        job.outcome.append(result)
        job.done = True
        self._open -= 1
        self._ready.extend((waiting, None) for waiting in self._on_job.pop(id(job), ()))

    def _wait(self, job: Job[Any], asked: Visit | Job[Any]) -> None:
        if isinstance(asked, Job):
            if asked.done:
                self._ready.append((job, None))
            else:
                self._on_job.setdefault(id(asked), []).append(job)
            return
        seen = self._answers.get(asked.key)
        if seen is None and asked.key not in self._asked:
            self._asked.add(asked.key)
            seen = self._want(asked)
            if seen is not None:
                self._answers[asked.key] = seen
        if seen is not None:
            self._ready.append((job, seen))
        else:
            self._on_visit.setdefault(asked.key, []).append(job)
