"""The new lines and the former ledgers put together: nothing that a person typed is lost, nothing that changed is silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from .fill import filled, marked
from .former import Former, FormerRow, Loose
from .matching import is_own, matched
from .openbook import Opened
from .terms import EXTRA, OWN, Column, Terms
from .values import Cell, Line, said

GONE = "文件里已没有这一项"
NEW = "新增任务"
_OURS = frozenset({"order", "id", "change"})


@dataclass
class Merged:
    """What the next workbook holds. vanished: former rows whose task the plan has no longer."""

    columns: tuple[Column, ...]
    lines: list[Line]
    vanished: list[Line] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    sheets: list[Opened] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    given: frozenset[str] = frozenset()  # columns whose width people chose
    remembered: dict[str, Mapping[str, str]] = field(default_factory=dict)  # what was once written into vanished rows

    @property
    def changed(self) -> int:
        return sum(line.mark == "changed" for line in self.lines)

    @property
    def new(self) -> int:
        return sum(line.mark == "new" for line in self.lines)


def merge(
    columns: Sequence[Column],
    lines: Sequence[Line],
    former: Former | None,
    others: Sequence[Former],
    terms: Terms,
    whole: bool = True,
) -> Merged:
    """The lines of a plan with what stood in former ledgers.

    former   the workbook that is to be replaced: its columns keep their order, its rows that the plan has no longer
             are kept apart
    others   further ones (--from), in order; where one says another thing in a cell of people's, it stands in the cell
             and the former words in the change column
    whole    the lines are those of a whole plan; of one unit, the rows of others that are none of its own are left out
    """
    out = Merged(tuple(columns), list(lines))
    if former:
        out.columns, out.given = _joined(out.columns, former), frozenset(former.widths)
        _add(out, former, "")
    for other in others:
        have = {column.key for column in out.columns}
        own = tuple(c for c in other.columns if c.key.startswith(OWN) and c.key not in have)
        at = next((i for i, c in enumerate(out.columns) if c.key == "change"), len(out.columns))
        out.columns = (*out.columns[:at], *own, *out.columns[at:])
        _add(out, other, other.name, whole)
    out.lines = [_settled(line, terms) for line in out.lines]
    return out


def _add(out: Merged, former: Former, called: str, whole: bool = True) -> None:
    known = {column.key: column for column in out.columns}
    found = matched(former.rows, out.lines, former.base)
    rows = {line: former.rows[row] for row, line in found.items()}
    grown = bool(found) and not called and bool(former.base)
    for index, line in enumerate(out.lines):
        if index in rows:
            out.lines[index] = filled(line, rows[index], former.base, known, called)
        elif line.kind == "task" and grown:
            out.lines[index] = marked(line, NEW, "new")
    if whole:
        _unmatched(out, former, found, known, called)
    out.loose += [loose for loose in former.loose if loose not in out.loose]
    if not called:
        out.sheets += former.sheets
        out.unplaced += former.unplaced


def _unmatched(out: Merged, former: Former, found: Mapping[int, int], known: Mapping[str, Column], called: str) -> None:
    """People's own rows stand behind the row they stood behind; the plan's that it has no longer go to a sheet apart."""
    ids = {line.id for line in out.lines}
    # a row copied with its hidden id is a row of its own
    twins = {former.rows[row].id for row in found}
    have = {_content(line) for line in out.lines if line.kind == "own"} if called else set()
    kept = {_content(line) for line in out.vanished}
    after: dict[str, list[Line]] = {}
    anchor = ""
    for index, row in enumerate(former.rows):
        if index in found:
            anchor = out.lines[found[index]].id
            continue
        own = is_own(row, former.base) or (row.id in twins and not row.gone)
        if called and not former.base:
            own = False  # a row of a workbook that we did not write, and no row of this plan
        mine = row.id.startswith(OWN) and row.id not in ids
        line = Line(row.id if mine or not own else "", "own" if own else _kind(row), dict(row.cells))
        ids.add(line.id)
        if own and not row.gone:
            if _content(line) not in have:
                after.setdefault(anchor, []).append(line)
            continue
        # without what we remember of the former workbook, any word may be a person's
        ours = not called and ("task" in row.cells or not former.base)
        worth = row.gone or ours or row.typed(known, former.base.rows.get(row.id, {}))
        if worth and _content(line) not in kept:
            out.vanished.append(line if row.gone else marked(line, f"只在“{called}”里" if called else GONE, ""))
            if line.id in former.base.rows:
                out.remembered[line.id] = former.base.rows[line.id]
    out.lines = _numbered(_inserted(out.lines, after))


def _kind(row: FormerRow) -> Literal["task", "section"]:
    return "task" if "task" in row.cells else "section"


def _content(line: Line) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, said(cell.value)) for key, cell in line.cells.items() if key not in _OURS))


def _settled(line: Line, terms: Terms) -> Line:
    # what is done is not reported again; a day that a person typed stays
    if line.kind == "task" and "next" not in line.typed and terms.done(said(line.cell("status").value)):
        return replace(line, cells={key: cell for key, cell in line.cells.items() if key != "next" or cell.note})
    return line


def _joined(columns: Sequence[Column], former: Former) -> tuple[Column, ...]:
    """The columns in the order that people gave them, with those they added; new ones stand behind their neighbor."""
    ours = {column.key: column for column in columns}
    out = []
    for column in former.columns:
        like = ours.get(column.key)
        if like is None and not column.key.startswith((OWN, EXTRA)):
            continue
        width = former.widths.get(column.key, like.width if like else column.width)
        out.append(replace(column, width=width, filled=like.filled if like else "people"))
    have = {column.key for column in out}
    for at, column in enumerate(columns):
        if column.key not in have:
            before = {c.key for c in columns[:at]}
            place = max((i + 1 for i, c in enumerate(out) if c.key in before), default=0)
            out.insert(place, column)
    return tuple(out)


def _inserted(lines: Sequence[Line], after: Mapping[str, Sequence[Line]]) -> list[Line]:
    out = list(after.get("", ()))
    for line in lines:
        out += [line, *after.get(line.id, ())]
    return out


def _numbered(lines: Sequence[Line]) -> list[Line]:
    # people's own rows get an id, by which they are theirs the next time
    used = {line.id for line in lines}
    free = (f"{OWN}{n:04d}" for n in range(1, len(lines) + len(used) + 2) if f"{OWN}{n:04d}" not in used)
    named = (line if line.id else replace(line, id=next(free)) for line in lines)
    return [replace(line, cells={**line.cells, "order": Cell(n)}) for n, line in enumerate(named, 1)]
