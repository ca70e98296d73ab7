"""watch: what arrives is read as it arrives, a line an event; what came while it was away is caught up; it ends cleanly."""

from __future__ import annotations

import json
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import CallWrong
from pipeline.ingest import watch as watching
from pipeline.ingest.events import Load, Read, Trouble, Watching
from pipeline.store import Record
from tests.ingest.inboxes import command, left_behind, put, text

PATIENCE = 60.0  # seconds on a busy machine


class Watched:
    """A `taizhang watch` under way, and what it has said so far."""

    def __init__(self, inbox: Path, outputs: Path, *more: str) -> None:
        self.process = command("watch", inbox, "-o", outputs, "--settle", "0.3", *more)
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def until(self, said: Callable[[list[str]], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not said(self.lines) and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.02)
        assert said(self.lines), self.lines

    def end(self, how: int = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(how)
        assert self.process.stderr is not None
        err = self.process.stderr.read()
        code = self.process.wait(PATIENCE)
        self._reader.join()
        return code, err


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_what_lies_there_and_what_comes_is_read_and_ctrl_c_ends_it(inbox: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    put(inbox, "甲.txt", text(2022))
    watched = Watched(inbox, outputs)
    watched.until(lambda lines: any("共 1 份" in line for line in lines))
    # somebody saves as Word does: under another name first, and its lock beside it
    put(inbox, "~$乙.txt")
    put(inbox, "子/~wrd0001.tmp", text(2023))
    (inbox / "子/~wrd0001.tmp").rename(inbox / "子/乙.txt")
    watched.until(lambda lines: any("收入 子/乙.txt" in line for line in lines))
    watched.until(lambda lines: any("共 2 份" in line for line in lines))
    code, err = watched.end()
    assert (code, err) == (0, "")
    assert watched.lines[0].startswith("守候") and watched.lines[-1] == "已停止"
    assert [line[15:].split("：")[0] for line in watched.lines[1:-1]] == [
        "收入 甲.txt",
        "共 1 份",
        "收入 子/乙.txt",
        "共 2 份",
    ]
    assert left_behind(outputs) == []


def test_after_a_kill_it_catches_up_and_systemd_ends_it_cleanly(inbox: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    watched = Watched(inbox, outputs, "--json")
    watched.until(lambda lines: len(lines) == 2)
    watched.end(signal.SIGKILL)
    put(inbox, "甲.txt", text(2022))
    watched = Watched(inbox, outputs, "--json")
    watched.until(lambda lines: len(lines) == 3)
    code, err = watched.end(signal.SIGTERM)
    assert (code, err) == (0, "")
    begun, read, load = map(json.loads, watched.lines)
    assert begun == {"event": "watching"}
    assert (read["event"], read["file"], load["event"], load["read"]) == ("read", "甲.txt", "load", 1)
    with Record(outputs, read_only=True) as record:
        assert record.query("SELECT command, ended_at IS NULL FROM loads") == [("watch", False)]


def test_a_trouble_is_told_and_tried_again(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_AGAIN", 0.1)
    outputs = tmp_path / "outputs"
    outputs.write_text("a file where the folder should be")
    put(inbox, "甲.txt")
    stop = threading.Event()
    events = watching.watch(inbox, outputs, settle=0.0, every=0.2, stop=stop)
    assert isinstance(next(events), Watching)
    assert isinstance(trouble := next(events), Trouble) and " → " in trouble.message
    outputs.unlink()
    later = next(e for e in events if not isinstance(e, Trouble))
    assert not isinstance(later, Load)
    assert any(isinstance(e, Load) for e in events)
    stop.set()
    assert [e for e in events if not isinstance(e, Load)] == []


def test_a_drive_that_was_gone_is_watched_again(inbox: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    events = watching.watch(inbox, tmp_path / "outputs", settle=0.0, every=0.2, stop=stop)
    next(events)
    shutil.rmtree(inbox)
    assert "不见了" in next(e for e in events if isinstance(e, Trouble)).message
    put(inbox, "甲.txt")
    assert next(e for e in events if isinstance(e, Read)).file == "甲.txt"
    stop.set()
    list(events)


def test_an_inbox_that_never_was_is_a_wrong_call(tmp_path: Path) -> None:
    process = command("watch", tmp_path / "none", "-o", tmp_path / "out")
    _, err = process.communicate()
    assert process.returncode == 2 and err.count("\n") == 1 and "mkdir" in err
    with pytest.raises(CallWrong):
        next(watching.watch(tmp_path / "none", tmp_path / "out", stop=threading.Event()))
