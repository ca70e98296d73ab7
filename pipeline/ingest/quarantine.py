"""quarantine/: a copy of each file that could not be read, and beside it, in Chinese, why and what to do."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from ..deliver.whole import WholeFiles, is_temporary
from ..errors import Unreadable, one_line
from ..extract.file import read_bytes

FOLDER = "quarantine"
REASON = ".reason.txt"
_BOM = "\ufeff"  # Notepad and WPS then know what it is
_NOT_COPIED = ("missing", "unreadable", "not_regular")


def put(outputs: Path, name: str, file: Path, refused: Unreadable, versions: str) -> None:
    """Put a copy of a file and the reason into the quarantine, whole; the file itself is not touched.

    name      what it is called in the quarantine, a path
    versions  what it was tried with
    raises    RecordUnavailable when the disk refuses
    """
    with WholeFiles(outputs / FOLDER) as files:
        data = None if refused.code in _NOT_COPIED else _copied(file)
        if data is not None:
            files.path(name).write_bytes(data)
        said = _reason(file, refused, versions, data is not None)
        files.path(name + REASON).write_bytes(said.encode("utf-8", "backslashreplace"))


def sync(outputs: Path, wanted: Iterable[str]) -> None:
    """Have the quarantine hold no other files than these; what nobody put there with a reason stays.

    raises   RecordUnavailable when the disk refuses
    """
    folder = outputs / FOLDER
    keep = set(wanted)
    with WholeFiles(folder):
        for reason in list(folder.rglob(f"*{REASON}")):
            name = reason.relative_to(folder).as_posix().removesuffix(REASON)
            if name not in keep:
                (folder / name).unlink(missing_ok=True)
                reason.unlink(missing_ok=True)  # last: a run that is broken off finds it again
        for left in [path for path in folder.rglob(".*.tmp") if is_temporary(path)]:
            left.unlink(missing_ok=True)
        # the deepest first; a folder that holds something stays
        for empty in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
            with contextlib.suppress(OSError):
                empty.rmdir()
    with contextlib.suppress(OSError):
        folder.rmdir()


def drop(outputs: Path, names: Iterable[str]) -> None:
    """Take copies away whose reason somebody took away, so that their files are read again.

    raises   RecordUnavailable when the disk refuses
    """
    folder = outputs / FOLDER
    with WholeFiles(folder):
        for name in names:
            (folder / name).unlink(missing_ok=True)


def inside(outputs: Path) -> set[str]:
    """The names of the files that lie in the quarantine with a reason."""
    folder = outputs / FOLDER
    return {path.relative_to(folder).as_posix().removesuffix(REASON) for path in folder.rglob(f"*{REASON}")}


def free_name(name: str, sha256: str, taken: Iterable[str]) -> str:
    """The name for a file in the quarantine: its own, or with a piece of its digest where another file has that."""
    name = "/".join(_shorter(part) for part in name.split("/"))
    if name not in set(taken):
        return name
    above, _, last = name.rpartition("/")
    return f"{above}/{sha256[:8]}-{last}".lstrip("/")


def _shorter(part: str) -> str:
    # room for .reason.txt and the name of a temporary file, within the 255 bytes of a file system
    data = part.encode("utf-8", "backslashreplace")
    if len(data) <= 200:
        return part
    end = os.path.splitext(part)[1][-10:]
    return data[:180].decode("utf-8", "ignore") + end


def _copied(file: Path) -> bytes | None:
    # none of a giant, and none of what was taken away meanwhile
    try:
        return read_bytes(file)
    except Unreadable as unreadable:
        return b"" if unreadable.code == "empty" else None


def _reason(file: Path, refused: Unreadable, versions: str, copied: bool) -> str:
    lines = [
        f"文件：{one_line(refused.path)}",
        f"原因：{refused.why}（代码 {refused.code}）",
        *([f"位置：{one_line(refused.place)}"] if refused.place else []),
        f"怎么办：{refused.remedy}",
        "何时再读：文件改好后放回原处，下次运行自动再读；程序或规则更新后也会自动再读；"
        "想马上再读，删去本说明文件后再运行 taizhang ingest",
        f"本次所用：{versions}",
        "收件夹里的原文件没有动过；" + ("旁边是它的副本" if copied else "没有另存副本"),
    ]
    return _BOM + "\r\n".join(lines) + "\r\n"
