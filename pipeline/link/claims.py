"""What the recognizers claim of the unit and deadline cells, word by word; the rest of a document segment has claimed."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Block, Span
from ..outline import Claim, Outline, Remark
from ..recognize.roles import leftovers
from ..rulebook import RuleBook
from .facts import Facts
from .tasks import ROLES, Task
from .unitremarks import persons_in


def claims(
    blocks: Sequence[Block], outline: Outline, found: Facts, tasks: Sequence[Task], book: RuleBook
) -> tuple[tuple[Claim, ...], tuple[Remark, ...]]:
    """All claims of a document, and what the unit cells leave to say.

    In a unit cell names are `unit`, what neither names nor separates is unparsed. In a deadline cell the phrases are
    `deadline`; plain words beside them (完成, 并) are `structure`, anything with a digit in it is unparsed.
    """
    out = list(outline.claims)
    remarks: list[Remark] = []
    units: dict[int, set[tuple[int, int]]] = {}
    for task in tasks:
        for unit in task.units:
            units.setdefault(unit.span.block, set()).add((unit.span.start, unit.span.end))
    for cell in dict.fromkeys(c.span for row in outline.rows for c in row.cells if c.column in ROLES):
        seq, text = cell.block, blocks[cell.block].text[cell.start : cell.end]
        spans = sorted(
            (a - cell.start, b - cell.start) for a, b in units.get(seq, ()) if cell.start <= a and b <= cell.end
        )
        people = persons_in(cell, blocks, book, "responsible")
        lost = leftovers(text, [*spans, *people], book)
        for start, end in people:
            words = {"words": text[start:end]}
            remarks.append(Remark("person_in_unit_cell", seq, cell.start + start, cell.start + end, words))
        out += [Claim(seq, cell.start + start, cell.start + end, "unit") for start, end in spans]
        out += [Claim(seq, cell.start + start, cell.start + end, "person") for start, end in people]
        out += _between(cell, text, [*spans, *people, *lost])
        for start, end in lost:
            words = {"words": text[start:end]}
            remarks.append(Remark("units_unread", seq, cell.start + start, cell.start + end, words))
    due: dict[int, list[tuple[int, int]]] = {}
    for fact in found.deadlines:
        if fact.stated:
            due.setdefault(fact.span.block, []).append((fact.span.start, fact.span.end))
    for cell in dict.fromkeys(c.span for row in outline.rows for c in row.of("deadline", "start")):
        seq, text = cell.block, blocks[cell.block].text
        spans = sorted(
            (a - cell.start, b - cell.start) for a, b in due.get(seq, ()) if cell.start <= a and b <= cell.end
        )
        out += [Claim(seq, cell.start + start, cell.start + end, "deadline") for start, end in spans]
        out += [c for c in _between(cell, text[cell.start : cell.end], spans) if not _numeric(text, c)]
    return tuple(out), tuple(remarks)


def _between(cell: Span, text: str, taken: Sequence[tuple[int, int]]) -> list[Claim]:
    # offsets of `taken` count within the cell
    out, place = [], 0
    for start, end in [*sorted(taken), (len(text), len(text))]:
        if text[place:start].strip():
            out.append(Claim(cell.block, cell.start + place, cell.start + start, "structure"))
        place = max(place, end)
    return out


def _numeric(text: str, claim: Claim) -> bool:
    return any(c.isdigit() for c in text[claim.start : claim.end])
