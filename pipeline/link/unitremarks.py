"""What the units of the tasks leave to say: persons among them, names that the plan's year no longer knew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model import Block, Span
from ..normalize.units import Unit
from ..outline import Remark
from ..recognize.roles import role_parts_of
from ..recognize.units import persons
from ..rulebook import RuleBook
from .tasks import Task


def unit_remarks(tasks: Sequence[Task], units: Mapping[str, Unit]) -> Iterator[Remark]:
    """A department that had gone into another more than a year before the plan, once for each name."""
    seen: set[str] = set()
    for task in tasks:
        for fact in task.units:
            unit = units[fact.prefix + fact.name]
            if unit.superseded_by is None or fact.name in seen:
                continue
            seen.add(fact.name)
            heir, year = unit.superseded_by
            words = {"words": fact.name, "heir": heir, "year": str(year)}
            yield Remark("unit_superseded", fact.span.block, fact.span.start, fact.span.end, words)


def persons_in(cell: Span, blocks: Sequence[Block], book: RuleBook, default: str) -> tuple[tuple[int, int], ...]:
    """Where a unit cell names persons: among its units, and after 责任人：. Offsets count within the cell."""
    text = blocks[cell.block].text[cell.start : cell.end]
    found = []
    for part in role_parts_of(text, book, default):
        if part.role == "person":
            found.append((part.start, part.end))
        else:
            found += [(part.start + p.start, part.start + p.end) for p in persons(text[part.start : part.end], book)]
    return tuple(sorted(set(found)))
