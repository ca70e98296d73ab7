"""Whether a text is nothing but a list of units: a unit cell, not a task."""

from __future__ import annotations

from ..recognize.roles import roles
from ..recognize.units import units
from ..recognize.unitwords import grammar
from ..rulebook import RuleBook
from ..spans import fold


def lists_units(text: str, book: RuleBook) -> bool:
    """Every name in it is one by the grammar, words for roles left out; a sentence is no list."""
    g = grammar(book)
    if "。" in text:
        return False
    names = [
        "".join(fold(text[part.start + u.start : part.start + u.end]).split())
        for part in roles(text, book, "responsible")
        for u in units(text[part.start : part.end], book)
    ]
    return bool(names) and all(g.is_group(name) or g.ends_unit(name) for name in names)
