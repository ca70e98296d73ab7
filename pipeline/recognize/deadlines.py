"""Deadlines: where 2022年底前 stands in a text. Words come from rules/deadlines.toml; what they mean, from normalize."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Frame, Mention
from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest, overlaps, trim


def deadlines(text: str, book: RuleBook, *, stated: bool, taken: Sequence[tuple[int, int]] = ()) -> tuple[Mention, ...]:
    """The deadlines of one text, in reading order, disjoint, the longest of those that overlap.

    stated   the words are there to state a deadline (a deadline cell, a label): rules with where = "stated" apply
             too, so that 持续推进 is one here and none in running text
    taken    stretches that a deadline may not touch: citations, document numbers
    raises   nothing: a phrase without a rule is no mention; `signals` reports it
    """
    view = fold(text).replace("\n", " ")
    words = view.replace(" ", "")
    found = []
    for rule in _rules(book, stated):
        for phrase in rule.phrases:
            for match in phrase.finditer(view, words):
                start, end = trim(text, *match.span())
                if not overlaps(start, end, taken):
                    slots = tuple((name, said) for name, said in match.groupdict().items() if said is not None)
                    found.append(Mention(start, end, rule.id, slots))
    return longest(found)


def _rules(book: RuleBook, stated: bool) -> Sequence[Rule]:
    if stated:
        return book.of("deadline")
    rules: Sequence[Rule] = book.made("deadlines anywhere", _anywhere)
    return rules


def _anywhere(book: RuleBook) -> Sequence[Rule]:
    return tuple(rule for rule in book.of("deadline") if rule.get("where") != "stated")


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    """What a sentence of the rule files says; sentences are read as the cell of a 2022 plan issued on 2022-06-15."""
    from datetime import date

    from ..normalize.deadlines import resolve

    return tuple(_readings(text, book, Frame(2022, date(2022, 6, 15)), resolve))


def _readings(text: str, book: RuleBook, frame: Frame, resolve: object) -> Iterator[Reading]:
    for mention in deadlines(text, book, stated=True):
        value = resolve(mention, text, book, frame)  # type: ignore[operator]
        yield Reading(mention.start, mention.end, value.short(), mention.rule)
