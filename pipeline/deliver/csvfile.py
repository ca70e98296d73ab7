"""CSV for Excel: UTF-8 with BOM, lists joined with 、, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..schema import Column, Table, arrow_type

if TYPE_CHECKING:
    import pyarrow as pa

BOM = b"\xef\xbb\xbf"

# = + - @ and their full-width forms, also after spaces, a BOM or zero-width characters; a tab or line break in front.
# The characters themselves, so that Python and DuckDB read one pattern alike.
_UNSEEN = "\x01-\x20\x85\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
_FORMULA = f"^([\t\r\n]|[{_UNSEEN}]*[=+\\-@＝＋－＠])"

_TYPES = {"strings": "string", "map": "string", "timestamp": "string"}  # what becomes text


def neutral(text: str) -> str:
    """The text as a spreadsheet may have it: with a leading apostrophe when it would be run as a formula."""
    return "'" + text if re.match(_FORMULA, text) else text


def write_csv(table: Table, chunks: Iterable[pa.Table], path: Path) -> None:
    """Write one table, whose chunks were selected by `csv_columns`.

    Dates are ISO, times ISO in UTC, booleans true/false, an unknown value an empty cell. A text cell that a spreadsheet
    would run gets a leading apostrophe; numbers never do. Every text stands in quotes, every number does not.
    """
    import pyarrow as pa
    from pyarrow import csv

    schema = pa.schema([pa.field(c.name, arrow_type(_TYPES.get(c.type, c.type))) for c in table.columns])
    with path.open("wb") as file:
        file.write(BOM)
        with csv.CSVWriter(file, schema) as writer:
            for chunk in chunks:
                writer.write_table(chunk.cast(schema))


def csv_columns(table: Table) -> str:
    """The SQL expressions that give the cells of a table."""
    return ", ".join(map(_expression, table.columns))


def _expression(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "string":
        return f"{_neutral_sql(name)} AS {name}"
    if column.type == "strings":
        joined = f"array_to_string({name}, '、')"
        return f"{_neutral_sql(joined)} AS {name}"
    if column.type == "map":
        pairs = f"list_transform(map_entries({name}), lambda e: e.key || '：' || coalesce(e.value, ''))"
        joined = f"array_to_string({pairs}, '；')"
        return f"{_neutral_sql(joined)} AS {name}"
    if column.type == "timestamp":
        return f"strftime({name}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%fZ') AS {name}"
    return name


def _neutral_sql(text: str) -> str:
    return f"CASE WHEN regexp_matches({text}, '{_FORMULA}') THEN '''' || {text} ELSE nullif({text}, '') END"
