"""One partner each: the pairs whose scores are the highest in sum over both lists, none below a threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_SMALL = 4096  # ratings that are solved at once faster than they are taken apart


def assign(score: NDArray[np.float32], least: float) -> tuple[tuple[int, int], ...]:
    """(row, column) of every pair, by row.

    score   ratings, rows × columns
    least   a pair below it is none; the matrix falls into blocks that share no pair, and each is solved whole
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import bmat, csr_matrix
    from scipy.sparse.csgraph import connected_components

    kept = np.where(score >= least, score, 0)
    if not kept.any():
        return ()
    if kept.size <= _SMALL:
        solved = zip(*linear_sum_assignment(kept, maximize=True), strict=True)
        return tuple((int(i), int(j)) for i, j in solved if kept[i, j] > 0)
    graph = csr_matrix(kept)
    both: Any = [[None, graph], [graph.T, None]]
    _, block = connected_components(bmat(both), directed=False)
    rows = len(kept)
    inside: dict[int, tuple[list[int], list[int]]] = {}
    for place, number in enumerate(block):
        inside.setdefault(int(number), ([], []))[place >= rows].append(place - rows * (place >= rows))
    made = []
    for own, other in inside.values():
        if own and other:
            part = kept[np.ix_(own, other)]
            for i, j in zip(*linear_sum_assignment(part, maximize=True), strict=True):
                if part[i, j] > 0:
                    made.append((own[i], other[j]))
    return tuple(sorted(made))
