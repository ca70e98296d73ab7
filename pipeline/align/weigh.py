"""How much a term says, and how much several say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import fsum, log

from ..pairing import Weights

PAIR = 0.5  # a character pair weighs half of a word: it is met inside of one again


def weigh(pieces: Sequence[frozenset[str]]) -> Weights:
    """The weight of every term: the fewer of the pieces of both plans hold it, the more it says.

    pieces   the terms of every piece
    """
    counts = Counter(term for terms in pieces for term in terms)
    whole = len(pieces)
    made = {term: (PAIR if term.startswith("~") else 1.0) * _rare(whole, count) for term, count in counts.items()}
    return Weights(made, _rare(whole, 1))


def unit(pieces: int) -> float:
    """What a term weighs that stands once in either plan: what is shared is measured in it."""
    return max(1e-9, _rare(pieces, 2))


def mass(terms: Iterable[str], by: Weights) -> float:
    """The weight of several terms; the same in whatever order they come."""
    of, other = by.of, by.other
    return fsum([of.get(term, other) for term in terms])


def _rare(pieces: int, holders: int) -> float:
    return log(1 + pieces / holders) ** 2
