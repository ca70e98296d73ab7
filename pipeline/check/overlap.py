"""Which of many texts share most of their words with another one: asked for by character pairs, not text by text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set

from ..link.likeness import pairs

NEARLY = 0.9


class Texts:
    """Texts by their character pairs; a question costs what the pairs asked for are met, whatever the number of texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._sizes: list[int] = []
        self._holding: dict[str, list[int]] = {}  # pair → the texts that hold it
        for place, text in enumerate(texts):
            own = pairs(text)
            self._sizes.append(len(own))
            for pair in own:
                self._holding.setdefault(pair, []).append(place)

    def hold(self, words: Set[str], share: float) -> list[int]:
        """The texts that hold at least `share` of some pairs, in their order."""
        return sorted(place for place, count in self._shared(words).items() if count >= share * len(words))

    def best(self, words: Set[str], share: float) -> list[int]:
        """Of those that hold at least `share`, the ones that hold (nearly) most."""
        counts = {place: count for place, count in self._shared(words).items() if count >= share * len(words)}
        most = max(counts.values(), default=0)
        return sorted(place for place, count in counts.items() if count >= NEARLY * most)

    def within(self, words: Set[str], share: float) -> bool:
        """Whether at least `share` of the pairs of one text stand among those given."""
        return any(count >= share * self._sizes[place] for place, count in self._shared(words).items())

    def _shared(self, words: Set[str]) -> Counter[int]:
        counts: Counter[int] = Counter()
        for pair in words:
            counts.update(self._holding.get(pair, ()))
        return counts
