"""The values that travel between the stages. Frozen; text never changes once it is here.

Offsets are half-open code-point offsets into the text of one block: the law is
`blocks[span.block].text[span.start:span.end]` == the words of the span.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

BlockKind = Literal["paragraph", "cell", "header", "footer", "footnote", "textbox"]
Part = Literal["letterhead", "body", "annex", "notes", "furniture"]
Ocr = Literal["auto", "always", "never"]  # which pages are recognized from their pictures (extract/scans.py)
MODES: tuple[Ocr, ...] = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands in its table's grid, counted from 0. A merged cell is one cell with spans."""

    table: int
    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    header: bool = False  # the file itself marks the row as a repeated header (w:tblHeader, <th>)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page; points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rest of a block stands, which a page or a column of text cuts. page: from 1."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader sees a paragraph; hints only, empty where a format does not say."""

    bold: bool = False
    size: float | None = None  # points
    centered: bool = False
    outline_level: int | None = None  # 1 = top; w:outlineLvl or <h1>
    style: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one whole table cell (its paragraphs joined with a line feed).

    seq           reading order from 0; equal to its index in `SourceDocument.blocks`
    text          as stored in the file, soft breaks as a line feed; "" for an empty cell
    number_label  the number Word prints and does not store, as printed (一、); in a cell of several
                  numbered paragraphs one line a paragraph, aligned with the lines of `text`
    hidden        the file marks the words as hidden (w:vanish): kept, marked, never a value
    page, box     of its first piece
    rest          of its further pieces, in reading order: those of a row, a cell, a paragraph that a page break cuts
    """

    seq: int
    kind: BlockKind
    text: str
    number_label: str = ""
    cell: CellPlace | None = None
    page: int | None = None
    box: Box | None = None
    look: Look = field(default_factory=Look)
    hidden: bool = False
    rest: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that extract met and did not (or could not) turn into text; becomes a finding.

    code      deleted_text, hidden_text, embedded_object, external_chunk, picture_only …
    text      the words concerned, when there are any
    place     Chinese: 第3段, 表1第2行
    block     seq of the block beside it, when there is one
    """

    code: str
    text: str
    place: str
    block: int | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What every extractor gives, whatever the format."""

    name: str
    sha256: str
    size: int
    format: str
    blocks: tuple[Block, ...]
    losses: tuple[Loss, ...] = ()
    page_count: int | None = None

    @property
    def document_id(self) -> str:
        return self.sha256[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of one block: [start, end) in code points."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """What a recognizer found in one text: [start, end), the rule, and the slots it filled (as printed)."""

    start: int
    end: int
    rule: str
    slots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What relative words count from: the plan's own year and date of issue. Never today."""

    year: int | None = None
    issued_on: date | None = None
