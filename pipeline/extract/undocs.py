"""Word documents by undoc: words, tables and notes of what no better reader opens. It tells neither merged cells nor numbers."""

from __future__ import annotations

import json
from typing import Any

import undoc

from ..model import Block, BlockKind, CellPlace, Look, Loss
from .guard import refusal

_REASONS = {
    undoc.ErrorKind.ENCRYPTED: "encrypted",
    undoc.ErrorKind.UNKNOWN_FORMAT: "unknown_type",
}


def read_word(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
    """The blocks of a binary Word document. Raises Unreadable with one reason."""
    try:
        with undoc.parse_bytes(data) as document:
            told = json.loads(document.to_json(compact=True))
    except undoc.UndocError as error:
        raise refusal(path, _REASONS.get(error.kind, "damaged")) from None
    told_by = _Told()
    for section in told.get("sections", ()):
        for item in section.get("content", ()):
            told_by.item(item)
        for paragraph in section.get("header", ()):
            told_by.paragraph(paragraph, "header")
        for paragraph in section.get("footer", ()):
            told_by.paragraph(paragraph, "footer")
    return tuple(told_by.blocks), (Loss("fallback_reader", "", "", None), *told_by.losses)


class _Told:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.losses: list[Loss] = []
        self.tables = 0

    def item(self, item: dict[str, Any]) -> None:
        if item.get("type") == "Table":
            self.table(item)
        elif item.get("type") == "Note":
            for paragraph in item.get("content", ()):
                self.paragraph(paragraph, "footnote")
        else:
            self.paragraph(item, "paragraph")

    def paragraph(self, paragraph: dict[str, Any], kind: BlockKind) -> None:
        text = self.words(paragraph)
        if text.strip():
            runs = [run for run in paragraph.get("runs", ()) if run.get("text", "").strip()]
            bold = bool(runs) and bool(runs[0].get("style", {}).get("bold"))
            look = Look(bold=bold, style=paragraph.get("style_name", ""))
            self.blocks.append(Block(len(self.blocks), kind, text, look=look))

    def words(self, paragraph: dict[str, Any]) -> str:
        out = ""
        for run in paragraph.get("runs", ()):
            if run.get("revision") == "deleted":
                self.losses.append(Loss("deleted_text", run.get("text", ""), "", max(len(self.blocks) - 1, 0)))
                continue
            out += run.get("text", "") + ("\n" if run.get("line_break") else "")
        return out

    def table(self, table: dict[str, Any]) -> None:
        rows = table.get("rows", ())
        width = max((sum(_span(cell, "col_span") for cell in row.get("cells", ())) for row in rows), default=0)
        for number, row in enumerate(rows):
            cells = row.get("cells", ())
            col = 0
            for cell in cells:
                # a row of one cell is a section row across the table: merged cells come as fewer cells, untold
                across = width if len(cells) == 1 else _span(cell, "col_span")
                place = CellPlace(self.tables, number, col, _span(cell, "row_span"), across)
                text = "\n".join(self.words(paragraph) for paragraph in cell.get("content", ())).rstrip("\n")
                self.blocks.append(Block(len(self.blocks), "cell", text, cell=place))
                col += across
        self.tables += 1


def _span(cell: dict[str, Any], key: str) -> int:
    return min(max(int(cell.get(key) or 1), 1), 200)
