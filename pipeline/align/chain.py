"""One duty through all levels: a row a path from the highest plan that says it down to the lowest."""

from __future__ import annotations

from collections.abc import Sequence

from .levels import Step


def chain(made: Sequence[Step]) -> tuple[tuple[int | None, ...], ...]:
    """Rows of places in the clauses of each level, None where a level does not say it.

    made   all steps between the levels, as `steps` gives them
    A clause of a lower level that answers none of the levels above opens a row of its own, with None above it.
    """
    order = _order(made)
    level = {key: place for place, key in enumerate(order)}
    below: dict[tuple[int, int], list[tuple[int, int]]] = {}
    answering: dict[tuple[int, int], set[int]] = {}
    for step in made:
        up, down = level[step.upper.key], level[step.lower.key]
        for a in step.made.answers:
            # a level that is skipped counts only where nothing between says it
            if any(up < between < down for between in answering.get((down, a.lower), ())):
                continue
            below.setdefault((up, a.upper), []).append((down, a.lower))
            answering.setdefault((down, a.lower), set()).add(up)
    rows: list[tuple[int | None, ...]] = []
    sizes = {level[s.upper.key]: len(s.upper.clauses) for s in made} | {
        level[s.lower.key]: len(s.lower.clauses) for s in made
    }
    for at in range(len(order)):
        for place in range(sizes[at]):
            if (at, place) not in answering:
                _walk((at, place), {}, below, len(order), rows)
    return tuple(rows)


def _order(made: Sequence[Step]) -> list[str]:
    # neighbors come first in `steps`: 1-2, 2-3, …
    order = [made[0].upper.key]
    for step in made:
        if step.upper.key == order[-1] and step.lower.key not in order:
            order.append(step.lower.key)
    return order


def _walk(
    here: tuple[int, int],
    above: dict[int, int],
    below: dict[tuple[int, int], list[tuple[int, int]]],
    levels: int,
    rows: list[tuple[int | None, ...]],
) -> None:
    path = {**above, here[0]: here[1]}
    if not below.get(here):
        rows.append(tuple(path.get(level) for level in range(levels)))
    for there in below.get(here, ()):
        _walk(there, path, below, levels, rows)
