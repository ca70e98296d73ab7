"""A flow of lines and tables cut into the letter and its annexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Block
from ..recognize.letterhead import letter_parts
from ..rulebook import RuleBook
from .lines import Line, lines

# what may follow the date of a letter and still belongs to it
AFTER_DATE = {"date", "publicity", "printed", "copies", "attachment", "contact"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line (table is None), or one table, named by its index, at the place of its first cell."""

    line: Line
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The letter (annex 0) or one annex; `marker` is the line 附件 that opened it."""

    annex: int
    marker: Line | None
    items: tuple[Item, ...]


def items(blocks: Iterable[Block], book: RuleBook) -> tuple[Item, ...]:
    """Lines and tables in reading order; empty paragraphs left out, hidden words too."""
    found: list[Item] = []
    seen: set[int] = set()
    for block in blocks:
        if block.hidden or block.kind in ("header", "footer", "footnote"):
            continue
        if block.cell is not None:
            if block.cell.table not in seen:
                seen.add(block.cell.table)
                found.append(Item(Line(block.seq, 0, block.text), block.cell.table))
        elif block.text.strip() or block.number_label:
            found += (Item(line) for line in lines(block, book))
    return tuple(found)


def stretches(flow: Sequence[Item], book: RuleBook) -> tuple[Stretch, ...]:
    """The letter and its annexes: an annex begins at a line 附件, or after the date that closes the letter."""
    made: list[Stretch] = []
    marker: Line | None = None
    current: list[Item] = []
    dated = False
    for item in flow:
        parts = {p.part for p in letter_parts(item.line.text, book)} if item.table is None else set()
        if "annex" in parts or ("attachment" in parts and dated and made + current):
            if current or marker:
                made.append(Stretch(len(made), marker, tuple(current)))
            marker, current, dated = (item.line, [], False) if "annex" in parts else (None, [item], False)
            continue
        if dated and not parts & AFTER_DATE and len(current) > 2:
            made.append(Stretch(len(made), marker, tuple(current)))
            marker, current, dated = None, [], False
        # a date above the first words of a body (a page's date of publication) closes nothing
        dated = dated or ("date" in parts and _has_body(current))
        current.append(item)
    if current or marker:
        made.append(Stretch(len(made), marker, tuple(current)))
    return tuple(made)


def _has_body(current: Sequence[Item]) -> bool:
    # half-width papers end a sentence with a dot
    return any(
        item.table is not None or "。" in (words := item.line.text.rstrip()) or words[-1:] == "." for item in current
    )
