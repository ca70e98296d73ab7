"""Which pieces of two plans say the same: every piece against every piece by the weight of the terms they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..pairing import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROWS = 512  # pieces rated at a time: memory stays linear in the plans
COMMON = 0.02  # of a long list, a term that more pieces hold than this share brings no two of them together
MANY = 400  # … and what as few as this hold always does
ALIKE = 0.45  # Dice's coefficient from which two pieces say the same
HELD = 0.60  # or so much of the shorter one stands in the longer


@dataclass(frozen=True)
class Touch:
    """The pairs of pieces that say the same: their places in the two lists, and the weight of what they share."""

    upper: NDArray[np.int32]
    lower: NDArray[np.int32]
    shared: NDArray[np.float32]


def touch(upper: Sequence[frozenset[str]], lower: Sequence[frozenset[str]], by: Weights) -> Touch:
    """The pairs that say the same.

    upper lower   the terms of every piece
    by            the weights of the terms
    """
    import numpy as np

    known = vocabulary(upper, lower)
    first, second = table(upper, known, by), table(lower, known, by)
    sums = [np.asarray(t.multiply(t).sum(axis=1)).ravel() for t in (first, second)]
    telling = _telling(first, second)
    found = [_rated(first[:, telling], second[:, telling], sums, start) for start in range(0, len(upper), ROWS)]
    if not found:
        none = np.zeros(0, np.int32)
        return Touch(none, none, np.zeros(0, np.float32))
    return Touch(*(np.concatenate(part) for part in zip(*found, strict=True)))


def vocabulary(*groups: Sequence[frozenset[str]]) -> dict[str, int]:
    """Every term and its column."""
    return {term: place for place, term in enumerate(sorted(frozenset().union(*(g for some in groups for g in some))))}


def table(groups: Sequence[frozenset[str]], known: dict[str, int], by: Weights) -> Any:
    """One row a group: the product of two such rows is the weight of the terms they share."""
    import numpy as np
    from scipy.sparse import csr_matrix

    weight = np.array([by[term] for term in known] or [0.0], np.float32)
    ends = np.cumsum([0, *(len(g) for g in groups)])
    columns = np.fromiter(_columns(groups, known), np.int32, count=int(ends[-1]))
    return csr_matrix((np.sqrt(weight[columns]), columns, ends), shape=(len(groups), max(1, len(known))))


def _columns(groups: Sequence[frozenset[str]], known: dict[str, int]) -> Iterator[int]:
    for group in groups:
        yield from sorted(known[term] for term in group)


def _telling(first: Any, second: Any) -> Any:
    import numpy as np

    holders = np.maximum(first.getnnz(axis=0), second.getnnz(axis=0))
    return np.flatnonzero(holders <= max(MANY, COMMON * max(first.shape[0], second.shape[0])))


def _rated(first: Any, second: Any, sums: Sequence[Any], start: int) -> tuple[Any, Any, Any]:
    import numpy as np

    part = (first[start : start + ROWS] @ second.T).tocoo()
    own, other = sums[0][part.row + start], sums[1][part.col]
    alike = (2 * part.data >= ALIKE * (own + other)) | (part.data >= HELD * np.minimum(own, other))
    return part.row[alike] + np.int32(start), part.col[alike], part.data[alike].astype(np.float32)
