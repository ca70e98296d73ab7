"""Clauses of few words: what they say and the heading they stand under, against the clauses of the other plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..pairing import Weights
from .clauses import Clause
from .touch import ROWS, table, vocabulary

# measured like those of align.py
ENOUGH = 4.5  # what the two must share, heading and all
SHARE = 0.30  # of the shorter one, in plans of one subject
STRANGE = 0.50  # … and in others
FIRST = 1.25  # and so many times what the next clause shares with it
FEW = 3  # clauses among which there is hardly a next one


def terse(
    asking: Sequence[Clause], answering: Sequence[Clause], by: Weights, unit: float, akin: bool
) -> tuple[tuple[int, int, float], ...]:
    """(place in `asking`, place in `answering`, share of the shorter one) of every clause that surely belongs to one.

    asking   clauses that no piece brought together with another
    akin     the plans are of one subject
    """
    import numpy as np

    if not asking or not answering:
        return ()
    groups = [[whole(clause) for clause in some] for some in (asking, answering)]
    known = vocabulary(*groups)
    first, second = (table(some, known, by) for some in groups)
    sums = [np.asarray(t.multiply(t).sum(axis=1)).ravel() for t in (first, second)]
    out = []
    for start in range(0, len(asking), ROWS):
        shared: Any = (first[start : start + ROWS] @ second.T).toarray()
        best = shared.argmax(axis=1)
        rows = np.arange(len(best))
        most = shared[rows, best]
        least = np.minimum(sums[0][start : start + ROWS], sums[1][best])
        shared[rows, best] = 0
        share = most / np.maximum(least, 1e-9)
        sure = (most >= ENOUGH * unit) & (most >= FIRST * shared.max(axis=1))
        sure &= share >= (SHARE if akin and len(answering) > FEW else STRANGE)
        out += [(start + int(i), int(best[i]), float(share[i])) for i in np.flatnonzero(sure)]
    return tuple(out)


def whole(clause: Clause) -> frozenset[str]:
    """The terms of all that a clause says and of its heading."""
    return clause.about.union(*(piece.terms for piece in clause.pieces))
