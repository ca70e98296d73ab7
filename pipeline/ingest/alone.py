"""One run over a folder of outputs at a time. The lock lies on the folder itself and goes with its process."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from ..database import make_folder, refused


@contextlib.contextmanager
def alone(outputs: Path, wait: float) -> Iterator[None]:
    """Hold the folder of outputs; it is made when missing.

    wait    seconds to wait for another run
    raises  RecordUnavailable: another run holds it, or the folder cannot be made

    Where there are no such locks (Windows, some network drives), the record's own lock is the only one.
    """
    make_folder(outputs)
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        handle = os.open(outputs, os.O_RDONLY)
    except OSError as error:
        raise refused(f"打不开输出文件夹 {outputs}（{error.strerror}）", "检查文件夹权限") from error
    until = time.monotonic() + wait
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise refused(
                        f"另一个 taizhang 正在往 {outputs} 收文件", "等它结束后再试；同一文件夹一次只能有一个"
                    ) from None
                time.sleep(0.05)
            except OSError:
                break
        yield
    finally:
        os.close(handle)
