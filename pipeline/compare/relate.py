"""Which old tasks became which new ones: one partner each over the whole plan, then what was merged and what was split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from ..pairing import Item, Likeness, assign
from .clauses import own_share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# measured by bench/compare.py over made and real pairs; docs/compare.md tells how
LEAST = 0.20  # below it two tasks are two tasks
FIRM = 0.85  # so like its partner, a task is not looked for in another one
FOUND = 0.20  # a part is looked for where so much of its terms is
MOST = 8  # in so many tasks at most
REST = 0.50  # a merged task is like what the first partner leaves unexplained
NEAR = 0.40  # the same for one that stands beside the first partner
CLAUSES = 0.8  # the share of its clauses that are found counts so much
MUCH, FILLED = 0.20, 0.75  # of a whole that is explained in so large a part, how much of its rest the part fills counts
RARE = 0.05  # the weight of a term that few tasks have, of that of one which a single task has
OWN = 0.15  # and so much of it at least is no word of the first partner


@dataclass(frozen=True, slots=True)
class Tie:
    """One old task and one new one, by their places; `score` is their likeness."""

    old: int
    new: int
    relation: str  # paired, merged, split
    score: float


def relate(rated: Likeness, least: float = LEAST) -> tuple[Tie, ...]:
    """Every tie between the two plans, by new task, then old; a task in no tie was dropped or is new."""
    ties = _Ties(rated)
    for i, j in _sure(assign(rated.score, least), rated.score):
        ties.add(i, j)
    _attach(ties)
    _leftovers(ties, least)
    olds, news = Counter(i for i, _ in ties.all), Counter(j for _, j in ties.all)
    return tuple(
        Tie(i, j, "merged" if news[j] > 1 else "split" if olds[i] > 1 else "paired", float(rated.score[i, j]))
        for i, j in sorted(ties.all, key=lambda t: (t[1], t[0]))
    )


@dataclass(frozen=True, slots=True, order=True)
class _Attachment:
    # `part` goes to `whole` beside the partners that it has; turned: the part is a new task, the whole an old one
    order: float  # the higher its rating, the earlier
    turned: bool
    part: int
    whole: int


class _Ties:
    def __init__(self, rated: Likeness) -> None:
        self.rated = rated
        self.all: set[tuple[int, int]] = set()
        self.of: tuple[dict[int, set[int]], dict[int, set[int]]] = ({}, {})
        self._known: dict[tuple[bool, int, int, tuple[int, ...]], float] = {}

    def add(self, i: int, j: int) -> None:
        self.all.add((i, j))
        self.of[0].setdefault(i, set()).add(j)
        self.of[1].setdefault(j, set()).add(i)

    def remove(self, i: int, j: int) -> None:
        self.all.discard((i, j))
        self.of[0][i].discard(j)
        self.of[1][j].discard(i)

    def attach(self, found: _Attachment) -> None:
        mine, i, j = self.of[found.turned], found.part, found.whole
        for other in tuple(mine.get(i, ())):
            self.remove(*((other, i) if found.turned else (i, other)))
        self.add(*((j, i) if found.turned else (i, j)))

    def attachments(self, turned: bool, part: int) -> Iterator[_Attachment]:
        """Where a task may go to beside other partners, when it is not at home yet."""
        mine = self.of[turned].get(part, set())
        if len(mine) > 1 or any(len(self.of[not turned][w]) > 1 for w in mine):
            return
        text = self.rated.text[:, part] if turned else self.rated.text[part]
        now = max((float(text[w]) for w in mine), default=0.0)
        if now >= FIRM:
            return
        for whole in self._wholes(turned, part, max(FOUND, now)):
            firsts = self.of[not turned].get(whole, set())
            if firsts and part not in firsts and all(len(self.of[turned][f]) == 1 for f in firsts):
                rating = self._rating(turned, part, whole, tuple(sorted(firsts)))
                if rating > now:
                    yield _Attachment(-rating, turned, part, whole)

    def _wholes(self, turned: bool, part: int, least: float) -> set[int]:
        # the tasks that hold most of it, and the partners of its neighbors
        import numpy as np

        held = self.rated.new_held[:, part] if turned else self.rated.old_held[part]
        found = np.flatnonzero(held >= least)
        if len(found) > MOST:
            found = found[np.argsort(-held[found], kind="stable")[:MOST]]
        beside = {w for n in (part - 1, part + 1) for w in self.of[turned].get(n, ())}
        return {int(w) for w in found} | {w for w in beside if held[w] >= least}

    def _rating(self, turned: bool, part: int, whole: int, firsts: tuple[int, ...]) -> float:
        key = (turned, part, whole, firsts)
        if key not in self._known:
            own, other = (self.rated.new, self.rated.old) if turned else (self.rated.old, self.rated.new)
            rating, share = self._rest(own[part], other[whole], [own[f] for f in firsts])
            near = any(abs(part - f) == 1 for f in firsts)
            if near:
                said = own_share(own[part].text, other[whole].text, [own[f].text for f in firsts])
                rating, share = max((rating, share), (said * CLAUSES, said))
            self._known[key] = rating if share >= OWN and rating >= (NEAR if near else REST) else 0.0
        return self._known[key]

    def _rest(self, part: Item, whole: Item, firsts: Sequence[Item]) -> tuple[float, float]:
        # how like the part is to what its neighbors leave of the whole, and how much of the part is its own in it
        by = self.rated.weights
        explained = frozenset().union(*(f.terms for f in firsts))
        mine, left = part.terms - explained, whole.terms - explained
        common, both = by.sum(mine & left), by.sum(mine) + by.sum(left)
        if not common:
            return 0.0, 0.0
        rating = 2 * common / both
        own = by.sum(t for t in mine & left if by[t] >= RARE * by.other)  # phrases of many tasks prove nothing
        if own >= MUCH * max(by.sum(whole.terms), by.sum(part.terms)):  # no small rest
            rating = max(rating, FILLED * common / by.sum(left))
        return rating, own / by.sum(part.terms)


def _sure(pairs: Iterable[tuple[int, int]], score: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    # without those of which both are more like others: two tasks that were left over, worded as many are
    import numpy as np

    best, worth = np.sort(score, axis=1)[:, -2:], np.sort(score, axis=0)[-2:].T
    for i, j in pairs:
        own = score[i, j]
        others = [
            float(top[0] if len(top) > 1 else 0) if top[-1] == own else float(top[-1]) for top in (best[i], worth[j])
        ]
        if own >= FIRM or own >= min(others):
            yield i, j


def _attach(ties: _Ties) -> None:
    # the surest first; what an earlier one has changed is rated anew when its turn comes
    rated = ties.rated
    waiting = [a for i in range(len(rated.old)) for a in ties.attachments(False, i)]
    waiting += [a for j in range(len(rated.new)) for a in ties.attachments(True, j)]
    heapify(waiting)
    while waiting:
        found = heappop(waiting)
        now = [a for a in ties.attachments(found.turned, found.part) if a.whole == found.whole]
        if not now:
            continue
        if now[0] > found:
            heappush(waiting, now[0])
            continue
        left = tuple(ties.of[found.turned].get(found.part, ()))
        ties.attach(found)
        for other in left:
            for again in ties.attachments(not found.turned, other):
                heappush(waiting, again)


def _leftovers(ties: _Ties, least: float) -> None:
    # tasks that became free may find each other
    import numpy as np

    rated = ties.rated
    olds = [i for i in range(len(rated.old)) if not ties.of[0].get(i)]
    news = [j for j in range(len(rated.new)) if not ties.of[1].get(j)]
    if olds and news:
        left = assign(rated.score[np.ix_(olds, news)], least)
        for i, j in _sure([(olds[a], news[b]) for a, b in left], rated.score):
            ties.add(i, j)
