"""A document cut into its parts: letter, sections, task rows, and the role of every block."""

from __future__ import annotations

from ..model import Block, SourceDocument, Span
from ..outline import Claim, LetterPart, Outline, Remark, TaskRow
from ..rulebook import RuleBook
from ..spans import trim
from .grids import Grid, grids
from .headings import Headings
from .letter import end_parts, top_parts
from .stretches import Item, Stretch, items, stretches
from .taskrows import table_parts
from .tasktables import TaskTable, task_table

# the contract's block roles for the parts of a letter
BLOCK_ROLE = {
    "title": "title",
    "masthead": "title",
    "doc_number": "doc_number",
    "salutation": "salutation",
    "attachment": "attachment",
    "annex": "attachment",
    "signature": "signature",
    "date": "date",
    "printed": "date",
}


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

    def outline(self) -> Outline:
        for block in self.doc.blocks:
            self._aside(block)
        tables = grids(b for b in self.doc.blocks if not b.hidden)
        cuts = stretches(items(self.doc.blocks), self.book)
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
        )

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
            self._give(cut.marker, part, "attachment", "attachment")
        paragraphs = [item.block for item in cut.items if item.table is None]
        lead_in = []
        for item in cut.items:
            if item.table is not None:
                break
            lead_in.append(item.block)
        top = top_parts(lead_in, self.book, cut.annex)
        used = {p.span.block for p in top}
        end = () if cut.annex else end_parts([b for b in paragraphs if b.seq not in used], self.book)
        for found in (*top, *end):
            self._letter_part(found, part)
        used |= {p.span.block for p in end}
        self.headings.restart(part)
        before: TaskTable | None = None
        for item in cut.items:
            if item.block.seq in used:
                continue
            if item.table is None:
                self._paragraph(item, part)
            else:
                before = self._table(tables[item.table], part, before)

    def _letter_part(self, found: LetterPart, part: str) -> None:
        block, span = self.doc.blocks[found.span.block], found.span
        self.letter.append(found)
        self.parts[block.seq] = part if part == "annex" else "letterhead"
        self.roles[block.seq] = BLOCK_ROLE.get(found.part, "note")
        self._claim(block, span.start, span.end, found.part)

    def _paragraph(self, item: Item, part: str) -> None:
        self.parts[item.block.seq] = part
        self.roles[item.block.seq] = self.headings.paragraph(item.block)

    def _table(self, grid: Grid, part: str, before: TaskTable | None) -> TaskTable | None:
        table = task_table(grid, self.doc.blocks, self.book, before)
        seqs = list(dict.fromkeys(seq for row in grid.rows for seq in grid.cells(row)))
        for seq in seqs:
            self.parts[seq] = part
        if table is None:
            for seq in seqs:
                self._give(self.doc.blocks[seq], part, "text", "other_table")
            words = {"words": " ".join(self.doc.blocks[seq].text.strip() for seq in seqs[:6])[:60]}
            self.remarks.append(Remark("table_not_tasks", seqs[0], 0, len(self.doc.blocks[seqs[0]].text), words))
            return before
        read = table_parts(table, self.doc.blocks, self.headings)
        for seq, role in read.roles.items():
            self.roles[seq] = role
        self.rows += read.rows
        for claim in read.claims:
            self._claim(self.doc.blocks[claim.block], claim.start, claim.end, claim.role)
        self.remarks += [*table.remarks, *read.remarks]
        return table


def words_of(doc: SourceDocument, span: Span) -> str:
    """The words of a span, as printed."""
    return doc.blocks[span.block].text[span.start : span.end]
