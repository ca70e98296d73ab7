"""Page → Sheet: the words of one page sorted into tables, lines, and what stands aside."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .barred import barred
from .lanes import laned
from .pagelines import Line, lines
from .pages import Glyph, Page, upright
from .ruled import Grid, grids

TABLES = 200  # on one page; more is a drawing
TALL_MARK = 1.8  # of the page's common size: pale words that large are a watermark


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table on one page: its place, its edges, its lines."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: tuple[float, float, float, float]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table on one page. xs, ys: the edges of its columns and rows, points."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page read.

    flow     lines and tables from top to bottom
    aside    lines that are no content: watermarks, what the file marks as running heads
    hidden   lines that are not to be seen
    pictures, shapes, recognized   of the page
    gutter   where its two columns of text part, points from the left; None for one column
    """

    number: int
    width: float
    height: float
    flow: tuple[Line | Table, ...]
    aside: tuple[Line, ...] = ()
    hidden: tuple[Line, ...] = ()
    pictures: float = 0.0
    shapes: int = 0
    recognized: bool = False
    gutter: float | None = None


def sheet(page: Page, gutter: float | None = None) -> Sheet:
    """One page as lines and tables in reading order. Raises TooManyLines (ruled.py).

    gutter   that of the page before
    """
    page = upright(page)
    content, aside, hidden = _sorted_out(page)
    found, loose = grids(page.rules)
    if len(found) > TABLES:
        found = ()
    found += barred(loose, content, found)
    inside: list[dict[int, list[Glyph]]] = [{} for _ in found]
    outside: list[Glyph] = []
    owners = [_owners(grid) for grid in found]
    # a small table within a cell of a large one owns its words
    order = sorted(range(len(found)), key=lambda i: _area(found[i]))
    for glyph in content:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for i in order:
            grid = found[i]
            if grid.xs[0] <= x <= grid.xs[-1] and grid.ys[0] <= y <= grid.ys[-1]:
                row = min(bisect_right(grid.ys, y), len(grid.ys) - 1) - 1
                col = min(bisect_right(grid.xs, x), len(grid.xs) - 1) - 1
                inside[i].setdefault(owners[i][row][col], []).append(glyph)
                break
        else:
            outside.append(glyph)
    words, gutter = laned(outside, gutter)
    flow: list[tuple[float, int, float, Line | Table]] = [(top, lane, x.top, x) for top, lane, x in words]
    for grid, own in zip(found, inside, strict=True):
        if own:
            table = _table(grid, own)
            flow.append((table.ys[0], 0, table.ys[0], table))
    flow.sort(key=lambda one: one[:3])
    return Sheet(
        page.number,
        page.width,
        page.height,
        tuple(one for *_, one in flow),
        _strings(aside),
        lines(hidden),
        page.pictures,
        page.shapes,
        page.recognized,
        gutter,
    )


def _sorted_out(page: Page) -> tuple[list[Glyph], list[Glyph], list[Glyph]]:
    seen = [g for g in page.glyphs if not g.hidden]
    if not any(g.text.strip() and not g.aside for g in seen):
        # nothing to be seen: the hidden words are a layer laid over a picture of the page
        seen = [g._replace(hidden=False) if _on(page, g) else g for g in page.glyphs]
    hidden = [g for g in seen if g.hidden] if len(seen) == len(page.glyphs) else [g for g in page.glyphs if g.hidden]
    seen = [g for g in seen if not g.hidden]
    sizes = Counter(round(g.size) for g in seen if g.text.strip() and not g.pale)
    common = sizes.most_common(1)[0][0] if sizes else 0
    content: list[Glyph] = []
    aside: list[Glyph] = []
    for glyph in seen:
        mark = glyph.turn != 0 or glyph.aside or (glyph.pale and common and glyph.size > TALL_MARK * common)
        (aside if mark else content).append(glyph)
    return content, aside, hidden


def _on(page: Page, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return 0 <= x <= page.width and 0 <= y <= page.height


def _strings(glyphs: Sequence[Glyph]) -> tuple[Line, ...]:
    # what stands askew is kept in the order of the file
    level = lines(g for g in glyphs if g.turn == 0)
    askew = [g for g in glyphs if g.turn != 0]
    if not askew:
        return level
    text = "".join(g.text for g in askew).strip()
    box = (min(g.x0 for g in askew), min(g.top for g in askew), max(g.x1 for g in askew), max(g.bottom for g in askew))
    return (*level, Line(text, *box, size=askew[0].size, head=0.0)) if text else level


def _owners(grid: Grid) -> list[list[int]]:
    owners = [[0] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for index, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                owners[row][col] = index
    return owners


def _area(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _table(grid: Grid, words: dict[int, list[Glyph]]) -> Table:
    cells = []
    for index, place in enumerate(grid.cells):
        own = lines(words.get(index, ()))
        if own or place.closed:
            cells.append(Cell(place.row, place.col, place.row_span, place.col_span, grid.box(place), own))
    return Table(grid.xs, grid.ys, tuple(cells))
