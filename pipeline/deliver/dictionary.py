"""The data dictionary: every table and column with its type, its Chinese label and what it points to."""

from __future__ import annotations

import json
from unicodedata import east_asian_width

from ..schema import PUBLISHED, SCHEMA_VERSION, Table

_TYPES = {
    "string": "文字",
    "strings": "文字列表",
    "map": "文字对照",
    "bool": "是否",
    "int8": "整数",
    "int16": "整数",
    "int32": "整数",
    "int64": "整数",
    "float64": "小数",
    "decimal": "定点小数",
    "date": "日期",
    "timestamp": "时间（UTC）",
}


def dictionary() -> str:
    """The dictionary as text for a terminal: one table of lines for each table, columns aligned by display width."""
    return "\n\n".join([f"表结构第 {SCHEMA_VERSION} 版", *map(_table, PUBLISHED)]) + "\n"


def dictionary_json() -> str:
    """The same as JSON: version, and tables with their columns."""
    tables = [
        {
            "name": table.name,
            "label": table.label,
            "key": list(table.key),
            "columns": [
                {"name": c.name, "type": c.type, "label": c.label} | ({"refers": c.refers} if c.refers else {})
                for c in table.columns
            ],
        }
        for table in PUBLISHED
    ]
    return json.dumps({"schema_version": SCHEMA_VERSION, "tables": tables}, ensure_ascii=False, indent=2) + "\n"


def _table(table: Table) -> str:
    lines = [("列", "名称", "类型", "", "指向")]
    lines += [
        (c.name, c.label + ("（主键）" if c.name in table.key else ""), _TYPES[c.type], c.type, c.refers)
        for c in table.columns
    ]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join([f"{table.name}  {table.label}", *(_line(line, widths) for line in lines)])


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return ("  " + "  ".join(padded)).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
