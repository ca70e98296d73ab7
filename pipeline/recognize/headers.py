"""Header words of a task table → the column they mean. The words come from rules/headers.toml."""

from __future__ import annotations

from collections.abc import Mapping

from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold


def header(text: str, book: RuleBook) -> Rule | None:
    """The rule of a header cell, blanks and line breaks inside it ignored; None for any other words."""
    index: Mapping[str, Rule] = book.made("headers", _index)
    return index.get("".join(fold(text).split()).upper())


def _index(book: RuleBook) -> Mapping[str, Rule]:
    return {"".join(fold(name).split()).upper(): rule for rule in book.of("header") for name in rule.get("names")}


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    rule = header(text, book)
    return (Reading(0, len(text), rule.meaning["column"], rule.id),) if rule else ()
