"""Small documents made by hand, so that a test says in its own words what stands on the page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pipeline.model import Block, CellPlace, SourceDocument

# a cell: its words, or (words, row span, column span); None is covered by a merged cell
Cell = str | tuple[str, int, int] | None


def paper(*parts: str | Sequence[Sequence[Cell]]) -> SourceDocument:
    """A document of paragraphs (text) and tables (rows of cells), as an extractor would give it."""
    blocks: list[Block] = []
    tables = 0
    for part in parts:
        if isinstance(part, str):
            blocks.append(Block(len(blocks), "paragraph", part))
            continue
        for row, cells in enumerate(part):
            col = 0
            for cell in cells:
                if cell is None:
                    col += 1
                    continue
                words, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
                place = CellPlace(tables, row, col, down, across)
                blocks.append(Block(len(blocks), "cell", words, cell=place))
                col += across
        tables += 1
    data = repr([b.text for b in blocks]).encode()
    return SourceDocument("paper.docx", hashlib.sha256(data).hexdigest(), len(data), "docx", tuple(blocks))
