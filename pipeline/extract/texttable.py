"""Rows of cells in plain text: bars (Markdown, drawn or bare), tabs, the commas of a .csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .lines import NUMBERED
from .markdown import HEADING

Row = tuple[str, ...]
SPAN_LIMIT = 200
LOOK_AHEAD = 20  # lines that one row of tabs may be broken over
_BAR = re.compile(r"(?<!\\)[|｜│┃]")
# a line that only draws: | --- | :-: |   +----+----+   ├────┼────┤
_RULE = re.compile(r"[ \t]*[-=─━+|│┃┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋:][-=─━+|｜│┃┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋: \t]*$")
_SECTION = re.compile(r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)")
_COUNT = re.compile(r"[（(]?(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,5})[)）.．、]?")  # the number of a row
_DRAWN = re.compile(r"[+┌└├┏┗┣]")


@dataclass(frozen=True, slots=True)
class Table:
    """rows: cells from left to right; a row of one cell runs over the whole width; headers: rows marked as such."""

    rows: tuple[Row, ...]
    headers: int = 0

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Span:
    """The places a cell covers, counted from 0."""

    row: int
    col: int
    down: int
    across: int
    header: bool


def tables(lines: Sequence[str], comma: bool = False) -> Iterator[Table | list[str]]:
    """The lines in order, rows of cells gathered into tables; linear in the lines.

    comma   the file says that commas part its cells (.csv)
    """
    if comma:
        rows = tuple(_stripped(row) for row in csv.reader(f"{line}\n" for line in lines) if any(map(str.strip, row)))
        if rows:
            yield Table(rows)
        return
    plain: list[str] = []
    at = 0
    while at < len(lines):
        end, table = _bars(lines, at)
        if table is None:
            end, table = _tabs(lines, at)
        if table is None:
            # lines of a failed beginning are not tried again one by one
            plain += lines[at : max(end, at + 1)]
        else:
            if plain:
                yield plain
            plain = []
            yield table
        at = max(end, at + 1)
    if plain:
        yield plain


def placed(table: Table) -> Iterator[tuple[Span, str]]:
    """The cells of a table with the places they cover; text leaves merged places blank, and these are seen again.

    A row with words in its first place alone runs over the whole width; a blank header belongs to the one before it;
    a blank first place goes on from the row above (as do the other blanks of that row, when the place is a number).
    """
    width = table.width
    made: list[tuple[Span, str]] = []
    above: dict[int, int] = {}  # column → the cell of the row above that covers it
    for number, row in enumerate(table.rows):
        header = number < table.headers
        own: dict[int, int] = {}
        if _sole(row, width):
            made.append((Span(number, 0, 1, width, header), row[0]))
            above = {}
            continue
        goes_on = not row[0] and 0 in above
        counted = goes_on and _COUNT.fullmatch(made[above[0]][1]) is not None
        for col in range(width):
            text = row[col] if col < len(row) else ""
            over = above.get(col)
            if not text and header and col and own:
                own[col] = own[col - 1]
                made[own[col]] = (replace(made[own[col]][0], across=made[own[col]][0].across + 1), made[own[col]][1])
            elif not text and goes_on and over is not None and made[over][1]:
                own[col] = over
                made[over] = (replace(made[over][0], down=number - made[over][0].row + 1), made[over][1])
            else:
                own[col] = len(made)
                made.append((Span(number, col, 1, 1, header), text))
                goes_on = goes_on and (counted or not text)
        # the first row names the columns, unless it is counted itself
        above = own if number >= table.headers and (number or _COUNT.fullmatch(row[0])) else {}
    yield from made


def _sole(row: Row, width: int) -> bool:
    return width > 1 and (
        len(row) == 1 or (width > 2 and bool(row[0]) and not any(row[1:]) and not _COUNT.fullmatch(row[0]))
    )


def bars(line: str) -> Row:
    """The cells of a row with bars; a bar at either end only frames it, an escaped one is a word."""
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())]
    if len(cells) > 1 and not cells[0]:
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    return tuple(cells)


def _stripped(cells: Sequence[str]) -> Row:
    row = tuple(cell.strip() for cell in cells)
    return row if any(row[1:]) else row[:1]


def _rule(line: str) -> bool:
    return _RULE.match(line) is not None and any(c in line for c in "-=─━")


def _bars(lines: Sequence[str], at: int) -> tuple[int, Table | None]:
    drawn = _drawn(lines[at])
    if not (drawn or _BAR.search(lines[at])) or HEADING.match(lines[at]):
        return at, None
    groups: list[list[Row]] = [[]]  # rows between two rules
    marked = ruled = False  # a Markdown rule below the first row; a rule just above
    width = 0
    end = at
    while end < len(lines):
        line = lines[end]
        if _rule(line) and (width or _drawn(line)):
            if drawn and ruled:
                break  # a rule below a rule begins another table
            marked = marked or (not drawn and len(groups) == 1 and len(groups[0]) == 1)
            groups.append([])
            ruled = True
        elif _BAR.search(line):
            row = bars(line)
            if not 2 <= len(row) <= SPAN_LIMIT or (width and len(row) != width and not (marked and len(row) < width)):
                break
            width = max(width, len(row))
            groups[-1].append((*row, *[""] * (width - len(row))))
            ruled = False
        elif width > 2 and _between(lines, end, width):
            groups[-1].append((line.strip(), *[""] * (width - 1)))
            ruled = False
        else:
            break
        end += 1
    solid = [group for group in groups if group]
    rows = _drawn_rows(solid) if drawn else tuple(row for group in solid for row in group)
    if len(rows) < 2 and not (rows and marked):
        return at, None
    return end, Table(rows, int(marked or (drawn and len(solid) == 2)))


def _between(lines: Sequence[str], at: int, width: int) -> bool:
    # 一、… without bars above a row as wide as the table: a section row, as GFM reads it too
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return _SECTION.match(lines[at]) is not None and bool(_BAR.search(below)) and len(bars(below)) == width


def _drawn(line: str) -> bool:
    return _rule(line) and _DRAWN.match(line.strip()) is not None


def _drawn_rows(groups: Sequence[Sequence[Row]]) -> tuple[Row, ...]:
    # between two rules stands one row, its cells broken into lines; below the only inner rule every line is a row
    rows: list[list[Row]] = []
    for group in groups:
        for n, row in enumerate(group):
            if n and (len(groups) > 2 or not row[0]):
                rows[-1].append(row)
            else:
                rows.append([row])
    return tuple(tuple("\n".join(filter(None, cells)) for cells in zip(*lines, strict=True)) for lines in rows)


def _tabs(lines: Sequence[str], at: int) -> tuple[int, Table | None]:
    width = lines[at].rstrip(" ").count("\t") + 1
    if "\t" not in lines[at].strip() or width > SPAN_LIMIT:
        return at, None  # a tab before a line sets it in
    rows: list[Row] = []
    end = at
    while end < len(lines):
        taken, row = _row(lines, end, width)
        if row is None:
            break
        rows.append(row)
        end = taken
    while rows and len(rows[-1]) == 1:  # what follows the last row stands below the table
        rows.pop()
        end -= 1
    full = sum(1 for row in rows if len(row) == width)
    counted = sum(1 for row in rows if NUMBERED.fullmatch(row[0]))
    if width == 2 and counted * 2 >= full:
        return end, None  # tabs after the numbers of paragraphs
    if full < 2:
        return at, None
    if _contents(rows):
        return end, None
    return end, Table(tuple(rows))


def _contents(rows: Sequence[Row]) -> bool:
    # a table of contents: every line, the first too, ends with a page, and the pages go up
    pages = [int(row[-1]) if row[-1].isascii() and row[-1].isdigit() and len(row[-1]) < 5 else -1 for row in rows]
    return pages[0] >= 0 and all(a <= b for a, b in pairwise(pages)) and pages != list(range(1, len(pages) + 1))


def _row(lines: Sequence[str], at: int, width: int) -> tuple[int, Row | None]:
    # one row of tabs; its cells may hold line breaks, quoted as a spreadsheet does or bare as a word processor does
    text, end = lines[at], at + 1
    if not text.strip():
        return at, None
    if "\t" not in text:
        below = any("\t" in line.strip() for line in lines[end : end + 2])
        return (end, (text.strip(),)) if width > 2 and below else (at, None)
    while width > 2 and end < min(at + LOOK_AHEAD, len(lines)) and _open(text, width):
        head = lines[end].split("\t")[0].strip()
        if not head or NUMBERED.fullmatch(head):
            break  # no cell goes on so
        text = f"{text}\n{lines[end]}"
        end += 1
    if text.count("\t") != width - 1:
        return at, None
    cells = next(csv.reader([text], delimiter="\t")) if '"' in text and "\n" in text else text.split("\t")
    return end, tuple(cell.strip() for cell in cells) if len(cells) == width else None


def _open(text: str, width: int) -> bool:
    # fewer tabs than columns, or a quoted cell that is not closed yet
    begun = text.count('\t"') + text.startswith('"')
    return text.count("\t") < width - 1 or begun > text.count('"\t') + text.endswith('"')
