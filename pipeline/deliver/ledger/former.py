"""A former ledger, read: whose row is whose, what people typed, what stands where nobody expected it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import base as remembered
from .base import NOTE, Base
from .openbook import FORMULA, IN_CELLS, PICTURES, SHAPES, Opened, open_book
from .terms import EXTRA, OWN, SHEETS, Column, Terms
from .values import EMPTY, Cell, Value, alike_in, digest, row_digest, said

_LOOKED_AT = 60  # rows in which the header may stand


@dataclass(frozen=True, slots=True)
class FormerRow:
    """One row of a task sheet. id: what taizhang wrote there, "" for a row of a person's own; gone: already vanished."""

    id: str
    cells: Mapping[str, Cell]
    gone: bool = False

    @property
    def words(self) -> str:
        return said(self.cells.get("task", EMPTY).value) or said(self.cells.get("number", EMPTY).value)

    def typed(self, columns: Mapping[str, Column], before: Mapping[str, str]) -> bool:
        """Whether a person has put something into it. before: the digests of what was written into this row."""
        for key, cell in self.cells.items():
            column = columns.get(key)
            if key.startswith(OWN) or (column and column.filled == "people"):
                return True
            of_plan = column is not None and column.filled == "plan" and bool(before) and key != "order"
            if of_plan and (before.get(key) != digest(alike_in(key, cell.value)) or cell.note):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Loose:
    """A row that has no place of its own: where it stood, what it said."""

    sheet: str
    place: str
    values: tuple[Value, ...]


@dataclass
class Former:
    """columns: those of the task sheet as they stand, in their order; widths: key → half-width characters, where given.

    at        column of the sheet, from 1 → key
    unplaced  what cannot be put into the next workbook, in words
    """

    name: str
    columns: tuple[Column, ...] = ()
    at: dict[int, str] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)
    rows: list[FormerRow] = field(default_factory=list)
    base: Base = field(default_factory=Base)
    loose: list[Loose] = field(default_factory=list)
    sheets: list[Opened] = field(default_factory=list)  # of people's own
    unplaced: list[str] = field(default_factory=list)


def read_former(path: Path, terms: Terms) -> Former:
    """Read a workbook that people worked in; raises Unreadable (also when no sheet of it has a table of tasks)."""
    from ...extract.guard import refusal

    opened = list(open_book(path, {terms.sheet("overview")}))
    former = Former(path.name)
    for sheet in opened:
        if sheet.name == remembered.SHEET:
            former.base = remembered.read(_values(row) for _, row in sheet.rows())
    opened = [sheet for sheet in opened if sheet.name != remembered.SHEET]
    tasks = _task_sheet(opened, terms, former.base)
    if tasks is None:
        raise refusal(
            str(path),
            "unsupported",
            "里面没有任务表（找不到有序号、任务、进展等列的表头）",
            "检查表头一行，或把文件移走后再试",
        )
    sheet, header = tasks
    former.at, former.columns = _columns(sheet, header, terms, former.base)
    former.widths = _widths(sheet, header, former)
    former.unplaced += _lost(sheet, (PICTURES, SHAPES, IN_CELLS))
    if sheet.merged_to >= header:
        former.unplaced.append(f"工作表“{sheet.name}”里的合并单元格（内容在合并前的第一格）")
    _take(sheet, header, former, gone=False)
    own_names = {terms.sheet(name) for name in SHEETS}
    for other in opened:
        if other is sheet:
            continue
        if other.name == terms.sheet("vanished"):
            _vanished(other, terms, former)
        elif other.name == terms.sheet("loose"):
            _loose_again(other, former)
        elif other.name in own_names:
            _derived(other, former, terms.sheet("overview"))
        else:
            former.sheets.append(other)
            if other.dressed:
                former.unplaced.append(f"工作表“{other.name}”的{'、'.join(other.dressed)}")
    return former


def _task_sheet(opened: Sequence[Opened], terms: Terms, base: Base) -> tuple[Opened, int] | None:
    """The sheet with the tasks and its header row; a sheet under our name is looked at first."""
    known = {_plain(label): key for key, label in base.columns.items()}
    for column in terms.columns:
        for name in (column.label, *column.names):
            known.setdefault(_plain(name), column.key)
    others = {terms.sheet(name) for name in SHEETS if name != "tasks"}
    ordered = sorted(opened, key=lambda sheet: (sheet.name != terms.sheet("tasks"), sheet.name in others))
    for sheet in ordered:
        best = (0, 0)
        for row, cells in sheet.rows():
            if row > _LOOKED_AT:
                break
            keys = {known.get(_plain(said(cell.value))) for cell in cells.values()} - {None}
            if "task" in keys and len(keys) >= 3 and len(keys) > best[0]:
                best = (len(keys), row)
        if best[1]:
            return sheet, best[1]
    return None


def _columns(sheet: Opened, header: int, terms: Terms, base: Base) -> tuple[dict[int, str], tuple[Column, ...]]:
    """Every column that has a header or a word below it, in the order of the sheet: where it stands, what it is."""
    # a column that a person added is known by its header alone: it may bear the header of one of ours
    exact = {_plain(label): key for key, label in base.columns.items() if not key.startswith(OWN)}
    ours = {column.key: column for column in terms.columns}
    for column in terms.columns:
        exact.setdefault(_plain(column.label), column.key)
    loosely = {_plain(name): column.key for column in terms.columns for name in column.names}
    numbers = sorted({column for row, column in sheet.cells if row >= header})
    labels = {n: " ".join(said(sheet.cells.get((header, n), EMPTY).value).split("\n")) for n in numbers}
    keys: dict[int, str] = {}
    for known in (exact, loosely):
        for n in numbers:
            key = known.get(_plain(labels[n]), "")
            if key and n not in keys and key not in keys.values():
                keys[n] = key
    seen: Counter[str] = Counter()
    out = []
    for n in numbers:
        key = keys.get(n, "")
        if not key:
            seen[labels[n]] += 1
            key = f"{OWN}{labels[n]}" + (f"#{seen[labels[n]]}" if seen[labels[n]] > 1 else "")
        like = ours.get(key)
        filled = like.filled if like else "plan" if key.startswith(EXTRA) else "people"
        width = like.width if like else 16.0
        keys[n] = key
        out.append(Column(key, labels[n] or (like.label if like else "（无标题）"), width, filled))
    return {n: keys[n] for n in numbers}, tuple(out)


def _widths(sheet: Opened, header: int, former: Former) -> dict[str, float]:
    # the file holds five pixels of padding beside the characters
    out = {}
    for n, key in former.at.items():
        stored, before = sheet.widths.get(n), former.base.widths.get(key)
        if stored is None:
            continue
        width = round(stored - 5 / 7, 1)
        # a width that we wrote ourselves is ours to change
        if key != "id" and width > 0 and (before is None or abs(width - before) >= 0.6):
            out[key] = width
    return out


def _take(sheet: Opened, header: int, former: Former, gone: bool) -> None:
    at = former.at
    ours = former.base.sheets.get(sheet.name, frozenset())
    for row, cells in sheet.rows():
        if row < header:
            _unless_ours(sheet.name, row, cells, ours, former)
        elif row > header:
            # a comment of ours is written anew each time
            taken = {at[n]: _without_ours(cell) for n, cell in cells.items() if n in at}
            line_id = said(taken.pop("id", EMPTY).value)
            taken = {key: cell for key, cell in taken.items() if cell}
            if taken.keys() - {"order"}:
                former.rows.append(FormerRow(line_id, taken, gone))
    for n, cell in ((n, c) for (row, n), c in sheet.cells.items() if row == header and c.note):
        former.loose.append(Loose(sheet.name, f"{said(sheet.cells[header, n].value)}（表头批注）", (cell.note,)))


def _vanished(sheet: Opened, terms: Terms, former: Former) -> None:
    found = _task_sheet([sheet], terms, former.base)
    if found is None:
        _derived(sheet, former, "")
        return
    columns, mine = former.columns, Former(former.name, base=former.base)
    mine.at, mine.columns = _columns(sheet, found[1], terms, former.base)
    _take(sheet, found[1], mine, gone=True)
    former.rows += mine.rows
    former.loose += mine.loose
    known = {column.key for column in columns}
    former.columns = (*columns, *(c for c in mine.columns if c.key not in known and c.key.startswith((OWN, EXTRA))))


def _derived(sheet: Opened, former: Former, overview: str) -> None:
    if former.base and sheet.name not in former.base.sheets:
        former.sheets.append(sheet)
        return
    ours = former.base.sheets.get(sheet.name)
    if ours is None:
        former.unplaced.append(f"工作表“{sheet.name}”没有底稿，认不出哪些是人填的")
        return
    former.unplaced += _lost(sheet, (PICTURES,) if sheet.name == overview else (PICTURES, SHAPES))
    for row, cells in sheet.rows():
        _unless_ours(sheet.name, row, cells, ours, former)


def _lost(sheet: Opened, kinds: Sequence[str]) -> list[str]:
    return [f"工作表“{sheet.name}”里的{what}" for what in sheet.dressed if what in kinds]


def _loose_again(sheet: Opened, former: Former) -> None:
    ours = former.base.sheets.get(sheet.name, frozenset())
    for _, cells in sheet.rows():
        values = _values(cells)
        if row_digest(values) in ours:  # our own title and headings
            continue
        former.loose.append(Loose(said(values[0]), said(values[1] if len(values) > 1 else None), values[2:]))


def _unless_ours(name: str, row: int, cells: Mapping[int, Cell], ours: frozenset[str], former: Former) -> None:
    values = _values(cells)
    notes = [cell.note for cell in cells.values() if cell.note and not cell.note.startswith(FORMULA)]
    if row_digest(values) not in ours and any(value is not None for value in values):
        former.loose.append(Loose(name, f"第{row}行", tuple(v for v in values if v is not None)))
    if notes:
        former.loose.append(Loose(name, f"第{row}行批注", tuple(notes)))


def _values(cells: Mapping[int, Cell]) -> tuple[Value, ...]:
    # a formula of ours counts by its words, whatever value the last program gave it
    return tuple(_formula(cells.get(n, EMPTY)) for n in range(1, max(cells, default=0) + 1))


def _formula(cell: Cell) -> Value:
    return FORMULA if cell.note.startswith(FORMULA) else cell.value


def _without_ours(cell: Cell) -> Cell:
    # ours is the first line of a comment
    return replace(cell, note=cell.note.partition("\n")[2]) if cell.note.startswith(NOTE) else cell


def _plain(label: str) -> str:
    return "".join(label.split())
