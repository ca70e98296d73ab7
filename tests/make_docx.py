"""A Word file made by hand: paragraphs (text) and tables (rows of cells)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx import Document


def make_docx(path: Path, *parts: str | Sequence[Sequence[str]]) -> Path:
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    document.save(str(path))
    return path
