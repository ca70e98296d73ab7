"""Which tables are task tables, and what each row of them is: header, section or task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Block
from ..outline import Remark
from ..recognize.headers import header
from ..recognize.numbering import numbering
from ..recognize.rowwords import row_word
from ..rulebook import RuleBook
from .columns import Column, columns, guessed_columns, shown
from .grids import Grid, place
from .headings import LONG_HEADING
from .lines import WHAT, WHO_OR_WHEN

HEADER_DEPTH = 4  # a title row, a note row and a two-row header
SECTION_RANK = 40  # 一、 and （一） open a section in a table; 1. numbers a task


@dataclass(frozen=True, slots=True)
class TaskTable:
    """kinds: row → above | header | section | total | note | task | textless | empty; columns: one for each place of the grid's width."""

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
    printed |= {"".join(blocks[seq].text.split()) for row in top for seq in grid.cells(row)}
    titles = {shown(blocks[seq]) for row in grid.rows if top and row < top[0] for seq in grid.cells(row)}
    kinds = {}
    for row in grid.rows:
        # a title printed again on the next page is no section
        if top and (row < top[0] or {shown(blocks[seq]) for seq in grid.cells(row)} <= titles):
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


def _deepened(grid: Grid, first: int, blocks: Sequence[Block], book: RuleBook) -> tuple[int, ...]:
    # a header of several rows: some of its cells reach down, or leave the place below them blank
    rows = [first]
    while len(rows) < HEADER_DEPTH and _deeper(grid, first, rows[-1] + 1, blocks, book):
        rows.append(rows[-1] + 1)
    return tuple(rows)


def _deeper(grid: Grid, first: int, below: int, blocks: Sequence[Block], book: RuleBook) -> bool:
    if below not in grid.at:
        return False
    own = {
        col: seq for col, seq in grid.at[below].items() if place(blocks[seq]).row == below and blocks[seq].text.strip()
    }
    known = [seq for seq in dict.fromkeys(own.values()) if header(blocks[seq].text, book)]
    above = grid.at[first]
    reaches = any(place(blocks[seq]).row + place(blocks[seq]).row_span > below for seq in above.values())
    if reaches:
        # what stands only under a cell that spans several columns parts that cell
        parts = all(col in above and place(blocks[above[col]]).col_span > 1 for col in own)
        return bool(own) and (parts or bool(known))
    blank = min(above) not in own
    return blank and len(known) >= 2 and len(known) == len(set(own.values()))


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
    words = [row_word(blocks[seq].text, book) for seq in own]
    if words and (words[0] == "total" or all(word == "note" for word in words)):
        return words[0]
    if own and len(own) == len(filled) and _opens(grid, row, own, blocks, book, heads):
        return "section"
    what = [seq for col, seq in grid.at[row].items() if col < len(heads) and heads[col].meaning in WHAT]
    return "task" if any(shown(blocks[seq]) for seq in what) else "empty" if not own else "textless"


def _opens(
    grid: Grid, row: int, own: Sequence[int], blocks: Sequence[Block], book: RuleBook, heads: Sequence[Column]
) -> bool:
    """Whether a row whose other cells are blank is the heading of the rows below it."""
    number = next((col for col, column in enumerate(heads) if column.meaning == "number"), None)
    label = blocks[grid.at[row][number]] if number is not None and number in grid.at[row] else None
    reach = [col for col, seq in grid.at[row].items() if seq == own[0]]
    if number in reach and any(heads[col].meaning in WHAT for col in reach if col < len(heads)):
        # one cell over the number and the task: a heading, whatever sums stand behind it
        return True
    if len(own) == 2:
        # 一 | 聚焦环境 above rows that count 1, 2, 3
        return (
            label is not None
            and label.seq == own[0]
            and is_section_number(shown(label), book)
            and _counted(grid, number, blocks)
        )
    if len(own) > 2:
        return False
    block = blocks[own[0]]
    if place(block).col_span * 2 > grid.width or block.number_label or numbering(block.text, book):
        return True
    if label is None or not _counted(grid, number, blocks):
        return False
    # words in the column of numbers, or short words that no number counts above a row that has one
    following = grid.at.get(row + 1, {}).get(number if number is not None else 0)
    counted = following is not None and shown(blocks[following]).rstrip(".、．").isdigit()
    return (label.seq == block.seq and not shown(block).isdigit()) or (
        counted and label.seq != block.seq and len(block.text) <= LONG_HEADING and block.text.strip()[-1] not in "。；;"
    )


def _counted(grid: Grid, number: int | None, blocks: Sequence[Block]) -> bool:
    return number is not None and any(
        shown(blocks[at[number]]).rstrip(".、．").isdigit() for at in grid.at.values() if number in at
    )


def is_section_number(words: str, book: RuleBook) -> bool:
    """Whether a number cell counts sections (一, （一）) and not tasks (1)."""
    numeral = numbering(words, book) or numbering(words + "、", book)
    return numeral is not None and numeral.rank <= SECTION_RANK
