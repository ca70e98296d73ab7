"""Rows of cells in plain text: bars (Markdown or not), tabs, commas of a .csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lines import NUMBERED

Row = tuple[str, ...]
SPAN_LIMIT = 200
HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_BAR = re.compile(r"(?<!\\)[|｜│┃]")
_RULE = re.compile(r"[ \t]*[|｜│┃+]?(?:[ \t]*:?-{1,}:?[ \t]*[|｜│┃+])*[ \t]*:?-{2,}:?[ \t]*[|｜│┃+]?[ \t]*$")


@dataclass(frozen=True, slots=True)
class Table:
    """rows: cells from left to right, a short row is filled up by its reader; headers: rows the file marks as such."""

    rows: tuple[Row, ...]
    headers: int = 0

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


def tables(lines: Sequence[str], comma: bool = False) -> Iterator[Table | list[str]]:
    """The lines in order, rows of cells gathered into tables; linear in the lines.

    comma   the file says that commas part its cells (.csv)
    """
    if comma:
        yield _commas(lines)
        return
    plain: list[str] = []
    at = 0
    while at < len(lines):
        end, table = _bars(lines, at)
        if table is None:
            end, table = _tabs(lines, at)
        if table is None:
            plain.append(lines[at])
            at += 1
        else:
            if plain:
                yield plain
            plain, at = [], end
            yield table
    if plain:
        yield plain


def bars(line: str) -> Row:
    """The cells of a row with bars; a bar at either end only frames it, an escaped one is a word."""
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())]
    if cells and not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1] and _BAR.search(line.rstrip()[-1:]):
        cells = cells[:-1]
    return tuple(cells)


def _bars(lines: Sequence[str], at: int) -> tuple[int, Table | None]:
    rows: list[Row] = []
    headers = 0
    end = at
    width = 0
    while end < len(lines) and _BAR.search(lines[end]) and not HEADING.match(lines[end]):
        if _RULE.match(lines[end]):
            headers = headers or (len(rows) if len(rows) == 1 else 0)
        else:
            row = bars(lines[end])
            if not 2 <= len(row) <= SPAN_LIMIT or (rows and len(row) != width):
                break
            width = len(row)
            rows.append(row)
        end += 1
    ok = len(rows) >= 2 or (rows and headers)
    return (end, Table(tuple(rows), headers)) if ok else (at, None)


def _tabs(lines: Sequence[str], at: int) -> tuple[int, Table | None]:
    rows: list[Row] = []
    end = at
    while end < len(lines) and "\t" in lines[end].strip():
        row = tuple(cell.strip() for cell in lines[end].split("\t"))
        if len(row) > SPAN_LIMIT or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
        end += 1
    if len(rows) < 2 or any(not row[0] and lines[at + n][:1] == "\t" for n, row in enumerate(rows[:1])):
        return at, None
    counted = sum(1 for row in rows if NUMBERED.fullmatch(row[0]))
    if len(rows[0]) == 2 and counted * 2 >= len(rows):
        return at, None  # a tab after the number of a paragraph
    return end, Table(tuple(rows))


def _commas(lines: Sequence[str]) -> Table:
    rows = tuple(tuple(cell.strip() for cell in row) for row in csv.reader(lines) if any(cell.strip() for cell in row))
    return Table(rows)
