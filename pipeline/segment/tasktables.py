"""Which tables are task tables, and what each row of them is: header, section or task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Block
from ..outline import Remark
from ..recognize.headers import header
from ..recognize.numbering import numbering
from ..rulebook import RuleBook
from .columns import Column, columns, guessed_columns, shown
from .grids import Grid, place
from .lines import WHAT, WHO_OR_WHEN

HEADER_DEPTH = 4  # a title row, a note row and a two-row header


@dataclass(frozen=True, slots=True)
class TaskTable:
    """kinds: row → above | header | section | task | empty; columns: one for each place of the grid's width."""

    grid: Grid
    columns: tuple[Column, ...]
    kinds: dict[int, str]
    remarks: tuple[Remark, ...]


def task_table(grid: Grid, blocks: Sequence[Block], book: RuleBook, before: TaskTable | None) -> TaskTable | None:
    """The table read as a task table; None when its header says nothing about tasks.

    before   the task table just above: a table of the same width that has no header of its own goes on with it
    """
    top = _header_rows(grid, blocks, book)
    if top:
        heads, remarks = columns(grid, blocks, book, top)
    elif before and before.grid.width == grid.width and _goes_on(grid, blocks, before):
        heads, remarks = before.columns, ()
    elif guessed := guessed_columns(grid, blocks, book):
        heads, remarks = guessed
    else:
        return None
    meanings = {column.meaning for column in heads}
    says_how = "task" in meanings and bool(meanings & {"detail", "section"}) and len(meanings) > 2
    if not (meanings & WHAT and (says_how or meanings & (WHO_OR_WHEN | {"number"}))):
        return None
    printed = {column.header for column in heads}
    kinds = {}
    for row in grid.rows:
        if top and row < top[0]:
            kinds[row] = "above"
        elif row in top:
            kinds[row] = "header"
        else:
            kinds[row] = _kind(grid, row, blocks, book, heads, printed)
    return TaskTable(grid, heads, kinds, remarks)


def _header_rows(grid: Grid, blocks: Sequence[Block], book: RuleBook) -> tuple[int, ...]:
    for row in grid.rows[:HEADER_DEPTH]:
        found = {rule.meaning["column"] for seq in grid.cells(row) if (rule := header(blocks[seq].text, book))}
        if len(found) >= 2 and found & WHAT | found & WHO_OR_WHEN:
            return _deepened(grid, row, blocks, book)
    return ()


def _deepened(grid: Grid, row: int, blocks: Sequence[Block], book: RuleBook) -> tuple[int, ...]:
    # a two-row header: some cells of the first row reach down, and what stands beside them are header words too
    reaches = any(place(blocks[seq]).row_span > 1 for seq in grid.cells(row))
    below = row + 1
    if reaches and below in grid.at:
        own = [seq for seq in grid.cells(below) if place(blocks[seq]).row == below and blocks[seq].text.strip()]
        if own and any(header(blocks[seq].text, book) for seq in own):
            return (row, below)
    return (row,)


def _goes_on(grid: Grid, blocks: Sequence[Block], before: TaskTable) -> bool:
    # the first task row continues the number column of the table above
    number = next((i for i, column in enumerate(before.columns) if column.meaning == "number"), None)
    if number is None:
        return True
    firsts = [shown(blocks[grid.at[row][number]]) for row in grid.rows[:3] if number in grid.at[row]]
    return any(value.rstrip(".、").isdigit() for value in firsts)


def _kind(
    grid: Grid, row: int, blocks: Sequence[Block], book: RuleBook, heads: Sequence[Column], printed: set[str]
) -> str:
    cells = grid.cells(row)
    filled = [seq for seq in cells if shown(blocks[seq])]
    if not filled:
        return "empty"
    if all("".join(blocks[seq].text.split()) in printed for seq in filled) and len(filled) > 1:
        return "header"
    # a cell that reaches down from an earlier row belongs to that row, not to what this one is
    own = [seq for seq in filled if place(blocks[seq]).row == row]
    if len(own) == 1 and len(filled) == 1:
        block = blocks[own[0]]
        wide = place(block).col_span * 2 > grid.width
        if wide or block.number_label or numbering(block.text, book):
            return "section"
    what = [seq for col, seq in grid.at[row].items() if col < len(heads) and heads[col].meaning in WHAT]
    return "task" if any(shown(blocks[seq]) for seq in what) else "empty" if not own else "textless"
