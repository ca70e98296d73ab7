"""Killed at any moment, the disk full or broken at any write, two runs at once: the last good state stays, the next run heals.

The long forms run with PROOFS=1: hundreds of writes, 200 kills, 50 races.
"""

from __future__ import annotations

import csv
import errno
import os
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.database import FILE
from pipeline.store import Record
from tests.ingest.inboxes import EPOCH, command, left_behind, published, put, run, tables, text

PROOFS = bool(os.environ.get("PROOFS"))
KILLED = -1
SHIM = Path(__file__).with_name("failing_writes.c")


@dataclass(frozen=True)
class Scene:
    """An inbox that changed after a first run, and what the outputs are before and after the second.

    before    a folder of outputs that the first run made
    states    the published files before and after
    rows      of the record, after
    writes    how many calls of the second run change files
    seconds   that it takes
    """

    folder: Path
    before: Path
    states: tuple[dict[str, str], dict[str, str]]
    rows: dict[str, Any]
    writes: int
    seconds: float

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    def outputs(self, name: str) -> Path:
        """A fresh copy of the outputs before, times and all."""
        made = self.folder / "work" / name
        shutil.rmtree(made.parent, ignore_errors=True)
        shutil.copytree(self.before, made)
        return made


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("faults")
    patch = pytest.MonkeyPatch()
    patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    inbox, before, after = folder / "inbox", folder / "before", folder / "after"
    put(inbox, "甲.txt", text(2022))
    put(inbox, "乙.txt", text(2023, done="12"), age=9000)
    put(inbox, "空.txt", b"")
    put(inbox, "坏了.docx", b"PK\x03\x04 half")
    run(inbox, before)
    # a corrected plan, a new one, a failure mended, a new failure
    put(inbox, "乙.txt", text(2023, done="30"), age=5000)
    put(inbox, "丙.txt", text(2024), age=4000)
    put(inbox, "空.txt", text(2025), age=3000)
    put(inbox, "又坏.docx", b"PK\x03\x04 quarter", age=2000)
    shutil.copytree(before, after)
    began = time.monotonic()
    ran, writes = disturbed(folder, inbox, after)
    seconds = time.monotonic() - began
    assert ran.returncode == 1 and ran.stderr.count("\n") == 1, ran.stderr  # the failure that is new
    assert left_behind(after) == []
    yield Scene(folder, before, (published(before), published(after)), tables(after), writes, seconds)
    patch.undo()


def disturbed(folder: Path, inbox: Path, outputs: Path, **how: int) -> tuple[subprocess.Popen[str], int]:
    """A run whose writes fail as is said (at, errno, on), ended; and how many writes there were. Its words are attributes."""
    shim = folder / "failing.so"
    if not shim.exists():
        if shutil.which("gcc") is None:
            pytest.skip("needs gcc")
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", shim, SHIM, "-ldl"], check=True)
    count = folder / "count"
    env = {"LD_PRELOAD": str(shim), "FAIL_UNDER": f"{outputs.resolve()}", "FAIL_COUNT": str(count)}
    env |= {f"FAIL_{name.upper()}": str(value) for name, value in how.items()}
    process = command("ingest", inbox, "-o", outputs, "--settle", "0", env=env)
    process.stdout, process.stderr = process.communicate(timeout=120)  # type: ignore[assignment]
    return process, int(count.read_text()) if count.exists() else 0


def is_whole(scene: Scene, outputs: Path) -> None:
    """Every published file is as it was before or as it will be, and the record has whole plans."""
    for name, found in published(outputs).items():
        if not Path(name).name.startswith("."):
            assert found in [state.get(name) for state in scene.states], name
    with Record(outputs) as record:
        for row in record.documents():
            assert len(record.plan(row["document_id"]).tasks) == row["task_count"] == 1
        assert record.query("SELECT plan_key FROM documents WHERE is_current GROUP BY 1 HAVING count(*) > 1") == []


def heals(scene: Scene, outputs: Path) -> None:
    """The next run ends as an undisturbed one; the one after that has nothing to do."""
    run(scene.inbox, outputs)
    assert published(outputs) == scene.states[1]
    assert tables(outputs) == scene.rows
    assert left_behind(outputs) == []
    assert run(scene.inbox, outputs)[1].load_id is None


def spread(writes: int) -> list[int]:
    """Which writes fail: into the record, among the published files, at the end."""
    if PROOFS:  # each where the record is written, every fortieth of the published files
        return [n for n in range(1, writes + 1) if n <= 80 or n > writes - 40 or n % 40 == 0]
    return [12, 40, writes // 2, writes - 9]


def told_in_one_line(ran: subprocess.Popen[str]) -> None:
    assert ran.returncode in (0, 1)
    last = str(ran.stderr).splitlines()[-1] if ran.stderr else ""
    assert "Traceback" not in str(ran.stderr) and " → " in (last or " → "), ran.stderr


@pytest.mark.parametrize("on", [True, False] if PROOFS else [True], ids=str)
def test_a_write_that_fails_loses_nothing(scene: Scene, on: bool) -> None:
    codes = (errno.ENOSPC, errno.EIO, errno.EACCES)
    for turn, number in enumerate(spread(scene.writes)):
        outputs = scene.outputs(f"{number}-{on}")
        # on: every later one fails, too; the short form does the one and the other
        how = {"at": number, "errno": codes[turn % 3], **({"on": 1} if on and (PROOFS or turn % 2) else {})}
        ran, _ = disturbed(scene.folder, scene.inbox, outputs, **how)
        told_in_one_line(ran)
        is_whole(scene, outputs)
        heals(scene, outputs)


def test_a_kill_at_a_write_loses_nothing(scene: Scene) -> None:
    for number in spread(scene.writes)[::2]:
        outputs = scene.outputs(f"{number}-killed")
        ran, _ = disturbed(scene.folder, scene.inbox, outputs, at=number, errno=KILLED)
        assert ran.returncode == -9 or number > scene.writes - 20  # a run may need some writes less
        is_whole(scene, outputs)
        heals(scene, outputs)


def test_the_first_run_of_all_may_fail_too(scene: Scene) -> None:
    codes = (errno.ENOSPC, KILLED, errno.EIO, errno.EACCES)
    for number in range(1, 61) if PROOFS else (16, 22):
        outputs = scene.folder / "work" / f"first-{number}"
        shutil.rmtree(outputs.parent, ignore_errors=True)
        outputs.parent.mkdir()
        ran, _ = disturbed(scene.folder, scene.inbox, outputs, at=number, errno=codes[number % 4])
        assert "Traceback" not in str(ran.stderr)
        run(scene.inbox, outputs)
        assert left_behind(outputs) == []
        assert run(scene.inbox, outputs)[1].load_id is None
        with Record(outputs, read_only=True) as record:
            assert len(record.documents()) == 4


def test_random_kills_lose_nothing(scene: Scene) -> None:
    chance = random.Random(7)
    outputs = scene.outputs("random")
    for kill in range(200 if PROOFS else 1):
        if kill % 5 == 0:  # some runs go on from where the last one was killed
            outputs = scene.outputs("random")
        process = command("ingest", scene.inbox, "-o", outputs, "--settle", "0")
        time.sleep(chance.uniform(0.1, 1.1 * scene.seconds))
        process.kill()
        process.communicate()
        is_whole(scene, outputs)
        if kill % 5 == 4 or not PROOFS:
            heals(scene, outputs)


def test_two_runs_at_once_read_each_file_once_and_a_reader_sees_whole_files(scene: Scene) -> None:
    for turn in range(50 if PROOFS else 1):
        outputs = scene.outputs(f"race-{turn}")
        done = threading.Event()
        faults: list[str] = []
        seen: list[int] = []
        reader = threading.Thread(target=look, args=(outputs, scene, done, faults, seen))
        reader.start()
        both = [command("ingest", scene.inbox, "-o", outputs, "--settle", "0", "--json") for _ in range(2)]
        said = [process.communicate(timeout=120) for process in both]
        done.set()
        reader.join()
        assert faults == [] and sum(seen) > 20
        # on a slow machine the second one does not wait to the end
        assert sorted(err[:11] for _, err in said) in (["", ""], ["", "另一个 taizhang"[:11]]), said
        assert "".join(out for out, _ in said).count('"event": "read"') == 3
        assert published(outputs) == scene.states[1]
        assert tables(outputs) == scene.rows
        assert run(scene.inbox, outputs)[1].load_id is None


def look(outputs: Path, scene: Scene, done: threading.Event, faults: list[str], seen: list[int]) -> None:
    """Read every published table again and again; note what is not whole."""
    while not done.is_set():
        for file in [*outputs.glob("parquet/*/*/*.parquet"), *outputs.glob("csv/*.csv")]:
            try:
                if file.suffix == ".csv":
                    with file.open(encoding="utf-8-sig", newline="") as opened:
                        width = {len(line) for line in csv.reader(opened)}
                    if len(width) != 1:
                        faults.append(f"{file}: {width}")
                else:
                    with file.open("rb") as opened:  # by its path pyarrow would open it twice, and may meet two states
                        pq.read_table(opened)
                seen.append(1)
            except Exception as error:
                faults.append(f"{file}: {error}")


def test_a_full_disk_is_told_and_its_rest_is_done_when_there_is_room(scene: Scene, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", small], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root can make a small disk")
    try:
        ran, err = (process := command("ingest", scene.inbox, "-o", small / "out", "--settle", "0")).communicate()
        assert process.returncode == 1 and "Traceback" not in err, err
        assert "磁盘" in err.splitlines()[-1], ran + err
        subprocess.run(["mount", "-o", "remount,size=64m", small], check=True)
        assert run(scene.inbox, small / "out")[1].published
        assert left_behind(small / "out") == []
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_folder_that_may_not_be_written_is_told_and_stays_as_it_is(scene: Scene) -> None:
    outputs = scene.outputs("closed")
    record = outputs / FILE
    shut = [
        "unshare",
        "-m",
        "sh",
        "-c",
        'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"',
        outputs,
    ]
    if subprocess.run([*shut, "true"], capture_output=True).returncode:
        pytest.skip("only root can close a folder to root")
    before = published(outputs), record.read_bytes()
    process = command("ingest", scene.inbox, "-o", outputs, "--settle", "0", under=shut)
    _, err = process.communicate()
    assert process.returncode == 1 and err.count("\n") == 1 and "写权限" in err, err
    assert (published(outputs), record.read_bytes()) == before
    heals(scene, outputs)
