"""What a document is made of: parts, sections, task rows. Values between segment and the stages after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .model import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a block and the one role its characters have; what no stage claims is unparsed."""

    block: int
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a stage noticed. `code` is an entry of rules/findings.toml; `words` fill its sentence."""

    code: str
    block: int | None = None
    start: int = 0
    end: int = 0
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A part by GB/T 9704: title, doc_number, salutation, attachment, signature, date, publicity …; annex titles too."""

    part: str
    span: Span
    annex: int = 0  # 0 = the letter itself, 1 = the first annex …


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered (or merged-cell) heading with its own text.

    parent    index in `Outline.sections`
    level     1 = outermost style that the document uses
    label     as printed, also where Word prints it and does not store it
    heading   run-in headings up to the first full stop or colon
    text      the stretches under the heading that belong to no deeper section
    """

    parent: int | None
    part: str
    level: int
    style: str
    label: str
    ordinal: int
    heading: Span
    text: tuple[Span, ...]
    path: tuple[str, ...]
    from_table: bool = False


@dataclass(frozen=True, slots=True)
class TaskCell:
    """One cell of a task row: the column's meaning, the header words, its stretch (shared when merged).

    The stretch is a whole cell block, or a part of a paragraph where a copy lost the table's lines.
    """

    column: str
    header: str
    span: Span
    label: str = ""  # the number that Word prints in the cell and does not store

    @property
    def block(self) -> int:
        return self.span.block


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row of a task table; cells in column order."""

    table: int
    row: int
    section: int | None
    cells: tuple[TaskCell, ...]

    def of(self, *columns: str) -> tuple[TaskCell, ...]:
        return tuple(cell for cell in self.cells if cell.column in columns)


@dataclass(frozen=True, slots=True)
class Outline:
    """parts and roles: one for each block, in the words of the contract. loose: paragraphs under no numbered heading."""

    parts: tuple[str, ...]
    roles: tuple[str, ...]
    letter: tuple[LetterPart, ...]
    sections: tuple[Section, ...]
    rows: tuple[TaskRow, ...]
    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...]
    loose: tuple[Span, ...] = ()
