"""Header words of a task table → the column they mean. The words come from rules/headers.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..phrases import compiled
from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold

COLUMNS = 40  # no header has more; what goes on like one is none
LIMIT = 24  # characters of the longest header; what is longer is a sentence
_BRACKETS = re.compile(r"\([^()]*\)$")


def header(text: str, book: RuleBook) -> Rule | None:
    """The rule of a header cell, blanks and line breaks inside it ignored; None for any other words.

    First by its very words, then without what stands in brackets behind them (完成时限（月）), then by the patterns.
    """
    index: Mapping[str, Rule] = book.made("headers", _index)
    words = "".join(fold(text).split()).upper()
    if len(words) > LIMIT or not words:
        return None
    bare = _BRACKETS.sub("", words)
    return index.get(words) or index.get(bare) or _by_pattern(bare, book)


def header_at(view: str, place: int, book: RuleBook) -> tuple[int, int, Rule] | None:
    """The longest header word that stands at a place of a folded text, blanks before it skipped; its stretch and rule."""
    while place < len(view) and view[place].isspace():
        place += 1
    index: Mapping[str, Rule] = book.made("headers", _index)
    starts: frozenset[str] = book.made("header starts", _starts)
    if view[place : place + 2] not in starts:
        return None
    for length in range(min(LIMIT, len(view) - place), 1, -1):
        if rule := index.get(view[place : place + length]):
            return place, place + length, rule
    return None


def _starts(book: RuleBook) -> frozenset[str]:
    return frozenset(name[:2] for name in _index(book))


def _by_pattern(words: str, book: RuleBook) -> Rule | None:
    for rule in book.of("header"):
        if any(compiled(phrase.source).fullmatch(words) for phrase in rule.phrases):
            return rule
    return None


def _index(book: RuleBook) -> Mapping[str, Rule]:
    return {"".join(fold(name).split()).upper(): rule for rule in book.of("header") for name in rule.get("names", ())}


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    rule = header(text, book)
    return (Reading(0, len(text), rule.meaning["column"], rule.id),) if rule else ()
