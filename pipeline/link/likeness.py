"""How much of one text stands in another: shares of character pairs, which need no word boundaries and no model."""

from __future__ import annotations

from collections.abc import Set


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighboring characters, punctuation and blanks left out."""
    words = "".join(c for c in text if c.isalnum())
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) or frozenset(words)


def contained(part: Set[str], whole: Set[str]) -> float:
    """The share of `part` that `whole` holds, 0 … 1."""
    return len(part & whole) / len(part) if part else 0.0


def alike(one: Set[str], other: Set[str]) -> float:
    """Dice's coefficient of two sets of pairs, 0 … 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
