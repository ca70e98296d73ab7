"""Which row of a former ledger is which task of a plan whose words have changed. The one place where likeness decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...link.likeness import alike, pairs

SAME_TASK = 0.5  # of two texts' character pairs, at least half are shared
_COMMON = 200  # a pair of characters that stands in more texts than this finds nobody


def pair(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Index of an old text → index of the new one that says the same task; each at most once, the most alike first.

    Near linear: only texts that share an uncommon pair of characters are compared.
    """
    words = [pairs(text) for text in new]
    holders: dict[str, list[int]] = {}
    for index, found in enumerate(words):
        for two in found:
            holders.setdefault(two, []).append(index)
    rated = []
    for i, text in enumerate(old):
        mine = pairs(text)
        shared: Counter[int] = Counter()
        for two in mine:
            if len(near := holders.get(two, ())) <= _COMMON:
                shared.update(near)
        for j, _ in shared.most_common(20):
            if (score := alike(mine, words[j])) >= SAME_TASK:
                # equal likeness: the one that stands nearest in order
                rated.append((-score, abs(i * len(new) - j * len(old)), i, j))
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(rated):
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out
