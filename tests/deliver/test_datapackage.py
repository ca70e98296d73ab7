"""datapackage.json: valid for frictionless with all keys, and not valid when the files do not keep them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frictionless import Package

from pipeline.deliver.dictionary import dictionary, dictionary_json
from pipeline.schema import PUBLISHED
from tests.deliver.test_publish import PLANS, published, with_text

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def faults(folder: Path) -> list[str]:
    report = Package(str(folder / "datapackage.json")).validate()
    return [error.type for task in report.tasks for error in task.errors] + [error.type for error in report.errors]


def without_hashes(folder: Path) -> None:
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    path.write_text(json.dumps(package), "utf-8")


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "csv" / f"{name}.csv"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_the_package_is_valid_with_empty_and_self_references(tmp_path: Path) -> None:
    published(tmp_path, *PLANS)
    assert faults(tmp_path) == []
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    tasks = next(resource for resource in package["resources"] if resource["name"] == "tasks")
    assert tasks["title"] == "任务"
    assert tasks["schema"]["primaryKey"] == ["task_id"]
    assert tasks["schema"]["fields"][0] == {"name": "task_id", "title": "任务编号", "type": "string"}
    assert {key["reference"]["resource"] for key in tasks["schema"]["foreignKeys"]} == {
        "documents",
        "sections",
        "calendar",
    }
    paths = {resource["path"] for resource in package["resources"]} | {"unmatched.csv"}  # a work list, no table
    found = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*") if p.suffix in (".csv", ".parquet")}
    assert paths == found
    assert len({resource["name"] for resource in package["resources"]}) == len(paths) - 1


def test_a_package_of_odd_text_and_an_empty_one_are_valid(tmp_path: Path) -> None:
    published(tmp_path / "empty")
    assert faults(tmp_path / "empty") == []
    published(tmp_path / "odd", with_text('=a,"b"\n\r\t；：、\ufeff'))
    assert faults(tmp_path / "odd") == []


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("task_units", '"u-fgj"', '"u-none"', "foreign-key"),
        ("sections", '-s000","body"', '-s999","body"', "foreign-key"),
        ("tasks", '-t0001"', '-t0000"', "primary-key"),
        ("tasks", ",false,", ",no,", "type-error"),
    ],
)
def test_a_broken_key_or_type_is_found(tmp_path: Path, table: str, old: str, new: str, fault: str) -> None:
    published(tmp_path, *PLANS)
    without_hashes(tmp_path)
    assert faults(tmp_path) == []
    change(tmp_path, table, old, new)
    assert fault in faults(tmp_path)


def test_a_file_changed_by_hand_is_found_by_its_hash(tmp_path: Path) -> None:
    published(tmp_path, *PLANS)
    change(tmp_path, "tasks", "区住建局", "区住建委")
    assert faults(tmp_path) == ["hash-count"]
    path = next((tmp_path / "parquet" / "tasks").rglob("*.parquet"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert faults(tmp_path) == ["hash-count", "hash-count"]


def test_the_dictionary_names_every_table_and_column() -> None:
    text, read = dictionary(), json.loads(dictionary_json())
    assert [table["name"] for table in read["tables"]] == [table.name for table in PUBLISHED]
    for table in PUBLISHED:
        assert f"{table.name}  {table.label}" in text
        for column in table.columns:
            assert column.name in text
            assert column.label in text
    assert max(map(len, text.splitlines())) <= 120
