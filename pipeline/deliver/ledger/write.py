"""One ledger workbook as bytes: every sheet, and what is remembered of them. The same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_range_abs

from . import base as remembered
from .base import Base
from .cells import FittingSheet, put_cell
from .dress import Dress
from .fill import digests
from .former import Loose
from .merge import Merged
from .openbook import Opened
from .overview import Overview, write_overview
from .plainsheet import write_plain
from .tasksheet import FIRST, SPARE, Heading, fitting, write_tasks
from .terms import Column, Terms
from .values import EMPTY, Cell, Line, Sheet, Value, clipped, fits, row_digest


@dataclass
class Workbook:
    """What one workbook holds.

    plans      the lines as the plan alone gives them, by which it is known later what people changed
    overview   made when the columns are known: where the states stand is part of its formulas
    """

    title: str
    facts: str
    as_of: date
    merged: Merged
    plans: Sequence[Line]
    overview: Overview
    sheets: Sequence[Sheet]
    plan: str
    unit: str = ""
    base: Base = field(default_factory=Base)


def status_range(columns: Sequence[Column], lines: int, terms: Terms) -> str:
    """Where the states of the task sheet stand, with room for rows that people add."""
    at = next((n for n, column in enumerate(columns) if column.key == "status"), 0)
    name = terms.sheet("tasks").replace("'", "''")
    return f"'{name}'!{xl_range_abs(FIRST, at, FIRST + lines + SPARE, at)}"


def written(what: Workbook, terms: Terms, fixed: bool = False) -> bytes:
    """The bytes of the .xlsx.

    fixed   row heights that do not grow with what is typed: for looking at the heights alone
    """
    import xlsxwriter

    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(out, options)
    made = datetime.combine(what.as_of, time())
    book.set_properties({"title": what.title, "author": "taizhang", "created": made})
    dress, sheet_class = Dress(book), None if fixed else FittingSheet
    merged = what.merged
    loose = [*merged.loose, *_too_long(merged)]
    columns = fitting(merged.columns, merged.lines, merged.given)
    base = what.base
    base.plan, base.unit = what.plan, what.unit

    def add(key: str) -> tuple[Any, str]:
        name = terms.sheet(key)
        return book.add_worksheet(name, sheet_class), name

    def remember(name: str, rows: Iterable[Sequence[Value]]) -> None:
        base.sheets[name] = frozenset(row_digest(row) for row in rows)

    sheet, name = add("overview")
    remember(name, write_overview(sheet, what.overview, what.title, dress))
    sheet, name = add("tasks")
    sheet.activate()
    heading = Heading(what.title, what.facts, what.as_of)
    remember(name, write_tasks(sheet, columns, [_writable(x) for x in merged.lines], heading, terms, dress))
    _base_rows(base, columns, merged, what.plans)
    for table in what.sheets:
        sheet, name = add(table.key)
        remember(name, write_plain(sheet, table, f"{what.title}　{table.name}", dress))
    if merged.vanished:
        sheet, name = add("vanished")
        heading = Heading(f"{what.title}　{name}", "新的文件里没有、原台账里有的任务，连同已填内容")
        remember(name, write_tasks(sheet, columns, [_writable(x) for x in merged.vanished], heading, terms, dress))
    if loose:
        sheet, name = add("loose")
        table = _loose(loose, name)
        # the title and the headings alone: what stands below them is people's
        remember(name, write_plain(sheet, table, f"{what.title}　{name}", dress)[:2])
    taken = {sheet.get_name().lower() for sheet in book.worksheets()} | {"history"}
    for own in merged.sheets:
        own.name = _free_name(own.name, taken)
        _own_sheet(book, own, dress)
    hidden = book.add_worksheet(remembered.SHEET)
    hidden.very_hidden()
    for n, row in enumerate(remembered.written(base)):
        for column, text in enumerate(row):
            hidden.write_string(n, column, text)
    book.close()
    return out.getvalue()


def _base_rows(base: Base, columns: Sequence[Column], merged: Merged, plans: Sequence[Line]) -> None:
    """What is remembered of each row, of those that have vanished too: they may come back."""
    known = {column.key: column for column in columns}
    of_plan = {line.id: line for line in plans}
    base.columns = {column.key: column.label for column in columns}
    base.widths = {column.key: column.width for column in columns if column.key not in merged.given}
    base.rows = {line_id: dict(digests) for line_id, digests in merged.remembered.items()}
    for line in merged.lines:
        if line.kind != "own":
            base.rows[line.id] = digests(line, of_plan.get(line.id), known)


def _writable(line: Line) -> Line:
    if all(fits(cell.value) for cell in line.cells.values()):
        return line
    cells = {
        key: cell if fits(cell.value) else Cell(clipped(str(cell.value)), cell.note, cell.link, cell.shape)
        for key, cell in line.cells.items()
    }
    return Line(line.id, line.kind, cells, line.level, line.mark, line.typed)


def _too_long(merged: Merged) -> list[Loose]:
    # what another program let people type into one cell; the plan's own long texts have a sheet of their own
    out = []
    labels = {column.key: column for column in merged.columns}
    for line in (*merged.lines, *merged.vanished):
        for key, cell in line.cells.items():
            people = line.kind == "own" or (key in labels and labels[key].filled != "plan")
            if people and isinstance(cell.value, str) and not fits(cell.value):
                pieces = [cell.value[i : i + 15_000] for i in range(0, len(cell.value), 15_000)]
                where = f"{labels[key].label if key in labels else key}（超过一格的容量）"
                out += [Loose(line.words[:60], f"{where}{n}", (piece,)) for n, piece in enumerate(pieces, 1)]
    return out


def _loose(loose: Sequence[Loose], name: str) -> Sheet:
    rows = [(one.sheet, one.place, *one.values) for one in loose]
    most = max(len(row) for row in rows) - 2
    headings = [("原来的工作表", 16.0), ("位置", 16.0), *((f"内容{n}", 30.0) for n in range(1, most + 1))]
    return Sheet("loose", name, headings, rows)


def _free_name(name: str, taken: set[str]) -> str:
    """A name for a sheet of people's that no other has."""
    clean = "".join(c if c not in "[]:*?/\\" else "_" for c in name).strip("'")[:31] or "_"
    made = next(n for k in range(1, 999) if (n := clean if k == 1 else f"{clean[:26]}（{k}）").lower() not in taken)
    taken.add(made.lower())
    return made


def _own_sheet(book: Any, own: Opened, dress: Dress) -> None:
    sheet = book.add_worksheet(own.name)
    for column, wide in own.widths.items():
        sheet.set_column(column - 1, column - 1, max(wide - 5 / 7, 1))
    for (row, column), cell in own.cells.items():
        value = cell if fits(cell.value) else Cell(clipped(str(cell.value)), cell.note, cell.link, cell.shape)
        put_cell(sheet, row - 1, column - 1, value or EMPTY, {"border": 0}, dress)
