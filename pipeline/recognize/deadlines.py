"""Deadlines: where 2022年底前 stands in a text. Words come from rules/deadlines*.toml; what they mean, from normalize."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Frame, Mention
from ..phrases import Shortlist
from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import longest, overlaps, trim
from .times import times

IGNORED = "ignored"  # the kind of rules that say: this looks like a time and sets nobody a deadline


def deadlines(text: str, book: RuleBook, *, stated: bool, taken: Sequence[tuple[int, int]] = ()) -> tuple[Mention, ...]:
    """The deadlines of one text, in reading order, disjoint, the longest of those that overlap.

    stated   the words are there to state a deadline (a deadline cell, a label): rules with where = "stated" apply
             too, so that 持续推进 is one here and none in running text; those with where = "text" do not
    taken    stretches that a deadline may not touch: citations, document numbers
    raises   nothing: a phrase without a rule is no mention; `signals` reports it
    """
    return tuple(m for m in found(text, book, stated=stated, taken=taken) if not is_ignored(m, book))


def found(text: str, book: RuleBook, *, stated: bool, taken: Sequence[tuple[int, int]] = ()) -> tuple[Mention, ...]:
    """`deadlines`, and with them the stretches that a rule calls no deadline (2020年以来)."""
    view = times(text, book)
    out = []
    for match, rule in _rules(book, stated).finditer(view.words):
        if match.end() == match.start():
            continue
        start, end = trim(text, *view.place(*match.span()))
        if not overlaps(start, end, taken):
            out.append(Mention(start, end, rule.id, view.slots(match, book)))
    return longest(out)


def is_ignored(mention: Mention, book: RuleBook) -> bool:
    rule = book.rule(mention.rule)
    return rule is not None and rule.get("kind") == IGNORED


def view(text: str, book: RuleBook) -> str:
    """What the phrases of the rules are matched on."""
    return times(text, book).words


def _rules(book: RuleBook, stated: bool) -> Shortlist[Rule]:
    rules: Shortlist[Rule] = book.made(f"deadlines {stated}", lambda b: _applying(b, "text" if stated else "stated"))
    return rules


def _applying(book: RuleBook, elsewhere: str) -> Shortlist[Rule]:
    rules = [rule for rule in book.of("deadline") if rule.get("where") != elsewhere]
    # of two rules for the same words the one that says "no deadline" wins, and an event only where nothing is dated
    rules.sort(key=lambda rule: (rule.get("kind") != IGNORED, rule.get("kind") == "event"))
    return Shortlist((phrase, rule) for rule in rules for phrase in rule.phrases)


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    """What a sentence of the rule files says, in a 2022 plan issued on 2022-06-15.

    A sentence that ends with 。 is read as running text, any other as the words of a deadline cell.
    """
    from datetime import date

    from ..normalize.deadlines import resolve

    return tuple(_readings(text, book, Frame(2022, date(2022, 6, 15)), resolve))


def _readings(text: str, book: RuleBook, frame: Frame, resolve: object) -> Iterator[Reading]:
    for mention in found(text, book, stated=not text.endswith("。")):
        gives = IGNORED if is_ignored(mention, book) else resolve(mention, text, book, frame).short()  # type: ignore[operator]
        yield Reading(mention.start, mention.end, gives, mention.rule)
