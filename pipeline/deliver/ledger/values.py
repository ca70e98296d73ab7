"""The values of a workbook: cells with what hangs on them, lines of the task sheet, plain tables. Frozen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

Value = str | int | float | bool | date | datetime | time | timedelta | None

LIMIT = 32_767  # UTF-16 units of one cell
_DATE = re.compile(
    r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?\s*"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. note: its comment; link: where it points to; shape: the number format that a person gave it."""

    value: Value = None
    note: str = ""
    link: str = ""
    shape: str = ""

    def __bool__(self) -> bool:
        return self.value is not None or bool(self.note or self.link)


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the task sheet.

    kind    task, section (a heading over the tasks below it), block (ours, over a part of a unit's workbook),
            own (a row that a person put in)
    level   of a section, from 1
    cells   column key → cell; a column that is not there is empty
    mark    changed or new since the former workbook
    typed   columns of suggestions in which a person wrote something else
    """

    id: str
    kind: Literal["task", "section", "block", "own"]
    cells: Mapping[str, Cell] = field(default_factory=dict)
    level: int = 0
    mark: Literal["", "changed", "new"] = ""
    typed: frozenset[str] = frozenset()

    def cell(self, key: str) -> Cell:
        return self.cells.get(key, EMPTY)

    @property
    def words(self) -> str:
        """What the row says: a task's text, a heading's words."""
        return said(self.cell("task" if self.kind in ("task", "own") else "number").value) or said(
            self.cell("number").value
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plain table: the headings with their widths, then rows of values."""

    key: str
    name: str
    headings: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[Value]]
    remark: str = ""


def said(value: Value) -> str:
    """A value as text, the same whichever program saved it last: dates ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def as_date(value: Value) -> date | None:
    """A cell that a person reads as a day, as a day: 2022-12-31, 2022/12/31, 2022年12月31日 are text in some programs."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def fits(value: Value) -> bool:
    """Whether a cell can hold a text."""
    return not isinstance(value, str) or len(value.encode("utf-16-le", "surrogatepass")) // 2 <= LIMIT


def clipped(text: str) -> str:
    """The beginning of a text that a cell cannot hold."""
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * (LIMIT - 100)]
    return raw.decode("utf-16-le", "ignore") + "……（未完，全文另见）"


def alike_in(key: str, value: Value) -> str:
    """What is compared of a cell of a column: a day in a column of days, whatever type the cell has."""
    day = as_date(value) if key in ("due", "next") else None
    return day.isoformat() if day else said(value if fits(value) else clipped(str(value)))


def digest(text: str) -> str:
    """Ten hex digits by which a text is known again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def row_digest(values: Sequence[Value]) -> str:
    """The same for a whole row; where its cells begin and end counts, empty ones at the end do not."""
    texts = [alike_in("due", value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return digest("\x1f".join(texts))
