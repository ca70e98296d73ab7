"""One worker: reads the files it is told to, one after another, inside limits that the system holds."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

from ..errors import RulesInvalid, Unreadable
from ..extract import guard
from ..extract.guard import MIB, refusal
from ..model import Ocr
from ..plan import Plan
from ..reader import parse
from .frames import ASKED, DONE, MORE_TIME, packed, send

MEMORY = 1024 * MIB  # all that a worker may hold
# what it may ask for: the rest of MEMORY is left for programs and libraries, which are mapped from files
DATA = MEMORY - 128 * MIB
SECONDS = 30.0  # for any file
SECONDS_PER_MIB = 6.0
SECONDS_AT_MOST = 600.0  # whatever an extractor asks for
SECONDS_TO_RECOGNIZE = 7200.0  # the same, for a file whose pages are recognized from their pictures
FILE_WRITTEN = 512 * MIB
ORDER = struct.Struct("<I")


def seconds(file: Path) -> float:
    """How long a file may take, by its size; pages that are found add theirs (`guard.more_time`)."""
    try:
        size = min(file.stat().st_size, guard.FILE_BYTES)
    except (OSError, ValueError):
        size = 0
    return SECONDS + SECONDS_PER_MIB * size / MIB


def outcome(file: Path, rules: Path | None, ocr: Ocr = "auto") -> Plan | Unreadable:
    """A file as a plan, or the one reason why it is none. Raises RulesInvalid."""
    try:
        return parse(file, rules, ocr)
    except Unreadable as unreadable:
        return unreadable
    except RulesInvalid:
        raise
    except MemoryError:
        return refusal(file, "out_of_memory")
    except RecursionError:
        return refusal(file, "too_deep")
    except OSError as error:
        # no room for a temporary file, too many open files: this machine, not the file
        return refusal(file, "internal", f"读取时程序出错（{error.strerror or error}）")
    except Exception as error:  # one bad file never stops the others; the line says that the fault is ours
        return refusal(file, "internal", f"读取时程序出错（{type(error).__name__}: {str(error)[:200]}）")


def work(files: Sequence[Path], rules: Path | None, ocr: Ocr, orders: int, outcomes: int, folder: str) -> None:
    """Read files by their numbers, as they come through a pipe, until it is closed.

    folder   where temporary files go; whoever started the worker removes it
    """
    _temporaries(folder)
    limit_memory()
    guard.ask_for_time(lambda *asked: send(outcomes, MORE_TIME, ASKED.pack(*asked)))
    while order := os.read(orders, ORDER.size):
        file = files[ORDER.unpack(order)[0]]
        made = outcome(file, rules, ocr)
        try:
            body = packed(made)
        except MemoryError:
            body = packed(refusal(file, "out_of_memory"))
        del made
        send(outcomes, DONE, body)


def limit_memory() -> None:
    """Have the system refuse memory above the limit, core dumps and endless files; where it cannot, nothing happens."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in (
        (resource.RLIMIT_DATA, DATA),
        (resource.RLIMIT_FSIZE, FILE_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(kind, (most, most))


def _temporaries(folder: str) -> None:
    os.environ["TMPDIR"] = folder
    if loaded := sys.modules.get("tempfile"):
        loaded.tempdir = None  # type: ignore[attr-defined]  # it would not look again
