"""The Frictionless descriptor (Data Package v1) of csv/ and parquet/: types, keys, foreign keys, labels, hashes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from ..schema import PUBLISHED, SCHEMA_VERSION, Column, Table
from .whole import WholeFiles

_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "strings": {"type": "string", "description": "多个值用、连接"},
    "map": {"type": "string", "description": "列名：值，多项用；连接"},
    "bool": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "int8": {"type": "integer"},
    "int16": {"type": "integer"},
    "int32": {"type": "integer"},
    "int64": {"type": "integer"},
    "float64": {"type": "number"},
    "decimal": {"type": "number"},
    "date": {"type": "date"},
    "timestamp": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S.%fZ"},
}


def write_datapackage(files: WholeFiles) -> None:
    """Describe the files written so far, and write datapackage.json among them."""
    package = descriptor({path.relative_to(files.folder).as_posix(): file for path, file in files.items()})
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    files.path("datapackage.json").write_bytes(text.encode())


def descriptor(files: dict[str, Path]) -> dict[str, Any]:
    """The descriptor of published files: name within the package → where its bytes are."""
    resources = [_csv(table, files[f"csv/{table.name}.csv"]) for table in PUBLISHED]
    for table in PUBLISHED:
        inside = sorted(name for name in files if name.startswith(f"parquet/{table.name}/"))
        resources += [_parquet(table, name, files[name]) for name in inside]
    return {
        "profile": "data-package",
        "name": "taizhang",
        "title": "工作计划台账",
        "description": "CSV 中以 = + - @ 等开头的文字前加了 '，以免表格软件当作公式；parquet 保持原文。",
        "version": str(SCHEMA_VERSION),
        "resources": resources,
    }


def _csv(table: Table, file: Path) -> dict[str, Any]:
    keys = [
        {"fields": column.name, "reference": {"resource": "" if to == table.name else to, "fields": field}}
        for column in table.columns
        if column.refers
        for to, field in [column.refers.split(".")]
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.label,
        "path": f"csv/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",  # IANA's name, which every tool knows; readers drop the BOM
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        **_bytes(file),
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _parquet(table: Table, name: str, file: Path) -> dict[str, Any]:
    year = name.split("/")[2].removeprefix("plan_year=")
    return {
        "name": f"{table.name}-parquet-{year if year.isdigit() else 'none'}".replace("_", "-"),
        "type": "file",
        "title": table.label,
        "path": name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_bytes(file),
    }


def _field(column: Column) -> dict[str, Any]:
    return {"name": column.name, "title": column.label, **_TYPES[column.type]}


def _bytes(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256")
        return {"bytes": opened.tell(), "hash": f"sha256:{digest.hexdigest()}"}
