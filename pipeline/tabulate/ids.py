"""Keys and places: ids begin with the document's, and are the same for the same bytes."""

from __future__ import annotations

from ..model import Block, SourceDocument, Span

# one letter a table, so that an id says what it names
LETTERS = {
    "blocks": "b",
    "sections": "s",
    "tasks": "t",
    "measures": "m",
    "deadlines": "d",
    "citations": "c",
    "targets": "q",
    "links": "l",
    "findings": "f",
}


def row_id(doc: SourceDocument, table: str, index: int) -> str:
    """The key of the row `index` (from 0) of a table; numbers are padded so that text order is row order."""
    return f"{doc.document_id}-{LETTERS[table]}{index + 1:06d}"


def place_of(block: Block, paragraph: int) -> str:
    """Where a block stands, for a reader: 第12段, 表1第5行第3列, 页眉. `paragraph` counts paragraphs from 1."""
    page = f"第{block.page}页 " if block.page else ""
    if block.cell:
        return f"{page}表{block.cell.table + 1}第{block.cell.row + 1}行第{block.cell.col + 1}列"
    kind = {"header": "页眉", "footer": "页脚", "footnote": "注释", "textbox": "文本框"}.get(block.kind, "")
    return f"{page}{kind}第{paragraph}段"


def paragraph_numbers(doc: SourceDocument) -> tuple[int, ...]:
    """For each block the number of its paragraph among those outside tables."""
    count, out = 0, []
    for block in doc.blocks:
        count += block.cell is None
        out.append(count)
    return tuple(out)


def span_columns(doc: SourceDocument, span: Span | None) -> dict[str, object]:
    """The three span columns; null where a row has no place of its own."""
    if span is None:
        return {"block_id": None, "char_start": None, "char_end": None}
    return {"block_id": row_id(doc, "blocks", span.block), "char_start": span.start, "char_end": span.end}


def words(doc: SourceDocument, span: Span) -> str:
    """The words of a span, as printed."""
    return doc.blocks[span.block].text[span.start : span.end]
