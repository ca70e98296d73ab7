"""Where no process can be forked (Windows): each file in a fresh process, ended by the clock."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RuleFault, RulesInvalid, Unreadable
from .frames import packed, unpacked

if TYPE_CHECKING:
    from ..model import Ocr
    from ..plan import Plan


def outcomes_alone(
    files: Sequence[Path], rules: Path | None, crew: int, ocr: Ocr = "auto"
) -> Iterator[Plan | Unreadable]:
    """The same as `crew.outcomes`, a process a file. Time is limited, memory only where the system can. Raises RulesInvalid."""
    with ThreadPoolExecutor(crew) as pool:
        try:
            for told in pool.map(lambda file: _one(file, rules, ocr), files):
                if isinstance(told, tuple):
                    raise RulesInvalid(told)
                yield told
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _one(file: Path, rules: Path | None, ocr: Ocr) -> Plan | Unreadable | tuple[RuleFault, ...]:
    from ..extract.guard import refusal
    from .worker import seconds

    allowed = seconds(file)
    root = str(Path(__file__).resolve().parents[2])
    code = f"import sys; sys.path.insert(0, {root!r})\nfrom pipeline.workers.alone import hired; hired()"
    try:
        ran = subprocess.run(
            [sys.executable, "-P", "-c", code],
            input=packed((str(file), rules and str(rules), ocr)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=allowed,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return refusal(file, "timeout", f"读了 {allowed:.0f} 秒还没有读完")
    if ran.returncode or not ran.stdout:
        return refusal(file, "crashed", f"读取程序意外中止（代码 {ran.returncode}）")
    told: Plan | Unreadable | tuple[RuleFault, ...] = unpacked(ran.stdout)
    return told


def hired() -> None:
    """What the fresh process does."""
    from .worker import limit_memory, outcome

    file, rules, ocr = unpacked(sys.stdin.buffer.read())
    limit_memory()
    made: object
    try:
        made = outcome(Path(file), rules and Path(rules), ocr)
    except RulesInvalid as refused:
        made = refused.faults
    sys.stdout.buffer.write(packed(made))
