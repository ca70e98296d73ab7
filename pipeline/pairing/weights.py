"""How much a term says: what many tasks share says little of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

PAIR = 0.5  # a character pair weighs half of a word: it is met inside of one again


@dataclass(frozen=True)
class Weights:
    """Term → weight, above 0."""

    of: Mapping[str, float]
    other: float  # of a term that was not counted

    def __getitem__(self, term: str) -> float:
        return self.of.get(term, self.other)

    def sum(self, terms: Iterable[str]) -> float:
        return sum(self[term] for term in terms)


def weights(groups: Iterable[frozenset[str]]) -> Weights:
    """Weights by how many of the texts hold a term.

    groups  the terms of every text that takes part, both plans together
    """
    counts: Counter[str] = Counter()
    total = 0
    for group in groups:
        total += 1
        counts.update(group)
    return Weights({t: _kind(t) * log(1 + total / n) ** 2 for t, n in counts.items()}, log(1 + total) ** 2)


def _kind(term: str) -> float:
    return PAIR if term.startswith("~") else 1.0
