"""Task tables that stand on their side: labels in the first column, one small table a task or one column a task."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Block, Span
from ..outline import Claim, TaskCell, TaskRow
from ..recognize.headers import header
from ..rulebook import Rule, RuleBook
from .grids import Grid
from .lines import WHAT, WHO_OR_WHEN

# what the characters of a cell are; unit and deadline cells are claimed by the recognizers
CLAIMED = {"number": "label", "task": "task", "name": "task", "detail": "task", "extra": "extra", "section": "task"}


def cards(
    grid: Grid, blocks: Sequence[Block], book: RuleBook, section: int | None
) -> tuple[tuple[TaskRow, ...], tuple[Claim, ...]] | None:
    """The tasks of a table whose labels stand beside their values; None for any other table.

    Labels and values may alternate in a row (牵头单位 | … | 完成时限 | …). With labels in the first column alone and
    several values beside each, every column is a task.
    """
    labels: dict[int, Rule] = {}
    for row in grid.rows:
        for seq in grid.cells(row):
            if rule := header(blocks[seq].text, book):
                labels[seq] = rule
    meanings = {rule.meaning["column"] for rule in labels.values()}
    if len(labels) < 3 or len(meanings) < 3 or not (meanings & WHAT and meanings & WHO_OR_WHEN):
        return None
    firsts = [grid.cells(row)[0] for row in grid.rows]
    if sum(seq in labels for seq in firsts) * 3 < len(firsts) * 2:
        return None
    several = all(not any(seq in labels for seq in grid.cells(row)[1:]) for row in grid.rows)
    count = max(len(grid.cells(row)) - 1 for row in grid.rows) if several else 1
    rows: list[list[TaskCell]] = [[] for _ in range(max(count, 1))]
    for row in grid.rows:
        waiting: Rule | None = None
        header_words, place = "", 0
        for seq in grid.cells(row):
            block = blocks[seq]
            if seq in labels:
                waiting, header_words, place = labels[seq], "".join(block.text.split()), 0
            elif waiting is not None:
                span = Span(seq, 0, len(block.text))
                cell = TaskCell(waiting.meaning["column"], header_words, span, block.number_label)
                rows[min(place, len(rows) - 1)].append(cell)
                place += 1
    made = tuple(TaskRow(grid.table, index, section, tuple(cells)) for index, cells in enumerate(rows) if cells)
    if not made or not all(any(c.column in WHAT and blocks[c.block].text.strip() for c in row.cells) for row in made):
        return None
    claims = [Claim(seq, 0, len(blocks[seq].text), "table_header") for seq in labels]
    claims += (
        Claim(cell.block, 0, cell.span.end, CLAIMED[cell.column])
        for row in made
        for cell in row.cells
        if cell.column in CLAIMED
    )
    return made, tuple(claims)
