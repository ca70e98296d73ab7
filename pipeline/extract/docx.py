"""docx → blocks: one linear walk over the XML of the parts that hold words. Nothing is unpacked that is not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from ..model import Block, BlockKind, CellPlace, Look, Loss
from .docxchunk import chunk
from .docxinline import Words, inline
from .docxparts import main_part, outline_levels, related, targets
from .docxtree import GONE, MC, WRAPPERS, alternative, content, plain, unwrapped
from .guard import Package, refusal
from .numbering import Numbering, W, val

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPAN_LIMIT = 200
CELL_LIMIT = 2_000_000


@dataclass
class _Draft:
    """A block while its table is still being read; spans grow."""

    kind: BlockKind
    text: str
    label: str = ""
    cell: CellPlace | None = None
    look: Look = field(default_factory=Look)
    hidden: bool = False


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of a Word file; Word stores no pages. Raises Unreadable with one reason."""
    package = Package(path, data)
    return (*read_docx(package, main_part(package)), None)


def read_docx(package: Package, main: str, inner: bool = False) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
    """Every word of a document in reading order: body, then notes, then headers and footers.

    A paragraph is a block, a cell is a block; a text box follows the paragraph it hangs on; words marked as hidden
    are blocks of their own. What is dropped (deleted, embedded, commented) is told in the losses.
    inner    the document stands inside another one: what stands inside it in turn is left out, and told
    raises   Unreadable with one reason
    """
    root = package.xml(main)
    folder = main.rsplit("/", 1)[0]
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise refusal(package.name, "xml_malformed", "文档没有正文部分", place=main)
    styles = package.xml(f"{folder}/styles.xml")
    walk = _Walk(package, Numbering(package.xml(f"{folder}/numbering.xml"), styles), outline_levels(styles))
    walk.targets = {} if inner else targets(package, folder, main)
    walk.blocks(body, "paragraph")
    for notes, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        part = package.xml(f"{folder}/{notes}.xml")
        for note in part.iterchildren(W + tag) if part is not None else ():
            if note.get(W + "type") not in ("separator", "continuationSeparator", "continuationNotice"):
                walk.blocks(note, "footnote")
    kinds: tuple[tuple[str, BlockKind], ...] = (("header", "header"), ("footer", "footer"))
    for name, kind in kinds:
        for part_name in related(package, folder, main, name):
            part = package.xml(part_name)
            if part is not None:
                walk.blocks(part, kind)
    if any("comments.xml" in name for name in package.names):
        walk.comments(package.xml(f"{folder}/comments.xml"))
    return walk.finished()


class _Walk:
    def __init__(self, package: Package, numbering: Numbering, styles: dict[str, tuple[str, int | None]]) -> None:
        self.package, self.numbering, self.styles = package, numbering, styles
        self.drafts: list[_Draft] = []
        self.losses: list[Loss] = []
        self.targets: dict[str, str] = {}
        self.tables = 0
        self.cells = 0
        self.field_depth: list[str] = []  # fields run over paragraphs: instr until separate, then result

    def finished(self) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
        blocks = tuple(
            Block(seq, d.kind, d.text, d.label, d.cell, look=d.look, hidden=d.hidden)
            for seq, d in enumerate(self.drafts)
        )
        last = len(blocks) - 1
        losses = [loss if loss.block is None else replace(loss, block=min(loss.block, last)) for loss in self.losses]
        return blocks, tuple(losses if last >= 0 else [replace(loss, block=None) for loss in losses])

    def blocks(self, parent: etree._Element, kind: BlockKind) -> None:
        """The paragraphs and tables below an element, in order."""
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self.paragraph(child, kind)
            elif tag == W + "tbl":
                self.table(child)
            elif tag in GONE:
                self.lose("deleted_text", plain(child))
            elif tag == MC + "AlternateContent":
                self.blocks(alternative(child), kind)
            elif tag == W + "altChunk":
                self.chunk(child.get(R + "id") or "")
            elif tag in WRAPPERS or (
                isinstance(tag, str)
                and not tag.endswith(("Pr", "tblGrid"))
                and next(child.iter(W + "p"), None) is not None
            ):
                self.blocks(child, kind)

    def chunk(self, rid: str) -> None:
        """A document inside the document, as Word shows it when it is opened."""
        found = chunk(self.package, self.targets.get(rid, ""))
        if found is None:
            self.lose("external_chunk", "")
            return
        blocks, losses = found
        for block in blocks:
            cell = replace(block.cell, table=block.cell.table + self.tables) if block.cell else None
            self.drafts.append(_Draft(block.kind, block.text, block.number_label, cell, block.look, block.hidden))
        self.tables += len({block.cell.table for block in blocks if block.cell})
        for loss in losses:
            self.lose(loss.code, loss.text)

    def paragraph(self, p: etree._Element, kind: BlockKind) -> None:
        words = self.read(p)
        label = self.numbering.label(p.find(W + "pPr")) if not words.deleted_mark or words.text else ""
        if words.text.strip() or label:
            self.drafts.append(_Draft(kind, words.text, label, look=self.look(p)))
        self.asides(words, None)

    def asides(self, words: Words, cell: CellPlace | None) -> None:
        """What hangs on a paragraph: hidden words, text boxes, losses."""
        if words.hidden.strip():
            self.drafts.append(_Draft("cell" if cell else "paragraph", words.hidden, cell=cell, hidden=True))
            self.lose("hidden_text", words.hidden)
        for box in words.boxes:
            self.blocks(box, "textbox")
        for code, text in words.losses:
            self.lose(code, text)
        if words.picture and not words.text.strip() and not words.boxes:
            self.lose("picture_only", "")

    def lose(self, code: str, text: str) -> None:
        if code in ("deleted_text", "ruby_text", "hidden_text") and not text.strip():
            return
        self.losses.append(Loss(code, text.strip(), "", max(len(self.drafts) - 1, 0)))

    def read(self, p: etree._Element) -> Words:
        words = Words()
        inline(p, words, self.field_depth)
        return words

    def look(self, p: etree._Element) -> Look:
        ppr = p.find(W + "pPr")
        style = val(ppr, "pStyle")
        name, level = self.styles.get(style or "", ("", None))
        own = val(ppr, "outlineLvl")
        if own and own.isdigit() and int(own) < 9:
            level = int(own) + 1
        run = p.find(W + "r")
        rpr = run.find(W + "rPr") if run is not None else None
        bold = rpr.find(W + "b") if rpr is not None else None
        size = val(rpr, "sz")
        return Look(
            bold=bold is not None and bold.get(W + "val") not in ("0", "false"),
            size=int(size) / 2 if size and size.isdigit() else None,
            centered=val(ppr, "jc") == "center",
            outline_level=level,
            style=name,
        )

    def comments(self, part: etree._Element | None) -> None:
        for comment in part if part is not None else ():
            if text := plain(comment):
                self.losses.append(Loss("comment", text, "批注", None))

    def table(self, tbl: etree._Element) -> None:
        table = self.tables
        self.tables += 1
        reaching: dict[int, _Draft] = {}  # column → the cell that a vertical merge goes on from
        for row, tr in enumerate(self.rows(tbl)):
            trpr = tr.find(W + "trPr")
            header = trpr is not None and trpr.find(W + "tblHeader") is not None
            col = _number(val(trpr, "gridBefore"), 0, SPAN_LIMIT)
            below: dict[int, _Draft] = {}
            for tc in unwrapped(tr, W + "tc"):
                tcpr = tc.find(W + "tcPr")
                across = max(1, _number(val(tcpr, "gridSpan"), 1, SPAN_LIMIT))
                merge = tcpr.find(W + "vMerge") if tcpr is not None else None
                goes_on = merge is not None and merge.get(W + "val") != "restart"
                above = reaching.get(col) if goes_on else None
                if above is not None and above.cell is not None:
                    above.cell = replace(above.cell, row_span=row - above.cell.row + 1)
                    self.cell(tc, above)
                    below[col] = above
                else:
                    draft = _Draft("cell", "", cell=CellPlace(table, row, col, 1, across, header))
                    self.cells += 1
                    if self.cells > CELL_LIMIT:
                        raise refusal(self.package.name, "too_many_cells")
                    self.drafts.append(draft)
                    self.cell(tc, draft)
                    if merge is not None:
                        below[col] = draft
                col += across
            reaching = below

    def rows(self, tbl: etree._Element) -> Iterator[etree._Element]:
        for tr in unwrapped(tbl, W + "tr"):
            trpr = tr.find(W + "trPr")
            if trpr is not None and trpr.find(W + "del") is not None:
                self.lose("deleted_text", plain(tr))
            else:
                yield tr

    def cell(self, tc: etree._Element, draft: _Draft) -> None:
        """Read a cell into its draft; a continued merge that holds words of its own adds them as further lines."""
        lines: list[str] = [draft.text] if draft.text else []
        labels: list[str] = [draft.label] if draft.text else []
        nested: list[etree._Element] = []
        asides: list[Words] = []
        for child in content(tc):
            if child.tag == W + "tbl":
                nested.append(child)
                continue
            if child.tag in GONE:
                self.lose("deleted_text", plain(child))
                continue
            words = self.read(child)
            label = self.numbering.label(child.find(W + "pPr")) if not words.deleted_mark or words.text else ""
            asides.append(words)
            for n, line in enumerate(words.text.split("\n")):
                lines.append(line)
                labels.append(label if n == 0 else "")
        while lines and not lines[-1].strip() and not labels[-1]:
            lines.pop()
            labels.pop()
        draft.text, draft.label = "\n".join(lines), "\n".join(labels).rstrip("\n")
        for words in asides:
            self.asides(words, draft.cell)
        for table in nested:
            self.table(table)


def _number(text: str | None, default: int, limit: int) -> int:
    try:
        return min(max(int(float(text or default)), 0), limit)
    except ValueError:
        return default
