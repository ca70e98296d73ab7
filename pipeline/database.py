"""The DuckDB file of the record: opened with fixed settings, its schema made once, every refusal said in one line."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import RecordUnavailable
from .recordsql import RECORD_VERSION, creation

if TYPE_CHECKING:
    import duckdb

FILE = "taizhang.duckdb"
_LOCKED = "Could not set lock"
# what the disk or the file refused is told by DuckDB as an error of whatever it was doing
_OF_THE_DISK = (
    "Corrupt database",
    "different configuration",
    "Failed to commit",
    "Could not write",
    "Could not read",
    "Cannot open file",
)

SPILLED = (
    ".taizhang.spilled."  # a folder of what does not fit into memory, while a query runs; then the process's number
)

# Nothing is fetched, whatever a query names.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # what it keeps of the file, however large the record grows
    "memory_limit": "256MB",
}


def connect(folder: Path, *, read_only: bool = False, wait: float = 0.0) -> duckdb.DuckDBPyConnection:
    """An open connection to the record of a folder; folder and file are made when missing (not with `read_only`).

    wait    seconds to wait for another process that holds the record
    raises  RecordUnavailable: locked, not a database, a newer schema version, unwritable; one line

    The record of an older taizhang is upgraded, in one transaction.
    """
    path = folder / FILE
    if not path.exists():
        if read_only:
            raise refused(f"{path} 还没有台账记录", "先运行 taizhang parse 或 taizhang ingest")
        make_folder(folder)
        _create(path)
    until = time.monotonic() + wait
    while True:
        connection = _open(path, read_only, until)
        try:
            version = _version(connection, path)
            if version == RECORD_VERSION:
                return connection
            if version > RECORD_VERSION or not read_only:
                _upgrade(connection, path, version)
                return connection
        except BaseException:
            connection.close()
            raise
        # an older record is upgraded by a reader, too, where it may write
        connection.close()
        connect(folder, wait=max(0.0, until - time.monotonic())).close()


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Faults of disk, file and memory inside the context become RecordUnavailable; errors of ours stay as they are."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        said = str(error)
        if isinstance(error, duckdb.IOException | duckdb.FatalException | duckdb.OutOfMemoryException):
            raise _explained(path, said) from error
        if any(word in said for word in _OF_THE_DISK):
            raise _explained(path, said) from error
        raise


def refused(why: str, remedy: str) -> RecordUnavailable:
    """The error of one line: what is wrong → what to do."""
    return RecordUnavailable(" ".join(f"{why} → {remedy}".split()))


def make_folder(folder: Path) -> None:
    """Make a folder of outputs; raises RecordUnavailable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(
            f"不能建立输出文件夹 {folder}（{error.strerror or error}）", "检查路径和写权限，或用 -o 另选文件夹"
        ) from error


def _create(path: Path) -> None:
    # made under another name and linked into place whole: a kill or a second process never meets a half-made record
    import duckdb

    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    log = temporary.with_name(f"{temporary.name}.wal")
    try:
        for left in (temporary, log):
            left.unlink(missing_ok=True)
        with told(path), duckdb.connect(str(temporary), config=_SETTINGS) as connection:
            connection.execute(f"BEGIN; {creation()}; COMMIT")
            connection.execute("CHECKPOINT")  # all of it into the one file; closing would fail in silence
        if log.exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        try:
            os.link(temporary, path)
        except OSError:  # another process was faster, or a file system without links
            if not path.exists():
                os.rename(temporary, path)
        flush(path.parent)
    except OSError as error:
        raise refused(f"不能建立台账记录 {path}（{error.strerror or error}）", "检查磁盘空间和写权限") from error
    finally:
        for left in (temporary, log):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have a file or a folder on the disk itself, not only in memory; raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path, read_only: bool, until: float) -> duckdb.DuckDBPyConnection:
    import duckdb

    while True:
        try:
            settings = _SETTINGS | {"temp_directory": str(path.with_name(f"{SPILLED}{os.getpid()}"))}
            connection = duckdb.connect(str(path), read_only=read_only, config=settings)
            connection.execute("SET TimeZone = 'UTC'")
            return connection
        except duckdb.Error as error:
            if _LOCKED in str(error) and time.monotonic() < until:
                time.sleep(0.05)
                continue
            raise _explained(path, str(error)) from error


def _explained(path: Path, said: str) -> RecordUnavailable:
    if _LOCKED in said or "different configuration" in said:
        return refused(f"另一个 taizhang 正在使用 {path}", "等它结束后再试")
    if "version number" in said:
        return refused(f"{path} 由另一版本的 DuckDB 写成，本程序读不了", "升级 taizhang 后再试")
    if "No space left" in said or "Disk quota" in said or "File too large" in said:
        return refused(f"磁盘已满，写不进 {path}", "腾出空间后再试；记录停在上一次完整的状态")
    if "Input/output error" in said:
        return refused(f"磁盘读写出错，写不进 {path}", "检查磁盘或网络后再试；记录停在上一次完整的状态")
    if "Permission denied" in said or "Read-only file system" in said or "Cannot open file" in said:
        return refused(f"没有权限读写 {path}", "检查文件夹的写权限，或用 -o 另选文件夹")
    if "Out of Memory" in said:
        return refused(f"内存不够，用不了 {path}", "关闭别的程序后再试")
    if "not a valid DuckDB" in said:
        return refused(f"{path} 不是 DuckDB 数据库", "把它改名移走后再试")
    return refused(f"{path} 打不开，可能已损坏", "把它改名移走，重新运行 taizhang ingest 即可重建")


def _version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    import duckdb

    try:
        with told(path):
            rows = connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchall()
    except duckdb.CatalogException as error:
        raise refused(f"{path} 不是 taizhang 的台账记录", "把它改名移走后再试") from error
    return int(rows[0][0]) if rows else 0


def _upgrade(connection: duckdb.DuckDBPyConnection, path: Path, version: int) -> None:
    """Make an older record one of today, in one transaction; a newer one is refused."""
    from .migrations import migration

    if version > RECORD_VERSION:
        raise refused(
            f"{path} 由较新的 taizhang 写成（记录第 {version} 版，本程序第 {RECORD_VERSION} 版）",
            "升级 taizhang 后再试",
        )
    if version < 1:
        raise refused(
            f"{path} 是第 {version} 版的记录，本程序不认识", "把它改名移走，重新运行 taizhang ingest 即可重建"
        )
    stored: dict[str, list[str]] = {}
    with told(path):
        columns = connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal")
        for table, column in columns.fetchall():
            stored.setdefault(table, []).append(column)
        connection.execute("BEGIN")
        try:
            connection.execute(migration(version, stored))
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(Exception):  # a failed COMMIT has rolled back already
                connection.execute("ROLLBACK")
            raise
