"""The words of rules/citations.toml by the part they play, joined once for each book."""

from __future__ import annotations

import re

from ..phrases import Phrase, compiled
from ..rulebook import Rule, RuleBook


def part(book: RuleBook, name: str) -> tuple[Rule, ...]:
    """The rules that play this part, in file order."""
    made: tuple[Rule, ...] = book.made(
        f"citation {name}",
        lambda b: tuple(r for kind in ("citation", "citation_part") for r in b.of(kind) if r.get("part") == name),
    )
    return made


def phrases(book: RuleBook, name: str) -> list[Phrase]:
    return [phrase for rule in part(book, name) for phrase in rule.phrases]


def joined(book: RuleBook, name: str) -> re.Pattern[str]:
    """One pattern of all phrases of a part: words before patterns, the longest first; nothing matches an empty part."""

    def source(b: RuleBook) -> str:
        return (
            "|".join(p.source for p in sorted(phrases(b, name), key=lambda p: (not p.needles, -len(p.text)))) or "(?!)"
        )

    made: str = book.made(f"citation {name} joined", source)
    return compiled(made)
