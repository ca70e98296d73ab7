"""A kill of the asking process or of a worker, at any moment: what was published before is whole, and the next run heals."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.database import FILE
from pipeline.store import Record
from tests.badinputs.small import docx, pdf

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")

PROOFS = bool(os.environ.get("PROOFS"))
MOMENTS = [0.05 * n for n in range(40)] if PROOFS else [0.3, 0.8, 1.2]
MANY = 60 if PROOFS else 12


def started(folder: Path, *files: Path) -> subprocess.Popen[str]:
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    call = [sys.executable, "-m", "pipeline", "parse", *map(str, files), "-o", str(folder / "out")]
    env = {**os.environ, "TMPDIR": str(temporary)}
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def below(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have, the nearest first."""
    try:
        own = [int(c) for t in Path(f"/proc/{pid}/task").iterdir() for c in (t / "children").read_text().split()]
    except OSError:
        return []
    return [*own, *(other for one in own for other in below(one))]


def published(folder: Path) -> dict[str, str]:
    """Every published file by its content, the record apart."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".", FILE))
    }


def is_whole(folder: Path, *states: dict[str, str]) -> None:
    """Each file is as it was in one of these states, and the record opens and has whole plans."""
    for name, found in published(folder).items():
        assert found in [state.get(name) for state in states], name
    if (folder / FILE).exists():
        with Record(folder) as record:
            assert all(record.plan(row["document_id"]).tasks for row in record.documents())


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, list[Path], dict[str, str]]:
    """A folder with one plan published, two more files to read, and what is published now."""
    first, second, third = tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "c.pdf"
    first.write_bytes(docx())
    second.write_bytes(docx(more="x"))
    third.write_bytes(pdf())
    process = started(tmp_path, first)
    assert process.wait(60) == 0
    return tmp_path, [second, third], published(tmp_path / "out")


def finished(folder: Path, files: list[Path]) -> dict[str, str]:
    process = started(folder, *files)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert not [path for path in (folder / "out").rglob("*") if path.name.endswith(".tmp")]
    return published(folder / "out")


def is_tidy(folder: Path) -> bool:
    until = time.monotonic() + 5
    while list((folder / "tmp").iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    return not list((folder / "tmp").iterdir())


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_of_the_asking_process_leaves_the_last_good_outputs(runs, moment: float) -> None:
    folder, files, before = runs
    process = started(folder, *files)
    time.sleep(moment)
    others = below(process.pid)
    process.kill()
    process.communicate()
    after = published(folder / "out")
    healed = finished(folder, files)
    assert all(found in (before.get(name), healed.get(name)) for name, found in after.items())
    is_whole(folder / "out", healed)
    assert is_tidy(folder)
    assert not [pid for pid in others if Path(f"/proc/{pid}/exe").exists() and "pipeline" in cmdline(pid)]


def cmdline(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


@pytest.mark.slow
def test_a_kill_of_whatever_process_below_costs_a_file_at_most(runs) -> None:
    folder, files, before = runs
    for step in range(MANY):
        process = started(folder, *files)
        time.sleep(0.1 + 1.2 * step / MANY)
        others = below(process.pid)
        if others:
            os.kill(others[-1 if step % 2 else 0], signal.SIGKILL)
        _, err = process.communicate(timeout=60)
        assert process.returncode == (1 if err else 0)
        assert all(": [crashed] " in line for line in err.splitlines()), err
        assert is_tidy(folder)
    is_whole(folder / "out", before, finished(folder, files))


@pytest.mark.parametrize("moment", [0.5, 1.1])
def test_an_interrupted_run_says_so_in_one_line(runs, moment: float) -> None:
    folder, files, before = runs
    process = started(folder, *files)
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert err in ("", "已中断；上一次完整的结果没有变\n")
    assert process.returncode in ((1, -signal.SIGINT) if err else (0,))
    assert is_tidy(folder)
    is_whole(folder / "out", before, finished(folder, files))
