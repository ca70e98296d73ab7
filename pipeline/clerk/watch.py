"""Saves noticed: the rule files of a folder looked at again and again, by their times and sizes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

EVERY = 0.3  # seconds


def saves(folder: Path, every: float = EVERY) -> Iterator[tuple[str, ...]]:
    """The names of the rule files that changed, came or went, each time some did; once at the start with no name.

    A save is told when two looks in a row see the same, so that a file is not read while it is being written. Never
    ends by itself.
    """
    told = _look(folder)
    yield ()
    while True:
        before = _look(folder)
        time.sleep(every)
        now = _look(folder)
        if now == before and now != told:
            changed = sorted(name for name in now.keys() | told.keys() if now.get(name) != told.get(name))
            told = now
            yield tuple(changed)


def _look(folder: Path) -> dict[str, tuple[int, int]]:
    seen = {}
    for file in sorted(folder.rglob("*.toml")):
        try:
            state = file.stat()
        except OSError:  # an editor is replacing it
            continue
        seen[file.relative_to(folder).as_posix()] = (state.st_mtime_ns, state.st_size)
    return seen
