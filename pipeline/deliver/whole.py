"""Files that are replaced whole: written beside their place, flushed, then renamed. A kill leaves old or new."""

from __future__ import annotations

import contextlib
import filecmp
import os
import re
from pathlib import Path
from types import TracebackType

from ..database import flush, refused

_TEMPORARY = ".{name}.{pid}.tmp"


class WholeFiles:
    """Files of one folder that come out together: all are written and flushed first, then renamed one after another.

    Use as a context manager: leaving it puts the files in place, leaving it by an error drops what was written.
    raises  RecordUnavailable, one line, when the disk or the folder refuses
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._written: dict[Path, Path] = {}  # final → temporary
        self._made: set[Path] = set()

    def __enter__(self) -> WholeFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if error is None:
                self._put()
        except OSError as problem:
            raise _told(problem) from problem
        finally:
            for temporary in self._written.values():
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _told(error) from error

    def path(self, relative: str) -> Path:
        """Where to write a file; it is found under its own name once the context is left."""
        final = self.folder / relative
        folder = final.parent
        while not folder.exists():
            self._made.add(folder.parent)
            folder = folder.parent
        final.parent.mkdir(parents=True, exist_ok=True)
        self._written[final] = final.with_name(_TEMPORARY.format(name=final.name, pid=os.getpid()))
        return self._written[final]

    def items(self) -> tuple[tuple[Path, Path], ...]:
        """What was asked for so far: the name a file will have, and where its bytes are now."""
        return tuple(self._written.items())

    def _put(self) -> None:
        changed = {final: temporary for final, temporary in self._written.items() if not _same(final, temporary)}
        for temporary in changed.values():
            flush(temporary)
        for final, temporary in changed.items():
            os.replace(temporary, final)
        for folder in sorted({final.parent for final in changed} | self._made):
            flush(folder)


def write_whole(path: Path, data: bytes) -> Path:
    """Write one file whole; returns its path; raises RecordUnavailable."""
    with WholeFiles(path.parent) as files:
        files.path(path.name).write_bytes(data)
    return path


def is_temporary(path: Path) -> bool:
    """Whether a file is a leftover of a run that was killed."""
    return path.name.startswith(".") and path.name.endswith(".tmp")


def _same(final: Path, temporary: Path) -> bool:
    # an unchanged file keeps its place and time, and costs no flush
    return final.is_file() and filecmp.cmp(final, temporary, shallow=False)


def _told(error: OSError) -> Exception:
    name = error.filename2 or error.filename or ""
    number = re.search(r"\[errno (\d+)\]", str(error))  # pyarrow says it in its words only
    why = f"写不进输出文件 {name}（{error.strerror or (os.strerror(int(number[1])) if number else error)}）"
    return refused(why, "检查磁盘空间和写权限，关闭打开着它的程序后再试")
