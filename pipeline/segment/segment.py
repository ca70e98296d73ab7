"""A document cut into its parts: letter, sections, task rows, and the role of every block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import dropwhile, takewhile

from ..model import Block, SourceDocument, Span
from ..outline import Claim, LetterPart, Outline, Remark, TaskRow
from ..recognize.letterhead import letter_parts
from ..rulebook import RuleBook
from ..spans import trim
from .cards import Cards, cards, on_its_side
from .grids import Grid, grids
from .headings import Headings
from .letter import end_parts, top_parts
from .lines import Line
from .loosetables import HEADER_LINES, header_run, loose_table
from .page import Page, meta_table, page
from .stretches import Item, Stretch, items, stretches
from .taskrows import table_parts
from .tasktables import TaskTable, task_table

# the contract's block roles for the parts of a letter
BLOCK_ROLE = {
    "title": "title",
    "masthead": "title",
    "title_again": "title",
    "doc_number": "doc_number",
    "salutation": "salutation",
    "attachment": "attachment",
    "annex": "attachment",
    "signature": "signature",
    "date": "date",
    "printed": "date",
}


CLOSING = {"annex", "date", "publicity", "printed", "copies"}


def segment(doc: SourceDocument, book: RuleBook) -> Outline:
    """The outline of one document: parts, sections, task rows, and claims on the characters it understood.

    Unit and deadline cells of task rows are left unclaimed: the recognizers claim them word by word.
    source   GB/T 9704-2012 for the letter; samples/130607-2022-zhengwu-gongkai for body, annex and table
    """
    return _Walk(doc, book).outline()


class _Walk:
    # one pass over one document; lives only inside `segment`
    def __init__(self, doc: SourceDocument, book: RuleBook) -> None:
        self.doc, self.book = doc, book
        self.parts = ["body"] * len(doc.blocks)
        self.roles = ["unparsed"] * len(doc.blocks)
        self.letter: list[LetterPart] = []
        self.headings = Headings(doc.blocks, book)
        self.rows: list[TaskRow] = []
        self.claims: list[Claim] = []
        self.remarks: list[Remark] = []
        self.mixed: set[int] = set()  # blocks of several lines

    def outline(self) -> Outline:
        for block in self.doc.blocks:
            self._aside(block)
        flow = items(self.doc.blocks, self.book)
        self._mix(flow)
        tables = grids(b for b in self.doc.blocks if not b.hidden)
        around = page(flow, self.book)
        self._page(around)
        cuts = stretches(around.items, self.book)
        for cut in cuts:
            self._stretch(cut, tables)
        self.claims += self.headings.claims
        return Outline(
            tuple(self.parts),
            tuple(self.roles),
            tuple(self.letter),
            self.headings.sections(),
            tuple(self.rows),
            tuple(self.claims),
            tuple(self.remarks),
            tuple(self.headings.loose),
        )

    def _mix(self, flow: Sequence[Item]) -> None:
        for item in flow:
            if item.table is None and not item.line.whole:
                self.mixed.add(item.line.block)
                self.parts[item.line.block], self.roles[item.line.block] = "body", "text"
        for block in sorted(self.mixed):
            cut = sum(item.line.block == block for item in flow)
            text = self.doc.blocks[block].text
            self.remarks.append(Remark("paragraphs_run_together", block, 0, len(text), {"count": str(cut)}))

    def _page(self, around: Page) -> None:
        for span in around.debris:
            self.claims.append(_claimed(span, "furniture"))
            if span.block not in self.mixed:
                self.parts[span.block], self.roles[span.block] = "furniture", "furniture"
        for span in around.labels:
            self.claims.append(_claimed(span, "label"))
            if span.block not in self.mixed:
                self.parts[span.block], self.roles[span.block] = "letterhead", "note"
        self._meta(around.meta)

    def _meta(self, parts: Sequence[LetterPart]) -> None:
        self.letter += parts
        self.claims += (_claimed(part.span, "meta") for part in parts)

    def _aside(self, block: Block) -> None:
        if block.kind in ("header", "footer") or block.hidden:
            self._give(block, "furniture", "furniture", "furniture")
        elif block.kind == "footnote":
            self._give(block, "notes", "note", "note")

    def _give(self, block: Block, part: str, role: str, claim: str) -> None:
        self.parts[block.seq], self.roles[block.seq] = part, role
        self._claim(block, 0, len(block.text), claim)

    def _claim(self, block: Block, start: int, end: int, role: str) -> None:
        start, end = trim(block.text, start, end)
        if start < end:
            self.claims.append(Claim(block.seq, start, end, role))

    def _stretch(self, cut: Stretch, tables: dict[int, Grid]) -> None:
        part = "annex" if cut.annex else "body"
        if cut.marker:
            self._role(cut.marker, part, "attachment")
            self.claims.append(_claimed(cut.marker.trimmed(), "attachment"))
        paragraphs = [item.line for item in cut.items if item.table is None]
        # a page's table of metadata above the title is no part of the paper
        own = dropwhile(lambda item: item.table is not None and self._is_meta(tables[item.table]), cut.items)
        above = [item.line for item in takewhile(lambda item: item.table is None, own)]
        folded = next((i for i in range(len(above)) if header_run(above, self.book, i)), len(above))
        self.headings.restart(part, paragraphs)
        above = [*takewhile(lambda line: not self.headings.opens_chapter(line), above[:folded])]
        top = top_parts(above, self.book, cut.annex)
        used = _holding(above, top)
        rest = [line for line in paragraphs if (line.block, line.start) not in used]
        end = () if cut.annex else end_parts(rest, self.book)
        used |= _holding(rest, end)
        for found in (*top, *end):
            self._letter_part(found, part)
        before: TaskTable | None = None
        skipped = 0
        for place, item in enumerate(cut.items):
            if skipped:
                skipped -= 1
            elif item.table is None:
                if (item.line.block, item.line.start) in used:
                    continue
                skipped = self._loose(cut.items, place, part)
                if not skipped:
                    self._role(item.line, part, self.headings.line(item.line))
            else:
                before = self._table(tables[item.table], part, before)

    def _loose(self, items: Sequence[Item], place: int, part: str) -> int:
        """Fold back a table that lost its lines, when one begins here; how many items behind the first it took."""
        first = _flow(items[place : place + HEADER_LINES])
        if not header_run(first, self.book):
            return 0
        lines = _flow(items[place:])
        read = loose_table(lines, self.headings, self.book, self._closes)
        if read is None:
            return 0
        for line in lines[: read.taken]:
            self._role(line, part, read.roles.get((line.block, line.start), "task_cell"))
        self.rows += read.rows
        self.claims += read.claims
        self.remarks += read.remarks
        return read.taken - 1

    def _is_meta(self, grid: Grid) -> bool:
        return meta_table(grid, self.doc.blocks, self.book)[1]

    def _closes(self, line: Line) -> bool:
        return bool({p.part for p in letter_parts(line.text, self.book)} & CLOSING)

    def _letter_part(self, found: LetterPart, part: str) -> None:
        self.letter.append(found)
        if found.span.block not in self.mixed:
            self.parts[found.span.block] = part if part == "annex" else "letterhead"
            self.roles[found.span.block] = BLOCK_ROLE.get(found.part, "note")
        self.claims.append(_claimed(found.span, found.part))

    def _role(self, line: Line, part: str, role: str) -> None:
        # a block of several lines is text, whatever its lines are
        if line.whole or line.block not in self.mixed:
            self.parts[line.block] = part
            self.roles[line.block] = role if line.whole else "text"

    def _cards(self, grid: Grid) -> Cards | None:
        return cards(grid, self.doc.blocks, self.book, self.headings.current)

    def _table(self, grid: Grid, part: str, before: TaskTable | None) -> TaskTable | None:
        side = self._cards(grid) if on_its_side(grid, self.doc.blocks, self.book) else None
        table = None if side else task_table(grid, self.doc.blocks, self.book, before)
        seqs = list(dict.fromkeys(seq for row in grid.rows for seq in grid.cells(row)))
        for seq in seqs:
            self.parts[seq] = part
        unread = table is None and side is None
        meta, is_meta = meta_table(grid, self.doc.blocks, self.book) if unread else ((), False)
        if is_meta:
            self._meta(meta)
            for seq in seqs:
                self.parts[seq], self.roles[seq] = "letterhead", "note"
                self._claim(self.doc.blocks[seq], 0, len(self.doc.blocks[seq].text), "label")
            return before
        if side or (table is None and (side := self._cards(grid))):
            self.rows += side[0]
            self.claims += side[1]
            heads = {claim.block for claim in side[1] if claim.role == "table_header"}
            for seq in seqs:
                self.roles[seq] = "table_header" if seq in heads else "task_cell"
            return before
        if table is None:
            for seq in seqs:
                self._give(self.doc.blocks[seq], part, "text", "other_table")
            words = {"words": " ".join(self.doc.blocks[seq].text.strip() for seq in seqs[:6])[:60]}
            self.remarks.append(Remark("table_not_tasks", seqs[0], 0, len(self.doc.blocks[seqs[0]].text), words))
            return before
        read = table_parts(table, self.doc.blocks, self.headings, self.book)
        for seq, role in read.roles.items():
            self.roles[seq] = role
        self.rows += read.rows
        for claim in read.claims:
            self._claim(self.doc.blocks[claim.block], claim.start, claim.end, claim.role)
        self.remarks += [*table.remarks, *read.remarks]
        return table


def _flow(items: Iterable[Item]) -> list[Line]:
    return [item.line for item in takewhile(lambda item: item.table is None, items)]


def _holding(lines: Iterable[Line], parts: Iterable[LetterPart]) -> set[tuple[int, int]]:
    # the lines that hold a part of the letter, by block and start
    spans: dict[int, list[Span]] = {}
    for part in parts:
        spans.setdefault(part.span.block, []).append(part.span)
    return {(line.block, line.start) for line in lines if any(_holds(line, s) for s in spans.get(line.block, ()))}


def _holds(line: Line, span: Span) -> bool:
    return line.block == span.block and line.start <= span.start and span.end <= line.start + len(line.text)


def _claimed(span: Span, role: str) -> Claim:
    return Claim(span.block, span.start, span.end, role)


def words_of(doc: SourceDocument, span: Span) -> str:
    """The words of a span, as printed."""
    return doc.blocks[span.block].text[span.start : span.end]
