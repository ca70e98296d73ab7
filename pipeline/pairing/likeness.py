"""Every task of one plan against every task of another: shared words, section, units, number, place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..link.likeness import alike, pairs
from .items import Item
from .weights import Weights, weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

# what stands around the words decides between tasks that are worded alike; it makes no pair of its own
SECTION, UNITS, LABEL, PLACE = 0.06, 0.06, 0.02, 0.04

OPENING = 0.35  # the sentence that opens a task as its heading says as much of it as this share of all its words


@dataclass(frozen=True)
class Likeness:
    """Ratings of all pairs, as matrices old × new, 0 … 1.

    text        the geometric mean of the two shares below: how like the words are
    old_held    the share of the old task's terms that the new one holds
    new_held    the share of the new task's terms that the old one holds
    opening     how like the sentences are that open both as headings; the likeness of the words where one has none
    section units label place     the same by what stands around the words
    score       text with what stands around it
    """

    old: tuple[Item, ...]
    new: tuple[Item, ...]
    weights: Weights
    text: Matrix
    old_held: Matrix
    new_held: Matrix
    opening: Matrix
    section: Matrix
    units: Matrix
    label: Matrix
    place: Matrix

    @cached_property
    def score(self) -> Matrix:
        around = SECTION * self.section + UNITS * self.units + LABEL * self.label + PLACE * self.place
        own = 1 - SECTION - UNITS - LABEL - PLACE
        words = (1 - OPENING) * self.text + OPENING * self.opening
        return own * words + around * (self.text > 0)  # type: ignore[no-any-return]


def likeness(old: Sequence[Item], new: Sequence[Item], by: Weights | None = None) -> Likeness:
    """Rate every pair.

    by      the weights of the terms; those of the two lists together when left out
    """
    import numpy as np

    by = by or weights((item.terms for item in old), (item.terms for item in new))
    shared, first, second = _shared([i.terms for i in old], [i.terms for i in new], by)
    old_held = np.divide(shared, first[:, None], out=np.zeros_like(shared), where=first[:, None] > 0)
    new_held = np.divide(shared, second[None, :], out=np.zeros_like(shared), where=second[None, :] > 0)
    text = np.sqrt(old_held * new_held)
    return Likeness(
        tuple(old),
        tuple(new),
        by,
        text,
        old_held,
        new_held,
        _openings(old, new, text, by),
        _sections(old, new),
        _units(old, new),
        np.array([[a.label == b.label and a.label != "" for b in new] for a in old], np.float32).reshape(shared.shape),
        _place(old, new),
    )


def shared_terms(one: Item, other: Item, by: Weights, most: int = 8) -> tuple[str, ...]:
    """The words that both have, those that say most first."""
    common = [t for t in one.terms & other.terms if not t.startswith("~")]
    common = common or [t.removeprefix("~") for t in one.terms & other.terms]
    return tuple(sorted(common, key=lambda t: (-by[t], one.text.find(t), t))[:most])


def _shared(old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], by: Weights) -> tuple[Any, Any, Any]:
    # the weight of the shared terms of every pair, and of all terms of each
    import numpy as np
    from scipy.sparse import csr_matrix

    known: dict[str, int] = {}
    for group in (*old, *new):
        for term in sorted(group):
            known.setdefault(term, len(known))
    root = np.sqrt(np.array([by[t] for t in known] or [0.0]))

    def table(groups: Sequence[frozenset[str]]) -> Any:
        ends = np.cumsum([0, *(len(g) for g in groups)])
        columns = np.array([known[t] for g in groups for t in sorted(g)], np.int32)
        return csr_matrix((root[columns], columns, ends), shape=(len(groups), max(1, len(known))))

    first, second = table(old), table(new)
    shared = (first @ second.T).toarray().astype(np.float32)
    sums = [np.asarray(t.multiply(t).sum(axis=1)).ravel().astype(np.float32) for t in (first, second)]
    return shared, sums[0], sums[1]


def _openings(old: Sequence[Item], new: Sequence[Item], text: Any, by: Weights) -> Any:
    import numpy as np

    olds, news = ([n for n, item in enumerate(items) if item.opening] for items in (old, new))
    opening = text.copy()
    if olds and news:
        shared, first, second = _shared([old[i].opening for i in olds], [new[j].opening for j in news], by)
        opening[np.ix_(olds, news)] = shared / np.sqrt(first[:, None] * second[None, :])
    return opening


def _sections(old: Sequence[Item], new: Sequence[Item]) -> Any:
    import numpy as np

    olds, news = list(dict.fromkeys(i.path for i in old)), list(dict.fromkeys(i.path for i in new))
    apart = {p: pairs(p) for p in (*olds, *news)}
    rated = np.array([[alike(apart[a], apart[b]) for b in news] for a in olds], np.float32)
    if not rated.size:
        return np.zeros((len(old), len(new)), np.float32)
    rows = [olds.index(i.path) for i in old]
    columns = [news.index(i.path) for i in new]
    return rated[np.ix_(rows, columns)]


def _units(old: Sequence[Item], new: Sequence[Item]) -> Any:
    # a unit that every task names says little of one
    import numpy as np

    shared, first, second = _shared(
        [i.units for i in old], [i.units for i in new], weights((i.units for i in old), (i.units for i in new))
    )
    both = first[:, None] + second[None, :]
    return np.divide(2 * shared, both, out=np.zeros_like(shared), where=both > 0)


def _place(old: Sequence[Item], new: Sequence[Item]) -> Any:
    import numpy as np

    first, second = np.array([i.place for i in old], np.float32), np.array([i.place for i in new], np.float32)
    return 1 - np.abs(first[:, None] - second[None, :])
