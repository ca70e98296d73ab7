"""Stands in for the reading of files, and does to a worker what its file's name says: `python -m tests.workers.misbehave FILE…`.

Prints one JSON line an outcome: the reason code, or `plan`; then the most memory that any process below held, MiB.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import resource
import signal
import sys
import time
from pathlib import Path

from pipeline.errors import Unreadable
from pipeline.plan import Plan
from pipeline.workers import crew, foreman, worker

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"


def misbehave(file: Path, rules: Path | None, ocr: str) -> Plan:
    """What `reader.parse` would do, had the file such a power over it."""
    held = []
    for deed in file.name.split("-"):
        if deed == "hang":
            Path(f"{file}.pid").write_text(str(os.getpid()))
            signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
            time.sleep(60)
        elif deed == "slow":
            time.sleep(0.2)
        elif deed == "long":
            time.sleep(4)
        elif deed == "allocate":
            while True:
                held.append(bytearray(8 << 20))
        elif deed == "share":  # memory that the system counts as nobody's data
            shared = mmap.mmap(-1, 1 << 30)
            for at in range(0, 1 << 30, 1 << 20):
                shared[at : at + (1 << 20)] = b"x" * (1 << 20)
        elif deed == "segfault":
            ctypes.string_at(0)
        elif deed == "abort":
            os.abort()
        elif deed == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif deed == "exit":
            os._exit(0)
        elif deed == "leave":
            sys.exit(3)
        elif deed == "raise":
            raise ValueError("of\nours")
        elif deed == "recurse":
            misbehave(file.with_name("recurse"), rules, ocr)
        elif deed == "chatter":
            os.write(1, b"x" * 100_000)
            os.write(2, b"x" * 100_000)
            print("x" * 100_000)
        elif deed == "litter":
            folder = Path(os.environ["TMPDIR"], "left")
            folder.mkdir()
            (folder / "behind").write_bytes(b"x" * 1000)
        elif deed == "orphan":
            if not os.fork():
                Path(f"{file}.pid").write_text(str(os.getpid()))
                time.sleep(60)
                os._exit(0)
        elif deed == "foreman":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
        elif deed == "swollen":
            return Plan({"documents": [{"title": "x" * (2 << 20)}]})
        elif deed == "smuggle":
            return Plan({"documents": [{"title": Path("x")}]})
        elif deed == "more":
            worker.guard.more_time(30)
    return Plan({"documents": [{"title": file.name}]})


def main() -> None:
    worker.parse = misbehave  # type: ignore[attr-defined]
    worker.SECONDS = 3.0  # type: ignore[misc]
    worker.DATA, worker.MEMORY, foreman.MEMORY, foreman.KEPT = (n << 20 for n in (220, 300, 300, 150))
    foreman.PLAN_BYTES = 1 << 20
    files = [Path(name) for name in sys.argv[1:]]
    assert crew.threads() == 1
    for one in crew.outcomes(files, crew=4):
        told = one.code if isinstance(one, Unreadable) else "plan"
        print(json.dumps([told, str(one) if isinstance(one, Unreadable) else one.document.title]), flush=True)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)


if __name__ == "__main__":
    main()
