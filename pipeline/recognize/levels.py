"""What one level writes otherwise than another and means alike: 省政府办公厅, 区政府办公室; 全省, 全区; 各市, 各乡镇."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..phrases import Phrase, compiled
from ..rulebook import Rule, RuleBook, names_of
from ..rulecheck import Reading
from ..spans import fold, longest
from .unitwords import Grammar, grammar

PLACES, BODIES = "各地", "各部门"  # what a group of places and one of bodies is read as
BOILERPLATE = "套话"


@dataclass(frozen=True, slots=True)
class Leveled:
    """A stretch of a text and what it is read as, whatever the level; "" for boilerplate, which says nothing."""

    start: int
    end: int
    same: str
    rule: str


def levels(text: str, book: RuleBook, places: Sequence[str] = (), *, title: bool = False) -> tuple[Leveled, ...]:
    """The words of a level in a text, disjoint, in reading order.

    places  names of places that the plans speak for (保定市满城区, 河北省): each is read as the place itself
    title   the text is a plan's title: what says that it is a plan (工作要点, 分工方案) says nothing of its subject
    """
    view = fold(text)
    return longest(
        (*_phrases(view, book, title), *_places(view, places), *_groups(view, book), *_units(view, grammar(book)))
    )


@dataclass(frozen=True)
class _Words:
    """The phrases of both kinds. plain: the first two characters → phrases of plain words; others: those with slots."""

    plain: Mapping[str, Sequence[tuple[Phrase, Rule]]]
    others: Sequence[tuple[Phrase, Rule]]


def _phrases(view: str, book: RuleBook, title: bool) -> Iterator[Leveled]:
    words: _Words = book.made(f"level words {title}", lambda own: _words(own, title))
    for at in range(len(view) - 1):
        for phrase, rule in words.plain.get(view[at : at + 2], ()):
            if found := compiled(phrase.source).match(view, at):
                yield Leveled(at, found.end(), rule.get("same", ""), rule.id)
    for phrase, rule in words.others:
        yield from (Leveled(m.start(), m.end(), rule.get("same", ""), rule.id) for m in phrase.finditer(view))


def _words(book: RuleBook, title: bool) -> _Words:
    plain: dict[str, list[tuple[Phrase, Rule]]] = {}
    others = []
    for kind in ("level_word", "boilerplate"):
        for rule in book.of(kind):
            for phrase in rule.phrases if title or not rule.get("where") else ():
                text = fold(phrase.text)
                if len(text) > 1 and re.escape(text) in phrase.source:
                    plain.setdefault(text[:2], []).append((phrase, rule))
                else:
                    others.append((phrase, rule))
    return _Words(plain, others)


def _places(view: str, places: Sequence[str]) -> Iterator[Leveled]:
    for name in map(fold, places):
        at = view.find(name)
        while at >= 0:
            yield Leveled(at, at + len(name), "本地", "")
            at = view.find(name, at + len(name))


def _groups(view: str, book: RuleBook) -> Iterator[Leveled]:
    g = grammar(book)
    for source in g.run_groups:
        for found in compiled(source).finditer(view):
            if found.end() > found.start() and not _goes_on(view, found.end(), g):
                same = PLACES if g.of_places(found[0], 0) else BODIES
                yield Leveled(*found.span(), same, "")


def _goes_on(view: str, end: int, g: Grammar) -> bool:
    # 涉及市|场主体: what looks like a level is the head of another word
    return any(
        view.endswith(one.word, 0, end) and view.startswith(one.not_before, end) for one in g.prefixes if one.not_before
    )


def _units(view: str, g: Grammar) -> Iterator[Leveled]:
    # a level's prefix and a name of the register: 省|政府办公厅
    firsts = {one.word[0] for one in g.prefixes}
    for at, character in enumerate(view):
        if character not in firsts or (own := g.prefix(view, at)) is None:
            continue
        start = at + len(own.word)
        if view[start : start + 2] not in g.heads:
            continue
        for end in range(min(start + g.longest_name, len(view)), start + 1, -1):
            if rules := g.names.get(view[start:end]):
                yield Leveled(at, end, names_of(rules[0])[-1], rules[0].id)
                break


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    own = {rule.id for rule in book.of(kind)}
    found = (*levels(text, book), *(one for one in levels(text, book, title=True) if _of_titles(one, book)))
    return tuple(Reading(o.start, o.end, o.same or BOILERPLATE, o.rule) for o in found if o.rule in own)


def _of_titles(one: Leveled, book: RuleBook) -> bool:
    rule = book.rule(one.rule)
    return rule is not None and bool(rule.get("where"))
