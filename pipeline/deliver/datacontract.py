"""datacontract.yaml: the published tables as an Open Data Contract Standard v3 contract: types, keys, labels, checks.

Source: bitol.io, ODCS 3.1.0. Beside datapackage.json, which describes the files of today, it says what every publish keeps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..schema import PUBLISHED, SCHEMA_VERSION, Column, Table
from .whole import WholeFiles

_LOGICAL = {
    "string": "string",
    "strings": "array",
    "map": "object",
    "bool": "boolean",
    "int8": "integer",
    "int16": "integer",
    "int32": "integer",
    "int64": "integer",
    "float64": "number",
    "decimal": "number",
    "date": "date",
    "timestamp": "timestamp",
}
_PHYSICAL = {"strings": "list<string>", "map": "map<string,string>", "decimal": "decimal(28,6)", "date": "date32"}

# the closed lists of docs/contract.md
VALUES: dict[str, tuple[str, ...]] = {
    "documents.admin_level": ("national", "province", "city", "county", "township"),
    "blocks.part": ("letterhead", "body", "annex", "notes", "furniture"),
    "blocks.kind": ("paragraph", "cell", "header", "footer", "footnote", "textbox"),
    "tasks.origin": ("table", "inline", "clause"),
    "measures.obligation": ("must", "must_not", "should", "may", "explore"),
    "task_units.role": ("lead", "responsible", "supporting", "guiding"),
    "task_units.split_by": ("separator", "paragraph", "grammar", "registry"),
    "deadlines.precision": ("day", "dekad", "month", "quarter", "half", "year", "five_year"),
    "deadlines.year_from": ("text", "plan", "rule"),
    "citations.relation": ("implements", "forwards", "refers", "repeals"),
    "targets.comparator": ("ge", "gt", "le", "lt", "eq", "approx", "all"),
    "findings.severity": ("error", "warning", "info"),
}


def write_datacontract(files: WholeFiles) -> None:
    """Write datacontract.yaml among the published files."""
    text = "\n".join(_yaml(contract())) + "\n"
    files.path("datacontract.yaml").write_bytes(text.encode())


def contract() -> dict[str, Any]:
    """The contract; it depends on nothing but the version of the schema."""
    return {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": "taizhang",
        "name": "taizhang",
        "version": f"{SCHEMA_VERSION}.0.0",
        "status": "active",
        "description": {
            "purpose": "工作计划台账：任务、单位、时限、引用文件、指标，逐项可追溯到原文。",
            "usage": "各表按编号关联成星形；calendar 供时间切片；is_current 为真的是现行版本。",
            "limitations": "列的顺序在同一表结构版本内不变；一份文件的编号取自文件内容，内容变则编号变。",
        },
        "servers": [
            {"server": "parquet", "type": "local", "path": "parquet/{model}/*/*.parquet", "format": "parquet"},
            {"server": "csv", "type": "local", "path": "csv/{model}.csv", "format": "csv"},
        ],
        "schema": [_object(table) for table in PUBLISHED],
    }


def _object(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": table.name,
        "physicalName": table.name,
        "logicalType": "object",
        "physicalType": "table",
        "businessName": table.label,
        "properties": [_property(table, column) for column in table.columns],
    }
    checks = [_no_duplicates(table.key)] if len(table.key) > 1 else []
    if "char_start" in table.names:
        checks.append(_sql("起止字符在文字块内取出的正是原文", _SPAN.format(table=table.name)))
    return made | ({"quality": checks} if checks else {})


_SPAN = (
    "SELECT count(*) FROM {table} s JOIN blocks b USING (block_id)"
    " WHERE substring(b.text, s.char_start + 1, s.char_end - s.char_start) <> s.text"
)
_DANGLING = (
    "SELECT count(*) FROM {table} s WHERE s.{column} IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM {to} t WHERE t.{field} = s.{column})"
)


def _property(table: Table, column: Column) -> dict[str, Any]:
    key = column.name in table.key
    made: dict[str, Any] = {
        "name": column.name,
        "businessName": column.label,
        "logicalType": _LOGICAL[column.type],
        "physicalType": _PHYSICAL.get(column.type, column.type),
        "required": key,
    }
    if column.type == "strings":
        made["items"] = {"logicalType": "string"}
    checks = [{"metric": "nullValues", "mustBe": 0}] if key else []
    if key:
        made |= {"primaryKey": True, "primaryKeyPosition": table.key.index(column.name) + 1}
        if table.key == (column.name,):
            made["unique"] = True
            checks.append({"metric": "duplicateValues", "mustBe": 0})
    if values := VALUES.get(f"{table.name}.{column.name}"):
        checks.append({"metric": "invalidValues", "arguments": {"validValues": list(values)}, "mustBe": 0})
    if column.refers:
        made["relationships"] = [{"type": "foreignKey", "to": column.refers}]
        to, field = column.refers.split(".")
        dangling = _DANGLING.format(table=table.name, column=column.name, to=to, field=field)
        checks.append(_sql(f"每个值都在 {column.refers} 中", dangling))
    return made | ({"quality": checks} if checks else {})


def _no_duplicates(key: tuple[str, ...]) -> dict[str, Any]:
    return {"metric": "duplicateValues", "arguments": {"properties": list(key)}, "mustBe": 0}


def _sql(description: str, query: str) -> dict[str, Any]:
    return {"type": "sql", "description": description, "query": query, "mustBe": 0}


def _yaml(value: Any, indent: str = "") -> Iterator[str]:
    # the few shapes a contract has; strings as JSON writes them, which YAML reads the same
    for name, one in value.items() if isinstance(value, dict) else ((None, one) for one in value):
        head = indent + ("- " if name is None else f"{name}:")
        if isinstance(one, dict | list):
            inner = list(_yaml(one, indent + "  "))
            if name is None:
                yield head + inner[0].removeprefix(indent + "  ")
                yield from inner[1:]
            else:
                yield head
                yield from inner
        else:
            yield f"{head.rstrip()} {json.dumps(one, ensure_ascii=False)}"
