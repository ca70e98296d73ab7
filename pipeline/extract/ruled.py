"""Ruling lines → grids: which lines belong to one table, and which cells they enclose, merged ones with their spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .pages import Rule

SNAP = 3.0  # points: lines that near are one (double lines, the two sides of a thin box)
JOIN = 4.0  # points: a gap that a reader does not see, or a dash
SHORT = 5.0  # points: shorter is a corner, a tick
REACH = 5.0  # points: a line bounds a cell when it runs that near to both corners; an underline does not
OPEN_SIDE = 8.0  # points: how far level lines run past the last upright one when a table has no outer border
LOOSE = 40.0  # points: a level line that touches nothing may belong to the row above or below it
CELLS = 100_000  # elementary cells of one page
CROSSINGS = 400_000  # pairs of lines looked at on one page


class TooManyLines(Exception):
    """More lines or cells than any honest page has."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell: row, column and spans counted from 0, and whether its outer side is drawn."""

    row: int
    col: int
    row_span: int
    col_span: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """xs, ys: the edges of columns and rows, one more than there are; cells: from top to bottom, left to right."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Place, ...]

    def box(self, cell: Place) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of a cell."""
        return (
            self.xs[cell.col],
            self.ys[cell.row],
            self.xs[cell.col + cell.col_span],
            self.ys[cell.row + cell.row_span],
        )


# a line on one axis: where it stands, and from where to where it runs
Stroke = tuple[float, float, float]


def grids(rules: Iterable[Rule]) -> tuple[tuple[Grid, ...], tuple[Rule, ...]]:
    """The tables of one page, from top to bottom, and the level lines that belong to none. A frame (one cell) is none.

    Cost: sorting the lines, and one look at every pair of lines whose ranges meet, at most CROSSINGS.
    raises   TooManyLines
    """
    level = _joined((r.top, r.x0, r.x1) for r in rules if r.top == r.bottom)
    upright = _joined((r.x0, r.top, r.bottom) for r in rules if r.top != r.bottom)
    found: list[Grid] = []
    loose: list[Rule] = []
    for across, down in _stacked(_touching(level, upright)):
        grid = _grid(across, down) if down else None
        if grid is not None and len(grid.cells) > 1:
            found.append(grid)
        elif not down:
            loose += [Rule(low, y, high, y) for y, low, high in across]
    return tuple(sorted(found, key=lambda g: (g.ys[0], g.xs[0]))), tuple(sorted(loose, key=lambda r: (r.top, r.x0)))


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    # near lines moved onto one place, then pieces that meet joined
    places: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if places and stroke[0] - places[-1][-1][0] <= SNAP and stroke[0] - places[-1][0][0] <= 2 * SNAP:
            places[-1].append(stroke)
        else:
            places.append([stroke])
    out: list[Stroke] = []
    for near in places:
        at = median(s[0] for s in near)
        runs: list[list[float]] = []
        for _, low, high in sorted(near, key=lambda s: s[1]):
            if runs and low <= runs[-1][1] + JOIN:
                runs[-1][1] = max(runs[-1][1], high)
            else:
                runs.append([low, high])
        out += [(at, low, high) for low, high in runs if high - low >= SHORT]
    return out


def _touching(level: Sequence[Stroke], upright: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    # lines that meet, directly or through others, are of one table
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    heights = [s[0] for s in level]
    looked = 0
    for j, (x, top, bottom) in enumerate(upright):
        first, last = bisect_left(heights, top - JOIN), bisect_right(heights, bottom + JOIN)
        looked += last - first
        if looked > CROSSINGS:
            raise TooManyLines
        for i in range(first, last):
            if level[i][1] - JOIN <= x <= level[i][2] + JOIN:
                parent[root(len(level) + j)] = root(i)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate([*level, *upright]):
        groups.setdefault(root(i), ([], []))[i >= len(level)].append(stroke)
    return [g for g in groups.values() if g[0]]


def _stacked(groups: list[tuple[list[Stroke], list[Stroke]]]) -> list[tuple[list[Stroke], list[Stroke]]]:
    # a table without outer border falls apart at each row that is merged over its whole width: pieces of one width
    # that stand no further apart than a row are one table again
    out: list[tuple[list[Stroke], list[Stroke]]] = []
    for across, down in sorted(groups, key=lambda g: min(s[0] for s in g[0])):
        before = out[-1] if out else None
        if before and (sides := _sides(before)) and sides == _sides((across, down)):
            gap = min(s[0] for s in across) - max(s[0] for s in before[0])
            if 0 < gap <= 1.5 * min(_row(before[0]), _row(across)):
                before[0].extend(across)
                before[1].extend(down)
                continue
        out.append((list(across), list(down)))
    return out


def _sides(group: tuple[list[Stroke], list[Stroke]]) -> tuple[int, int] | None:
    # left and right edge of a table that has no upright line there
    left, right = min(s[1] for s in group[0]), max(s[2] for s in group[0])
    if any(s[0] - left < OPEN_SIDE or right - s[0] < OPEN_SIDE for s in group[1]):
        return None
    return round(left / 10), round(right / 10)


def _row(across: Sequence[Stroke]) -> float:
    heights = sorted({s[0] for s in across})
    return min((b - a for a, b in pairwise(heights) if b - a > SNAP), default=LOOSE)


def _edges(own: Sequence[Stroke], other: Sequence[Stroke]) -> tuple[list[float], bool, bool]:
    # the places of the lines of one axis, and of the sides that only the ends of the other axis' lines show
    places = _near(s[0] for s in own)
    starts, ends = [s[1] for s in other], [s[2] for s in other]
    before = [s for s in starts if s < places[0] - OPEN_SIDE]
    after = [s for s in ends if s > places[-1] + OPEN_SIDE]
    opens, closes = len(before) * 2 > len(other), len(after) * 2 > len(other)
    if opens:
        places.insert(0, median(before))
    if closes:
        places.append(median(after))
    return places, opens, closes


def _near(values: Iterable[float]) -> list[float]:
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= SNAP:
            out[-1].append(value)
        else:
            out.append([value])
    return [median(group) for group in out]


def _grid(level: Sequence[Stroke], upright: Sequence[Stroke]) -> Grid | None:
    xs, left, right = _edges(upright, level)
    ys, top, bottom = _edges(level, upright)
    wide, tall = len(xs) - 1, len(ys) - 1
    if wide < 1 or tall < 1:
        return None
    if wide * tall > CELLS:
        raise TooManyLines
    # walls[row][edge]: is there a line on this side; floors[edge][col] likewise
    walls = [[False] * (wide + 1) for _ in range(tall)]
    floors = [[False] * wide for _ in range(tall + 1)]
    for x, low, high in upright:
        edge = _nearest(xs, x)
        for row in range(bisect_left(ys, low - REACH), bisect_right(ys, high + REACH) - 1):
            walls[row][edge] = True
    for y, low, high in level:
        edge = _nearest(ys, y)
        for col in range(bisect_left(xs, low - REACH), bisect_right(xs, high + REACH) - 1):
            floors[edge][col] = True
    for row in range(tall):
        walls[row][0] = walls[row][0] or left
        walls[row][wide] = walls[row][wide] or right
    for col in range(wide):
        floors[0][col] = floors[0][col] or top
        floors[tall][col] = floors[tall][col] or bottom
    cells = _enclosed(walls, floors, tall, wide)
    return _tight(xs, ys, cells)


def _nearest(places: Sequence[float], value: float) -> int:
    i = bisect_left(places, value)
    if i == len(places) or (i and value - places[i - 1] < places[i] - value):
        return i - 1
    return i


def _enclosed(walls: list[list[bool]], floors: list[list[bool]], tall: int, wide: int) -> list[Place]:
    # rectangles without a line inside, grown from each free corner: right first, then down while the row below is open
    taken = [[False] * wide for _ in range(tall)]
    cells = []
    for row in range(tall):
        for col in range(wide):
            if taken[row][col]:
                continue
            end = col + 1
            while end < wide and not walls[row][end] and not taken[row][end]:
                end += 1
            below = row + 1
            while below < tall and _goes_down(walls, floors, taken, below, col, end):
                below += 1
            for r in range(row, below):
                for c in range(col, end):
                    taken[r][c] = True
            closed = (
                (col > 0 or walls[row][0])
                and (end < wide or walls[row][wide])
                and (row > 0 or floors[0][col])
                and (below < tall or floors[tall][col])
            )
            cells.append(Place(row, col, below - row, end - col, closed))
    return cells


def _goes_down(
    walls: list[list[bool]], floors: list[list[bool]], taken: list[list[bool]], row: int, col: int, end: int
) -> bool:
    if any(floors[row][c] or taken[row][c] for c in range(col, end)) or any(walls[row][c] for c in range(col + 1, end)):
        return False
    # the row below must end where this one ends, or its rest belongs to another cell
    last = len(walls[row]) - 1
    return (col == 0 or walls[row][col]) and (end == last or walls[row][end])


def _tight(xs: Sequence[float], ys: Sequence[float], cells: Sequence[Place]) -> Grid:
    # an edge that bounds no cell (an underline, a stroke in a cell) is none of the table's
    columns = sorted({c.col for c in cells} | {c.col + c.col_span for c in cells})
    rows = sorted({c.row for c in cells} | {c.row + c.row_span for c in cells})
    col_of, row_of = {c: i for i, c in enumerate(columns)}, {r: i for i, r in enumerate(rows)}
    return Grid(
        tuple(xs[c] for c in columns),
        tuple(ys[r] for r in rows),
        tuple(
            Place(
                row_of[c.row],
                col_of[c.col],
                row_of[c.row + c.row_span] - row_of[c.row],
                col_of[c.col + c.col_span] - col_of[c.col],
                c.closed,
            )
            for c in cells
        ),
    )
