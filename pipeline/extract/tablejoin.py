"""Tables that go on over a page: one grid again, repeated headers dropped, cut rows and merged cells made whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .pagelines import Line
from .sheets import Cell, Table
from .wraps import NUMBERED, STOPS, cell_text, has_room

SAME_EDGE = 5.0  # points
HEADER_ROWS = 4
PAD = 5.4  # points: what word processors leave free inside a cell's edges
SHARED = 0.6  # of the inner edges: a form whose rows are merged in many ways still keeps most of them
STOPPED = 0.6  # of a column's cells: so many end with a stop where sentences stand
KEY_SHARE = 0.85  # of a table's rows: a column filled that often is never empty in a whole row


@dataclass
class Draft:
    """A cell that may still grow by its part on the next page. rest: page and edges of each further part."""

    row: int
    col: int
    row_span: int
    col_span: int
    page: int
    box: tuple[float, float, float, float]
    lines: list[Line]
    header: bool = False
    rest: list[tuple[int, tuple[float, float, float, float]]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What it says, blanks left out; for comparing."""
        return "".join("".join(line.text.split()) for line in self.lines)


@dataclass
class Joined:
    """One table while its pages are read. dropped: (page, lines) of the header rows that were printed again."""

    xs: list[float]
    rows: int
    drafts: list[Draft]
    last_page: int
    dropped: list[tuple[int, list[Line]]] = field(default_factory=list)

    @staticmethod
    def of(table: Table, page: int) -> Joined:
        """A table's first page."""
        return Joined(list(table.xs), len(table.ys) - 1, [_draft(c, page) for c in table.cells], page)

    def cell_texts(self) -> list[str]:
        """The words of each draft, in their order."""
        pad = _pad(self.drafts)
        return [cell_text(d.lines, d.box[0], d.box[2], pad) for d in self.drafts]

    def extend(self, table: Table, page: int) -> bool:
        """Take the table of the next page as going on with this one; False when its columns are others."""
        columns = _same_columns(self.xs, table.xs)
        if columns is None:
            return False
        xs, own, other = columns
        if len(xs) != len(self.xs):
            for draft in self.drafts:
                end = own[draft.col + draft.col_span]
                draft.col = own[draft.col]
                draft.col_span = end - draft.col
            self.xs = xs
        below = [_draft(cell, page) for cell in table.cells]
        for draft in below:
            end = other[draft.col + draft.col_span]
            draft.col = other[draft.col]
            draft.col_span = end - draft.col
        rows = len(table.ys) - 1
        again = self._header_again(below)
        for row in range(again):
            words = [line for d in below if d.row == row for line in d.lines]
            if words:
                self.dropped.append((page, words))
        below = [d for d in below if d.row >= again]
        if below:
            self._append(below, again, rows)
        self.last_page = page
        return True

    def _header_again(self, below: Sequence[Draft]) -> int:
        # how many of the first rows are printed again; such rows are the table's header
        best = 0
        for count in range(1, HEADER_ROWS + 1):
            one = _top(self.drafts, count)
            if one is None or not any(words for *_, words in one):
                continue
            if one == _top(below, count):
                best = count
        for draft in self.drafts:
            draft.header = draft.header or draft.row < best
        return best

    def _append(self, below: list[Draft], first: int, rows: int) -> None:
        last = {(d.col, d.col_span): d for d in self.drafts if d.row + d.row_span == self.rows}
        top = [d for d in below if d.row == first]
        keys, merging, stopped = self._columns(below, first)
        cut = _is_cut(last, top, keys, merging, stopped)
        offset = self.rows - first - cut
        unnamed = not min(top, key=lambda d: d.col).lines if top else False
        kept = []
        for draft in below:
            above = last.get((draft.col, draft.col_span)) if draft.row == first else None
            goes_on = (
                not cut
                and above is not None
                and above.lines
                and not draft.lines
                and (
                    (draft.col in keys and unnamed)
                    or (draft.col in merging and (above.row_span > 1 or draft.row_span > 1 or draft.col in keys))
                )
            )
            if above is not None and (cut or goes_on):
                above.lines += draft.lines
                above.rest.append((draft.page, draft.box))
                above.row_span += draft.row_span - cut
            else:
                draft.row += offset
                kept.append(draft)
        self.drafts += kept
        self.rows += rows - first - cut

    def _columns(self, below: Sequence[Draft], first: int) -> tuple[set[int], set[int], set[int]]:
        # columns that are filled in every whole row, those with cells merged over rows, those of sentences with an end
        merging = {d.col for d in (*self.drafts, *below) if d.row_span > 1 and not d.header}
        filled: dict[int, int] = {}
        stops: dict[int, int] = {}
        whole = 0
        for drafts, skip in ((self.drafts, self.rows - 1), (below, first)):
            by_row: dict[int, list[Draft]] = {}
            for d in drafts:
                if not d.header:
                    for row in range(d.row, d.row + d.row_span):
                        by_row.setdefault(row, []).append(d)
            for row, cells in by_row.items():
                own = [d for d in cells if d.lines]
                if row == skip or len(own) < 2:
                    continue
                whole += 1
                for d in own:
                    filled[d.col] = filled.get(d.col, 0) + 1
                    stops[d.col] = stops.get(d.col, 0) + (d.lines[-1].text[-1] in STOPS)
        keys = {col for col, count in filled.items() if count >= KEY_SHARE * whole}
        return keys, merging, {col for col, count in stops.items() if count > max(1, STOPPED * filled[col])}


def _draft(cell: Cell, page: int) -> Draft:
    return Draft(cell.row, cell.col, cell.row_span, cell.col_span, page, cell.box, list(cell.lines))


def _top(drafts: Iterable[Draft], count: int) -> list[tuple[int, int, int, int, str]] | None:
    # the first rows as values; None when a cell reaches below them
    own = sorted((d.row, d.col, d.row_span, d.col_span, d.words) for d in drafts if d.row < count)
    if not own or any(row + span > count for row, _, span, _, _ in own) or max(row for row, *_ in own) < count - 1:
        return None
    return own


def _is_cut(
    last: dict[tuple[int, int], Draft], top: Sequence[Draft], keys: set[int], merging: set[int], stopped: set[int]
) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    if not last or any((d.col, d.col_span) not in last for d in top) or {k[0] for k in last} != {d.col for d in top}:
        return False
    filled = [d for d in top if d.lines]
    if not filled:
        return True
    first = min(top, key=lambda d: d.col)
    above = last[first.col, first.col_span]
    if first.lines and above.lines and first.col not in merging and not _unfinished(above, first):
        return False
    if len(top) == 1:
        return _unfinished(last[top[0].col, top[0].col_span], top[0])
    pairs = [(last[d.col, d.col_span], d) for d in filled]
    both = [(one, other) for one, other in pairs if one.lines]
    widest = max(top, key=lambda d: d.box[2] - d.box[0])
    if len(both) > 1 and any(other is widest and _has_end(one, other) for one, other in both):
        # the words of the task had room to go on: this is a row of its own, and the cells left empty are merged
        return False
    if first.lines and (first.words.rstrip(".、．").isdigit() or NUMBERED.match(first.words)):
        return False
    # where every sentence has its end, one without it goes on, and so do the words beside it
    sentence = widest.col in stopped and len(both) > 1 and any(other is widest for _, other in both)
    if sentence and all(_unfinished(one, other) for one, other in both):
        return True
    missing = {d.col for d in top if not d.lines and d.col in keys}
    if missing - merging:
        return True
    if missing:
        others = [d for d in top if d.col in keys and d.col not in merging]
        return not others or not all(d.lines for d in others)
    lacking = {col for (col, _), d in last.items() if col in keys and not d.lines}
    if lacking:
        return all(d.lines for d in top if d.col in lacking)
    return not first.lines and not keys and all(_unfinished(one, other) for one, other in pairs)


def _unfinished(draft: Draft, below: Draft) -> bool:
    # no stop, and no room for what would come next
    return bool(draft.lines) and draft.lines[-1].text[-1] not in STOPS and not _has_end(draft, below)


def _has_end(draft: Draft, below: Draft) -> bool:
    # what comes next would have had room on its last line
    line = draft.lines[-1]
    return has_room(line, below.lines[0], draft.box[2] - draft.box[0] - 2 * PAD - line.width)


def _same_columns(a: Sequence[float], b: Sequence[float]) -> tuple[list[float], list[int], list[int]] | None:
    """The edges of both tables as one, and where each one's edges are among them; None for other columns.

    Pages may be shifted against each other (inner and outer margins); an edge that one page lacks is missing
    because all its cells there are merged over it.
    """
    shift = a[0] - b[0]
    if abs((a[-1] - a[0]) - (b[-1] - b[0])) > SAME_EDGE:
        return None
    moved = [x + shift for x in b]
    more = [x for x in moved if all(abs(x - y) > SAME_EDGE for y in a)]
    fewer = [x for x in a if all(abs(x - y) > SAME_EDGE for y in moved)]
    shared = len(a) - len(fewer) - 2
    if more and fewer and shared < SHARED * (min(len(a), len(b)) - 2):
        return None
    xs = list(a) + more
    xs.sort()
    return xs, [_index(xs, x) for x in a], [_index(xs, x) for x in moved]


def _index(xs: Sequence[float], x: float) -> int:
    return min(range(len(xs)), key=lambda i: abs(xs[i] - x))


def _pad(drafts: Iterable[Draft]) -> float:
    # what the table leaves free between an edge and a full line
    free = sorted(
        gap
        for d in drafts
        if d.lines
        for gap in (min(line.x0 for line in d.lines) - d.box[0], d.box[2] - max(line.x1 for line in d.lines))
        if gap >= 0
    )
    return min(free[len(free) // 10], 8.0) if free else 0.0
