"""The task sheet: what the annex prints and what an office keeps beside it, to be sorted, filtered, filled in, printed.

A heading spans the row without being merged: merged rows make Excel refuse to sort, and hide from a filter what stands
below them. Every row says its part of the plan in a column and its number in the plan's order, so that a sorted or
filtered sheet still tells where a task belongs, and sorting by that number gives the annex back.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from .cells import put_cell
from .dress import CHANGED, HEAD, SECTION, Dress, paper
from .look import height
from .terms import Column, Light, Terms
from .values import EMPTY, Cell, Line, Value

SPARE = 200  # rows below the last in which the lights and the lists work, too
NARROW = 7.0  # a column of the plan's in which nothing stands
AS_OF_LABEL = "统计日期"
_CENTERED = frozenset({"number", "due", "kind", "status", "next", "order", "deadline", "role"})
_ASIDE = frozenset({"change", "section", "place", "order", "id"})  # not printed
_LIT = {"done": ("number", "status"), "overdue": ("number", "due"), "due": ("number", "due"), "next": ("next",)}
_AT = "$B$2"  # the day from which the lights count; a person may change it


HEADER, FIRST = 2, 3  # rows of the header and of the first line, from 0


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the header. as_of: the day from which the lights count; None for a sheet without lights."""

    title: str
    facts: str
    as_of: date | None = None


def fitting(columns: Sequence[Column], lines: Sequence[Line], given: Container[str]) -> tuple[Column, ...]:
    """The columns, those of the plan's in which nothing stands narrow; `given`: those whose width people chose."""
    used = {key for line in lines for key, cell in line.cells.items() if cell}
    return tuple(
        replace(c, width=min(c.width, NARROW))
        if c.filled == "plan" and c.key not in used and c.key not in given and c.key != "number"
        else c
        for c in columns
    )


def write_tasks(
    sheet: Any, columns: Sequence[Column], lines: Sequence[Line], heading: Heading, terms: Terms, dress: Dress
) -> list[list[Value]]:
    """Write title, header and lines; gives the values of the rows above the header, by which they are known again."""
    header, first, as_of = HEADER, FIRST, heading.as_of
    place = {column.key: n for n, column in enumerate(columns)}
    widths = [column.width for column in columns]
    _set_columns(sheet, columns, widths, dress)
    printed = _printed(columns, any(line.cell("change") for line in lines))
    above = _title(sheet, printed, heading, dress)
    for n, column in enumerate(columns):
        sheet.write_string(header, n, column.label, dress.header())
    sheet.set_row(header, height([(c.label, w) for c, w in zip(columns, widths, strict=True)])[0] + 4)
    for row, line in enumerate(lines, first):
        _line(sheet, row, line, columns, printed, dress)
    last = first + len(lines) - 1
    sheet.autofilter(header, 0, max(last, header), len(columns) - 1)
    task = place.get("task", 9)
    sheet.freeze_panes(first, task + 1 if task <= 2 else 0)
    if as_of is not None:
        _lists(sheet, place, first, last, terms)
        _lights(sheet, place, first, last, terms, dress)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(columns) - 1)}{last + SPARE}"})
    paper(sheet, header, printed, last)
    return above


def _set_columns(sheet: Any, columns: Sequence[Column], widths: Sequence[float], dress: Dress) -> None:
    for n, (column, wide) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(n, n, wide, dress.of(), {"hidden": column.filled == "hidden"})


def _printed(columns: Sequence[Column], changed: bool) -> int:
    """How many columns are printed: to the last that is the plan's or people's; the changes where there are any."""
    aside = _ASIDE - {"change"} if changed else _ASIDE
    return 1 + max((n for n, column in enumerate(columns) if column.key not in aside), default=0)


def _title(sheet: Any, printed: int, heading: Heading, dress: Dress) -> list[list[Value]]:
    title, facts, as_of = heading.title, heading.facts, heading.as_of
    sheet.merge_range(0, 0, 0, max(printed - 1, 1), "", dress.title())
    sheet.write_string(0, 0, title, dress.title())
    sheet.set_row(0, 30)
    sheet.set_row(1, 18)
    if as_of is None:
        sheet.write_string(1, 0, facts, dress.remark())
        return [[title], [facts]]
    sheet.write_string(1, 0, AS_OF_LABEL, dress.remark())
    sheet.write_datetime(1, 1, as_of, dress.remark(num_format='yyyy"年"m"月"d"日"', align="left", indent=2))
    sheet.write_string(1, 2, facts, dress.remark())
    return [[title], [AS_OF_LABEL, as_of, facts]]


def _line(sheet: Any, row: int, line: Line, columns: Sequence[Column], printed: int, dress: Dress) -> None:
    if line.kind in ("section", "block"):
        _heading(sheet, row, line, columns, printed, dress)
        return
    tall, size = height((line.cell(c.key).value, c.width) for c in columns if c.filled != "hidden")
    sheet.set_row(row, tall)
    changed = bool(line.cell("change"))
    for n, column in enumerate(columns):
        look: dict[str, Any] = {"font_size": size}
        if column.key in _CENTERED:
            look["align"] = "center"
        if changed and column.key in ("number", "change"):
            look["bg_color"] = CHANGED
        cell = Cell(line.id) if column.key == "id" else line.cell(column.key)
        put_cell(sheet, row, n, cell, look, dress)


def _heading(sheet: Any, row: int, line: Line, columns: Sequence[Column], printed: int, dress: Dress) -> None:
    # its words run over the empty cells to their right
    strong: dict[str, Any] = {"bold": True}
    if line.kind == "block" or line.level <= 1:
        strong |= {"font_name": HEAD, "font_size": 11}
    typed = ((line.cell(c.key).value, c.width) for c in columns if c.key not in ("number", "order", "id"))
    sheet.set_row(row, max(24 if line.kind == "block" else 21, height(typed)[0]))
    for n, column in enumerate(columns):
        cell = Cell(line.id) if column.key == "id" else line.cell(column.key)
        look: dict[str, Any] = {"bg_color": SECTION, "left": 0, "right": 0}
        if column.key == "number":
            look |= {**strong, "text_wrap": False, "indent": max(line.level - 1, 0), "left": 1}
        elif column.key == "order":
            look["align"] = "center"
        if n in (printed - 1, len(columns) - 1):
            look["right"] = 1
        put_cell(sheet, row, n, cell or EMPTY, look, dress)


def _lists(sheet: Any, place: dict[str, int], first: int, last: int, terms: Terms) -> None:
    if "status" in place and len(",".join(terms.statuses)) <= 255:
        words = {
            "validate": "list",
            "source": list(terms.statuses),
            "error_type": "warning",
            "error_title": "不在列表里",
            "error_message": "列表里没有这个状态，仍要填写吗？",
        }
        sheet.data_validation(first, place["status"], last + SPARE, place["status"], words)


def _lights(sheet: Any, place: dict[str, int], first: int, last: int, terms: Terms, dress: Dress) -> None:
    for light in terms.lights:
        formula = _formula(light, place, first + 1, terms)
        for key in _LIT[light.when]:
            if formula and key in place:
                color = dress.book.add_format({"bg_color": f"#{light.fill}", "font_color": f"#{light.ink}"})
                rule = {"type": "formula", "criteria": formula, "format": color, "stop_if_true": True}
                sheet.conditional_format(first, place[key], last + SPARE, place[key], rule)


def _formula(light: Light, place: dict[str, int], row: int, terms: Terms) -> str:
    def at(key: str) -> str:
        return f"${xl_col_to_name(place[key])}{row}"

    finished = [status for status, done in terms.statuses.items() if done]
    if "status" not in place or not finished:
        return ""
    done = "OR({})".format(",".join(f'{at("status")}="{status}"' for status in finished))
    if light.when == "done":
        return f"={done}"
    key = "next" if light.when == "next" else "due"
    if key not in place:
        return ""
    late = f"{at(key)}<{_AT}" if light.when == "overdue" else f"{at(key)}<={_AT}+{light.days}"
    return f"=AND(ISNUMBER({at(key)}),{late},NOT({done}))"
