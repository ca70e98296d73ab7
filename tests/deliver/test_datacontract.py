"""datacontract.yaml: valid for the standard, true of what is published, and false when a file breaks it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pyarrow.parquet as pq
import pytest
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

from pipeline import parse
from pipeline.deliver.datacontract import VALUES, contract
from pipeline.deliver.publish import publish
from pipeline.schema import PUBLISHED, SCHEMA_VERSION, TABLES
from pipeline.store import Record
from tests.deliver.test_datapackage import faults
from tests.deliver.test_publish import PLANS, published

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
DOCS = (HERE.parent.parent / "docs" / "contract.md").read_text("utf-8")


def checks(promised: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(what, the query that counts rows which break it) for every check of the contract."""
    for table in promised["schema"]:
        name = table["name"]
        for column in [None, *table["properties"]]:
            for check in (table if column is None else column).get("quality", ()):
                at = f"{name}.{column['name']}" if column else name
                assert check["mustBe"] == 0
                if check.get("type") == "sql":
                    yield f"{at} {check['description']}", check["query"]
                    continue
                arguments = check.get("arguments", {})
                names = ", ".join(arguments.get("properties", [column and column["name"]]))
                values = ", ".join(f"'{value}'" for value in arguments.get("validValues", ()))
                yield (
                    f"{at} {check['metric']}",
                    {
                        "nullValues": f"SELECT count(*) FROM {name} WHERE {names} IS NULL",
                        "duplicateValues": f"SELECT count(*) - count(DISTINCT ({names})) FROM {name}",
                        "invalidValues": f"SELECT count(*) FROM {name} WHERE {names} <> '' AND {names} NOT IN ({values})",
                    }[check["metric"]],
                )


def database(folder: Path) -> duckdb.DuckDBPyConnection:
    """The Parquet tables as a reader of the contract finds them: by its server's path."""
    connection = duckdb.connect()
    promised = yaml.safe_load((folder / "datacontract.yaml").read_text("utf-8"))
    path = next(server["path"] for server in promised["servers"] if server["format"] == "parquet")
    for table in PUBLISHED:
        files = f"read_parquet('{folder}/{path.replace('{model}', table.name)}', hive_partitioning = true)"
        connection.execute(f"CREATE VIEW {table.name} AS FROM {files}")
    return connection


def broken(folder: Path) -> list[str]:
    promised = yaml.safe_load((folder / "datacontract.yaml").read_text("utf-8"))
    connection = database(folder)
    return [what for what, query in checks(promised) if connection.sql(query).fetchall() != [(0,)]]


def test_it_is_valid_for_the_standard_and_yaml_reads_what_was_meant(tmp_path: Path) -> None:
    published(tmp_path, PLANS[0])
    text = (tmp_path / "datacontract.yaml").read_text("utf-8")
    assert yaml.safe_load(text) == contract()
    jsonschema.Draft201909Validator(json.loads(OpenDataContractStandard.json_schema())).validate(contract())
    read = OpenDataContractStandard.from_string(text)
    assert read.apiVersion == "v3.1.0"
    assert [one.name for one in read.schema_ or ()] == [table.name for table in PUBLISHED]
    assert (read.schema_ or [])[3].properties[0].businessName == "任务编号"


def test_a_contract_that_breaks_the_standard_is_refused() -> None:
    wrong = contract()
    wrong["schema"][0]["properties"][0]["logicalType"] = "text"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(json.loads(OpenDataContractStandard.json_schema())).validate(wrong)


def test_every_check_holds_over_what_is_published(tmp_path: Path) -> None:
    published(tmp_path, *PLANS)
    assert broken(tmp_path) == []
    assert len(list(checks(contract()))) > 80


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        (
            "task_units",
            "SELECT * REPLACE ('u-none' AS unit_id) FROM t",
            "task_units.unit_id 每个值都在 units.unit_id 中",
        ),
        ("task_units", "SELECT * REPLACE (char_start + 1 AS char_start) FROM t", "task_units 起止字符"),
        ("task_units", "SELECT * REPLACE ('boss' AS role) FROM t", "task_units.role invalidValues"),
        ("task_units", "FROM t UNION ALL FROM t", "task_units duplicateValues"),
        ("units", "FROM t UNION ALL FROM t", "units.unit_id duplicateValues"),
        ("tasks", "SELECT * REPLACE (DATE '1999-01-01' AS due_on) FROM t", "tasks.due_on 每个值都在 calendar.date 中"),
    ],
)
def test_a_file_that_breaks_the_contract_is_found(tmp_path: Path, table: str, change: str, told: str) -> None:
    published(tmp_path, PLANS[0])
    [path] = (tmp_path / "parquet" / table).rglob("*.parquet")
    t = pq.ParquetFile(path).read()  # noqa: F841  (DuckDB reads it by its name)
    pq.write_table(duckdb.sql(change).to_arrow_table(), path)
    assert any(what.startswith(told) for what in broken(tmp_path)), broken(tmp_path)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_real_plans_give_keeps_the_contract_and_the_package(tmp_path: Path) -> None:
    files = [min(folder.glob("source.*")) for folder in sorted(SAMPLES.iterdir()) if folder.is_dir()]
    with Record(tmp_path) as record:
        for file in files:
            record.save(parse(file, ocr="never"))
        publish(record, tmp_path)
        assert len(record.documents()) == len(files)
    assert broken(tmp_path) == []
    assert faults(tmp_path) == []


def test_the_closed_lists_are_those_of_the_document() -> None:
    for name, values in VALUES.items():
        table, column = name.split(".")
        [line] = re.findall(rf"^\*\*{table}\*\* — (.*)$", DOCS, re.M)
        [said] = re.findall(rf"(?:^| · ){column}(?: \w+)? \(([^()]*)", line)
        assert tuple(re.findall(r"\b[a-z_]+\b", said.split(";")[0])) == values, name


def test_the_order_of_columns_is_frozen_by_the_version() -> None:
    frozen = json.loads((HERE / "frozen_columns.json").read_text("utf-8"))
    now = {table.name: [f"{c.name} {c.type}" for c in table.columns] for table in PUBLISHED}
    assert frozen[str(SCHEMA_VERSION)] == now, "a new column or order → SCHEMA_VERSION + 1, and its list beside the old"


def test_every_parquet_file_says_its_version_and_its_labels(tmp_path: Path) -> None:
    published(tmp_path, *PLANS)
    for table in PUBLISHED:
        for path in (tmp_path / "parquet" / table.name).rglob("*.parquet"):
            file = pq.ParquetFile(path)
            schema = file.schema_arrow
            assert schema.metadata[b"schema_version"] == str(SCHEMA_VERSION).encode()
            labels = {c.name: c.label for c in table.columns if c.name != "plan_year"}
            assert {field.name: field.metadata[b"label"].decode() for field in schema} == labels
            for group in range(file.metadata.num_row_groups):
                assert file.metadata.row_group(group).column(0).is_stats_set


def test_the_tables_join_as_a_star_and_no_row_is_doubled(tmp_path: Path) -> None:
    published(tmp_path, *PLANS)
    connection = database(tmp_path)
    star = (
        "FROM task_units tu JOIN tasks t USING (task_id) JOIN documents d ON d.document_id = t.document_id"
        " JOIN units u USING (unit_id) JOIN deadlines l USING (task_id)"
        " LEFT JOIN calendar c ON c.date = l.due_on"
    )
    facts = sum(len(plan.rows["task_units"]) for plan in PLANS)  # one deadline a task
    assert connection.sql(f"SELECT count(*), count(c.date) {star}").fetchall() == [(facts, facts)]
    by_unit = (
        f"SELECT d.plan_year, u.name, c.quarter_label, count(DISTINCT task_id) {star} WHERE role = 'lead' GROUP BY ALL"
    )
    assert sorted(connection.sql(by_unit).fetchall(), key=str) == [
        (2022, "某某区发展和改革局", "2022年第二季度", 3),
        (2023, "某某区发展和改革局", "2022年第二季度", 3),
        (None, "某某区发展和改革局", "2022年第二季度", 3),
    ]
    assert {table.name for table in TABLES} < {table.name for table in PUBLISHED}
