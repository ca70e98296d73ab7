"""Which section and which task a place of the text belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from .model import Span


class Owners:
    """Stretches with the index of what owns them; `at(span)` finds the owner of a place in O(log n)."""

    def __init__(self, owned: Iterable[tuple[Span, int]]) -> None:
        self._by_block: dict[int, list[tuple[int, int, int]]] = {}
        for span, owner in owned:
            self._by_block.setdefault(span.block, []).append((span.start, span.end, owner))
        for stretches in self._by_block.values():
            stretches.sort()

    def at(self, span: Span) -> int | None:
        """The owner of the stretch that holds the span's first character; None outside every stretch."""
        stretches = self._by_block.get(span.block, [])
        place = bisect_right(stretches, (span.start, float("inf"), 0)) - 1
        if place < 0:
            return None
        start, end, owner = stretches[place]
        return owner if start <= span.start and span.start < max(end, start + 1) else None
