"""A hundred hostile and odd files, made of a few lines each: every one has the outcome that stands beside it, and no other."""

from __future__ import annotations

import csv
import os
import re
import resource
import socket
from pathlib import Path

import pytest

from pipeline.errors import Unreadable
from pipeline.extract.guard import REASONS
from pipeline.plan import Plan
from pipeline.workers import outcomes
from tests.badinputs.small import TASK, UNIT, docx, made

GIB = 1 << 20  # in the unit of ru_maxrss, KiB


@pytest.fixture(scope="module")
def became(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Plan | Unreadable]]:
    """name → (the outcome it should have, what became of it)."""
    folder = tmp_path_factory.mktemp("small")
    files = [(folder / name, data, outcome) for name, data, outcome in made()]
    for path, data, _ in files:
        path.write_bytes(data)
    before = _most()
    told = outcomes([path for path, _, _ in files], ocr="never")
    found = {path.name: (outcome, one) for (path, _, outcome), one in zip(files, told, strict=True)}
    # what the processes of other tests held is known, too, and is not meant
    # a worker is forked and so begins with what this process holds, which recognizing pages has made large
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert _most() <= max(GIB, before, own)
    return found


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def test_each_has_the_outcome_that_stands_beside_it(became):
    got = {name: "read" if isinstance(one, Plan) else one.code for name, (_, one) in became.items()}
    assert got == {name: outcome for name, (outcome, _) in became.items()}
    assert len(got) > 100


def test_what_is_read_shows_the_plan_and_nothing_of_this_machine(became):
    for name, (_, one) in became.items():
        if isinstance(one, Plan):
            words = "".join(row["text"] for row in one.rows["blocks"]).replace("\n", "")
            assert TASK in words and UNIT in words, name
            assert "root:" not in str(one.rows) and "\x1b" not in words, name


def test_a_refusal_is_one_line_with_a_reason_of_the_closed_list(became):
    for name, (_, one) in became.items():
        if isinstance(one, Unreadable):
            assert one.code in REASONS and "\n" not in str(one), name
            assert f"{name}" in str(one) and " → " in str(one)
    assert {"internal", "crashed", "out_of_memory", "timeout"}.isdisjoint(outcome for outcome, _ in became.values())


# names

NAMES = [
    "-rf.docx",
    "--help.docx",
    " .docx",
    "换\n行.docx",
    "制\t表\r.docx",
    "\x1b[31m红\x7f.docx",
    "反转\u202excod.exe.docx",
    "a\"b'c`$(x);&|<>*?.docx",
    "=cmd|'C calc'!A0.docx",
    "%s{0}.docx",
    "..%2f..%2fpasswd.docx",
    "a\\..\\b.docx",
    "表情😀.docx",
    "長" * 80 + ".docx",
    ".隐藏.docx",
    "无扩展名",
    b"\xb9\xa4\xd7\xf7\xbc\xc6\xbb\xae.docx",
    b"\xff\xfe\xfd.docx",
]
STORED = {NAMES[-2]: "工作计划.docx", NAMES[-1]: "\ufffd\ufffd\ufffd.docx"}


@pytest.mark.skipif(
    os.name == "nt" or os.uname().sysname == "Darwin", reason="needs a system where any bytes are a name"
)
def test_a_name_of_any_bytes_is_read_stored_and_published(tmp_path):
    from pipeline.run import parse_files

    files = []
    for number, name in enumerate(NAMES):
        path = tmp_path / str(number) / os.fsdecode(name)
        path.parent.mkdir()
        path.write_bytes(docx(a=str(number)))
        files.append(path)
    read = list(parse_files(files, tmp_path / "out"))
    assert [one.document.file_name for one in read] == [STORED.get(name, name) for name in NAMES]
    with open(tmp_path / "out" / "csv" / "documents.csv", encoding="utf-8-sig", newline="") as table:
        shown = sorted(row["file_name"] for row in csv.DictReader(table))
    assert shown == sorted(f"'{n}" if re.match(r"\s*[-=]", n) else n for n in (STORED.get(n, n) for n in NAMES))


@pytest.mark.skipif(os.name == "nt", reason="needs the files of Unix")
def test_what_is_no_file_is_refused_without_being_opened(tmp_path):
    good = tmp_path / "good.docx"
    good.write_bytes(docx())
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "folder.docx").mkdir()
    (tmp_path / "good-link.docx").symlink_to(good)
    (tmp_path / "zero-link.docx").symlink_to("/dev/zero")
    (tmp_path / "nowhere-link.docx").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round-link.docx").symlink_to(tmp_path / "round-link.docx")
    with open(tmp_path / "endless.docx", "wb") as file:
        file.truncate(10 << 30)
    place = os.getcwd()
    os.chdir(tmp_path)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.docx")
    finally:
        os.chdir(place)
    expected = {
        "good-link.docx": "read",
        "pipe.docx": "not_regular",
        "folder.docx": "not_regular",
        "zero-link.docx": "not_regular",
        "socket.docx": "not_regular",
        "nowhere-link.docx": "missing",
        "round-link.docx": "missing",
        "endless.docx": "too_large",
        "长" * 100: "missing",
        "a\0b": "missing",
    }
    got = outcomes([tmp_path / name for name in expected])
    assert ["read" if isinstance(one, Plan) else one.code for one in got] == list(expected.values())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who is root may read everything")
def test_a_file_without_the_right_to_read_it_is_refused(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(docx())
    path.chmod(0)
    assert [one.code for one in outcomes([path])] == ["unreadable"]


def test_a_file_that_is_still_being_written_is_refused(tmp_path, monkeypatch):
    from pipeline.extract import file

    path = tmp_path / "plan.docx"
    path.write_bytes(docx())
    whole = file._all_of

    def grows(opened):
        with open(path, "ab") as writer:
            writer.write(b"more")
        return whole(opened)

    monkeypatch.setattr(file, "_all_of", grows)
    with pytest.raises(Unreadable) as caught:
        file.read_bytes(path)
    assert caught.value.code == "unfinished"


def test_no_name_at_all_is_the_folder_one_stands_in():
    assert [one.code for one in outcomes([Path("")])] == ["not_regular"]
