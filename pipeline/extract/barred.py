"""Tables with level lines only (三线表 and the like): columns are where no word ever stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .pagelines import rows
from .pages import Glyph, Rule
from .ruled import Grid, Place

WIDE = 120.0  # points: shorter lines are underlines
SAME = 6.0  # points
GUTTER = 5.0  # points: the least that parts two columns
FIELD = 0.8  # of the size: a gap that parts two cells of one row
BARS = 500  # lines of one table on one page
ROWS = 3  # rows with several cells: fewer are no table (the imprint of a letter stands between lines too)

Row = list[Glyph]
Range = tuple[float, float]


def barred(loose: Iterable[Rule], glyphs: Sequence[Glyph], taken: Sequence[Grid]) -> tuple[Grid, ...]:
    """The tables between level lines of one width.

    loose    level lines that belong to no ruled table, from top to bottom
    taken    the ruled tables; what stands in them is no part of these
    Linear in the glyphs times the groups of lines, of which a page has few.
    """
    out = []
    for bars in _groups(loose):
        left, right, top, bottom = bars[0].x0, bars[0].x1, bars[0].top, bars[-1].top
        if any(g.ys[0] < bottom and g.ys[-1] > top for g in taken):
            continue
        inside = [g for g in glyphs if g.text.strip() and left - SAME <= g.x0 and g.x1 <= right + SAME]
        own = rows(g for g in inside if top < (g.top + g.bottom) / 2 < bottom)
        grid = _grid(bars, own, left, right)
        if grid is not None:
            out.append(grid)
    return tuple(out)


def _groups(loose: Iterable[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in loose:
        if rule.x1 - rule.x0 < WIDE:
            continue
        near = [g for g in groups if abs(g[-1].x0 - rule.x0) < SAME and abs(g[-1].x1 - rule.x1) < SAME]
        if near:
            near[-1].append(rule)
        else:
            groups.append([rule])
    return [g for g in groups if 3 <= len(g) <= BARS]


def _grid(bars: Sequence[Rule], own: Sequence[Row], left: float, right: float) -> Grid | None:
    pieces = [_pieces(row) for row in own]
    several = [p for p in pieces if len(p) > 1]
    if len(several) < ROWS:
        return None
    gutters = _gutters([r for p in several for r in p])
    if not gutters:
        return None
    xs = (left, *((a + b) / 2 for a, b in gutters), right)
    ys = [bar.top for bar in bars]
    if len(ys) == 3:
        ys[2:2] = [start for start in _starts(own, pieces, xs, gutters) if start > ys[1]][1:]
    if len(ys) > BARS:
        return None
    cells = []
    for index, (top, bottom) in enumerate(pairwise(ys)):
        band = [p for row, p in zip(own, pieces, strict=True) if top < (row[0].top + row[0].bottom) / 2 <= bottom]
        # what stands alone in its row is the heading of the rows below
        alone = sum(map(len, band)) == 1
        open_edges = set(range(1, len(xs) - 1)) if alone else _crossed([r for p in band for r in p], gutters)
        start = 0
        for edge in range(1, len(xs)):
            if edge not in open_edges:
                cells.append(Place(index, start, 1, edge - start))
                start = edge
    return Grid(xs, tuple(ys), tuple(cells))


def _starts(
    own: Sequence[Row], pieces: Sequence[list[Range]], xs: Sequence[float], gutters: Sequence[Range]
) -> list[float]:
    # where the rows of a 三线表 begin: at its numbers, or where most of the columns have words
    heads = ["".join(g.text for g in row if g.x1 <= xs[1]).strip() for row in own]
    filled = [head for head in heads if head]
    counted = sum(head.rstrip(".、．").isdigit() for head in filled) * 2 > len(filled)
    starts = []
    for row, p, head in zip(own, pieces, heads, strict=True):
        columns = len({_column(xs, piece) for piece in p})
        begins = bool(head) if counted else columns >= max(2, 0.6 * (len(xs) - 1))
        if begins or (len(p) == 1 and _crossed(p, gutters)):
            starts.append(min(g.top for g in row) - 1)
    return starts


def _pieces(row: Row) -> list[Range]:
    # the stretches of one row between gaps that part cells
    out: list[list[float]] = []
    for glyph in row:
        if out and glyph.x0 - out[-1][1] < FIELD * glyph.size:
            out[-1][1] = max(out[-1][1], glyph.x1)
        else:
            out.append([glyph.x0, glyph.x1])
    return [(a, b) for a, b in out]


def _gutters(ranges: Iterable[Range]) -> list[Range]:
    # what no range covers
    out: list[Range] = []
    end: float | None = None
    for low, high in sorted(ranges):
        if end is not None and low - end >= GUTTER:
            out.append((end, low))
        end = high if end is None else max(end, high)
    return out


def _crossed(pieces: Sequence[Range], gutters: Sequence[Range]) -> set[int]:
    # the edges between columns that words run over
    return {
        edge for edge, (start, end) in enumerate(gutters, 1) if any(low < start and high > end for low, high in pieces)
    }


def _column(xs: Sequence[float], piece: Range) -> int:
    middle = (piece[0] + piece[1]) / 2
    return sum(1 for x in xs[1:-1] if x < middle)
