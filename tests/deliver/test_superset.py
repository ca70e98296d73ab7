"""The ready dashboard: what it names exists, and (PROOFS=1) a running Superset imports it and draws what the record holds."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from pipeline import parse
from pipeline.deliver.load import load
from pipeline.store import Record
from tests.deliver.server import Server

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ("130607-2022-zhengwu-gongkai/source.docx", "511724-2016-minsheng-shishi/source.docx")
sys.path.insert(0, str(ROOT / "docs" / "superset"))

import make as dashboard  # noqa: E402  (docs/superset/make.py)

sys.path.pop(0)


@pytest.fixture
def loaded(tmp_path: Path, postgresql: Server, database: Callable[[], str]) -> tuple[Path, str]:
    """(outputs, database) with two real plans in both."""
    name = database()
    with Record(tmp_path / "outputs") as record:
        for sample in SAMPLES:
            record.save(parse(ROOT / "samples" / sample))
        load(record, postgresql.url(name))
    return tmp_path / "outputs", name


def test_the_archive_is_the_one_that_its_definitions_give(tmp_path: Path) -> None:
    dashboard.write(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == dashboard.OUT.read_bytes(), "→ python docs/superset/make.py"


def test_everything_in_it_is_named_where_it_is_used() -> None:
    with zipfile.ZipFile(dashboard.OUT) as archive:
        files = {name.partition("/")[2]: yaml.safe_load(archive.read(name)) for name in archive.namelist()}
    made: dict[str, list[dict[str, Any]]] = {}
    for name, content in files.items():
        made.setdefault(name.split("/")[0], []).append(content)
    [board] = made["dashboards"]
    datasets = {one["uuid"]: {column["column_name"] for column in one["columns"]} for one in made["datasets"]}
    charts = {one["uuid"] for one in made["charts"]}
    assert {one["database_uuid"] for one in made["datasets"]} == {made["databases"][0]["uuid"]}
    placed = [
        one["meta"]["uuid"] for one in board["position"].values() if isinstance(one, dict) and one["type"] == "CHART"
    ]
    assert len(placed) == len(charts) == 5 and set(placed) == charts
    for one in made["charts"]:
        columns, asked = datasets[one["dataset_uuid"]], one["params"]
        used = [*asked.get("groupby", []), *asked.get("all_columns", []), asked.get("x_axis", "task_id")]
        used += [only["subject"] for only in asked.get("adhoc_filters", [])]
        assert set(used) <= columns
    for one in board["metadata"]["native_filter_configuration"]:
        assert one["targets"][0]["column"]["name"] in datasets[one["targets"][0]["datasetUuid"]]


def test_the_queries_of_its_datasets_run_and_give_the_columns_named(
    loaded: tuple[Path, str], postgresql: Server
) -> None:
    folder, name = loaded
    with Record(folder, read_only=True) as record:
        tasks, units = record.table("tasks").num_rows, record.table("task_units").num_rows
    for (query, columns), rows in zip(dashboard.DATASETS.values(), (tasks, units), strict=True):
        assert postgresql.rows(f"SELECT count(*) FROM ({query}) q", name) == [(rows,)]
        assert postgresql.rows(f"SELECT {', '.join(columns)} FROM ({query}) q LIMIT 1", name)
        typed = postgresql.rows(
            f"SELECT {', '.join(f'pg_typeof({c})::text' for c in columns)} FROM ({query}) q LIMIT 1", name
        )
        assert [kind.upper() for kind in typed[0]] == [kind for kind, _ in columns.values()]


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("PROOFS"), reason="installs Superset: PROOFS=1")
def test_superset_draws_what_the_record_holds(loaded: tuple[Path, str], postgresql: Server, tmp_path: Path) -> None:
    from tests.deliver.superset import superset

    folder, name = loaded
    for statement in (
        "CREATE ROLE reader LOGIN PASSWORD 'reader'",
        "GRANT USAGE ON SCHEMA taizhang TO reader",
        "GRANT SELECT ON ALL TABLES IN SCHEMA taizhang TO reader",
    ):
        postgresql.rows(statement, name)
    address = postgresql.url(name, "reader", "reader").replace("postgresql://", "postgresql+psycopg2://")
    record = duckdb.connect(str(folder / "taizhang.duckdb"), read_only=True)
    home = tmp_path / "superset"
    home.mkdir()
    with superset(home) as api:
        _a_chart_of_an_own_dataset(api, address, record)
        _the_ready_dashboard(api, address, record)


def _a_chart_of_an_own_dataset(api: Any, address: str, record: duckdb.DuckDBPyConnection) -> None:
    database = api("POST", "database/", {"database_name": "own", "sqlalchemy_uri": address})["id"]
    dataset = api("POST", "dataset/", {"database": database, "schema": "taizhang", "table_name": "tasks"})["id"]
    columns = api("GET", f"dataset/{dataset}")["result"]["columns"]
    # the Chinese comments have become the columns' descriptions
    assert {c["column_name"]: c["description"] for c in columns}["due_on"] == "截止日期"
    chart = {
        "slice_name": "own",
        "viz_type": "pie",
        "datasource_id": dataset,
        "datasource_type": "table",
        "params": "{}",
    }
    assert api("POST", "chart/", chart)["id"]
    got = _data(api, dataset, ["deadline_kind"], {"expressionType": "SQL", "sqlExpression": "COUNT(*)", "label": "n"})
    want = record.execute("SELECT deadline_kind, count(*) FROM tasks GROUP BY 1").fetchall()
    assert {(row["deadline_kind"], row["n"]) for row in got} == set(want)


def _the_ready_dashboard(api: Any, address: str, record: duckdb.DuckDBPyConnection) -> None:
    archive = dashboard.OUT.read_bytes()
    assert zipfile.is_zipfile(io.BytesIO(archive))
    for _ in range(2):  # an import again replaces, and doubles nothing
        assert api.upload("dashboard/import/", archive, {"databases/taizhang.yaml": "reader"}) == {"message": "OK"}
    [connection] = [
        one["id"] for one in api("GET", "database/")["result"] if one["database_name"] == dashboard.DATABASE
    ]
    api("PUT", f"database/{connection}", {"sqlalchemy_uri": address})
    [board] = [one for one in api("GET", "dashboard/")["result"] if one["dashboard_title"] == dashboard.DASHBOARD]
    charts = {one["slice_name"]: one for one in api("GET", f"dashboard/{board['id']}/charts")["result"]}
    assert charts.keys() == dashboard.CHARTS.keys()
    datasets = {one["table_name"]: one["id"] for one in api("GET", "dataset/")["result"]}

    total = _data(api, datasets["taizhang_tasks"], [], "tasks")
    assert [row["tasks"] for row in total] == [record.execute("SELECT count(*) FROM tasks").fetchall()[0][0]]
    leads = [{"col": "role", "op": "==", "val": "lead"}]
    got = _data(api, datasets["taizhang_task_units"], ["unit"], "tasks", leads)
    want = record.execute(
        "SELECT coalesce(u.name, tu.text), count(DISTINCT task_id) FROM task_units tu LEFT JOIN units u USING (unit_id)"
        " WHERE role = 'lead' GROUP BY 1"
    ).fetchall()
    assert {(row["unit"], row["tasks"]) for row in got} == set(want)
    of_year = [{"col": "plan_year", "op": "IN", "val": [2022]}, {"col": "due_on", "op": "IS NOT NULL"}]
    due = _data(api, datasets["taizhang_tasks"], ["due_on"], "tasks", of_year)
    assert [row["tasks"] for row in due] == [14]


def _data(api: Any, dataset: int, columns: list[str], metric: Any, filters: Any = ()) -> list[dict[str, Any]]:
    """What a chart over a dataset shows."""
    query = {"columns": columns, "metrics": [metric], "filters": list(filters), "orderby": [], "row_limit": 10000}
    asked = {"datasource": {"id": dataset, "type": "table"}, "queries": [query], "result_format": "json"}
    [result] = api("POST", "chart/data", asked | {"result_type": "full"})["result"]
    rows: list[dict[str, Any]] = result["data"]
    return rows
