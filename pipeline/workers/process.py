"""What the system is asked about processes: how many, how large, what belongs to whom, and that it end."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path


def processors() -> int:
    """How many processors this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads() -> int:
    """How many threads this process has."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 2  # unknown: the safe way


def new_folder(number: int) -> str:
    """A new folder for the temporary files of one worker, nobody else's."""
    folder = _temporary() / f"{_name(os.getpid())}{number}"
    try:
        folder.mkdir(0o700)
    except OSError:
        import tempfile

        return tempfile.mkdtemp(prefix=folder.name)
    return str(folder)


def held(pid: int) -> int:
    """The memory a process holds now, bytes; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as told:
            return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def ended(pid: int) -> bool:
    """Whether a child has ended; its exit status is left for the one who waits for it. Not told by older macOS."""
    wait = getattr(os, "waitid", None)
    return wait is not None and wait(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def kill_session(pid: int) -> None:
    """End a worker, its group, and every process of its session."""
    for kill in (os.kill, os.killpg):
        with contextlib.suppress(OSError):
            kill(pid, signal.SIGKILL)
    while others := _session(pid):
        for other in others:
            with contextlib.suppress(OSError):
                os.kill(other, signal.SIGKILL)
        time.sleep(0.001)


def _session(leader: int) -> list[int]:
    """The processes of a session that still run, its leader apart; none where the system does not tell."""
    found = []
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdigit() and int(name) != leader:
                with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as told:
                    state, _, _, session, *_ = told.read().rpartition(b")")[2].split()
                    if int(session) == leader and state not in (b"Z", b"X"):
                        found.append(int(name))
    return found


def not_empty(folder: str) -> bool:
    """Whether something was left in a folder, or the folder itself was not."""
    try:
        return bool(os.listdir(folder))
    except OSError:
        return True


def die_with(parent: int) -> None:
    """Have the system end this process when its parent ends, however that ends; Linux."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)


def remove_folders(foreman: int) -> None:
    """Remove the temporary folders that a foreman could not remove itself."""
    import shutil

    for left in _temporary().glob(f"{_name(foreman)}*"):
        shutil.rmtree(left, ignore_errors=True)


def _temporary() -> Path:
    return Path(os.environ.get("TMPDIR") or "/tmp")


def _name(foreman: int) -> str:
    return f"taizhang-{foreman}-"
