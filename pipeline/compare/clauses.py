"""Clause by clause: how much of a task is found in another one and not in the partner that this one has already. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..link.likeness import alike, pairs

ALIKE = 0.40  # two clauses say the same; a clause of twelve characters may have two words exchanged
MARGIN = 0.10  # and the first partner has none that is as like

_CLAUSE = re.compile(r"[^，；。：;,\n]+")


@lru_cache(maxsize=16384)
def clauses(text: str) -> tuple[frozenset[str], ...]:
    """The character pairs of each clause, in order."""
    return tuple(words for part in _CLAUSE.findall(text) if (words := pairs(part)))


def own_share(part: str, whole: str, firsts: Sequence[str]) -> float:
    """The share of `part`, by length, whose clauses stand in `whole` and not in `firsts`, 0 … 1."""
    mine, others = clauses(part), clauses(whole)
    before = [clause for first in firsts for clause in clauses(first)]
    found = 0
    for clause in mine:
        best = max((alike(clause, other) for other in others), default=0.0)
        known = max((alike(clause, other) for other in before), default=0.0)
        if best >= ALIKE and best >= known + MARGIN:
            found += len(clause)
    return found / max(1, sum(map(len, mine)))
