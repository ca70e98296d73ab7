"""CSV for Excel: UTF-8 with BOM, lists joined with 、, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

from pathlib import Path

from ..schema import TABLE, Column
from ..store import Record

BOM = b"\xef\xbb\xbf"

# = + - @ and their full-width forms, also after spaces, a BOM or zero-width characters; and a tab or line break in front.
_UNSEEN = r"\x{0001}-\x{0020}\x{0085}\x{00A0}\x{1680}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2064}\x{3000}\x{FEFF}"
_FORMULA = rf"^([\t\r\n]|[{_UNSEEN}]*[=+\-@＝＋－＠])"


def write_csv(record: Record, name: str, path: Path) -> None:
    """Write one table of the record.

    Dates are ISO, times ISO in UTC, booleans true/false, an unknown value an empty cell. A text cell that a spreadsheet
    would run gets a leading apostrophe; numbers never do.
    """
    from pyarrow import csv

    reader = record.reader(name, ", ".join(map(_expression, TABLE[name].columns)))
    with path.open("wb") as file:
        file.write(BOM)
        with csv.CSVWriter(file, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)


def _expression(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "string":
        return f"{_neutral(name)} AS {name}"
    if column.type == "strings":
        joined = f"array_to_string({name}, '、')"
        return f"{_neutral(joined)} AS {name}"
    if column.type == "map":
        pairs = f"list_transform(map_entries({name}), lambda e: e.key || '：' || coalesce(e.value, ''))"
        joined = f"array_to_string({pairs}, '；')"
        return f"{_neutral(joined)} AS {name}"
    if column.type == "timestamp":
        return f"strftime({name}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%fZ') AS {name}"
    return name


def _neutral(text: str) -> str:
    return f"CASE WHEN regexp_matches({text}, '{_FORMULA}') THEN '''' || {text} ELSE nullif({text}, '') END"
