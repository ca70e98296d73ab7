"""Task tables that stand on their side: labels in the first column, one small table a task or one column a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Block, Span
from ..outline import Claim, TaskCell, TaskRow
from ..recognize.headers import LIMIT, header
from ..rulebook import Rule, RuleBook
from .grids import Grid
from .lines import WHAT, WHO_OR_WHEN

# what the characters of a cell are; unit and deadline cells are claimed by the recognizers
CLAIMED = {"number": "label", "task": "task", "name": "task", "detail": "task", "extra": "extra", "section": "task"}


Cards = tuple[tuple[TaskRow, ...], tuple[Claim, ...]]


def on_its_side(grid: Grid, blocks: Sequence[Block], book: RuleBook) -> bool:
    """Whether every row begins with a label and none is a header; a row of one cell alone is a title or a note."""
    rows = [cells for row in grid.rows if len(cells := grid.cells(row)) > 1]
    if any(len(cells) > 2 and all(header(blocks[seq].text, book) for seq in cells) for cells in rows):
        return False
    known = {blocks[cells[0]].text.strip() for cells in rows if header(blocks[cells[0]].text, book)}
    return len(known) > 1 and all(blocks[cells[0]].text.strip() in known for cells in rows)


def cards(grid: Grid, blocks: Sequence[Block], book: RuleBook, section: int | None) -> Cards | None:
    """The tasks of a table whose labels stand beside their values; None for any other table.

    Labels and values may alternate in a row (牵头单位 | … | 完成时限 | …); where the first label comes again, the next
    task begins. With labels in the first column alone and several values beside each, every column is a task.
    """
    labels: dict[int, Rule] = {}
    for row in grid.rows:
        for seq in grid.cells(row):
            if rule := header(blocks[seq].text, book):
                labels[seq] = rule
    meanings = {rule.meaning["column"] for rule in labels.values()}
    if len(labels) < 3 or len(meanings) < 3 or not (meanings & WHAT and meanings & WHO_OR_WHEN):
        return None
    lines = {row: grid.cells(row) for row in grid.rows}
    alone = [cells[0] for cells in lines.values() if len(cells) == 1 and cells[0] not in labels]
    lines = {row: cells for row, cells in lines.items() if cells[0] not in alone}
    if sum(cells[0] in labels for cells in lines.values()) * 3 < len(lines) * 2:
        return None
    several = all(not any(seq in labels for seq in cells[1:]) for cells in lines.values())
    several = several and max(len(cells) for cells in lines.values()) > 2
    count = max(len(cells) - 1 for cells in lines.values()) if several else 1
    rows: list[list[TaskCell]] = [[] for _ in range(max(count, 1))]
    heads = set(labels)
    first, seen = "", set[int]()
    for cells in lines.values():
        column, words, at = "", "", 0
        for index, seq in enumerate(cells):
            block = blocks[seq]
            if seq in labels or _unknown(cells, index, several, labels, blocks):
                column = labels[seq].meaning["column"] if seq in labels else "extra"
                words, at = "".join(block.text.split()), 0
                first = first or words
                if words == first and seq not in seen and seen and not several:
                    rows.append([])
                heads.add(seq)
            elif column and seq not in seen:
                span = Span(seq, 0, len(block.text))
                rows[at if several else -1].append(TaskCell(column, words, span, block.number_label))
                at += 1
            seen.add(seq)
    made = tuple(TaskRow(grid.table, index, section, tuple(found)) for index, found in enumerate(rows) if found)
    if not made or not all(any(c.column in WHAT and blocks[c.block].text.strip() for c in row.cells) for row in made):
        return None
    claims = [Claim(seq, 0, len(blocks[seq].text), "table_header") for seq in heads]
    claims += [Claim(seq, 0, len(blocks[seq].text), "title") for seq in alone]
    claims += (
        Claim(cell.block, 0, cell.span.end, CLAIMED[cell.column])
        for row in made
        for cell in row.cells
        if cell.column in CLAIMED
    )
    return made, tuple(claims)


def _unknown(
    cells: Sequence[int], index: int, several: bool, labels: Mapping[int, Rule], blocks: Sequence[Block]
) -> bool:
    # short words in the place of a label that no rule knows: they name what stands beside them
    if not 0 < len("".join(blocks[cells[index]].text.split())) <= LIMIT:
        return False
    return index == 0 if several else index % 2 == 0 and index + 1 < len(cells) and cells[index + 1] not in labels
