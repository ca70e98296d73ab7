"""How far a run over many files is: one line that renews itself on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from ..errors import one_line

if TYPE_CHECKING:
    from rich.progress import Progress

LOG_EVERY = 30.0  # seconds between two lines of a log
_RENEW_EVERY = 0.1
_CLEAR = "\r\x1b[K"

T = TypeVar("T")


def progress(done: Iterable[T], total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Iterator[T]:
    """The same, with the state of the run told on a stream between; a single file is not worth a line."""
    terminal = stream.isatty()
    begun = told = clock()
    try:
        for count, one in enumerate(done, 1):
            if terminal:
                _say(stream, _CLEAR)
            yield one
            now = clock()
            if total > 1 and count < total and now - told >= (_RENEW_EVERY if terminal else LOG_EVERY):
                told = now
                _say(stream, state(count, total, now - begun) + ("" if terminal else "\n"))
    finally:
        if terminal:
            _say(stream, _CLEAR)


class Course:
    """How far a run over many files is, as its steps are told: a bar on a terminal, a plain line now and then in a log.

    Use as a context manager; what is printed inside stands above the bar.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._bar: Progress | None = None
        self._begun: float | None = None
        self._told = 0.0

    def __enter__(self) -> Course:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def at(self, done: int, total: int) -> None:
        """So many are done; a single file is not worth a line."""
        now = self._clock()
        if self._begun is None:
            self._begun = self._told = now
        if total < 2:
            return
        if self._stream.isatty():
            self._show("已读" if done < total else "正在更新表格", completed=done, total=total)
        elif done < total and now - self._told >= LOG_EVERY:
            self._told = now
            _say(self._stream, state(done, total, now - self._begun) + "\n")

    def page(self, file: Path, page: int, pages: int) -> None:
        """A page is now recognized from its picture, which takes seconds; a log is told nothing."""
        if self._stream.isatty():
            self._show(f"{one_line(file.name)}：正在识别第 {page}/{pages} 页")

    def say(self, line: str, stream: TextIO) -> None:
        """A line of text, above the bar where both are on a terminal."""
        if self._bar is not None and stream.isatty():
            self._bar.console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)
        else:
            _say(stream, line + "\n")

    def end(self) -> None:
        """The run is over; the next step begins another."""
        if self._bar is not None:
            self._bar.stop()
        self._bar = self._begun = None

    def _show(self, said: str, **how: float) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("还要约"),
                TimeRemainingColumn(),
                console=Console(file=self._stream),
                transient=True,
                redirect_stdout=False,  # lines come through `say`, unbroken
                redirect_stderr=False,
            )
            self._bar.add_task(said, total=None)
        self._bar.update(self._bar.task_ids[0], description=said, **how)  # type: ignore[arg-type]
        self._bar.start()


def recognizing(stream: TextIO) -> Callable[[Path, int, int], None]:
    """What tells a terminal which page is being recognized, as a page takes seconds; a log is told nothing."""

    def told(file: Path, page: int, pages: int) -> None:
        if stream.isatty():
            _say(stream, f"{_CLEAR}{one_line(file.name)}：正在识别第 {page}/{pages} 页")

    return told


def _say(stream: TextIO, words: str) -> None:
    stream.write(words)
    stream.flush()


def state(count: int, total: int, seconds: float) -> str:
    """Files done, rate, time left."""
    rate = count / max(seconds, 0.001)
    left = (total - count) / rate
    speed = f"每秒 {rate:.1f} 份" if rate >= 1 else f"每份 {1 / rate:.1f} 秒"
    return f"已读 {count}/{total} 份，{speed}，还要约 {span(left)}"


def span(seconds: float) -> str:
    """Seconds as a reader says them."""
    if seconds < 60:
        return f"{seconds:.0f} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分钟" if minutes < 90 else f"{minutes / 60:.1f} 小时"
