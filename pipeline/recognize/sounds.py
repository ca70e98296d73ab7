"""Notes on how a character sounds, 發(fā), that machines put into copies: read past, and counted again afterwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..phrases import compiled
from ..rulebook import RuleBook
from .unitwords import grammar


def without_notes(view: str, book: RuleBook) -> tuple[str, Sequence[int]]:
    """A folded view without its notes, and where each of its characters stands in it (its end at last)."""
    notes = [m.span() for source in grammar(book).notes for m in compiled(source).finditer(view)] if "(" in view else []
    if not notes:
        return view, range(len(view) + 1)
    places = [at for at in range(len(view)) if not any(a <= at < b for a, b in _near(notes, at))]
    return "".join(view[at] for at in places), (*places, len(view))


def _near(notes: Sequence[tuple[int, int]], at: int) -> Sequence[tuple[int, int]]:
    index = bisect_right(notes, (at, at + 1_000_000)) - 1
    return notes[max(index, 0) : index + 1]


def placed(start: int, end: int, places: Sequence[int]) -> tuple[int, int]:
    """A stretch of the words without notes as a stretch of the view; a note behind its last character goes with it."""
    return places[start], places[end] if end > start and places[end] > places[end - 1] + 1 else places[end - 1] + 1
