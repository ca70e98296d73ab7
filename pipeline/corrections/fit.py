"""Where a correction belongs in a plan: its words are looked for, from the surest place to the least. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .values import Correction, folded

Row = Mapping[str, Any]
Place = tuple[int, int, int]  # block (its index), start, end

LONG = 12  # characters of a text that says by itself which it is: a cell of 持续推进 does not
_STOPS = re.compile(r"[。；;！!？?\n]")


class Places:
    """One plan, made ready to be looked into."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.blocks = [str(block["text"]) for block in rows["blocks"]]
        self._at = {block["block_id"]: index for index, block in enumerate(rows["blocks"])}
        self._by_text: dict[str, list[int]] = {}
        for index, text in enumerate(self.blocks):
            self._by_text.setdefault(folded(text), []).append(index)
        self._tasks: dict[str, list[int]] = {}  # folded text → tasks
        self._held: dict[str, dict[int, None]] = {}  # folded text of a task → its blocks, in order
        for index, task in enumerate(rows["tasks"]):
            name = folded(task["text"])
            self._tasks.setdefault(name, []).append(index)
            held = (self._at[block] for block in task["block_ids"] if block in self._at)
            self._held.setdefault(name, {}).update(dict.fromkeys(held))

    def task(self, one: Correction) -> int | None:
        """The task that a correction of a task is about."""
        return _pick(self._tasks.get(folded(one.words), ()), one.twin)

    def holds(self, words: str) -> bool:
        """Whether a block has the words of a task, or the first line of them."""
        first = folded(words.split("\n", 1)[0])
        return bool(first) and any(first in text for text in self._by_text)

    def place(self, one: Correction) -> Place | None:
        """The words of a correction; None where they stand no more, or nobody can say which of several is meant.

        Its block in its task; its words in another cell of its task; its sentence, wherever it has moved; its block,
        where the text is long enough to be no other.
        """
        alike = self._by_text.get(folded(one.block), [])
        held = self._held.get(folded(one.task), {}) if one.task else None
        if held is None or any(block in held for block in alike):
            own = alike if held is None else sorted(block for block in alike if block in held)
            if (block := _pick(own, one.twin)) is not None:
                return self._words(block, one.words, one.nth)
        return (
            self._only(held or (), one.words)
            or self._sentence(one)
            or (self._only(alike, one.words, one.nth) if len(folded(one.block)) >= LONG else None)
        )

    def _only(self, blocks: Iterable[int], words: str, nth: int = 0) -> Place | None:
        found = [place for block in blocks if (place := self._words(block, words, nth))]
        return found[0] if len(found) == 1 else None

    def _sentence(self, one: Correction) -> Place | None:
        start = _nth(one.block, one.words, one.nth)
        if start is None:
            return None
        first = max((m.end() for m in _STOPS.finditer(one.block, 0, start)), default=0)
        stop = _STOPS.search(one.block, start + len(one.words))
        sentence = one.block[first : stop.start() if stop else len(one.block)]
        if len(folded(sentence)) < LONG:
            return None
        found = [(index, text.find(sentence)) for index, text in enumerate(self.blocks) if sentence in text]
        if len(found) != 1:
            return None
        block, at = found[0]
        begin = at + start - first
        return (block, begin, begin + len(one.words))

    def _words(self, block: int, words: str, nth: int) -> Place | None:
        start = _nth(self.blocks[block], words, nth)
        return None if start is None else (block, start, start + len(words))


def _pick(found: Sequence[int], twin: int) -> int | None:
    # of equal ones the same by order; one alone needs no order
    if len(found) == 1:
        return found[0]
    return found[twin] if twin < len(found) else None


def _nth(text: str, words: str, nth: int) -> int | None:
    at = -1
    for _ in range(nth + 1):
        at = text.find(words, at + 1)
        if at < 0:
            return None
    return at
