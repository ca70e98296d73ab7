"""Small inboxes and what became of them: the helpers of the tests of ingest."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.database import FILE
from pipeline.ingest import ingest
from pipeline.ingest.events import Event, Load, Step
from pipeline.schema import TABLES
from pipeline.store import Record

ROOT = Path(__file__).parent.parent.parent
EPOCH = "1700000000"  # what SOURCE_DATE_EPOCH says where two runs must give the same bytes


def text(year: int = 2023, place: str = "某区", done: str = "12", issued: str = "") -> str:
    """A plan of one task as a text file; another `done` is another version of the same plan."""
    return (
        f"{place}{year}年重点工作任务分工表\n{issued}\n一、重点工作\n"
        f"1.完成老旧小区改造{done}个。（责任单位：区教育局；完成时限：{year}年11月底前）\n"
    )


def put(inbox: Path, name: str, content: str | bytes = "", age: float = 3600.0) -> Path:
    """A file in an inbox, written a while ago as far as its time tells."""
    file = inbox / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else (content or text()).encode())
    then = os.stat(file).st_mtime - age
    os.utime(file, (then, then))
    return file


def run(inbox: Path, outputs: Path, **how: Any) -> tuple[list[Event], Load]:
    """What a run tells, its steps apart, and its summary; files count as settled at once unless said."""
    *events, load = [e for e in ingest(inbox, outputs, **{"settle": 0.0, **how}) if not isinstance(e, Step)]
    assert isinstance(load, Load)
    return events, load


def command(
    *words: str | Path, env: dict[str, str] | None = None, under: Sequence[str | Path] = ()
) -> subprocess.Popen[str]:
    """`taizhang` as a process of its own, started by another command when one is said."""
    call = [*map(str, under), sys.executable, "-P", "-m", "pipeline", *map(str, words)]
    return subprocess.Popen(
        call,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )


def published(outputs: Path) -> dict[str, str]:
    """Every file of the outputs by its content, the record apart."""
    return {
        path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in outputs.rglob("*")
        if path.is_file() and FILE not in path.name
    }


def prints(outputs: Path) -> dict[str, tuple[int, str]]:
    """Every file of the outputs by its time and its content, the record and the folders with it."""
    return {
        path.relative_to(outputs).as_posix(): (
            path.stat().st_mtime_ns,
            "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in [outputs, *outputs.rglob("*")]
    }


def tables(outputs: Path) -> dict[str, Any]:
    """All rows of the record, the times of their storing apart."""
    with Record(outputs, read_only=True) as record:
        out = {table.name: record.table(table.name).to_pylist() for table in TABLES}
    for row in out["documents"]:
        del row["ingested_at"]
    return out


def left_behind(outputs: Path) -> list[str]:
    """What a run should have taken away: temporaries, the log of the record."""
    return [path.name for path in outputs.rglob("*") if path.name.startswith(".") or path.suffix == ".wal"]
