"""The foreman: a process that starts workers, hands out files, watches time and memory, and ends who exceeds them.

It reads no file itself. It holds the rules, so that a worker forked from it begins at once, and it starts no thread,
so that forking is safe. When the process that wanted the plans is gone, it ends its workers and itself.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import RulesInvalid
from ..extract.guard import MIB, refusal
from ..model import Ocr
from ..reader import knowledge
from .frames import ASKED, AT_PAGE, DONE, FAULT, MORE_TIME, PAGE, Inbox, framed, packed
from .process import die_with, ended, held, kill_session, new_folder, not_empty
from .worker import MEMORY, ORDER, SECONDS_AT_MOST, SECONDS_TO_RECOGNIZE, seconds, work

TICK = 0.05  # seconds between two looks at the workers
KEPT = 256 * MIB  # a worker that holds more after a file is replaced by a fresh one
PLAN_BYTES = 128 * MIB  # of one plan on its way; a thousand times an honest one
AHEAD = 4  # files a worker that may be read before the oldest one is done
UNSENT = 64 * MIB  # plans that wait for their turn; above it no file is begun

_GREW = 0.9  # of MEMORY: a worker that died there died of it


@dataclass(eq=False)
class _Worker:
    pid: int
    orders: int
    outcomes: int
    folder: str
    inbox: Inbox = field(default_factory=Inbox)
    index: int | None = None  # of the file it reads
    begun: float = 0.0
    allowed: float = 0.0  # seconds


class Foreman:
    """Reads files through workers and gives their outcomes, in the order of the files, to a pipe.

    wanted   a pipe that nothing comes through: when its other end closes, nobody wants the plans any longer
    given    the pipe for the outcomes, as frames
    crew     workers at once, at most
    """

    def __init__(self, files: Sequence[Path], rules: Path | None, ocr: Ocr, wanted: int, given: int, crew: int) -> None:
        self._files, self._rules, self._ocr, self._wanted, self._given = files, rules, ocr, wanted, given
        self._crew = max(1, min(crew, len(files)))
        self._workers: list[_Worker] = []
        self._started = 0
        self._next = 0  # the first file that nobody has begun
        self._due = 0  # the first file whose outcome has not been put into `_unsent`
        self._ready: dict[int, bytes] = {}
        self._unsent = bytearray()

    def run(self) -> None:
        """Return when every outcome is given or nobody wants them; no worker and no temporary file is left."""
        os.set_blocking(self._given, False)
        try:
            knowledge(self._rules)
        except RulesInvalid as refused:
            os.set_blocking(self._given, True)
            self._unsent += framed(FAULT, packed(refused.faults))
            self._give()
            return
        try:
            while (self._due < len(self._files) or self._unsent) and self._step():
                pass
        except BrokenPipeError:
            pass
        finally:
            for worker in list(self._workers):
                self._end(worker)

    def _step(self) -> bool:
        self._hand_out()
        ends = {worker.outcomes: worker for worker in self._workers}
        poll = select.poll()
        poll.register(self._wanted, select.POLLIN)
        for end in ends:
            poll.register(end, select.POLLIN)
        if self._unsent:
            poll.register(self._given, select.POLLOUT)
        for end, _ in poll.poll(TICK * 1000):
            if end == self._wanted:
                return False
            if end == self._given:
                self._give()
            else:
                self._take(ends[end])
        self._watch()
        return True

    def _hand_out(self) -> None:
        while (
            self._next < len(self._files)
            and self._next - self._due < AHEAD * self._crew
            and len(self._unsent) + sum(map(len, self._ready.values())) < UNSENT
        ):
            worker = next((one for one in self._workers if one.index is None), None)
            if worker is None:
                if len(self._workers) >= self._crew:
                    return
                worker = self._start()
            worker.index, worker.begun = self._next, time.monotonic()
            worker.allowed = seconds(self._files[self._next])
            self._next += 1
            with contextlib.suppress(BrokenPipeError):  # it died while it waited: `_take` finds the end of its pipe
                os.write(worker.orders, ORDER.pack(worker.index))

    def _take(self, worker: _Worker) -> None:
        try:
            chunk = os.read(worker.outcomes, MIB)
        except BlockingIOError:
            chunk = b""
        if not chunk:
            self._died(worker)
            return
        for kind, body in worker.inbox.add(chunk):
            if kind == MORE_TIME:
                self._asked(worker, *ASKED.unpack(body))
            elif kind == DONE and worker.index is not None:
                self._done(worker, body)
                if held(worker.pid) > KEPT or not_empty(worker.folder):
                    self._end(worker)  # swollen, or with temporary files left: the next file gets a fresh one
                    return
        if len(worker.inbox) > PLAN_BYTES:
            self._stop(worker, "too_large", "读出的内容大得不合常理")

    def _asked(self, worker: _Worker, more: float, page: int, pages: int) -> None:
        most = SECONDS_TO_RECOGNIZE if pages else SECONDS_AT_MOST
        worker.allowed = max(worker.allowed, min(worker.allowed + max(more, 0.0), most))
        if pages and worker.index is not None:
            self._unsent += framed(PAGE, AT_PAGE.pack(worker.index, page, pages))
            self._give()

    def _watch(self) -> None:
        now = time.monotonic()
        for worker in [one for one in self._workers if one.index is not None]:
            if now - worker.begun > worker.allowed:
                self._stop(worker, "timeout", f"读了 {worker.allowed:.0f} 秒还没有读完")
            elif held(worker.pid) > MEMORY:
                self._stop(worker, "out_of_memory")
            elif ended(worker.pid):
                # what it started may still hold its pipe open, so that no end of it is ever read
                os.set_blocking(worker.outcomes, False)
                self._take(worker)

    def _stop(self, worker: _Worker, code: str, why: str = "") -> None:
        if worker.index is not None:
            self._done(worker, packed(refusal(self._files[worker.index], code, why)))
        self._end(worker)

    def _died(self, worker: _Worker) -> None:
        index, worker.index = worker.index, None
        status, most = self._end(worker)
        if index is None:
            return
        if os.WIFSIGNALED(status) and most > _GREW * MEMORY:
            told = refusal(self._files[index], "out_of_memory")
        elif os.WIFSIGNALED(status):
            told = refusal(self._files[index], "crashed", f"读取程序意外中止（信号 {os.WTERMSIG(status)}）")
        else:
            told = refusal(self._files[index], "crashed", f"读取程序意外中止（代码 {os.WEXITSTATUS(status)}）")
        worker.index = index
        self._done(worker, packed(told))

    def _done(self, worker: _Worker, body: bytes) -> None:
        index, worker.index = worker.index, None
        if index is None:
            return
        self._ready[index] = body
        while self._due in self._ready:
            self._unsent += framed(DONE, self._ready.pop(self._due))
            self._due += 1
        self._give()

    def _give(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._unsent:
                del self._unsent[: os.write(self._given, self._unsent[:MIB])]

    def _start(self) -> _Worker:
        self._started += 1
        folder = new_folder(self._started)
        order_end, orders = os.pipe()
        outcomes, outcome_end = os.pipe()
        own = os.getpid()
        pid = os.fork()
        if pid:
            os.close(order_end)
            os.close(outcome_end)
            worker = _Worker(pid, orders, outcomes, folder)
            self._workers.append(worker)
            return worker
        code = 1
        try:
            os.setsid()  # what it starts itself (LibreOffice) is known by its session, and ends with it
            die_with(own)
            for end in (orders, outcomes, self._wanted, self._given):
                os.close(end)
            for other in self._workers:
                os.close(other.orders)
                os.close(other.outcomes)
            work(self._files, self._rules, self._ocr, order_end, outcome_end, folder)
            code = 0
        finally:
            os._exit(code)

    def _end(self, worker: _Worker) -> tuple[int, int]:
        """End a worker and all that it started; its exit status and the most memory it held, bytes."""
        self._workers.remove(worker)
        kill_session(worker.pid)
        _, status, used = os.wait4(worker.pid, 0)
        os.close(worker.orders)
        os.close(worker.outcomes)
        shutil.rmtree(worker.folder, ignore_errors=True)
        return status, used.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024)
