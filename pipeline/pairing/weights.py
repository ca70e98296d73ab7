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


def weights(*plans: Iterable[frozenset[str]]) -> Weights:
    """Weights by the share of a plan's texts that hold a term, in the plan where it is the larger.

    plans   of each plan the terms of every text
    """
    shares: dict[str, float] = {}
    rarest = 1.0
    for groups in plans:
        counts: Counter[str] = Counter()
        total = 0
        for group in groups:
            total += 1
            counts.update(group)
        rarest = min(rarest, 1.5 / (total + 1.5))
        for term, count in counts.items():
            shares[term] = max(shares.get(term, 0.0), (count + 0.5) / (total + 1.5))
    return Weights({t: _kind(t) * log(1 + 0.5 / share) ** 2 for t, share in shares.items()}, log(1 + 0.5 / rarest) ** 2)


def _kind(term: str) -> float:
    return PAIR if term.startswith("~") else 1.0
