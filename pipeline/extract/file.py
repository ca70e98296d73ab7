"""A file on the disk → its bytes and its name: regular files only, within the limit, whole."""

from __future__ import annotations

import errno
import os
import stat
from io import RawIOBase
from pathlib import Path

from .guard import FILE_BYTES, MIB, refusal

# what the system says when a file does not open → the reason, and what is wrong
_CLOSED: dict[int, tuple[str, str]] = {
    errno.ENOENT: ("missing", ""),
    errno.ENOTDIR: ("missing", ""),
    errno.EISDIR: ("not_regular", "这是文件夹"),
    errno.ENXIO: ("not_regular", ""),  # a socket
    errno.EACCES: ("unreadable", "没有权限打开文件"),
    errno.EPERM: ("unreadable", "没有权限打开文件"),
    errno.ELOOP: ("missing", "没有这个文件（链接绕回到它自己）"),
    errno.ENAMETOOLONG: ("missing", "没有这个文件（路径太长）"),
}


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file within the limit, opened once; never waits on a FIFO, never reads a device.

    A link is followed to the file behind it. Raises Unreadable with one reason.
    """
    try:
        _regular(path, os.stat(path).st_mode)  # a device is not even opened
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError:  # a name with a NUL
        raise refusal(path, "missing") from None
    except OSError as error:
        code, why = _CLOSED.get(error.errno or 0, ("unreadable", f"文件打不开（{error.strerror}）"))
        raise refusal(path, code, why) from None
    with open(handle, "rb", buffering=0) as file:
        before = os.fstat(handle)
        _regular(path, before.st_mode)  # what opened may be another file than what was looked at
        if before.st_size > FILE_BYTES:
            raise refusal(path, "too_large")
        try:
            data = _all_of(file)
        except OSError as error:
            raise refusal(path, "unreadable", f"文件读到一半出错（{error.strerror}）", "检查磁盘或网络") from None
        after = os.fstat(handle)
    if len(data) > FILE_BYTES:
        raise refusal(path, "too_large")
    if len(data) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise refusal(path, "unfinished")
    if not data:
        raise refusal(path, "empty", "文件是空的（0 字节）")
    return data


def _regular(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise refusal(path, "not_regular", "这是文件夹" if stat.S_ISDIR(mode) else "")


def _all_of(file: RawIOBase) -> bytes:
    # one more than the limit at most: what a file says of its size may be wrong
    data = bytearray()
    while len(data) <= FILE_BYTES and (chunk := file.read(MIB)):
        data += chunk
    return bytes(data)


def file_name(path: Path) -> str:
    """The name of a file as text; names that are no UTF-8 are read as GB18030, as old archives leave them."""
    name = os.fsencode(path.name)
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return name.decode("gb18030")
    except UnicodeDecodeError:
        return name.decode("utf-8", "replace")
