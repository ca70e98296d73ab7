"""The inbox: each content once whatever it is called, failures in quarantine, nothing written when there is nothing new."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import parse
from pipeline.corrections.files import keep
from pipeline.corrections.values import Correction, PlanCorrections
from pipeline.errors import CallWrong, RecordUnavailable, RulesInvalid
from pipeline.ingest.events import Read, Refused, Same, Waiting
from pipeline.ingest.inbox import passed_over
from pipeline.plan import Plan
from pipeline.rulefiles import default_folder
from pipeline.store import Record
from tests.ingest.inboxes import ROOT, command, left_behind, prints, published, put, run, tables, text

BROKEN = b"PK\x03\x04 half of a package"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    return tmp_path / "outputs"


@pytest.mark.usefixtures("real_tables")
def test_every_file_is_read_once_and_a_second_run_writes_nothing(inbox: Path, outputs: Path) -> None:
    put(inbox, "甲.txt", text(2022))
    put(inbox, "2023/乙.txt", text(2023))
    put(inbox, "2023/深/丙.docx", BROKEN)
    events, load = run(inbox, outputs)
    assert {type(e).__name__ + " " + e.file for e in events} == {
        "Read 甲.txt",
        "Read 2023/乙.txt",
        "Refused 2023/深/丙.docx",
    }
    assert (load.seen, load.read, load.failed, load.skipped, load.published) == (3, 2, 1, 0, True)
    before = prints(outputs)
    events, load = run(inbox, outputs)
    assert (events, load.load_id, load.skipped, load.quarantined) == ([], None, 3, 1)
    assert prints(outputs) == before
    assert left_behind(outputs) == []


def test_an_empty_inbox_makes_no_outputs(inbox: Path, outputs: Path) -> None:
    assert run(inbox, outputs)[1].load_id is None
    assert not outputs.exists()


@pytest.mark.usefixtures("real_tables")
def test_renamed_copied_and_linked_files_are_one_plan(inbox: Path, outputs: Path) -> None:
    first = put(inbox, "甲.txt")
    run(inbox, outputs)
    out = published(outputs)
    shutil.copy(first, inbox / "副本.txt")
    os.link(first, inbox / "硬链接.txt")
    (inbox / "软链接.txt").symlink_to(first)
    (inbox / "链到自己").symlink_to(inbox, target_is_directory=True)
    events, load = run(inbox, outputs)
    assert events == [Same(name, "甲.txt") for name in ("副本.txt", "硬链接.txt", "软链接.txt")]
    assert (load.read, load.published) == (0, False)
    first.rename(inbox / "改名.txt")
    (inbox / "软链接.txt").unlink()
    events, load = run(inbox, outputs)
    assert [e.file for e in events if isinstance(e, Same)] == ["改名.txt"]
    assert (load.read, load.seen) == (0, 3)
    assert published(outputs) == out
    with Record(outputs, read_only=True) as record:
        rows = record.query("SELECT path, gone_in IS NULL FROM files ORDER BY path, seen_in")
        assert len(record.documents()) == 1
    assert rows == [
        ("副本.txt", True),
        ("改名.txt", True),
        ("甲.txt", False),
        ("硬链接.txt", True),
        ("软链接.txt", False),
    ]


def test_two_new_names_of_one_content_are_read_once(inbox: Path, outputs: Path) -> None:
    put(inbox, "乙.txt")
    put(inbox, "丙/甲.txt")
    events, load = run(inbox, outputs)
    assert [(type(e), e.file) for e in events] == [(Same, "乙.txt"), (Read, "丙/甲.txt")]
    assert (load.read, load.skipped) == (1, 1)


@pytest.mark.usefixtures("real_tables")
def test_a_file_that_is_only_touched_is_not_read_again(inbox: Path, outputs: Path) -> None:
    file = put(inbox, "甲.txt")
    run(inbox, outputs)
    out = published(outputs)
    os.utime(file)
    events, load = run(inbox, outputs)
    assert (events, load.read, load.published) == ([], 0, False)
    assert published(outputs) == out
    assert run(inbox, outputs)[1].load_id is None


def test_other_words_of_the_same_size_and_time_are_seen(inbox: Path, outputs: Path) -> None:
    file = put(inbox, "甲.txt", text(done="12"))
    run(inbox, outputs)
    told = file.stat()
    time.sleep(0.05)  # the clock of a file system ticks slowly
    file.write_text(text(done="13"))
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    events, _ = run(inbox, outputs)
    assert [e.file for e in events if isinstance(e, Read)] == ["甲.txt"]


def test_a_corrected_file_replaces_its_plan_and_the_old_version_stays(inbox: Path, outputs: Path) -> None:
    put(inbox, "计划.txt", text(done="12"))
    run(inbox, outputs)
    put(inbox, "计划.txt", text(done="30"))
    events, _ = run(inbox, outputs)
    assert [(e.replaces, e.current) for e in events if isinstance(e, Read)] == [("计划.txt", True)]
    with Record(outputs, read_only=True) as record:
        found = record.query(
            "SELECT t.text, is_current FROM tasks t JOIN documents USING (document_id) ORDER BY is_current"
        )
    assert [("12个" in words, "30个" in words, current) for words, current in found] == [
        (True, False, False),
        (False, True, True),
    ]


def test_of_two_versions_in_one_run_the_one_written_later_is_current(inbox: Path, outputs: Path) -> None:
    put(inbox, "a.txt", text(done="30"), age=100)
    put(inbox, "b.txt", text(done="12"), age=5000)
    run(inbox, outputs)
    with Record(outputs, read_only=True) as record:
        assert record.query("SELECT file_name FROM documents WHERE is_current") == [("a.txt",)]


def test_a_new_rule_book_makes_no_old_version_the_current_one(inbox: Path, outputs: Path, tmp_path: Path) -> None:
    put(inbox, "a.txt", text(done="12"), age=5000)
    put(inbox, "b.txt", text(done="30"), age=100)
    run(inbox, outputs)
    with Record(outputs, read_only=True) as record:
        times = record.query("SELECT file_name, epoch_us(ingested_at) FROM documents ORDER BY file_name")
    rules = other_rules(tmp_path)
    _events, load = run(inbox, outputs, rules=rules, reparse=True)
    assert load.read == 2 and load.published
    with Record(outputs, read_only=True) as record:
        assert record.query("SELECT file_name FROM documents WHERE is_current") == [("b.txt",)]
        assert record.query("SELECT file_name, epoch_us(ingested_at) FROM documents ORDER BY file_name") == times


def other_rules(folder: Path, remark: str = "# another edition\n") -> Path:
    """A copy of the rule book with another fingerprint, and the same meaning."""
    rules = folder / "rules"
    shutil.copytree(default_folder(), rules)
    with (rules / "deadlines.toml").open("a", encoding="utf-8") as file:
        file.write(remark)
    return rules


def test_what_a_person_corrected_stays_corrected(inbox: Path, outputs: Path) -> None:
    words = "2023年11月底前"
    file = put(inbox, "甲.txt")
    plan = parse(file)
    [deadline] = [row for row in plan.deadlines if row.text == words and row.task_id]
    block = next(b.text for b in plan.blocks if b.block_id == deadline.block_id)
    one = Correction(
        "deadlines", "correct", words, block=block, task=plan.tasks[0].text, given={"due_on": "2023-12-15"}
    )
    keep(outputs, [PlanCorrections(plan.document.plan_key, plan.document.document_id, file.name, "", (one,))])
    for reparse in (False, True):
        run(inbox, outputs, reparse=reparse)
        with Record(outputs, read_only=True) as record:
            assert record.query("SELECT due_on::VARCHAR FROM tasks") == [("2023-12-15",)]


def test_reparse_tells_the_rows_that_changed(inbox: Path, outputs: Path, tmp_path: Path) -> None:
    put(inbox, "a.txt", text())
    put(inbox, "b.txt", text(2024))
    run(inbox, outputs)
    before = tables(outputs)
    events, load = run(inbox, outputs, reparse=True)
    assert (load.read, load.changed, load.published) == (2, 0, False)
    # a book that no longer knows what stands at the end of a clause
    rules = tmp_path / "rules"
    shutil.copytree(default_folder(), rules)
    (rules / "targets.toml").unlink()
    events, load = run(inbox, outputs, rules=rules, reparse=True)
    lost = len(before["targets"]) // 2
    assert lost and load.changed == 2
    assert [e.changes.get("targets lost") for e in events if isinstance(e, Read)] == [lost, lost]
    assert tables(outputs)["targets"] == []
    run(inbox, outputs, reparse=True)
    assert tables(outputs) == before


def test_what_cannot_be_read_lies_in_quarantine_with_a_reason_a_clerk_understands(inbox: Path, outputs: Path) -> None:
    bad = put(inbox, "2023/坏.docx", BROKEN)
    events, _ = run(inbox, outputs)
    [refused] = events
    assert isinstance(refused, Refused) and refused.quarantined == "2023/坏.docx"
    assert (outputs / "quarantine/2023/坏.docx").read_bytes() == BROKEN == bad.read_bytes()
    reason = (outputs / "quarantine/2023/坏.docx.reason.txt").read_bytes().decode("utf-8-sig")
    assert f"（代码 {refused.code}）" in reason and refused.why in reason and f"怎么办：{refused.remedy}" in reason
    assert "何时再读" in reason


def test_a_failure_is_tried_again_when_the_file_the_rules_or_the_program_are_others(
    inbox: Path, outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "坏.docx", BROKEN)
    put(inbox, "好.txt")
    assert run(inbox, outputs)[1].failed == 1
    assert run(inbox, outputs)[1].load_id is None
    rules = other_rules(tmp_path)
    events, load = run(inbox, outputs, rules=rules)
    assert ([e.file for e in events], load.read, load.failed) == (["坏.docx"], 0, 1)  # and nothing else again
    assert run(inbox, outputs, rules=rules)[1].load_id is None
    for module in ("look", "intake"):
        monkeypatch.setattr(f"pipeline.ingest.{module}.__version__", "9.9.9", raising=True)
    assert run(inbox, outputs, rules=rules)[1].failed == 1
    (outputs / "quarantine/坏.docx.reason.txt").unlink()
    assert run(inbox, outputs, rules=rules)[1].failed == 1
    put(inbox, "坏.docx", BROKEN + b"!")
    assert run(inbox, outputs, rules=rules)[1].failed == 1
    assert sorted(p.name for p in (outputs / "quarantine").iterdir()) == ["坏.docx", "坏.docx.reason.txt"]


def test_a_file_leaves_the_quarantine_when_it_reads_or_is_taken_away(inbox: Path, outputs: Path) -> None:
    put(inbox, "甲.txt", b"")
    put(inbox, "子/乙.docx", BROKEN)
    own = outputs / "quarantine" / "便条.txt"
    run(inbox, outputs)
    own.write_text("somebody's own note")
    put(inbox, "甲.txt", text())
    _events, load = run(inbox, outputs)
    assert (load.read, load.quarantined) == (1, 1)
    (inbox / "子/乙.docx").unlink()
    assert run(inbox, outputs)[1].quarantined == 0
    assert [p.name for p in (outputs / "quarantine").rglob("*")] == ["便条.txt"]


def test_a_reason_that_is_taken_away_takes_its_copy_with_it(inbox: Path, outputs: Path) -> None:
    put(inbox, "坏.docx", BROKEN)
    run(inbox, outputs)
    (outputs / "quarantine/坏.docx.reason.txt").unlink()
    (inbox / "坏.docx").unlink()
    assert run(inbox, outputs)[1].quarantined == 0
    assert not (outputs / "quarantine").exists()


def test_a_file_that_is_still_being_written_waits_and_is_told(inbox: Path, outputs: Path) -> None:
    put(inbox, "甲.txt")
    growing = put(inbox, "乙.txt", text(2024))
    os.utime(growing)
    events = ingest_while(inbox, outputs, growing)
    assert [e for e in events if isinstance(e, Waiting)] == [Waiting("乙.txt")]
    assert [e.file for e in events if isinstance(e, Read)] == ["甲.txt"]
    events, _load = run(inbox, outputs, settle=0.3)
    assert [e.file for e in events if isinstance(e, Read)] == ["乙.txt"]


def ingest_while(inbox: Path, outputs: Path, growing: Path) -> list[object]:
    """What a run tells while somebody goes on writing into a file."""
    import threading

    done = threading.Event()

    def write() -> None:
        while not done.wait(0.02):
            with growing.open("a") as file:
                file.write("。\n")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        return list(run(inbox, outputs, settle=0.3)[0])
    finally:
        done.set()
        writer.join()


@pytest.mark.parametrize(
    "name",
    [
        "~$计划.docx",
        ".~计划.wps",
        ".~lock.计划.docx#",
        "~WRL0001.tmp",
        "a.part",
        "b.CRDOWNLOAD",
        "Thumbs.db",
        ".DS_Store",
        ".hidden.docx",
        "desktop.ini",
        "__MACOSX",
        "c.docx.tmp",
        "坏.docx.reason.txt",
    ],
)
def test_what_programs_leave_beside_documents_is_passed_over(name: str) -> None:
    assert passed_over(name)


@pytest.mark.parametrize("name", ["计划.docx", "~计划.docx", "part.docx", "tmp", "a.tmp.docx", "无后缀"])
def test_a_document_is_not_passed_over(name: str) -> None:
    assert not passed_over(name)


def test_files_passed_over_are_not_counted(inbox: Path, outputs: Path) -> None:
    for name in ("~$甲.docx", ".~乙.wps", "丙.part", ".隐/丁.txt", "Thumbs.db"):
        put(inbox, name)
    assert run(inbox, outputs)[1].seen == 0


def test_outputs_inside_the_inbox_are_not_read(inbox: Path) -> None:
    put(inbox, "甲.txt")
    put(inbox, "坏.docx", BROKEN)
    outputs = inbox / "outputs"
    run(inbox, outputs)
    assert run(inbox, outputs)[1].load_id is None


def test_what_is_no_file_is_told_and_stops_nothing(inbox: Path, outputs: Path) -> None:
    put(inbox, "甲.txt")
    os.mkfifo(inbox / "管道.docx")
    (inbox / "断链.docx").symlink_to(inbox / "没有")
    events, load = run(inbox, outputs)
    assert sorted((e.file, e.code) for e in events if isinstance(e, Refused)) == [
        ("断链.docx", "missing"),
        ("管道.docx", "not_regular"),
    ]
    assert (load.read, load.failed) == (1, 2)
    before = prints(outputs)
    events, load = run(inbox, outputs)
    assert (len(events), load.failed) == (2, 2)
    assert prints(outputs) == before


@pytest.mark.usefixtures("real_tables")
def test_a_plan_that_was_parsed_before_is_not_read_again(inbox: Path, outputs: Path) -> None:
    file = put(inbox, "甲.txt")
    assert command("parse", file, "-o", outputs).wait() == 0
    out = published(outputs)
    events, load = run(inbox, outputs)
    assert (events, load.read, load.skipped) == ([], 0, 1)
    assert published(outputs) == out


@pytest.mark.usefixtures("real_tables")
def test_published_files_that_are_gone_come_back(inbox: Path, outputs: Path) -> None:
    put(inbox, "甲.txt")
    run(inbox, outputs)
    before = published(outputs)
    shutil.rmtree(outputs / "parquet" / "tasks")
    (outputs / "csv" / "units.csv").unlink()
    assert run(inbox, outputs)[1].published
    assert published(outputs) == before


def test_a_plan_that_the_tables_do_not_take_stops_no_other(
    inbox: Path, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "甲.txt", text(2022), age=300)
    put(inbox, "乙.txt", text(2023), age=200)
    put(inbox, "丙.txt", text(2024), age=100)
    save = Record.save

    def fails(record: Record, plan: Plan) -> bool:
        if plan.document.plan_year == 2023:
            plan = Plan({**plan.rows, "tasks": [*plan.rows["tasks"], *plan.rows["tasks"]]})
        return save(record, plan)

    monkeypatch.setattr(Record, "save", fails)
    events, load = run(inbox, outputs)
    assert [(e.file, e.code) for e in events if isinstance(e, Refused)] == [("乙.txt", "internal")]
    assert (load.read, load.failed) == (2, 1)
    with Record(outputs, read_only=True) as record:
        assert record.query("SELECT plan_year FROM documents ORDER BY 1") == [(2022,), (2024,)]


def test_what_a_killed_run_left_goes_and_what_another_one_uses_stays(inbox: Path, outputs: Path) -> None:
    put(inbox, "甲.txt")
    gone, alive = 2**22 + 1, os.getppid()  # no process has the first number
    for number in (gone, alive):
        put(outputs, f".taizhang.spilled.{number}/block")
        put(outputs, f".taizhang.duckdb.{number}.tmp")
        put(outputs, f".taizhang.duckdb.{number}.tmp.wal")
    run(inbox, outputs)
    assert sorted(left_behind(outputs)) == [
        f".taizhang.duckdb.{alive}.tmp",
        f".taizhang.duckdb.{alive}.tmp.wal",
        f".taizhang.spilled.{alive}",
    ]


def test_every_run_that_did_something_has_its_row(inbox: Path, outputs: Path) -> None:
    put(inbox, "甲.txt")
    put(inbox, "坏.docx", BROKEN)
    began = datetime.now(UTC)
    run(inbox, outputs)
    run(inbox, outputs)
    put(inbox, "乙.txt", text(2024))
    run(inbox, outputs, command="watch")
    with Record(outputs, read_only=True) as record:
        rows = record.query(
            "SELECT load_id, command, inbox, files_seen, files_read, files_failed, files_skipped, files_waiting, "
            "epoch_us(started_at) <= epoch_us(ended_at), epoch_us(started_at) >= ?, parser_version, length(rules_version) "
            "FROM loads ORDER BY load_id",
            round(began.timestamp() * 1e6),
        )
    assert rows == [
        (1, "ingest", str(inbox), 2, 1, 1, 0, 0, True, True, "0.1.0", 12),
        (2, "watch", str(inbox), 3, 1, 0, 2, 0, True, True, "0.1.0", 12),
    ]


def test_a_second_inbox_shares_the_plans_and_has_its_own_names(inbox: Path, outputs: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for folder in (inbox, other):
        put(folder, "甲.txt")
        put(folder, "坏.docx", BROKEN + folder.name.encode())
        run(folder, outputs)
    with Record(outputs, read_only=True) as record:
        assert len(record.documents()) == 1
    names = {p.name for p in (outputs / "quarantine").iterdir() if p.suffix == ".docx"}
    assert len(names) == 2 and "坏.docx" in names
    assert run(inbox, outputs)[1].load_id is None is run(other, outputs)[1].load_id


def test_a_missing_inbox_is_a_wrong_call_and_a_bad_rule_book_writes_nothing(
    inbox: Path, outputs: Path, tmp_path: Path
) -> None:
    with pytest.raises(CallWrong, match="mkdir"):
        run(tmp_path / "none", outputs)
    with pytest.raises(CallWrong, match="taizhang parse"):
        run(put(tmp_path, "a.txt"), outputs)
    put(inbox, "甲.txt")
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "x.toml").write_text("[[deadline]]\nid = 1\n")
    with pytest.raises(RulesInvalid):
        run(inbox, outputs, rules=tmp_path / "r")
    assert not outputs.exists()


def test_a_second_run_at_the_same_time_is_told_in_one_line(
    inbox: Path, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.ingest.alone import alone

    put(inbox, "甲.txt")
    monkeypatch.setattr("pipeline.ingest.intake.WAIT", 0.1)
    with alone(outputs, 0), pytest.raises(RecordUnavailable, match=r"另一个 taizhang .* → 等它结束后再试"):
        run(inbox, outputs)
    assert run(inbox, outputs)[1].read == 1


def test_the_command_prints_a_line_a_file_for_people_and_an_object_a_line_for_machines(
    inbox: Path, outputs: Path
) -> None:
    put(inbox, "甲.txt")
    put(inbox, "坏.docx", BROKEN)
    ran = command("ingest", inbox, "-o", outputs, "--json")
    out, err = ran.communicate()
    assert (ran.returncode, err) == (1, "")
    said = [json.loads(line) for line in out.splitlines()]
    assert [one["event"] for one in said] == ["read", "refused", "load"]
    assert (said[0]["file"], said[0]["tasks"], said[1]["code"], said[2]["read"]) == ("甲.txt", 1, "truncated", 1)
    ran = command("ingest", inbox, "-o", outputs)
    out, err = ran.communicate()
    assert (ran.returncode, err) == (0, "")
    assert out.startswith("没有新文件：2 份都已收过；隔离中 1 份") and out.count("\n") == 1
    put(inbox, "乙.txt", text(2024))
    out, err = command("ingest", inbox, "-o", outputs).communicate()
    assert out.splitlines()[0] == "收入 乙.txt：某区2024年重点工作任务分工表（2024 年，任务 1 项）"
    assert out.splitlines()[1].startswith("共 3 份：收入 1，读不了 0，已收过 2，等待 0；表格已更新")


@pytest.mark.usefixtures("real_tables")
def test_nothing_knows_one_year(inbox: Path, outputs: Path) -> None:
    import duckdb

    for years in (2022, 2023), (2024, 2031):
        for year in years:
            put(inbox, f"{year}.txt", text(year))
        run(inbox, outputs)
    found = duckdb.sql(
        f"SELECT plan_year, min(due_on)::VARCHAR FROM read_parquet('{outputs}/parquet/tasks/*/*.parquet', "
        "hive_partitioning = true) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert found == [(year, f"{year}-11-30") for year in (2022, 2023, 2024, 2031)]


@pytest.mark.usefixtures("real_tables")
def test_the_samples_of_twelve_years_query_as_one(tmp_path: Path) -> None:
    import duckdb

    inbox, outputs = tmp_path / "inbox", tmp_path / "outputs"
    # one of each year, so that it is quick; a folder is named by place and year
    for year, folder in {
        path.name.split("-")[1]: path for path in (ROOT / "samples").iterdir() if path.is_dir()
    }.items():
        source = min(folder.glob("source.*"), key=lambda path: path.stat().st_size)
        put(inbox, f"{year}/{source.name}", source.read_bytes())
    _, load = run(inbox, outputs)
    assert load.failed == 0 and load.read == load.seen
    rows = duckdb.sql(
        f"SELECT d.plan_year, d.region_name, count(t.task_id) FROM read_parquet('{outputs}/parquet/documents/*/*.parquet', "
        f"hive_partitioning = true) d LEFT JOIN read_parquet('{outputs}/parquet/tasks/*/*.parquet', "
        "hive_partitioning = true) t USING (document_id) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    years = {year for year, _, _ in rows if year}
    assert {2012, 2016, 2018, 2019, 2020, 2021, 2022} <= years
    assert len({place for _, place, _ in rows}) >= 4 and all(tasks for _, _, tasks in rows)
    partitions = {p.name for p in (outputs / "parquet" / "tasks").iterdir()}
    assert {f"plan_year={year}" for year in years} <= partitions
