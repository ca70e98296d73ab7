"""Deadlines: where 2022年底前 stands in a text. Words come from rules/deadlines*.toml; what they mean, from normalize."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Frame, Mention
from ..phrases import Shortlist
from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import cover, longest, trim
from .times import plain, times

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
    words = plain(text)
    used = cover(len(text), taken)
    out = []
    for view, rules in zip((words, times(words, book)), _rules(book, stated), strict=True):
        for match, (rank, rule) in rules.finditer(view.words):
            if match.end() == match.start():
                continue
            start, end = trim(text, *view.place(*match.span()))
            if not any(used[start:end]):
                out.append((rank, Mention(start, end, rule.id, view.slots(match, book))))
    out.sort(key=lambda one: one[0])
    return longest(mention for _, mention in out)


def is_ignored(mention: Mention, book: RuleBook) -> bool:
    rule = book.rule(mention.rule)
    return rule is not None and rule.get("kind") == IGNORED


def views(text: str, book: RuleBook) -> tuple[str, ...]:
    """What the phrases of the rules are matched on: the plain words, and those with each time as one mark."""
    words = plain(text)
    return words.words, times(words, book).words


Ranked = Shortlist[tuple[int, Rule]]


def _rules(book: RuleBook, stated: bool) -> tuple[Ranked, Ranked]:
    rules: tuple[Ranked, Ranked] = book.made(
        f"deadlines {stated}", lambda b: _applying(b, "text" if stated else "stated")
    )
    return rules


def _applying(book: RuleBook, elsewhere: str) -> tuple[Ranked, Ranked]:
    # of two rules for the same words the one that says "no deadline" wins, and an event only where nothing is dated
    rules = [rule for rule in book.of("deadline") if rule.get("where") != elsewhere]
    rules.sort(key=lambda rule: (rule.get("kind") != IGNORED, rule.get("kind") == "event"))
    each = [(phrase, (rank, rule)) for rank, rule in enumerate(rules) for phrase in rule.phrases]
    # a phrase that uses no slot of times is met on the plain words: {年}年{月}月庙会前, 三月三前
    return tuple(Shortlist([one for one in each if one[0].marked == marked]) for marked in (False, True))  # type: ignore[return-value]


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
