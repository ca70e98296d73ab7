"""Sheets → blocks: paragraphs and tables joined over pages, furniture and hidden words behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Block, BlockKind, Box, CellPlace, Look, Loss, Place
from .furniture import Furniture, furniture
from .pagelines import Line
from .paragraphs import Area, Paragraph, area, goes_on, is_centered, on_page
from .sheets import Sheet, Table
from .tablejoin import Draft, Joined

# what is printed above the rest of a table: no words of the plan
CONTINUED = re.compile(
    r"[（(]?\s*(?:续|接)\s*(?:上|前)?\s*表?\s*[一二三四五六七八九十\d]*\s*[)）]?|.{0,30}[（(]\s*续\s*表?\s*[)）]"
)


def blocks(sheets: Sequence[Sheet]) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
    """The blocks of a paged document in reading order, then its furniture, then its hidden words.

    Linear in lines and cells but for sorting.
    """
    bodies, aside = furniture(sheets)
    areas = _areas(bodies)
    flow = _Flow(areas)
    for sheet in bodies:
        flow.sheet(sheet)
    out = flow.made()
    out += [_line_block(kind, page, line) for page, kind, line in (*aside, *flow.aside)]
    losses: list[Loss] = []
    for sheet in sheets:
        if sheet.hidden:
            words = _around(sheet.hidden, "\n".join(line.text for line in sheet.hidden))
            losses.append(Loss("hidden_text", words.text, f"第{sheet.number}页", len(out)))
            out.append(_line_block("paragraph", sheet.number, words, hidden=True))
    return tuple(replace(block, seq=seq) for seq, block in enumerate(out)), tuple(losses)


TEXT_END = 0.8  # of the page's height: a full page has words at least that far down

Kind = tuple[int, int, int]  # pages of one size, and the column of text


def _kind(sheet: Sheet, lane: int) -> Kind:
    return round(sheet.width / 10), round(sheet.height / 10), lane


def _by_lane(sheet: Sheet) -> dict[int, list[Line]]:
    lines: dict[int, list[Line]] = {0: []}
    for one in sheet.flow:
        if isinstance(one, Line):
            lines.setdefault(one.lane, []).append(one)
    return lines


def _areas(sheets: Sequence[Sheet]) -> dict[Kind, Area]:
    lines: dict[Kind, list[Line]] = {}
    ends: dict[Kind, tuple[float, float]] = {}
    for sheet in sheets:
        last = max((one.bottom if isinstance(one, Line) else one.ys[-1] for one in sheet.flow), default=0.0)
        for lane, own in _by_lane(sheet).items():
            kind = _kind(sheet, lane)
            lines.setdefault(kind, []).extend(own)
            end = max(last, TEXT_END * sheet.height, ends.get(kind, (0.0, 0.0))[1])
            ends[kind] = (0.0 if lane else sheet.width, end)
    return {kind: area(own, *ends[kind]) for kind, own in lines.items()}


class _Flow:
    def __init__(self, areas: dict[Kind, Area]) -> None:
        self.areas = areas
        self.parts: list[Paragraph | Joined] = []
        self.aside: list[Furniture] = []

    def sheet(self, sheet: Sheet) -> None:
        here = {lane: on_page(self.areas[_kind(sheet, lane)], own) for lane, own in _by_lane(sheet).items()}
        for index, one in enumerate(sheet.flow):
            last = self.parts[-1] if self.parts else None
            if isinstance(one, Table):
                first = all(isinstance(x, Line) and CONTINUED.fullmatch(x.text) for x in sheet.flow[:index])
                page = sheet.number
                if first and isinstance(last, Joined) and last.last_page == page - 1 and last.extend(one, page):
                    continue
                self.parts.append(Joined.of(one, page))
            elif self._continued(sheet, index):
                self.aside.append((sheet.number, "header", one))
            elif isinstance(last, Paragraph) and goes_on(last, sheet.number, one, here[one.lane]):
                last.add(sheet.number, one, here[one.lane])
            else:
                self.parts.append(Paragraph(sheet.number, here[one.lane], [one], [sheet.number]))

    def _continued(self, sheet: Sheet, index: int) -> bool:
        one, rest = sheet.flow[index], sheet.flow[index + 1 :]
        return (
            bool(self.parts)
            and isinstance(self.parts[-1], Joined)
            and isinstance(one, Line)
            and CONTINUED.fullmatch(one.text) is not None
            and bool(rest)
            and isinstance(rest[0], Table)
        )

    def made(self) -> list[Block]:
        out: list[Block] = []
        tables = 0
        for part in self.parts:
            if isinstance(part, Joined):
                out += _table_blocks(part, tables)
                tables += 1
                for page, lines in part.dropped:
                    text = "\t".join(line.text for line in lines)
                    self.aside.append((page, "header", _around(lines, text)))
            else:
                first = part.lines[0]
                look = Look(bold=first.bold, size=_half(first.size), centered=is_centered(first, part.where))
                (_, own), *rest = part.pieces
                places = tuple(Place(page, _box(lines)) for page, lines in rest)
                out.append(Block(0, "paragraph", part.text, page=part.page, box=_box(own), look=look, rest=places))
        return out


def _table_blocks(table: Joined, index: int) -> Iterator[Block]:
    texts = table.cell_texts()
    pairs = sorted(zip(table.drafts, texts, strict=True), key=lambda p: (p[0].row, p[0].col))
    for draft, text in pairs:
        place = CellPlace(index, draft.row, draft.col, draft.row_span, draft.col_span, draft.header)
        box, rest = _rounded(draft.box), tuple(Place(page, _rounded(piece)) for page, piece in draft.rest)
        yield Block(0, "cell", text, cell=place, page=draft.page, box=box, look=_cell_look(draft), rest=rest)


def _cell_look(draft: Draft) -> Look:
    if not draft.lines:
        return Look()
    first = draft.lines[0]
    return Look(bold=first.bold, size=_half(first.size))


def _line_block(kind: BlockKind, page: int, line: Line, hidden: bool = False) -> Block:
    return Block(0, kind, line.text, page=page, box=_box([line]), hidden=hidden)


def _around(lines: Sequence[Line], text: str) -> Line:
    box = _box(lines)
    return Line(text, box.x0, box.top, box.x1, box.bottom, lines[0].size, 0.0)


def _half(size: float) -> float:
    # sizes are set in half points; what a matrix makes of them is not exact
    return round(size * 2) / 2


def _box(lines: Sequence[Line]) -> Box:
    return _rounded(
        (min(x.x0 for x in lines), min(x.top for x in lines), max(x.x1 for x in lines), max(x.bottom for x in lines))
    )


def _rounded(box: tuple[float, float, float, float]) -> Box:
    return Box(*(round(value, 2) for value in box))
