"""The record: one transaction a plan, the same rows whatever the order, one line when it cannot be had."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import store
from pipeline.database import FILE
from pipeline.errors import RecordUnavailable
from pipeline.plan import Plan
from pipeline.recordsql import RECORD_VERSION
from pipeline.schema import TABLE, TABLES, arrow_schema
from pipeline.store import Record
from tests.make_plan import make_plan

LATER = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def everything(record: Record) -> dict[str, Any]:
    return {table.name: record.table(table.name).to_pylist() for table in TABLES}


def with_row(plan: Plan, table: str, place: int, **changed: Any) -> Plan:
    rows = {name: list(rows) for name, rows in plan.rows.items()}
    rows[table][place] = dict(rows[table][place]) | changed
    return Plan(rows)


def test_importing_the_record_imports_no_heavy_library() -> None:
    code = (
        "import sys, pipeline.store; print([m for m in ('pandas', 'numpy', 'duckdb', 'pyarrow') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.parametrize("name", list(TABLE))
def test_a_table_comes_back_with_the_rows_and_the_schema_of_the_plan(tmp_path: Path, name: str) -> None:
    plan = make_plan()
    with Record(tmp_path) as record:
        record.save(plan)
        for got in (
            record.table(name),
            record.table(name, plan.document.document_id),
            record.table_of_year(name, 2022),
        ):
            assert got.schema.equals(arrow_schema(name), check_metadata=True)
            order = [*TABLE[name].sort, *TABLE[name].key]
            want = plan.table(name).sort_by([(column, "ascending") for column in dict.fromkeys(order)])
            assert got.to_pylist() == want.to_pylist()


def test_an_empty_record_has_empty_tables_of_the_contract(tmp_path: Path) -> None:
    with Record(tmp_path / "new" / "folder") as record:
        for table in TABLES:
            assert record.table(table.name).schema.equals(arrow_schema(table.name))
        assert record.documents() == ()
        assert record.years() == ()


def test_a_stored_plan_is_the_plan(tmp_path: Path) -> None:
    plan = make_plan()
    with Record(tmp_path) as record:
        record.save(plan)
        again = record.plan(plan.document.document_id)
        assert again.tasks[0].extra == plan.tasks[0].extra
        assert {t: again.table(t) for t in TABLE} == {t: record.table(t) for t in TABLE}
        with pytest.raises(KeyError):
            record.plan("0" * 16)


def test_the_same_rows_again_change_nothing_and_keep_the_first_time(tmp_path: Path) -> None:
    with Record(tmp_path) as record:
        record.save(make_plan())
        before = everything(record)
        record.save(make_plan(ingested_at=LATER))
        assert everything(record) == before


def test_other_rows_of_a_document_replace_its_rows_and_its_time(tmp_path: Path) -> None:
    with Record(tmp_path) as record:
        record.save(make_plan("二号"))
        record.save(make_plan(tasks=5))
        record.save(make_plan(tasks=2, ingested_at=LATER))
        document_id = make_plan().document.document_id
        assert record.table("tasks", document_id).num_rows == 2
        assert record.table("links", document_id).num_rows == 2
        assert record.table("tasks").num_rows == 5
        assert record.table("documents", document_id).to_pylist()[0]["ingested_at"] == LATER


def test_a_later_version_of_a_plan_becomes_the_current_one(tmp_path: Path) -> None:
    first, second = make_plan("一号"), make_plan("二号", issued_on=date(2022, 9, 1))
    third, other = make_plan("三号", issued_on=None), make_plan("四号", plan_key="")
    for order in permutations([first, second, third]):
        with Record(tmp_path / "".join(p.document.file_name[0] for p in order)) as record:
            for plan in (*order, other):
                record.save(plan)
            current = {d["file_name"] for d in record.documents() if d["is_current"]}
            assert current == {"二号.docx", "四号.docx"}


def test_of_two_versions_of_one_day_the_one_that_came_last_is_current(tmp_path: Path) -> None:
    with Record(tmp_path) as record:
        record.save(make_plan("一号", ingested_at=LATER))
        record.save(make_plan("二号", ingested_at=LATER - timedelta(days=1)))
        assert [d["file_name"] for d in record.documents() if d["is_current"]] == ["一号.docx"]
        # the first one is read again and now has another key: the second stands alone
        record.save(make_plan("一号", ingested_at=LATER, plan_key="other"))
        assert all(d["is_current"] for d in record.documents())


def test_units_are_one_row_with_the_short_names_of_all_plans_whatever_the_order(tmp_path: Path) -> None:
    plans = [
        make_plan("一号", short_name="区发改局"),
        make_plan("二号", short_name="区发改委", issued_on=date(2023, 1, 1)),
    ]
    plans[1] = with_row(plans[1], "units", 1, name="新名", region_code=None)
    seen: list[list[dict[str, Any]]] = []
    for order in (plans, plans[::-1]):
        with Record(tmp_path / str(len(seen))) as record:
            for plan in order:
                record.save(plan)
            seen.append(record.table("units").to_pylist())
    assert seen[0] == seen[1]
    unit = next(u for u in seen[0] if u["unit_id"] == "u-fgj")
    assert (unit["name"], unit["short_names"], unit["region_code"]) == ("新名", ["区发改委", "区发改局"], "510108")


def test_a_short_name_that_a_better_parser_no_longer_reads_goes(tmp_path: Path) -> None:
    with Record(tmp_path) as record:
        record.save(make_plan(short_name="错的"))
        record.save(make_plan(short_name="区发改局"))
        assert record.table("units").to_pylist()[0]["short_names"] == ["区发改局"]


def test_a_citation_finds_its_document_whichever_comes_first(tmp_path: Path) -> None:
    cited = make_plan("意见", title="关于加快\n某事的意见", doc_number="国发〔2021〕1号", plan_key="a")
    same = make_plan("同名", title="关于加快某事的意见", doc_number="国发〔2019〕9号", plan_key="b")
    citing = make_plan("计划", tasks=1)
    citing = with_row(citing, "citations", 0, doc_number="国发〔2021〕1号")
    for number, order in enumerate(permutations([cited, same, citing])):
        with Record(tmp_path / str(number)) as record:
            for plan in order:
                record.save(plan)
            row = record.table("citations", citing.document.document_id).to_pylist()[0]
            assert row["cited_document_id"] == cited.document.document_id


def test_a_citation_of_an_unknown_or_differently_numbered_document_stays_open(tmp_path: Path) -> None:
    citing = with_row(make_plan("计划", tasks=1), "citations", 0, doc_number="国发〔2021〕1号")
    other = make_plan("同名", title="关于加快某事的意见", doc_number="国发〔2019〕9号")
    with Record(tmp_path) as record:
        record.save(citing)
        record.save(other)
        found = record.table("citations", citing.document.document_id).to_pylist()[0]["cited_document_id"]
        assert found is None
        # read again with its right title: the citation follows
        record.save(make_plan("同名", title="关于加快某事的意见", doc_number="国发〔2021〕1号"))
        found = record.table("citations", citing.document.document_id).to_pylist()[0]["cited_document_id"]
        assert found == other.document.document_id


def test_every_id_is_found_with_its_table_and_row(tmp_path: Path) -> None:
    plan = make_plan()
    with Record(tmp_path) as record:
        record.save(plan)
        for table in TABLES:
            row = dict(plan.rows[table.name][0])
            name, got = record.find(row[table.key[0]]) or ("", {})
            assert name == ("tasks" if table.name == "task_units" else table.name)
            assert got == (dict(plan.rows["tasks"][0]) if table.name == "task_units" else row)
        assert record.find("nothing") is None


def test_a_save_that_fails_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Record(tmp_path) as record:
        record.save(make_plan())
        before = everything(record)
        monkeypatch.setattr(store, "CHANGED", "SELECT error('broken')")
        for plan in (make_plan(tasks=9), make_plan("二号")):
            with pytest.raises(duckdb.Error, match="broken"):
                record.save(plan)
            assert everything(record) == before
        monkeypatch.undo()
        record.save(make_plan(tasks=9))
        assert record.table("tasks").num_rows == 9
    with Record(tmp_path) as record:
        assert record.table("tasks").num_rows == 9


def test_a_repeated_key_or_a_foreign_row_is_refused(tmp_path: Path) -> None:
    plan = make_plan()
    with Record(tmp_path) as record:
        with pytest.raises(ValueError, match="tasks"):
            record.save(with_row(plan, "tasks", 1, task_id=plan.tasks[0].task_id))
        with pytest.raises(ValueError, match="another document"):
            record.save(with_row(plan, "tasks", 1, document_id="0" * 16))
        assert record.documents() == ()


def refusal(folder: Path, **options: Any) -> str:
    with pytest.raises(RecordUnavailable) as caught:
        Record(folder, **options)
    said = str(caught.value)
    assert "\n" not in said
    assert " → " in said
    return said


def test_a_record_in_use_is_refused_in_one_line_or_waited_for(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from pipeline.store import Record\n"
        "with Record(Path(sys.argv[1])): print('open', flush=True); time.sleep(float(sys.argv[2]))"
    )
    for seconds, wait in (("60", 0.0), ("0.5", 30.0)):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), seconds], stdout=subprocess.PIPE, text=True
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        if wait:
            Record(tmp_path, wait=wait).close()
        else:
            assert "另一个 taizhang" in refusal(tmp_path)
            assert "另一个 taizhang" in refusal(tmp_path, read_only=True)
        other.kill()
        other.wait()


def test_a_file_that_is_no_record_is_refused_in_one_line(tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"hello", b"hello" * 9999)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / FILE).write_bytes(content)
        assert "不是 DuckDB 数据库" in refusal(folder)
        assert (folder / FILE).read_bytes() == content
    with Record(tmp_path / "good") as record:
        record.save(make_plan())
    good = bytearray((tmp_path / "good" / FILE).read_bytes())
    for name, damaged in (("short", good[:9000]), ("torn", good[:20000] + b"x" * 3000 + good[23000:])):
        (tmp_path / name).mkdir()
        (tmp_path / name / FILE).write_bytes(damaged)
        with pytest.raises(RecordUnavailable, match="→") as caught, Record(tmp_path / name) as record:
            everything(record)
        assert "\n" not in str(caught.value)


def test_someone_elses_database_and_another_schema_version_are_refused(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / FILE)) as connection:
        connection.execute("CREATE TABLE t (i INTEGER)")
    assert "不是 taizhang" in refusal(tmp_path)
    Record(tmp_path / "b").close()
    for version, word in ((RECORD_VERSION + 1, "较新"), (0, "不认识")):
        with duckdb.connect(str(tmp_path / "b" / FILE)) as connection:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", [str(version)])
        assert word in refusal(tmp_path / "b")


def test_a_folder_that_cannot_be_made_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refusal(tmp_path / "file")
    refusal(tmp_path / "file" / "below")
    (tmp_path / "directory" / FILE).mkdir(parents=True)
    refusal(tmp_path / "directory")
    assert "taizhang parse" in refusal(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_without_the_right_to_write_is_refused_in_one_line(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from pipeline.store import Record; import duckdb, pyarrow\n"
        "folder = os.open(sys.argv[1], os.O_RDONLY); os.fchdir(folder); os.setuid(65534)\n"
        "try: Record(Path('.'))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    for folder in (tmp_path / "empty", tmp_path / "full"):
        folder.mkdir(mode=0o755)
    Record(tmp_path / "full").close()
    (tmp_path / "full" / FILE).chmod(0o600)
    for folder in (tmp_path / "empty", tmp_path / "full"):
        run = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True)
        assert run.stdout.startswith("RecordUnavailable"), run.stderr
        assert "权限" in run.stdout
        assert run.stdout.count("\n") == 1


def test_a_record_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    with Record(tmp_path) as record:
        record.save(make_plan())
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_citations_and_current_versions_do_not_depend_on_the_way_there(tmp_path: Path) -> None:
    chance = random.Random(3)
    titles = ["关于甲的意见", "关于 甲\n的意见", "关于乙的意见", ""]
    numbers = ["国发〔2021〕1号", "国发〔2019〕9号", ""]

    def plan(name: str) -> Plan:
        made = make_plan(
            name,
            tasks=1,
            title=chance.choice(titles),
            doc_number=chance.choice(numbers),
            plan_key=chance.choice(["a", "b", ""]),
            issued_on=chance.choice([date(2021, 1, 1), date(2022, 1, 1)]),
            cites=chance.choice(titles[:3]),
        )
        return with_row(made, "citations", 0, doc_number=chance.choice([*numbers, None]))

    final: dict[str, Plan] = {}
    with Record(tmp_path / "long") as record:
        for _ in range(60):
            name = chance.choice("一二三四五六")
            final[name] = plan(name)
            record.save(final[name])
        got = everything(record)
    with Record(tmp_path / "short") as record:
        for name in sorted(final):
            record.save(final[name])
        assert everything(record) == got
    assert len({row["cited_document_id"] for row in got["citations"]}) > 2
