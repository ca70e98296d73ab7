"""How far a run over many files is: one line that renews itself on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO, TypeVar

from ..errors import one_line

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
