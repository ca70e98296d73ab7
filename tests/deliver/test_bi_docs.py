"""docs/bi.md does what it says: every query in it answers over real plans, alike in DuckDB and PostgreSQL, and rightly."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import chdir
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import duckdb
import pytest

from pipeline import parse
from pipeline.deliver.load import load
from pipeline.deliver.publish import publish
from pipeline.schema import PUBLISHED
from pipeline.store import Record
from tests.deliver.server import Server
from tests.make_docx import make_docx

ROOT = Path(__file__).parent.parent.parent
PAGES = (ROOT / "docs" / "bi.md", ROOT / "docs" / "bi.zh-CN.md")
SAMPLE = ROOT / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
QUERIES = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "docs" / "sql").glob("*.sql"))}
VIEWS = QUERIES.pop("duckdb_views")
IN_PAGE = [body for kind, body in BLOCK.findall(PAGES[0].read_text("utf-8")) if kind == "sql"]

HEAD = ["序号", "工作任务", "牵头单位", "完成时限"]


def year_plan(folder: Path, year: int, *rows: list[str]) -> Path:
    title = f"保定市满城区{year}年防汛备汛工作要点任务分解表"
    return make_docx(folder / f"{year}.docx", title, "一、总体要求", "各单位要按期完成。", [HEAD, *rows])


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of 2022, and one small plan in two years."""
    folder = tmp_path_factory.mktemp("bi")
    clear, watch = "清理河道阻水物。", "落实汛期24小时值班制度。"
    old = year_plan(
        folder, 2023, ["1", clear, "区水利局", "2023年5月底前"], ["2", watch, "区应急管理局", "持续推进"],
        ["3", "编制2023年防汛预案。", "区水利局", "2023年4月底前"], ["4", "排查城区易涝点。", "区住建局", "2023年6月底前"],
    )  # fmt: skip
    new = year_plan(
        folder, 2024, ["1", clear, "区水利局", "2024年4月底前"], ["2", watch, "区应急管理局", "持续推进"],
        ["3", "编制2024年防汛预案。", "区水利局", "2023年4月底前"], ["4", "建设山洪预警平台。", "区水利局", "2024年6月底前"],
    )  # fmt: skip
    with Record(folder / "outputs") as record:
        for file in (SAMPLE, old, new):
            record.save(parse(file))
        publish(record, folder / "outputs")
    return folder


@pytest.fixture
def asked(outputs: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """What DuckDB answers, set up as the page says."""
    with chdir(outputs):
        connection = duckdb.connect()
        connection.execute(VIEWS)

        def ask(query: str) -> list[tuple[Any, ...]]:
            with chdir(outputs):
                rows: list[tuple[Any, ...]] = connection.sql(query.strip().rstrip(";")).fetchall()
                return rows

    return ask


def facts(outputs: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any], str, str]]:
    """(document, task, role, name of the unit) of the record, joined in Python."""
    with Record(outputs / "outputs", read_only=True) as record:
        rows = {table: record.table(table).to_pylist() for table in ("documents", "tasks", "task_units", "units")}
    documents = {row["document_id"]: row for row in rows["documents"]}
    tasks = {row["task_id"]: row for row in rows["tasks"]}
    names = {row["unit_id"]: row["name"] for row in rows["units"]}
    for row in rows["task_units"]:
        name = names.get(row["unit_id"]) or row["text"]
        yield documents[row["document_id"]], tasks[row["task_id"]], row["role"], name


def test_what_is_due_this_quarter_by_unit(asked: Callable, outputs: Path) -> None:
    due: dict[str, set[str]] = defaultdict(set)
    for _, task, role, unit in facts(outputs):
        if (
            role in ("lead", "responsible")
            and task["due_on"]
            and date(2022, 10, 1) <= task["due_on"] <= date(2022, 12, 31)
        ):
            due[unit].add(task["task_id"])
    got = asked(QUERIES["due_this_quarter"])
    assert {unit: tasks for unit, tasks, _ in got} == {unit: len(tasks) for unit, tasks in due.items()}
    # read in the paper itself: 14 rows say 2022年底前 and all of them name 各乡（镇）政府
    assert ("保定市满城区各乡（镇）政府", 14, date(2022, 12, 31)) in got


def test_what_is_ongoing(asked: Callable) -> None:
    got = asked(QUERIES["ongoing"])
    assert Counter((region, year) for region, year, *_ in got)["保定市满城区", 2022] == 22
    assert {deadline for *_, deadline in got} == {"持续推进"}


def test_who_leads_most(asked: Callable, outputs: Path) -> None:
    counted: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for _, task, role, unit in facts(outputs):
        counted[unit][role].add(task["task_id"])
    want = {u: tuple(len(roles[r]) for r in ("lead", "responsible", "supporting")) for u, roles in counted.items()}
    got = asked(QUERIES["who_leads_most"])
    assert {unit: tuple(rest) for unit, *rest in got} == want
    assert [row[1] for row in got] == sorted((row[1] for row in got), reverse=True)
    assert got[0][:2] == ("保定市满城区人民政府办公室", 21)


def test_every_month_stands_with_the_tasks_due_in_it(asked: Callable) -> None:
    got = asked(QUERIES["due_by_month"])
    assert [row[1] for row in got] == list(range(1, 13))
    assert got[-1] == (2022, 12, "2022年12月", 14)
    assert [row[3] for row in got[:-1]] == [0] * 11


def test_what_changed_against_last_year(asked: Callable) -> None:
    got = [row[1:] for row in asked(QUERIES["against_last_year"])]
    assert got == [
        (2024, "deadline_changed", "清理河道阻水物。", "2023年5月底前", "2024年4月底前"),
        (2024, "dropped", "排查城区易涝点。", "2023年6月底前", None),
        (2024, "new", "建设山洪预警平台。", None, "2024年6月底前"),
        (2024, "same", "编制2024年防汛预案。", "2023年4月底前", "2023年4月底前"),
        (2024, "same", "落实汛期24小时值班制度。", "持续推进", "持续推进"),
    ]


def test_the_tasks_of_one_unit_and_the_working_days_left(asked: Callable, outputs: Path) -> None:
    of_unit, left = map(asked, IN_PAGE)
    want = {(task["label"], role) for _, task, role, unit in facts(outputs) if unit.endswith("财政局")}
    assert want and {(row[2], row[1]) for row in of_unit} == want
    days = [date(2022, 11, 16) + timedelta(n) for n in range(46)]
    assert ("4", date(2022, 12, 31), sum(map(chinese_calendar.is_workday, days))) in left


def test_postgresql_answers_the_same(
    asked: Callable, outputs: Path, postgresql: Server, database: Callable[[], str]
) -> None:
    name = database()
    with Record(outputs / "outputs", read_only=True) as record:
        load(record, postgresql.url(name))
    postgresql.rows(f"ALTER DATABASE {name} SET search_path TO taizhang", name)
    for title, query in (*QUERIES.items(), *enumerate(IN_PAGE)):
        assert postgresql.rows(query.strip().rstrip(";"), name) == asked(query), title


def test_both_pages_have_the_same_code_and_name_every_query() -> None:
    english, chinese = (page.read_text("utf-8") for page in PAGES)
    assert BLOCK.findall(english)[1:] == BLOCK.findall(chinese)[1:]  # the first is the drawing
    assert re.findall("^#+", english, re.M) == re.findall("^#+", chinese, re.M)
    for text in (english, chinese):
        assert set(re.findall(r"\]\(sql/(\w+)\.sql\)", text)) == QUERIES.keys()
        linked = re.findall(r"\]\(([^)#]+)\)", text)
        assert [path for path in linked if not (ROOT / "docs" / path).exists()] == []


def test_the_views_name_every_table_and_the_pandas_lines_run(outputs: Path, asked: Callable) -> None:
    assert set(re.findall(r"VIEW (\w+)", VIEWS)) == {table.name for table in PUBLISHED}
    [code] = [body for kind, body in BLOCK.findall(PAGES[0].read_text("utf-8")) if kind == "python"]
    names: dict[str, Any] = {}
    with chdir(outputs):
        exec(code, names)
    assert names["led"].iloc[0] == asked(QUERIES["who_leads_most"])[0][1]
