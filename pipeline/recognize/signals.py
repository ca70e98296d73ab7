"""Words that look like a deadline and that no rule has read; they are reported, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Mention
from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import cover, fold, longest
from .deadlines import found, is_ignored


def signals(text: str, book: RuleBook, of: str, taken: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """Stretches outside `taken` that rules/signals.toml calls suspicious for this kind of value.

    What a rule has read and called no deadline (2020年以来) is not suspicious.
    """
    view = fold(text)
    used = cover(len(text), taken)
    seen = [
        Mention(*match.span(), rule.id)
        for rule in book.of("signal")
        if rule.meaning["of"] == of
        for phrase in rule.phrases
        for match in phrase.finditer(view)
        if not any(used[match.start() : match.end()])
    ]
    if seen and of == "deadline":
        known = [(m.start, m.end) for m in found(text, book, stated=False, taken=taken) if is_ignored(m, book)]
        used = cover(len(text), known)
        seen = [m for m in seen if not any(used[m.start : m.end])]
    return longest(seen)


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    kinds = dict.fromkeys(rule.meaning["of"] for rule in book.of("signal"))
    found = sorted((m.start, m.end, of, m.rule) for of in kinds for m in signals(text, book, of, ()))
    return tuple(Reading(*one) for one in found)
