"""Loading into PostgreSQL: what stands there is what the record holds, whole or not at all, and is explained in Chinese."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.deliver.calendar import calendar
from pipeline.deliver.load import Loaded, load
from pipeline.deliver.postgresql import place
from pipeline.errors import CallWrong, RecordUnavailable
from pipeline.plan import Plan
from pipeline.schema import PUBLISHED, SCHEMA_VERSION, TABLE, TABLES, Table
from pipeline.store import Record
from tests.deliver.server import PASSWORD, Server
from tests.deliver.test_publish import PLANS, with_text
from tests.make_plan import make_plan

ROWS = sum(len(plan.rows[table.name]) for plan in PLANS for table in TABLES if table.name != "units") + 3 + 730
FULL = bool(os.environ.get("PROOFS"))


def recorded(folder: Path, *plans: Plan) -> Path:
    with Record(folder) as record:
        for plan in plans:
            record.save(plan)
    return folder


def loaded(folder: Path, url: str, schema: str = "taizhang") -> Loaded:
    with Record(folder, read_only=True) as record:
        return load(record, url, schema)


def state(server: Server, database: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table with the transaction that wrote it."""
    names = [row[0] for row in server.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'taizhang'", database)]
    return {name: sorted(server.rows(f"SELECT t::text, xmin::text FROM taizhang.{name} t", database)) for name in names}


def values(server: Server, database: str, name: str) -> list[tuple[Any, ...]]:
    table = next(table for table in PUBLISHED if table.name == name)
    columns = ", ".join(f'"{c.name}"::text' if c.type == "decimal" else f'"{c.name}"' for c in table.columns)
    order = ", ".join(f'"{key}" COLLATE "C"' if key not in ("seq", "date") else key for key in table.key)
    return server.rows(f"SELECT {columns} FROM taizhang.{name} ORDER BY {order}", database)


def test_every_table_holds_what_the_record_holds(tmp_path: Path, postgresql: Server, database: Callable) -> None:
    folder, name = recorded(tmp_path, *PLANS), database()
    did = loaded(folder, postgresql.url(name))
    assert did == Loaded(f"127.0.0.1:{postgresql.port}/{name}", "taizhang", 3, ROWS, 0)
    with Record(folder, read_only=True) as record:
        for table in TABLES:
            rows = record.table(table.name).to_pylist(maps_as_pydicts="strict")
            rows.sort(key=lambda row, key=table.key: tuple(row[column] for column in key))
            want = [tuple(_spelled(table, row.values())) for row in rows]
            assert [tuple(_spelled(table, row)) for row in values(postgresql, name, table.name)] == want, table.name
    days = [tuple(row.values()) for year in (2022,) for row in calendar(year).to_pylist()]
    assert values(postgresql, name, "calendar")[: len(days)] == days


def _spelled(table: Table, row: Iterable[Any]) -> Iterator[Any]:
    for column, value in zip(table.columns, row, strict=True):
        if column.type == "map" and isinstance(value, str):
            yield json.loads(value)
        else:
            yield str(value) if column.type == "decimal" and value is not None else value


def test_tables_and_columns_are_typed_keyed_and_explained_in_chinese(
    tmp_path: Path, postgresql: Server, database: Callable
) -> None:
    name = database()
    loaded(recorded(tmp_path, PLANS[0]), postgresql.url(name))
    said = postgresql.rows(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum),"
        " obj_description(c.oid) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0"
        " WHERE relnamespace = 'taizhang'::regnamespace AND relkind = 'r' AND relname <> 'taizhang_meta'",
        name,
    )
    assert {(t, c, label, of) for t, c, _, label, of in said} == {
        (t.name, c.name, c.label, t.label) for t in PUBLISHED for c in t.columns
    }
    types = {(t, c): kind for t, c, kind, _, _ in said}
    assert types["tasks", "due_on"] == "date"
    assert types["documents", "ingested_at"] == "timestamp with time zone"
    assert types["targets", "value"] == "numeric(28,6)"
    assert types["tasks", "lead_units"] == "text[]"
    assert types["tasks", "extra"] == "jsonb"
    keys = postgresql.rows(
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'taizhang'::regnamespace",
        name,
    )
    assert ("taizhang.task_units", "PRIMARY KEY (task_id, seq)") in keys
    [to_unit] = [d for t, d in keys if t == "taizhang.task_units" and "REFERENCES taizhang.units(unit_id)" in d]
    assert to_unit.startswith("FOREIGN KEY (unit_id)")
    assert sum("FOREIGN KEY" in d for _, d in keys) == sum(bool(c.refers) for t in PUBLISHED for c in t.columns)


def test_a_second_load_of_the_same_touches_no_row(tmp_path: Path, postgresql: Server, database: Callable) -> None:
    folder, name = recorded(tmp_path, *PLANS), database()
    loaded(folder, postgresql.url(name))
    before = state(postgresql, name)
    again = loaded(folder, postgresql.url(name))
    assert (again.documents, again.written, again.removed) == (3, 0, 0)
    assert state(postgresql, name) == before


def test_a_plan_that_changed_is_replaced_and_one_that_is_gone_leaves_no_row(
    tmp_path: Path, postgresql: Server, database: Callable
) -> None:
    name = database()
    loaded(recorded(tmp_path / "old", *PLANS), postgresql.url(name))
    before = state(postgresql, name)
    did = loaded(recorded(tmp_path / "new", make_plan("一号", tasks=1), PLANS[1]), postgresql.url(name))
    gone = PLANS[2].document.document_id
    for table in TABLES:
        left = postgresql.rows(f"SELECT t::text FROM taizhang.{table.name} t", name)
        assert not [row for row in left if gone in row[0]], table.name
    assert postgresql.rows("SELECT document_id, count(*) FROM taizhang.tasks GROUP BY 1 ORDER BY 2", name) == [
        (PLANS[0].document.document_id, 1),
        (PLANS[1].document.document_id, 3),
    ]
    assert did.documents == 2
    # what did not change was not written again
    kept = PLANS[1].document.document_id
    after = state(postgresql, name)
    assert [row for row in after["tasks"] if kept in row[0]] == [row for row in before["tasks"] if kept in row[0]]
    assert loaded(tmp_path / "new", postgresql.url(name)).written == 0


def test_odd_text_comes_through_and_what_postgresql_has_not_is_marked(
    tmp_path: Path, postgresql: Server, database: Callable
) -> None:
    texts, name = ("引\"号'，\n\t\\N \\. 😀", "a\0b", "", "=1+1"), database()
    loaded(recorded(tmp_path, with_text(*texts)), postgresql.url(name))
    got = postgresql.rows("SELECT text, lead_units[1], extra->>text FROM taizhang.tasks ORDER BY seq", name)
    assert got == [(text.replace("\0", "\ufffd"),) * 3 for text in texts]


@pytest.mark.parametrize("n", range(1, len(PUBLISHED) + 2) if FULL else (1, 5, len(PUBLISHED) + 1))
def test_a_kill_in_mid_load_leaves_the_former_state(
    tmp_path: Path, postgresql: Server, database: Callable, n: int
) -> None:
    name = database()
    loaded(recorded(tmp_path / "old", *PLANS[:2]), postgresql.url(name))
    before = state(postgresql, name)
    recorded(tmp_path / "new", make_plan("一号", tasks=1), PLANS[2])
    code = (
        "import os, signal, sys; from pathlib import Path; import pipeline.deliver.load as it\n"
        "from tests.deliver.test_load import loaded\n"
        "real, calls, n = it._count, iter(range(1, 99)), int(sys.argv[3])\n"
        "def count(cursor, query):\n"
        "    done = real(cursor, query)\n"
        "    if query.startswith(('WITH come', 'SELECT count')) and next(calls) == n:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return done\n"
        "it._count = count; loaded(Path(sys.argv[1]), sys.argv[2])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "new"), postgresql.url(name), str(n)])
    assert run.returncode == -signal.SIGKILL
    assert state(postgresql, name) == before
    assert loaded(tmp_path / "new", postgresql.url(name)).documents == 2


def test_two_loads_at_once_both_come_through(tmp_path: Path, postgresql: Server, database: Callable) -> None:
    folder, name, failed = recorded(tmp_path, *PLANS), database(), []

    def one() -> None:
        try:
            loaded(folder, postgresql.url(name))
        except RecordUnavailable as error:
            failed.append(error)

    both = [Thread(target=one), Thread(target=one)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert failed == []
    assert postgresql.rows("SELECT count(*) FROM taizhang.documents", name) == [(3,)]


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    code = main(["load", *map(str, words)])
    said = capsys.readouterr()
    text = said.out + said.err
    assert text.count("\n") == 1, text
    for secret in (PASSWORD, "p%40ss", "ss/w:rd", "s3cret"):
        assert secret not in text
    return code, text.strip()


def test_the_command_says_what_it_did(tmp_path: Path, postgresql: Server, database: Callable, capsys) -> None:
    folder, name = recorded(tmp_path, *PLANS), database()
    at = f"127.0.0.1:{postgresql.port}/{name} 的模式 台账："
    url = postgresql.url(name)
    assert told(capsys, url, "-o", folder, "--schema", "台账") == (0, f"{at}文件 3 份，写入 {ROWS} 行，移去 0 行")
    assert told(capsys, url, "-o", folder, "--schema", "台账") == (0, f"{at}文件 3 份，没有变化")


def test_every_refusal_is_one_line_without_the_password(
    tmp_path: Path, postgresql: Server, database: Callable, capsys
) -> None:
    folder, name = recorded(tmp_path / "out", PLANS[0]), database()
    url = postgresql.url(name)
    postgresql.rows("CREATE ROLE clerk LOGIN PASSWORD 's3cret'")
    clerk = postgresql.url(name, "clerk", "s3cret")
    where = f"127.0.0.1:{postgresql.port}/{name}"
    for asked, code, why in (
        (postgresql.url(name, password="s3cret"), 1, f"{where}：用户名或密码不对"),
        (postgresql.url("nowhere"), 1, "服务器上没有这个数据库"),
        (postgresql.url(name, "nobody_here"), 1, "用户名或密码不对"),
        (url.replace(f":{postgresql.port}/", ":1/"), 1, "127.0.0.1:1/" + name + "：连不上服务器"),
        ("postgresql://u:s3cret@no-such-host.invalid/x", 1, "no-such-host.invalid/x：连不上服务器"),
        ("postgresql://u:s3cret@127.0.0.1:port/x", 1, "网址写法不对"),
        (f"{url}?nonsense=s3cret", 1, "网址写法不对"),
        (clerk, 1, f"{where}：没有权限"),
        ("mysql://u:s3cret@127.0.0.1/x", 2, "要 PostgreSQL 的网址"),
        ("plans.db", 2, "要 PostgreSQL 的网址"),
    ):
        assert (got := told(capsys, asked, "-o", folder)) and got[0] == code and why in got[1] and " → " in got[1], got
    assert told(capsys, url, "-o", tmp_path / "none")[1].startswith(f"{tmp_path / 'none'}")


def test_tables_of_others_and_of_another_version_are_left_alone(
    tmp_path: Path, postgresql: Server, database: Callable, capsys
) -> None:
    folder, name = recorded(tmp_path, PLANS[0]), database()
    postgresql.rows("CREATE TABLE public.tasks (id integer)", name)
    code, line = told(capsys, postgresql.url(name), "-o", folder, "--schema", "public")
    assert (code, "已有别的程序的表 tasks" in line) == (1, True)
    loaded(folder, postgresql.url(name))
    for version, word in ((SCHEMA_VERSION - 1, "较旧"), (SCHEMA_VERSION + 1, "较新")):
        postgresql.rows(f"UPDATE taizhang.taizhang_meta SET value = '{version}'", name)
        before = state(postgresql, name)
        code, line = told(capsys, postgresql.url(name), "-o", folder)
        assert (code, f"由{word}的 taizhang 装载（表结构第 {version} 版" in line) == (1, True), line
        assert state(postgresql, name) == before


def test_a_key_that_points_nowhere_refuses_the_load_and_changes_nothing(
    tmp_path: Path, postgresql: Server, database: Callable, capsys
) -> None:
    name = database()
    loaded(recorded(tmp_path / "good", PLANS[0]), postgresql.url(name))
    before = state(postgresql, name)
    rows = {table: [dict(row) for row in rows] for table, rows in PLANS[1].rows.items()}
    rows["task_units"][0]["unit_id"] = "u-none"
    code, line = told(capsys, postgresql.url(name), "-o", recorded(tmp_path / "bad", Plan(rows)))
    assert (code, "指向不存在的行" in line) == (1, True), line
    assert state(postgresql, name) == before


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("postgresql://u:p@db/plans", "db/plans"),
        ("postgres://db:5433/plans?sslmode=require", "db:5433/plans"),
        ("postgresql:///plans", "/plans"),
        ("postgresql://[::1]:5432/计划", "[::1]:5432/计划"),
        ("postgresql://a:1,b:2/plans", "a:1,b:2/plans"),
        ("postgresql://db/plans?user=u&password=s3cret", "db/plans"),
        # passwords with signs that should have been written in percent
        ("postgresql://u:s3/cret@db/plans", "db/plans"),
        ("postgresql://u:s3@cret@db/plans", "db/plans"),
        ("postgresql://u:s3?cret@db/plans", "PostgreSQL 服务器"),
        ("postgresql://u:s3@cr?et@db/plans", "PostgreSQL 服务器"),
        ("postgresql://db/plans?password=s3@cret", "PostgreSQL 服务器"),
        ("postgresql://u:s3cret", "PostgreSQL 服务器"),
        (f"postgresql://{'a' * 100_000}!", "PostgreSQL 服务器"),
    ],
)
def test_where_a_url_leads_is_said_without_the_user(url: str, where: str) -> None:
    assert place(url) == where


def test_another_kind_of_url_is_a_wrong_call() -> None:
    with pytest.raises(CallWrong, match="PostgreSQL"):
        place("sqlite:///x")
    assert set(TABLE) < {table.name for table in PUBLISHED}
