"""The command as a user calls it: exit codes, one line a fault, nothing half-written, the same bytes everywhere."""

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent.parent / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 480


def taizhang(*args, **env):
    command = [sys.executable, "-m", "pipeline", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **env})


def prints(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "name, content, code",
    [
        ("missing.docx", None, "missing"),
        ("empty.docx", b"", "empty"),
        ("really.docx", b"%PDF-1.7\n1 0 obj\n", "truncated"),
        ("locked.docx", ENCRYPTED, "encrypted"),
        ("cut.docx", SAMPLE.read_bytes()[:20_000], "truncated"),
        ("notes.docx", "只是文字".encode(), "unknown_type"),
    ],
)
def test_a_bad_file_is_one_line_exit_1_and_nothing_written(tmp_path, name, content, code):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    ran = taizhang("parse", file, "-o", tmp_path / "out")
    assert ran.returncode == 1
    assert ran.stdout == ""
    lines = ran.stderr.strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith(f"{file}: [{code}] ") and " → " in lines[0]
    assert not (tmp_path / "out").exists()


def test_a_folder_is_refused_in_one_line(tmp_path):
    folder = tmp_path / "plan.docx"
    folder.mkdir()
    ran = taizhang("parse", folder, "-o", tmp_path / "out")
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "[not_regular] 这是文件夹" in ran.stderr


def test_a_bad_file_does_not_stop_the_good_one_beside_it(tmp_path):
    ran = taizhang("parse", tmp_path / "missing.docx", SAMPLE, "-o", tmp_path / "out")
    assert ran.returncode == 1
    assert "[missing]" in ran.stderr and "任务 36" in ran.stdout
    assert (tmp_path / "out" / "csv" / "tasks.csv").is_file()


def test_the_published_bytes_do_not_depend_on_the_day_or_the_time_zone(tmp_path):
    for zone in ("UTC", "Asia/Shanghai"):
        assert taizhang("parse", SAMPLE, "-o", tmp_path / zone.replace("/", "-"), TZ=zone).returncode == 0
    one, other = prints(tmp_path / "UTC"), prints(tmp_path / "Asia-Shanghai")
    assert one.keys() == other.keys()
    # only documents.ingested_at may differ; the package names the hash of that file, the record holds it
    differ = {name for name in one if one[name] != other[name]}
    assert differ <= {
        "taizhang.duckdb",
        "datapackage.json",
        "csv/documents.csv",
        "parquet/documents/plan_year=2022/documents.parquet",
    }


def test_parsing_the_same_file_again_changes_no_byte(tmp_path):
    taizhang("parse", SAMPLE, "-o", tmp_path)
    before = prints(tmp_path)
    taizhang("parse", SAMPLE, "-o", tmp_path)
    after = prints(tmp_path)
    assert {n: h for n, h in after.items() if n != "taizhang.duckdb"} == {
        n: h for n, h in before.items() if n != "taizhang.duckdb"
    }


def test_check_prints_the_account_and_fails_on_the_severity_that_was_asked_for():
    ran = taizhang("check", SAMPLE)
    assert ran.returncode == 0
    assert "未解释 0" in ran.stdout and "[clause_conflict]" in ran.stdout
    assert taizhang("check", SAMPLE, "--fail-on", "warning").returncode == 1


def test_explain_names_file_place_words_and_rule(tmp_path):
    taizhang("parse", SAMPLE, "-o", tmp_path)
    with open(tmp_path / "csv" / "deadlines.csv", encoding="utf-8-sig", newline="") as table:
        key = next(row["deadline_id"] for row in csv.DictReader(table) if row["text"] == "2022年11月底前")
    ran = taizhang("explain", key, "-o", tmp_path)
    assert ran.returncode == 0
    assert "source.docx" in ran.stdout and "【2022年11月底前】" in ran.stdout
    assert "by-end（deadlines.toml:" in ran.stdout


def test_an_id_that_nothing_has_is_a_wrong_call(tmp_path):
    taizhang("parse", SAMPLE, "-o", tmp_path)
    ran = taizhang("explain", "0000", "-o", tmp_path)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)


def test_schema_lists_every_table_for_people_and_for_machines():
    assert "task_units" in taizhang("schema").stdout
    assert len(json.loads(taizhang("schema", "--json").stdout)["tables"]) == 13


def test_a_rule_book_with_faults_is_refused_whole_with_exit_3(tmp_path):
    (tmp_path / "deadlines.toml").write_text('[[deadline]]\nid = "x"\nkinds = "due"\n', "utf-8")
    ran = taizhang("parse", SAMPLE, "-o", tmp_path / "out", "--rules", tmp_path)
    assert ran.returncode == 3
    assert "是不是 kind" in ran.stderr and "deadlines.toml:1" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_an_unwritable_outputs_folder_is_one_line(tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be", "utf-8")
    ran = taizhang("parse", SAMPLE, "-o", tmp_path / "out")
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1 and "Traceback" not in ran.stderr
