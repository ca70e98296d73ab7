"""Two plans of two levels: which clauses of the upper one each duty of the lower one answers, and with which words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..pairing import Weights
from .clauses import Clause
from .terse import terse
from .touch import Touch, touch
from .weigh import mass, unit, weigh

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# measured on tests/align/pairs.csv (docs/align.md); counted in terms that stand once in either plan
# what two clauses must share, and what part of the shorter one that is; less is enough where the plans are of one subject,
# which they are when they surely share so many clauses
STRANGERS = ((8.0, 0.0), (5.0, 0.20), (3.0, 0.40))
AKIN = ((4.4, 0.0), (3.0, 0.40))
SURELY = 3
NEAR = 0.90  # a piece that says the same as pieces of several clauses answers those as near as this to the nearest


@dataclass(frozen=True, slots=True)
class Answer:
    """One clause of the upper plan and one of the lower plan that answers it.

    upper lower   their places in the lists of clauses
    relation      same: one of them stands word for word in the other; reworded
    score         the share of the shorter one that the other says, 0 … 1
    pieces        (piece of the upper, piece of the lower), places within the clauses
    """

    upper: int
    lower: int
    relation: str
    score: float
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Alignment:
    """What a lower plan made of an upper one.

    answers   by lower clause, then upper clause
    added     clauses of the lower plan that answer nothing; left: clauses of the upper plan that nothing answers
    said      per clause of either plan the pieces that the other plan says too
    """

    upper: tuple[Clause, ...]
    lower: tuple[Clause, ...]
    weights: Weights
    answers: tuple[Answer, ...]
    upper_said: tuple[frozenset[int], ...]
    lower_said: tuple[frozenset[int], ...]

    @property
    def added(self) -> tuple[int, ...]:
        linked = {a.lower for a in self.answers}
        return tuple(j for j in range(len(self.lower)) if j not in linked)

    @property
    def left(self) -> tuple[int, ...]:
        linked = {a.upper for a in self.answers}
        return tuple(i for i in range(len(self.upper)) if i not in linked)


def align(upper: Sequence[Clause], lower: Sequence[Clause], by: Weights | None = None) -> Alignment:
    """Which clauses of `upper` each clause of `lower` answers; many to many.

    by   the weights of the terms; those of the pieces of both when left out
    """
    own = [(i, x) for i, clause in enumerate(upper) for x in range(len(clause.pieces))]
    other = [(j, y) for j, clause in enumerate(lower) for y in range(len(clause.pieces))]
    groups = [upper[i].pieces[x].terms for i, x in own], [lower[j].pieces[y].terms for j, y in other]
    by = by or weigh([*groups[0], *groups[1]])
    touched = touch(*groups, by)
    one = unit(len(own) + len(other))
    pairs = _nearest(touched, own, other)
    rated = _rated(pairs, upper, lower, by, one)
    found = _enough(rated, STRANGERS)
    if akin := len(found) >= SURELY:
        found = _enough(rated, AKIN)
    answers = {
        (i, j): Answer(i, j, _relation(upper[i], lower[j]), min(1.0, rated[i, j][1]), tuple(p[:2] for p in pairs[i, j]))
        for i, j in found
    }
    answers |= _short(upper, lower, found, by, one, akin)
    return Alignment(
        tuple(upper),
        tuple(lower),
        by,
        tuple(sorted(answers.values(), key=lambda a: (a.lower, a.upper))),
        _said(len(upper), own, touched.upper),
        _said(len(lower), other, touched.lower),
    )


def _nearest(
    touched: Touch, own: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], list[tuple[int, int, float]]]:
    """(upper clause, lower clause) → the pieces of both that bring them together, and the weight of what those share."""
    import numpy as np

    best = np.zeros(len(other), np.float32)
    np.maximum.at(best, touched.lower, touched.shared)
    near = touched.shared >= NEAR * best[touched.lower]
    pairs: dict[tuple[int, int], list[tuple[int, int, float]]] = {}
    for q, p, weight in zip(
        *(part[near].tolist() for part in (touched.upper, touched.lower, touched.shared)), strict=True
    ):
        (i, x), (j, y) = own[q], other[p]
        pairs.setdefault((i, j), []).append((x, y, weight))
    return pairs


def _rated(
    pairs: Mapping[tuple[int, int], Sequence[tuple[int, int, float]]],
    upper: Sequence[Clause],
    lower: Sequence[Clause],
    by: Weights,
    one: float,
) -> dict[tuple[int, int], tuple[float, float]]:
    """(upper clause, lower clause) → what they share, in terms that stand once in either plan, and its part of the shorter."""
    whole = [mass(_all(clause), by) for clause in upper], [mass(_all(clause), by) for clause in lower]
    out = {}
    for (i, j), pieces in pairs.items():
        shared = pieces[0][2]
        if len(pieces) > 1:  # pieces may share the same words
            own, other = upper[i].pieces, lower[j].pieces
            shared = mass(frozenset().union(*(own[x].terms & other[y].terms for x, y, _ in pieces)), by)
        out[i, j] = shared / one, shared / max(1e-9, min(whole[0][i], whole[1][j]))
    return out


def _enough(
    rated: Mapping[tuple[int, int], tuple[float, float]], enough: Sequence[tuple[float, float]]
) -> list[tuple[int, int]]:
    return [
        pair
        for pair, (weight, share) in rated.items()
        if any(weight >= least and share >= part for least, part in enough)
    ]


def _relation(one: Clause, two: Clause) -> str:
    return "same" if _stands(one, two) or _stands(two, one) else "reworded"


def _short(
    upper: Sequence[Clause],
    lower: Sequence[Clause],
    found: Collection[tuple[int, int]],
    by: Weights,
    one: float,
    akin: bool,
) -> dict[tuple[int, int], Answer]:
    # what no piece brought together, by all its words and its heading
    above, below = {i for i, _ in found}, {j for _, j in found}
    rows, columns = [i for i in range(len(upper)) if i not in above], [j for j in range(len(lower)) if j not in below]
    made = [(i, columns[a], share) for a, i, share in terse([lower[j] for j in columns], upper, by, one, akin)]
    made += [(rows[a], j, share) for a, j, share in terse([upper[i] for i in rows], lower, by, one, akin)]
    return {(i, j): Answer(i, j, "reworded", min(1.0, share), ()) for i, j, share in made}


def _all(clause: Clause) -> frozenset[str]:
    return frozenset().union(*(p.terms for p in clause.pieces))


def _stands(one: Clause, two: Clause) -> bool:
    """Whether all that a clause says stands word for word in another; its heading need not."""
    whole = {p.same for p in two.pieces[: two.printed]}
    own = [p for p in one.pieces[: one.printed] if p.text != one.heading and p.terms]
    return bool(own) and all(p.same in whole for p in own)


def _said(count: int, places: Sequence[tuple[int, int]], touched: NDArray[np.int32]) -> tuple[frozenset[int], ...]:
    made: list[set[int]] = [set() for _ in range(count)]
    for at in touched.tolist():
        i, x = places[at]
        made[i].add(x)
    return tuple(map(frozenset, made))
