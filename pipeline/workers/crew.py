"""Many files, read by workers, at the side of the process that wants the plans: the foreman started, heard, ended."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RulesInvalid, Unreadable
from .frames import AT_PAGE, FAULT, PAGE, packed, receive, send, unpacked
from .process import processors, remove_folders, threads

if TYPE_CHECKING:
    from ..model import Ocr
    from ..plan import Plan

Told = Callable[[Path, int, int], object]  # a file, the page of it that is now recognized, of so many

# macOS forbids what it calls after a fork; Windows has none
FORKS = hasattr(os, "fork") and sys.platform != "darwin"
_GRACE = 2.0  # seconds in which a foreman ends its workers and itself


def silence(file: Path, page: int, pages: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class _Foreman:
    pid: int
    wanted: int
    given: int
    process: subprocess.Popen[bytes] | None = None  # when it is no fork


def outcomes(
    files: Sequence[Path],
    rules: Path | None = None,
    crew: int | None = None,
    meanwhile: Iterable[Callable[[], object]] = (),
    ocr: Ocr = "auto",
    told: Told = silence,
) -> Iterator[Plan | Unreadable]:
    """Each file as a plan, or the one reason why it is none, in the order of the files; each is read within limits.

    crew       workers at once; as many as there are processors unless said
    meanwhile  what to do until the first outcome comes, one after another; what is left then is not done
    ocr        which pages are recognized from their pictures (extract/scans.py)
    told       hears of each page before it is recognized
    raises     RulesInvalid
    """
    crew = crew or processors()
    if not FORKS and os.name == "nt":
        from .alone import outcomes_alone

        yield from outcomes_alone(files, rules, crew, ocr)
        return
    done = 0
    pending = iter(meanwhile)
    while done < len(files):
        before = done
        for one in _heard(files[done:], rules, crew, pending, ocr, told):
            done += 1
            yield one
        if done == before < len(files):  # ended by somebody else, twice
            from ..extract.guard import refusal

            yield refusal(files[done], "crashed")
            done += 1


def _heard(
    files: Sequence[Path],
    rules: Path | None,
    crew: int,
    meanwhile: Iterator[Callable[[], object]],
    ocr: Ocr,
    told: Told,
) -> Iterator[Plan | Unreadable]:
    # what one foreman gives; fewer than the files when it was ended by somebody else
    foreman = _start(files, rules, crew, ocr)
    try:
        for task in meanwhile:
            if select.select([foreman.given], (), (), 0)[0]:
                break
            task()
        for _ in files:
            frame = receive(foreman.given)
            while frame is not None and frame[0] == PAGE:
                index, page, pages = AT_PAGE.unpack(frame[1])
                told(files[index], page, pages)
                frame = receive(foreman.given)
            if frame is None:
                return
            kind, body = frame
            if kind == FAULT:
                raise RulesInvalid(unpacked(body))
            yield unpacked(body)
    finally:
        _end(foreman)


def _start(files: Sequence[Path], rules: Path | None, crew: int, ocr: Ocr) -> _Foreman:
    wanted_end, wanted = os.pipe()
    given, given_end = os.pipe()
    if not FORKS or threads() > 1:
        process = _fresh(wanted_end, given_end)
        os.close(wanted_end)
        os.close(given_end)
        send(wanted, 0, packed(([os.fspath(file) for file in files], rules and os.fspath(rules), crew, ocr)))
        return _Foreman(process.pid, wanted, given, process)
    # Ctrl-C is for this process: it ends the foreman
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        os.close(wanted_end)
        os.close(given_end)
        return _Foreman(pid, wanted, given)
    code = 1
    try:
        os.close(wanted)
        os.close(given)
        aside()
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        from .foreman import Foreman

        Foreman(files, rules, ocr, wanted_end, given_end, crew).run()
        code = 0
    finally:
        os._exit(code)


def aside() -> None:
    """Stand aside from the terminal: its keys do not reach this process, and nothing it says is seen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    if nothing > 2:
        os.close(nothing)


def _fresh(wanted_end: int, given_end: int) -> subprocess.Popen[bytes]:
    # a process with threads must not be forked: the foreman is a process of its own, which is asked the same by the pipe
    root = str(Path(__file__).resolve().parents[2])
    code = (
        f"import sys; sys.path.insert(0, {root!r})\n"
        f"from pipeline.workers.crew import hired; hired({wanted_end}, {given_end})"
    )
    return subprocess.Popen([sys.executable, "-P", "-c", code], pass_fds=(wanted_end, given_end))


def hired(wanted_end: int, given_end: int) -> None:
    """What a foreman does that is no fork."""
    aside()
    asked = receive(wanted_end)
    if asked is not None:
        from .foreman import Foreman

        files, rules, crew, ocr = unpacked(asked[1])
        Foreman([Path(file) for file in files], rules and Path(rules), ocr, wanted_end, given_end, crew).run()


def _end(foreman: _Foreman) -> None:
    """Let the foreman end; one that does not is killed, and its workers die with it."""
    os.close(foreman.wanted)
    os.close(foreman.given)
    until = time.monotonic() + _GRACE
    while (status := _status(foreman)) is None:
        if time.monotonic() > until:
            with contextlib.suppress(OSError):
                os.kill(foreman.pid, signal.SIGKILL)
            until = float("inf")
        time.sleep(0.002)
    if status:  # it was killed, and could not put its things away
        remove_folders(foreman.pid)


def _status(foreman: _Foreman) -> int | None:
    # None while it runs, 0 when it has ended well
    if foreman.process is not None:
        return foreman.process.poll()
    try:
        pid, status = os.waitpid(foreman.pid, os.WNOHANG)
    except ChildProcessError:
        return 1
    return status if pid else None
