"""What lies in an inbox: the files a person put there, each with what tells that it was touched, and its content."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import Unreadable
from ..extract.guard import MIB, refusal

SETTLE = 2.0  # seconds in which nobody has touched a file that is read

# what programs leave beside documents: lock and owner files of Word, WPS and LibreOffice, downloads under way,
# thumbnails, the trash of a share; a reason that came back from the quarantine with its file; whatever is hidden
_PASSED_OVER = re.compile(
    r"[.].*|~\$.*|~wr\w\d+\..*|thumbs\.db|desktop\.ini|.*\.reason\.txt|.*\.(tmp|temp|part|partial|crdownload|download|filepart|opdownload|swp)"
    r"|__macosx|\$recycle\.bin|system volume information|@eadir|#recycle|lost\+found",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Lying:
    """A file as it lies in the inbox.

    name   its path below the inbox, with / between folders, as text (bytes that are no text are written out: \\xd6)
    """

    path: Path
    name: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @property
    def stamp(self) -> tuple[int, int, int, int]:
        """What changes when somebody writes into the file or puts another in its place."""
        return self.size, self.mtime_ns, self.ctime_ns, self.inode

    def touched(self) -> float:
        """When it was last written, moved or linked: seconds since 1970."""
        return max(self.mtime_ns, self.ctime_ns) / 1e9


def lying(inbox: Path, outputs: Path) -> tuple[list[Lying], list[Unreadable]]:
    """The files of an inbox and of the folders in it, by name; and what cannot be looked at.

    A link is followed, to a folder too, each folder once. What lies in the folder of outputs is none of the inbox's.
    """
    found: list[Lying] = []
    closed: list[Unreadable] = []
    own = _place(outputs)
    seen = {own} if own else set()
    waiting = [inbox]
    while waiting:
        folder = waiting.pop()
        place = _place(folder)
        if place in seen:
            continue
        if place:
            seen.add(place)
        try:
            inside = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            closed.append(refusal(folder, "unreadable", f"文件夹打不开（{error.strerror}）", "检查文件夹权限"))
            continue
        for entry in inside:
            if passed_over(entry.name):
                continue
            path = Path(entry.path)
            try:
                told = os.stat(path)
            except FileNotFoundError:
                if entry.is_symlink():
                    closed.append(refusal(path, "missing", "链接指向的文件不存在", "改正链接，或把文件本身放进来"))
                continue  # gone since
            except OSError as error:
                closed.append(refusal(path, "unreadable", f"文件打不开（{error.strerror}）"))
                continue
            if stat.S_ISDIR(told.st_mode):
                waiting.append(path)
            elif stat.S_ISREG(told.st_mode):
                found.append(_lying(path, inbox, told))
            else:
                closed.append(refusal(path, "not_regular"))
    return sorted(found, key=lambda one: one.name), sorted(closed, key=str)


def passed_over(name: str) -> bool:
    """Whether a file or folder of this name is none that a person put there to be read."""
    return _PASSED_OVER.fullmatch(name) is not None


def again(one: Lying, inbox: Path) -> Lying | None:
    """The same file as it lies there now; None when it does not."""
    try:
        told = os.stat(one.path)
    except OSError:
        return None
    return _lying(one.path, inbox, told) if stat.S_ISREG(told.st_mode) else None


def digest(one: Lying) -> str | None:
    """The SHA-256 of a file, in hexadecimal digits; None when it was written into meanwhile. Raises Unreadable."""
    try:
        handle = os.open(one.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb", buffering=0) as file:
            made = hashlib.sha256()
            for chunk in _chunks(file):
                made.update(chunk)
            after = os.fstat(handle)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusal(one.path, "unreadable", f"文件打不开（{error.strerror}）") from None
    same = (after.st_size, after.st_mtime_ns) == (one.size, one.mtime_ns)
    return made.hexdigest() if same else None


def _chunks(file: object) -> Iterator[bytes]:
    while chunk := file.read(MIB):  # type: ignore[attr-defined]
        yield chunk


def _lying(path: Path, inbox: Path, told: os.stat_result) -> Lying:
    name = os.fsencode(path.relative_to(inbox).as_posix()).decode("utf-8", "backslashreplace")
    return Lying(path, name, told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino & (2**63 - 1))


def _place(folder: Path) -> tuple[int, int] | str | None:
    # what is one folder under all its names; where the system gives no numbers (Windows), its resolved path
    try:
        told = os.stat(folder)
    except OSError:
        return None
    return (told.st_dev, told.st_ino) if told.st_ino else str(folder.resolve())
