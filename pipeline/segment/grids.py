"""The cells of a document gathered into grids: every place of a table and the block that covers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model import Block, CellPlace

SPAN_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. `at[row][col]` is the seq of the block that covers the place; a merged cell covers several."""

    table: int
    width: int
    at: Mapping[int, Mapping[int, int]]

    @property
    def rows(self) -> tuple[int, ...]:
        return tuple(self.at)

    def cells(self, row: int) -> tuple[int, ...]:
        """The distinct blocks of one row, from left to right."""
        return tuple(dict.fromkeys(self.at[row].values()))


def place(block: Block) -> CellPlace:
    """The place of a cell block; raises TypeError for a block that is no cell."""
    if block.cell is None:
        raise TypeError(f"block {block.seq} is no cell")
    return block.cell


def grids(blocks: Iterable[Block]) -> dict[int, Grid]:
    """Table index → grid, in reading order; linear in the places covered."""
    found: dict[int, dict[int, dict[int, int]]] = {}
    for block in blocks:
        cell = block.cell
        if cell is None:
            continue
        rows = found.setdefault(cell.table, {})
        for row in range(cell.row, cell.row + min(cell.row_span, 100_000)):
            line = rows.setdefault(row, {})
            for col in range(cell.col, cell.col + min(cell.col_span, SPAN_LIMIT)):
                line.setdefault(col, block.seq)
    made = {}
    for table, rows in found.items():
        at = {row: dict(sorted(rows[row].items())) for row in sorted(rows)}
        made[table] = Grid(table, max(max(line) for line in at.values()) + 1, at)
    return made
