"""Numbered headings in reading order: level by the nesting of their styles, run-in text told from the heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model import Block, Span
from ..outline import Claim, Section
from ..recognize.numbering import Numeral, numbering, sentence_opener
from ..rulebook import RuleBook
from ..spans import fold, trim
from .chapters import chapters, numbered
from .lines import Line

MERGED = "merged-cell"
LONG_HEADING, SHORT_HEADING = 30, 5  # characters: longer is no heading, shorter is none yet
OPENING, CLOSING, BRACKET_LIMIT = "（(", "）)", 300
MERGED_RANK = 90  # the first column's merged cell stands inside whatever heading is open


@dataclass
class _Open:
    style: str
    rank: int
    index: int


@dataclass
class _Draft:
    parent: int | None
    part: str
    level: int
    style: str
    label: str
    ordinal: int
    heading: Span
    path: tuple[str, ...]
    from_table: bool
    text: list[Span] = field(default_factory=list)


class Headings:
    """The sections of one document while it is being read; `sections()` gives them frozen."""

    def __init__(self, blocks: Sequence[Block], book: RuleBook) -> None:
        self.blocks, self.book = blocks, book
        self.claims: list[Claim] = []
        self.loose: list[Span] = []  # paragraphs under no heading
        self.part = "body"
        self._drafts: list[_Draft] = []
        self._stack: list[_Open] = []
        self._chapters: Mapping[tuple[int, int], Numeral] = {}

    def restart(self, part: str, lines: Sequence[Line] = ()) -> None:
        """A new part begins: nothing is open. lines: its paragraphs."""
        self.part = part
        self._chapters = chapters(lines, self.book)
        self._stack = []

    def opens_chapter(self, line: Line) -> bool:
        """Whether a line opens a chapter whose number has no mark (1 总则)."""
        return (line.block, line.start) in self._chapters

    @property
    def current(self) -> int | None:
        """Index of the innermost open section."""
        return self._stack[-1].index if self._stack else None

    def line(self, line: Line) -> str:
        """Take one line of a body; its role (heading or text)."""
        numeral = self._numeral(line)
        if numeral is None:
            span = line.trimmed()
            self._claim(span, "text")
            (self.loose if self.current is None else self._drafts[self.current].text).append(span)
            return "text"
        self._heading(line, numeral, from_table=False)
        return "heading"

    def row(self, block: Block, label: str = "") -> None:
        """Take one section row of a table. label: its number, where that stands in a cell of its own (一 | 聚焦环境)."""
        line = replace(_line(block), number_label=label or block.number_label)
        bare = label and numbering(label, self.book) is None
        numeral = self._numeral(replace(line, number_label=label + "、") if bare else line)
        self._heading(line, numeral or Numeral(MERGED, MERGED_RANK, 0, 0, 0), from_table=True)

    def row_line(self, line: Line, numeral: Numeral) -> None:
        """The same of a line with its number, where a copy lost the table's cells."""
        self._heading(line, numeral, from_table=True)

    def merged(self, block: Block, depth: int = 0) -> None:
        """Take a cell of a section column: it opens a section for the rows beside it. depth: columns of sections before it."""
        self.merged_line(_line(block), depth)

    def merged_line(self, line: Line, depth: int = 0) -> None:
        """The same of a line, where a copy lost the table's cells."""
        found = self._numeral(line) or Numeral(MERGED, MERGED_RANK, 0, 0, 0)
        style = f"{MERGED}-{depth}" if depth else MERGED
        self._heading(line, Numeral(style, MERGED_RANK + depth, found.ordinal, found.start, found.end), from_table=True)

    def sections(self) -> tuple[Section, ...]:
        return tuple(
            Section(
                d.parent, d.part, d.level, d.style, d.label, d.ordinal, d.heading, tuple(d.text), d.path, d.from_table
            )
            for d in self._drafts
        )

    def _numeral(self, line: Line) -> Numeral | None:
        return self._chapters.get((line.block, line.start)) or numbered(line, self.book)

    def _heading(self, line: Line, numeral: Numeral, from_table: bool) -> None:
        text = line.text
        label = text[numeral.start : numeral.end].strip() or line.number_label.split("\n")[0]
        if numeral.style.startswith(MERGED) and not numeral.end:
            label = ""
        stop = len(text) if from_table else _heading_end(text, numeral.end)
        glued = None
        if not line.whole and stop - numeral.end > LONG_HEADING:
            # a copy that lost its paragraph ends may have glued the heading to its text
            glued = sentence_opener(fold(text[numeral.end + SHORT_HEADING : stop]), self.book)
        if glued:
            stop = numeral.end + SHORT_HEADING + glued[0]
        heading = line.span(*trim(text, numeral.end, stop))
        self._pop(numeral)
        above = self._drafts[self._stack[-1].index] if self._stack else None
        words = label + self.blocks[heading.block].text[heading.start : heading.end]
        draft = _Draft(
            self.current,
            self.part,
            len(self._stack) + 1,
            numeral.style,
            label,
            numeral.ordinal,
            heading,
            (*(above.path if above else ()), words),
            from_table,
        )
        self._stack.append(_Open(numeral.style, numeral.rank, len(self._drafts)))
        self._drafts.append(draft)
        self._claim(line.span(*trim(text, 0, numeral.start)), "structure")
        self._claim(line.span(*trim(text, numeral.start, numeral.end)), "label")
        self._claim(heading, "heading")
        marked = stop < len(text) and not glued and text[stop] not in OPENING
        rest = line.span(*trim(text, stop + marked, len(text))) if stop < len(text) else None
        if rest is not None:
            if marked:
                self._claim(line.span(stop, stop + 1), "structure")
            if rest.start < rest.end:
                self._claim(rest, "text")
                draft.text.append(rest)

    def _pop(self, numeral: Numeral) -> None:
        styles = [one.style for one in self._stack]
        if numeral.style in styles:
            del self._stack[styles.index(numeral.style) :]
        else:
            while self._stack and self._stack[-1].rank > numeral.rank:
                self._stack.pop()

    def _claim(self, span: Span, role: str) -> None:
        if span.start < span.end:
            self.claims.append(Claim(span.block, span.start, span.end, role))


def _heading_end(text: str, start: int) -> int:
    """Where a run-in heading stops: the first full stop or colon; a paragraph without one is all heading.

    One in a bracket stops it before a bracket that closes the sentence (…环境（责任单位：甲局）), else nowhere.
    """
    place = start
    while place < len(text):
        char = text[place]
        if char in "。：\n" or (char == ":" and not text[place - 1 : place].isdigit()):
            return place
        if char in ".．" and place > start and text[place - 1] >= "一" and "一" <= text[place + 1 : place + 2] <= "龥":
            return place  # half-width throughout: a dot between two words is a full stop
        end = _closing(text, place) if char in OPENING else 0
        if end and _heading_end(text[place + 1 : end], 0) < end - place - 1:
            if not text[end + 1 :].lstrip()[:1].strip("。；;."):
                return place
            place = end
        place += 1
    return len(text)


def _closing(text: str, start: int) -> int:
    # where the bracket that opens here closes; 0 where it does not, or is too long to be one of a heading
    depth = 0
    for place in range(start, min(len(text), start + BRACKET_LIMIT)):
        depth += (text[place] in OPENING) - (text[place] in CLOSING)
        if not depth:
            return place
    return 0


def _line(block: Block) -> Line:
    return Line(block.seq, 0, block.text, block.number_label, block.look)
