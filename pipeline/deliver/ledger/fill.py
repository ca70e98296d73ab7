"""One line of the new ledger, filled with what its former row says; every difference is told in the change column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from .base import NOTE, TYPED, Base
from .former import FormerRow
from .terms import Column
from .values import EMPTY, Cell, Line, alike_in, digest, said

_LONGEST_NOTE = 300
_NOTHING = "（空）"


def filled(line: Line, row: FormerRow, base: Base, columns: Mapping[str, Column], called: str = "") -> Line:
    """The line with what the row brings.

    base     what was written into the former workbook: a cell that still says so was not touched by a person
    called   the name of a workbook given by --from; "" for the one that is replaced
    """
    cells = dict(line.cells)
    told: list[str] = []
    typed: set[str] = set(line.typed)
    before = base.rows.get(row.id, {})
    for key, theirs in row.cells.items():
        column = columns.get(key)
        if column is None or key in ("order", "id", "change"):
            continue
        plans = cells.get(key, EMPTY)
        if column.filled == "people":
            cells[key] = _of_people(column, plans, theirs, called, told)
        elif column.filled == "suggested":
            cells[key] = _suggested(key, plans, theirs, before, typed)
        else:
            cells[key] = _of_plan(column, plans, theirs, before, told)
    if row.cells.get("change") and not called:
        cells["change"] = row.cells["change"]
    made = replace(line, cells={key: cell for key, cell in cells.items() if cell}, typed=frozenset(typed))
    for words in told:
        made = marked(made, words, "changed")
    return replace(made, mark="changed") if not made.mark and said(made.cell("change").value) else made


def marked(line: Line, words: str, mark: Literal["", "changed", "new"]) -> Line:
    """The line with a line of words more in its change column; twice the same is said once."""
    cell = line.cell("change")
    before = "" if cell.value is None else said(cell.value)
    if f"\n{words}\n" not in f"\n{before}\n":
        cell = replace(cell, value="\n".join(part for part in (before, words) if part))
    return replace(line, cells={**line.cells, "change": cell}, mark=mark)


def _of_people(column: Column, now: Cell, theirs: Cell, called: str, told: list[str]) -> Cell:
    was, have = said(theirs.value), said(now.value)
    if theirs.value is None and now.value is not None:
        return replace(now, note=theirs.note or now.note, link=theirs.link or now.link)
    if called and was and have and was != have:
        told.append(f"{column.label} 原为：{have}（改用“{called}”）")
    return replace(theirs, note=theirs.note or now.note)


def _suggested(key: str, plans: Cell, theirs: Cell, before: Mapping[str, str], typed: set[str]) -> Cell:
    # what a person typed stays hers, also where it is what we would suggest today
    if theirs.value is None or before.get(key) == digest(alike_in(key, theirs.value)):
        return replace(plans, note=theirs.note)
    typed.add(key)
    return theirs


def _of_plan(column: Column, plans: Cell, theirs: Cell, before: Mapping[str, str], told: list[str]) -> Cell:
    key = column.key
    now, was = alike_in(key, plans.value), alike_in(key, theirs.value)
    if now == was or not was:
        return replace(plans, note=theirs.note, link=theirs.link)
    wrote = before.get(key, digest(""))
    if not before or wrote == digest(was):
        if key != "place" or not before:  # rows move in every new version of a paper
            told.append(f"{column.label} 原为：{was}")
        return replace(plans, note=theirs.note, link=theirs.link)
    if wrote != digest(now):
        told.append(f"{column.label} 文件改为：{now or _NOTHING}（保留手工填写的）")
    ours = f"{NOTE}{(now or _NOTHING)[:_LONGEST_NOTE]}".replace("\n", " ")
    return replace(theirs, note="\n".join(part for part in (ours, theirs.note) if part))


def digests(written: Line, plans: Line | None, columns: Mapping[str, Column]) -> dict[str, str]:
    """What is remembered of a line: of each cell of the plan's what the plan says; of a suggestion whether it is ours."""
    source = plans or written
    out = {}
    for key, cell in source.cells.items():
        column = columns.get(key)
        if column is None or key in ("order", "id") or column.filled not in ("plan", "suggested"):
            continue
        out[key] = TYPED if key in written.typed else digest(alike_in(key, cell.value))
    return out
