"""Parts of an official letter by their words: document number, addressee, attachment, date. From rules/letterhead.toml."""

from __future__ import annotations

from dataclasses import dataclass

from ..phrases import compiled
from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, trim


@dataclass(frozen=True, slots=True)
class PartMention:
    """One part found in a paragraph: what it is, its stretch, and where it may stand (top, end, any)."""

    part: str
    where: str
    start: int
    end: int
    rule: str


def letter_parts(text: str, book: RuleBook) -> tuple[PartMention, ...]:
    """The parts that one paragraph can be, in the order of the rule file; the place in the document decides among them.

    source   GB/T 9704-2012 chapter 7
    """
    view = fold(text)
    start, end = trim(view, 0, len(view))
    found = []
    for rule in book.of("letterhead"):
        for phrase in rule.phrases if rule.get("where") != "run_in" else ():
            match = compiled(phrase.source).search(view[start:end])
            if match and match.end() > match.start():
                part, where = rule.meaning["part"], rule.get("where", "any")
                found.append(PartMention(part, where, start + match.start(), start + match.end(), rule.id))
                break
    return tuple(found)


def lead_in(view: str, book: RuleBook) -> tuple[int, ...]:
    """Places in a folded text that lost its paragraph ends where a part of a letter begins or ends."""
    return tuple(
        place
        for rule in book.of("letterhead")
        if rule.get("where") == "run_in"
        for phrase in rule.phrases
        for match in phrase.finditer(view)
        for place in match.span()
    )


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    found = [Reading(p.start, p.end, p.part, p.rule) for p in letter_parts(text, book)]
    view = fold(text)
    for rule in book.of("letterhead"):
        for phrase in rule.phrases if rule.get("where") == "run_in" else ():
            found += (Reading(*m.span(), rule.meaning["part"], rule.id) for m in phrase.finditer(view))
    return tuple(found)
