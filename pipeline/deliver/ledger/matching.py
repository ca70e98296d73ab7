"""Which line of the new ledger each row of a former one is: by its hidden id, by its words, by what is most alike."""

from __future__ import annotations

from collections.abc import Sequence

from .base import Base
from .former import FormerRow
from .pairing import pair
from .terms import OWN
from .values import EMPTY, Line, digest, said


def matched(rows: Sequence[FormerRow], lines: Sequence[Line], base: Base) -> dict[int, int]:
    """Index of a former row → index of the line that it is. Live rows come before those that had vanished.

    First the hidden id where the words are still those written under it, then the same words, then the hidden id alone
    (the words were edited), then the most alike words.
    """
    found: dict[int, int] = {}
    for gone in (False, True):
        _Match(rows, lines, base, found).run([i for i, row in enumerate(rows) if row.gone == gone])
    return found


def is_own(row: FormerRow, base: Base) -> bool:
    """Whether a person put this row in: it has no hidden id, or one that was never written."""
    return row.id.startswith(OWN) or not row.id or (bool(base) and row.id not in base.rows and not row.gone)


class _Match:
    def __init__(self, rows: Sequence[FormerRow], lines: Sequence[Line], base: Base, found: dict[int, int]) -> None:
        self.rows, self.lines, self.base, self.found = rows, lines, base, found
        self.taken = set(found.values())
        self.by_id = {line.id: j for j, line in enumerate(lines) if line.id}
        self.by_words: dict[str, list[int]] = {}
        for j, line in enumerate(lines):
            self.by_words.setdefault(_letters(line.words), []).append(j)

    def run(self, mine: Sequence[int]) -> None:
        for step in (self._same_row, self._same_words, self._same_id):
            for i in mine:
                if i not in self.found and (j := step(i)) is not None and j not in self.taken:
                    self._take(i, j)
        self._alike([i for i in mine if i not in self.found])

    def _take(self, i: int, j: int) -> None:
        self.found[i] = j
        self.taken.add(j)

    def _same_id(self, i: int) -> int | None:
        return self.by_id.get(self.rows[i].id) if self.rows[i].id else None

    def _same_row(self, i: int) -> int | None:
        j = self._same_id(i)
        if j is None or self.lines[j].kind != "task":
            return j
        words = said(self.rows[i].cells.get("task", EMPTY).value)
        kept = words == self.lines[j].words or self.base.rows.get(self.rows[i].id, {}).get("task") == digest(words)
        return j if kept else None

    def _same_words(self, i: int) -> int | None:
        words = _letters(self.rows[i].words)
        number = said(self.rows[i].cells.get("number", EMPTY).value)
        same = [j for j in self.by_words.get(words, ()) if j not in self.taken] if words else []
        return min(same, key=lambda j: (said(self.lines[j].cell("number").value) != number, j), default=None)

    def _alike(self, left: Sequence[int]) -> None:
        # in a workbook that we did not write any row may be the plan's
        mine = [i for i in left if "task" in self.rows[i].cells]
        old = [i for i in mine if not self.base or not is_own(self.rows[i], self.base)]
        new = [j for j, line in enumerate(self.lines) if j not in self.taken and line.kind == "task"]
        for a, b in pair([self.rows[i].words for i in old], [self.lines[j].words for j in new]).items():
            self._take(old[a], new[b])


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
