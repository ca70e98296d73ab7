"""Roles: which part of a cell, a bracket or a sentence names the lead, the responsible, the supporting units."""

from __future__ import annotations

from dataclasses import dataclass

from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest, trim

EDGES = "、，,；;。：:（）() "


@dataclass(frozen=True, slots=True)
class RolePart:
    """A stretch that lists units of one role; the words that give the role are outside it."""

    role: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    rule: Rule


def roles(text: str, book: RuleBook, default: str) -> tuple[RolePart, ...]:
    """The unit lists of one text with their roles, in reading order.

    default   the role of the column or bracket, for units that no word gives a role
    """
    view = fold(text)
    out: list[RolePart] = []
    place, current, by = 0, default, ""
    for cue in cues(view, book):
        side, rule = cue.rule.get("side"), cue.rule
        if side == "after":
            # 按职责分工负责 in a column of leads gives the whole list its role
            out += _part(view, place, cue.start, rule.meaning["role"], rule.id)
            current, by = default, ""
        elif side == "between":
            out += _part(view, place, cue.start, rule.meaning["role"], rule.id)
            current, by = rule.meaning["other"], rule.id
        else:
            out += _part(view, place, cue.start, current, by)
            current, by = rule.meaning["role"], rule.id
        place = cue.end
    out += _part(view, place, len(view), current, by)
    return tuple(out)


def cues(view: str, book: RuleBook) -> tuple[_Cue, ...]:
    """The words that give a role, in a folded view."""
    return longest(
        _Cue(match.start(), match.end(), rule)
        for rule in book.of("role")
        for phrase in rule.phrases
        for match in phrase.finditer(view)
    )


def _part(view: str, start: int, end: int, role: str, rule: str) -> list[RolePart]:
    # brackets that belong to a name stay with it: 市交通委（市道运局）
    edges = (
        EDGES
        if view.count("(", start, end) != view.count(")", start, end)
        else EDGES.replace("）", "").replace(")", "")
    )
    start, end = trim(view, start, end, edges)
    return [RolePart(role, start, end, rule)] if any(c.isalnum() for c in view[start:end]) else []


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    parts = roles(text, book, "")
    return tuple(Reading(p.start, p.end, p.role, p.rule) for p in parts if p.role)
