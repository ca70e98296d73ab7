"""Faults planted into a good plan, one of each kind a linter should find: what a tired clerk does to a document.

A fault changes the words of blocks (or takes blocks out) of a document that was read, and says which findings may tell it
and at which block. Where a document has no place for it, there is none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Block, SourceDocument
from pipeline.reading import Reading


@dataclass(frozen=True)
class Harm:
    """A harmed document. codes: any of them tells it; at: blocks of the unharmed document where it may be told;
    also: codes of what follows from it and may be told beside it; seqs: old block → new one."""

    doc: SourceDocument
    codes: tuple[str, ...]
    at: tuple[int, ...]
    also: tuple[str, ...] = ()
    seqs: dict[int, int] | None = None
    what: str = ""


Planted = Callable[[Reading, random.Random], Harm | None]
FAULTS: dict[str, Planted] = {}


def fault(plant: Planted) -> Planted:
    FAULTS[plant.__name__] = plant
    return plant


def edited(doc: SourceDocument, block: int, start: int, end: int, words: str) -> SourceDocument:
    text = doc.blocks[block].text
    return rewritten(doc, {block: text[:start] + words + text[end:]})


def rewritten(doc: SourceDocument, texts: dict[int, str]) -> SourceDocument:
    blocks = tuple(replace(b, text=texts[b.seq]) if b.seq in texts else b for b in doc.blocks)
    return replace(doc, blocks=blocks)


def without(
    doc: SourceDocument, gone: set[int], row: tuple[int, int] | None = None
) -> tuple[SourceDocument, dict[int, int]]:
    """The document without some blocks; row: the table's row that goes with them, so that those below move up."""
    blocks: list[Block] = []
    seqs: dict[int, int] = {}
    for block in doc.blocks:
        if block.seq in gone:
            continue
        cell = block.cell
        if row and cell and cell.table == row[0] and cell.row > row[1]:
            cell = replace(cell, row=cell.row - 1)
        seqs[block.seq] = len(blocks)
        blocks.append(replace(block, seq=len(blocks), cell=cell))
    return replace(doc, blocks=tuple(blocks)), seqs


def words(reading: Reading, span) -> str:
    return reading.doc.blocks[span.block].text[span.start : span.end]


def slip(text: str, rng: random.Random, places: Sequence[int]) -> str:
    """The text with one character wrong."""
    at = rng.choice(places)
    other = rng.choice([c for c in "众末贝司岗畐豆务" if c != text[at]])
    return text[:at] + other + text[at + 1 :]


# what follows from a fault and may be told beside it
CONSEQUENT = (
    "number_gap",
    "number_repeated",
    "number_order",
    "heading_drift",
    "section_without_row",
    "task_without_clause",
    "duty_without_row",
    "deadline_without_row",
    "clause_conflict",
    "count_differs",
    "item_not_task",
)


def numbered_rows(reading: Reading):
    rows = [
        t for t in reading.tasks if t.row and t.row.of("number") and words(reading, t.row.of("number")[0].span).strip()
    ]
    return [r for r in rows if r.label.strip(" .、．").isdigit()]


def next_row(reading: Reading, task) -> tuple[int, ...]:
    place = reading.tasks.index(task)
    return tuple(reading.tasks[place + 1].blocks) if place + 1 < len(reading.tasks) else ()


def own_row(reading: Reading, task) -> bool:
    # all its cells are of this row alone
    cells = [reading.doc.blocks[block].cell for block in task.blocks]
    return all(cell and cell.row_span == 1 and cell.row == task.row.row for cell in cells)
