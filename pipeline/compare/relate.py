"""Which old tasks became which new ones: one partner each over the whole plan, then what was merged and what was split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..pairing import Likeness, assign

# measured by bench/compare.py over made and real pairs; docs/compare.md tells how
LEAST = 0.30  # below it two tasks are two tasks
FIRM = 0.80  # a partner so like that no merging or splitting is looked for
HELD = 0.60  # of a merged task the new one holds so much, of a part the old one
GAIN = 0.40  # and so much of it that the first partner does not explain


@dataclass(frozen=True, slots=True)
class Tie:
    """One old task and one new one, by their places; `text` is their likeness by words alone."""

    old: int
    new: int
    relation: str  # paired, merged, split
    score: float


def relate(rated: Likeness, least: float = LEAST) -> tuple[Tie, ...]:
    """Every tie between the two plans, by new task, then old; a task in no tie was dropped or is new."""
    one = dict(assign(rated.score, least))
    joined = _joined(rated, one, False)
    parted = _joined(rated, {j: i for i, j in one.items()}, True)
    ties = {(i, j): "paired" for i, j in one.items()}
    # a task that is held by another belongs there, and leaves a partner that is less like
    for i, j in joined.items():
        if i in one and (i, one[i]) in ties:
            del ties[i, one[i]]
        ties[i, j] = "merged"
    taken = {j: i for i, j in one.items()}
    for j, i in parted.items():
        if any(t == (taken.get(j), j) and ties[t] == "merged" for t in ties):
            continue
        if j in taken:
            ties.pop((taken[j], j), None)
        ties[i, j] = "split"
    free_old = [i for i in range(len(rated.old)) if not any(t[0] == i for t in ties)]
    free_new = [j for j in range(len(rated.new)) if not any(t[1] == j for t in ties)]
    if free_old and free_new:
        import numpy as np

        part = rated.score[np.ix_(free_old, free_new)]
        ties |= {(free_old[a], free_new[b]): "paired" for a, b in assign(part, least)}
    return _named(ties, rated)


def _named(ties: Mapping[tuple[int, int], str], rated: Likeness) -> tuple[Tie, ...]:
    olds, news = _count(i for i, _ in ties), _count(j for _, j in ties)
    made = []
    for i, j in sorted(ties, key=lambda t: (t[1], t[0])):
        relation = "merged" if news[j] > 1 else "split" if olds[i] > 1 else "paired"
        made.append(Tie(i, j, relation, float(rated.score[i, j])))
    return tuple(made)


def _count(places: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for place in places:
        counts[place] = counts.get(place, 0) + 1
    return counts


def _joined(rated: Likeness, partner: Mapping[int, int], turned: bool) -> dict[int, int]:
    """Task → the task of the other plan that took it in beside its own partner.

    partner   task → partner, of the plan whose tasks are looked at
    turned    look at the new tasks (parts of an old one), not at the old ones (merged into a new one)
    """
    import numpy as np

    held = rated.new_held.T if turned else rated.old_held
    text = rated.text.T if turned else rated.text
    own, other = (rated.new, rated.old) if turned else (rated.old, rated.new)
    back = {there: here for here, there in partner.items()}
    found: dict[int, int] = {}
    for u in range(len(own)):
        mine = float(text[u, partner[u]]) if u in partner else 0.0
        if mine >= FIRM:
            continue
        rows = [int(v) for v in np.flatnonzero(held[u] >= max(HELD, mine)) if v in back and back[v] != u]
        best, most = -1, GAIN
        for v in rows:
            first = own[back[v]].terms
            common = own[u].terms & other[v].terms
            gain = rated.weights.sum(common - first) / max(1e-9, rated.weights.sum(own[u].terms))
            if gain > max(most, mine):
                best, most = v, gain
        if best >= 0:
            found[u] = best
    return found
