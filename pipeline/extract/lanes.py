"""Columns of running text, as gazettes have them: what stands left of the gutter is read before what stands right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from .pagelines import Line, line, rows
from .pages import Glyph

GAP = 0.8  # of the size: a gap in a row that may be the gutter
MIDDLE = (0.35, 0.65)  # of the text's width: where the gutter of two columns may be
CROSSED = 0.4  # of the rows: titles and tables may cross it, running text may not
ROWS = 6  # full lines that each column must have
LARGE = 1.18  # of the common size: a title over both columns
FULL = 0.6  # of a column's width

Row = list[Glyph]
Range = tuple[float, float]


def laned(glyphs: Iterable[Glyph], before: float | None = None) -> tuple[list[tuple[float, int, Line]], float | None]:
    """The lines of a page with what they are sorted by: the top of their stretch, their column (0 for none).

    before    where the page before had its gutter: a last page may be too short to show one
    returns   the lines, and where the gutter is
    O(n log n) in the glyphs.
    """
    found = [(row, _pieces(row)) for row in rows(g for g in glyphs)]
    solid = [(row, pieces) for row, pieces in found if pieces]
    pieces = [own for _, own in solid]
    middle = _gutter(pieces)
    if middle is None and before is not None and _parts(pieces, before):
        middle = before
    if middle is None:
        return [(made.top, 0, made) for row, _ in solid if (made := line(row))], None
    return list(_in_order(solid, middle)), middle


def _in_order(found: Sequence[tuple[Row, list[Range]]], middle: float) -> Iterator[tuple[float, int, Line]]:
    top: float | None = None
    common = median(row[0].size for row, _ in found)
    for row, pieces in found:
        title = row[0].size > LARGE * common
        if title or any(low < middle < high for low, high in pieces):
            top = None
            made = line(row)
            if made:
                yield made.top, 0, made
            continue
        if top is None:
            top = min(g.top for g in row)
        for lane, side in ((1, [g for g in row if g.x1 <= middle]), (2, [g for g in row if g.x1 > middle])):
            made = line(side)
            if made:
                yield top, lane, replace(made, lane=lane)


def _pieces(row: Row) -> list[Range]:
    out: list[list[float]] = []
    for glyph in row:
        if not glyph.text.strip():
            continue
        if out and glyph.x0 - out[-1][1] < GAP * glyph.size:
            out[-1][1] = max(out[-1][1], glyph.x1)
        else:
            out.append([glyph.x0, glyph.x1])
    return [(low, high) for low, high in out]


def _parts(found: Sequence[list[Range]], middle: float) -> bool:
    crossed = sum(1 for p in found if any(a < middle < b for a, b in p))
    return crossed <= CROSSED * len(found)


def _gutter(found: Sequence[list[Range]]) -> float | None:
    # the place near the middle that fewest rows cross, if both sides are columns of text
    if len(found) < ROWS:
        return None
    left, right = min(p[0][0] for p in found), max(p[-1][1] for p in found)
    low, high = (left + part * (right - left) for part in MIDDLE)
    events = sorted(
        event
        for pieces in found
        for a, b in pieces
        if b > low and a < high
        for event in ((max(a, low), 1), (min(b, high), -1))
    )
    best, middle, count, before = len(found) * CROSSED, None, 0, low
    for at, step in [*events, (high, 0)]:
        if count < best and at - before > 1:
            best, middle = count, (at + before) / 2
        count += step
        before = at
    if middle is None:
        return None
    sides = [
        sum(1 for p in found for a, b in p if b <= middle and b - a >= FULL * (middle - left)),
        sum(1 for p in found for a, b in p if a >= middle and b - a >= FULL * (right - middle)),
    ]
    return middle if min(sides) >= ROWS else None
