"""Persons in unit cells: 张三, 李某某副区长, 区交建局高兆霞. They are no units; a reader is told."""

from __future__ import annotations

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold
from .unitwords import Grammar


def persons_of(name: str, g: Grammar, book: RuleBook, *, alone: bool = True) -> int | None:
    """Where a person begins in the name of an item: 0 for a person alone, None for none.

    A person behind a unit needs a surname or a title; one alone needs a title, 某, or a name that is no unit's.
    """
    if is_person(name, g, book):
        return 0
    if bracket := _bracketed(name, g, book):
        return bracket
    for length in (3, 2, 4, 5, 6, 7, 8):
        cut = len(name) - length
        person = name[cut:]
        if cut >= 3 and g.ends_unit(name[:cut]) and _named(person, g, book) and not g.ends_unit(person):
            # 国家税务总局兰州 is half a name; 区财政局张海江 is not
            return None if length == 2 and _meets(person, "place", book) else cut
    return None


def _bracketed(name: str, g: Grammar, book: RuleBook) -> int | None:
    # 县审批局(张建国)
    opened = name.rfind("(")
    inner = name[opened + 1 : -1]
    if opened < 1 or not name.endswith(")") or not g.ends_unit(name[:opened]):
        return None
    return None if g.ends_unit(inner) or g.is_group(inner) or not is_person(inner, g, book) else opened


def is_person(name: str, g: Grammar, book: RuleBook) -> bool:
    """Whether a whole item is a person."""
    return not g.whole(name) and _named(name, g, book) and not _meets(name, "place", book)


def _named(name: str, g: Grammar, book: RuleBook) -> bool:
    # 文旅, 卫健 begin like a name and are short for 文旅局, 卫健局
    return _meets(name, "title", book) or (name[:2] not in g.heads and _meets(name, "name", book))


def _meets(name: str, part: str, book: RuleBook) -> bool:
    return any(
        phrase.fullmatch(name) for rule in book.of("person") if rule.meaning["part"] == part for phrase in rule.phrases
    )


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    from .units import persons

    found = persons(text, book)
    return tuple(Reading(p.start, p.end, "person", _rule(text[p.start : p.end], book)) for p in found)


def _rule(name: str, book: RuleBook) -> str:
    view = fold("".join(name.split()))
    return next((rule.id for rule in book.of("person") if any(p.fullmatch(view) for p in rule.phrases)), "")
