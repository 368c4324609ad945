"""What a person at the terminal sees while a night runs."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from crawler.crawling import CrawlProgress
from crawler.walking.walk import Walk
from ledger.night import Look
from reports.wording import PERIOD_NAMES


class Shown:
    """Progress on the terminal: organs done, columns done, pages, time left. Quiet where there is no terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._walk: Walk | None = None
        self._task: TaskID | None = None
        self._accused_count: int | None = None
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[facts]}"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def say(self, sentence: str) -> None:
        """Print one line above the bars."""
        self._console.print(sentence)

    def first_look_judged(self, accused_count: int) -> None:
        """The first look is judged: so many obligations it would accuse, nothing of it confirmed yet."""
        self._accused_count = accused_count
        self.say(f"首次查看完毕：线索 {accused_count} 项，待复核")

    def look(self, look: Look, walk: Walk) -> None:
        """A look begins."""
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._walk = walk
        self._task = self._bars.add_task(PERIOD_NAMES[look.kind], total=walk.progress.leaves_total, facts="")

    def crawl_progress(self, progress: CrawlProgress) -> None:
        """A page came."""
        if self._walk is None or self._task is None:
            return
        walked = self._walk.progress
        found = "—" if self._accused_count is None else str(self._accused_count)
        organs = f"单位 {walked.roots_done}/{walked.roots_total}"
        facts = f"{organs}  页面 {progress.arrived_count}  线索 {found}"
        self._bars.update(self._task, completed=walked.leaves_done, facts=facts)
