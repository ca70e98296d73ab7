"""Who is named in a sentence that tells of a duty: 由区经济发展局牵头，成立专门班子… The words stay part of the task."""

from __future__ import annotations

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest
from .roles import RolePart
from .units import units
from .unitwords import grammar


def narrative(text: str, book: RuleBook) -> tuple[RolePart, ...]:
    """The unit lists that sentences name with a role, in reading order; only where every name looks like a unit's."""
    view = fold(text)
    g = grammar(book)
    return longest(
        RolePart(rule.meaning["role"], *match.span("who"), rule.id)
        for rule in book.of("narrative")
        for phrase in rule.phrases
        for match in phrase.finditer(view)
        if all(g.plausible("".join(match["who"][unit.start : unit.end].split())) for unit in units(match["who"], book))
    )


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    return tuple(Reading(p.start, p.end, p.role, p.rule) for p in narrative(text, book))
