"""Whatever a file does to its worker, it costs one line: its neighbors are read, nothing runs on, nothing is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import RuleFault, RulesInvalid, Unreadable
from pipeline.plan import Plan
from pipeline.workers import alone, crew, frames
from tests.make_plan import make_plan

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"
linux = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs the limits of Linux")


def started(folder: Path, *names: str) -> subprocess.Popen[str]:
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.workers.misbehave", *(str(folder / name) for name in names)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )


def told(folder: Path, *names: str) -> tuple[list[tuple[str, str]], int]:
    """(code, line) of every file, and the most memory that a process below held, MiB."""
    process = started(folder, *names)
    out, err = process.communicate(timeout=50)
    assert (process.returncode, err) == (0, ""), err
    *lines, most = out.splitlines()
    assert list((folder / "tmp").iterdir()) == []
    return [tuple(json.loads(line)) for line in lines], int(most)


def gone(pid: int, within: float = 5.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if "State:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def appeared(path: Path) -> int:
    until = time.monotonic() + 20
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < until
        time.sleep(0.02)
    return int(path.read_text())


DEEDS = {
    "good": "plan",
    "hang": "timeout",
    "allocate": "out_of_memory",
    "share": "out_of_memory",
    "segfault": "crashed",
    "abort": "crashed",
    "kill": "crashed",
    "exit": "crashed",
    "leave": "crashed",
    "raise": "internal",
    "recurse": "too_deep",
    "chatter": "plan",
    "litter": "plan",
    "litter-kill": "crashed",
    "swollen": "too_large",
    "more-long": "plan",
    "long": "timeout",
}


@linux
def test_every_deed_of_a_file_is_one_outcome_in_its_place_and_its_neighbors_are_read(tmp_path: Path) -> None:
    names = [name for deed in DEEDS for name in (deed, f"slow-{deed}")]
    outcomes, most = told(tmp_path, *names)
    assert [code for code, _ in outcomes] == [DEEDS[deed] for deed in DEEDS for _ in range(2)]
    for name, (code, line) in zip(names, outcomes, strict=True):
        assert line == name if code == "plan" else line.startswith(f"{tmp_path / name}: [{code}] ")
        assert "\n" not in line
    assert most < 450  # 300, and what can be taken between two looks


@linux
def test_what_a_file_starts_ends_with_its_worker(tmp_path: Path) -> None:
    outcomes, _ = told(tmp_path, "orphan-kill", "orphan-hang", "good")
    assert [code for code, _ in outcomes] == ["crashed", "timeout", "plan"]
    for name in ("orphan-kill", "orphan-hang"):
        assert gone(appeared(tmp_path / f"{name}.pid"))


@linux
def test_a_program_that_a_reader_calls_ends_with_the_worker_whatever_it_started(tmp_path: Path) -> None:
    office = tmp_path / "bin" / "soffice"
    office.parent.mkdir()
    office.write_text(f'#!/bin/sh\nsleep 60 &\necho $! > "{tmp_path}/pid"\nwait\n')
    office.chmod(0o755)
    (tmp_path / "plan.rtf").write_bytes(b"{\\rtf1 x}")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    code = (
        "import sys; from pathlib import Path; from pipeline.workers import crew, foreman, worker\n"
        "worker.SECONDS = foreman.SECONDS_AT_MOST = 3.0\n"
        "print([one.code for one in crew.outcomes([Path(sys.argv[1])])])"
    )
    env = {**os.environ, "TMPDIR": str(temporary), "PATH": f"{office.parent}:{os.environ['PATH']}"}
    call = [sys.executable, "-c", code, str(tmp_path / "plan.rtf")]
    assert subprocess.run(call, env=env, capture_output=True, text=True).stdout == "['timeout']\n"
    assert gone(appeared(tmp_path / "pid"))
    assert list(temporary.iterdir()) == []


@linux
def test_a_foreman_that_is_killed_is_replaced_and_no_file_is_lost(tmp_path: Path) -> None:
    outcomes, _ = told(tmp_path, "good", "slow-foreman", "slow", "good")
    assert [code for code, _ in outcomes] == ["plan", "crashed", "plan", "plan"]


@linux
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_the_asking_process_ends_so_do_all_below_it(tmp_path: Path, sign: signal.Signals) -> None:
    process = started(tmp_path, "litter-more-hang", "more-hang")
    pids = [appeared(tmp_path / f"{name}.pid") for name in ("litter-more-hang", "more-hang")]
    process.send_signal(sign)
    process.communicate(timeout=10)
    assert all(gone(pid) for pid in pids)
    until = time.monotonic() + 5
    while list((tmp_path / "tmp").iterdir()) and time.monotonic() < until:
        time.sleep(0.02)
    assert list((tmp_path / "tmp").iterdir()) == []


@linux
def test_plans_not_wanted_any_longer_are_not_read(tmp_path: Path) -> None:
    given = crew.outcomes([SAMPLE, *[SAMPLE] * 50])
    assert isinstance(next(given), Plan)
    began = time.monotonic()
    given.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("way", ["fresh", "alone"])  # the command forks: tests/test_cli.py
def test_every_way_of_starting_workers_gives_the_same_in_the_order_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    files = [tmp_path / "missing.docx", SAMPLE, tmp_path]
    if way == "alone":
        got = list(alone.outcomes_alone(files, None, 2))
    else:
        monkeypatch.setattr(crew, "threads", lambda: 9)
        got = list(crew.outcomes(files))
    codes = [one.code if isinstance(one, Unreadable) else one.document.task_count for one in got]
    assert codes == ["missing", 36, "not_regular"]


@pytest.mark.parametrize("way", ["fresh", "alone"])
def test_a_rule_book_with_faults_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    (tmp_path / "deadlines.toml").write_text('[[deadline]]\nid = "x"\n', "utf-8")
    monkeypatch.setattr(crew, "threads", lambda: 9)
    ask = alone.outcomes_alone if way == "alone" else crew.outcomes
    with pytest.raises(RulesInvalid) as caught:
        list(ask([SAMPLE], tmp_path, 1))
    assert all(isinstance(fault, RuleFault) for fault in caught.value.faults)


def test_the_asking_process_is_light_when_it_starts_its_foreman() -> None:
    code = (
        "import sys, pipeline.cli, pipeline.run\n"
        "print([m for m in ('lxml', 'pyarrow', 'duckdb', 'pandas', 'pdfminer', 'pipeline.stages') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_without_a_file_nothing_is_started() -> None:
    assert list(crew.outcomes([])) == []


def test_what_is_to_be_done_meanwhile_is_done_until_the_first_outcome_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [lambda: time.sleep(0.2) for _ in range(500)]
    left = iter(tasks)
    assert len(list(crew.outcomes([Path("missing")], meanwhile=left))) == 1
    assert 0 < len(list(left)) < 500


def test_a_plan_goes_through_a_pipe_whole() -> None:
    plan = make_plan()
    again = frames.unpacked(frames.packed(plan))
    assert again == plan


@pytest.mark.parametrize("value", [print, os.system, Path("x"), ValueError("x"), subprocess.Popen], ids=repr)
def test_nothing_but_values_comes_out_of_a_pipe(value: object) -> None:
    import pickle

    with pytest.raises(pickle.UnpicklingError):
        frames.unpacked(pickle.dumps(value))


@pytest.mark.parametrize("cut", [1, 8, 9, 10, 4000])
def test_frames_are_put_together_from_any_pieces(cut: int) -> None:
    data = b"".join(frames.framed(kind, body) for kind, body in [(0, b""), (1, b"x" * 5000), (2, b"y")])
    inbox = frames.Inbox()
    got = [frame for at in range(0, len(data), cut) for frame in inbox.add(data[at : at + cut])]
    assert got == [(0, b""), (1, b"x" * 5000), (2, b"y")]
    assert len(inbox) == 0
