"""Words that make a row or a cell of a task table no task: 同上, 合计, 注：… The words come from rules/rows.toml."""

from __future__ import annotations

from ..phrases import compiled
from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold


def row_word(text: str, book: RuleBook) -> str:
    """ditto, total or note for the whole text of a cell, blanks ignored; "" for any other."""
    rule = _rule(text, book)
    return str(rule.meaning["row"]) if rule else ""


def _rule(text: str, book: RuleBook) -> Rule | None:
    words = "".join(fold(text).split())
    if not words:
        return None
    return next((r for r in book.of("row") for p in r.phrases if compiled(p.source).fullmatch(words)), None)


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    rule = _rule(text.strip("【】"), book)
    return (Reading(0, len(text), rule.meaning["row"], rule.id),) if rule else ()
