"""text → blocks: .txt, .md, .csv and what was pasted into one. A line is a paragraph, rows of cells are a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Block, BlockKind, CellPlace, Look, Loss
from .encoding import decode
from .guard import refusal
from .lines import wrapped
from .texttable import HEADING, Row, Table, tables

WORDS_LIMIT = 1_000_000  # characters of one line
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
_RULER = re.compile(r"[ \t]*([-=*_~─━—=＝])(?:[ \t]*\1){2,}[ \t]*$")
_HAN = re.compile("[\u3400-\u9fff]")


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], int | None]:
    """The blocks of a text file; pages are counted where form feeds part them.

    raises   Unreadable: garbled_text for bytes that are no one encoding, unknown_type for text without a Chinese word
    """
    found = decode(data)
    if not found.readable:
        raise refusal(path, "garbled_text")
    if not _HAN.search(found.text):
        raise refusal(path, "unknown_type", "文件里没有汉字")
    text = found.text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")
    reader = _Reader(path, comma=path.lower().endswith(".csv"), markdown=path.lower().endswith((".md", ".markdown")))
    pages = text.split("\f")
    if not pages[-1].strip():
        pages.pop()
    for number, page in enumerate(pages, 1):
        reader.page(page, number if len(pages) > 1 else None)
    losses = (Loss("undecodable", f"{found.broken} 处", "", None),) if found.broken else ()
    return tuple(reader.blocks), losses, len(pages) if len(pages) > 1 else None


class _Reader:
    # lives only inside `read`
    def __init__(self, path: str, comma: bool, markdown: bool) -> None:
        self.path, self.comma, self.markdown = path, comma, markdown
        self.blocks: list[Block] = []
        self.tables = 0

    def page(self, text: str, page: int | None) -> None:
        lines = [_clean(line) for line in re.split(r"[\n\x0b\x85\u2028\u2029]", text)]
        if any(len(line) > WORDS_LIMIT for line in lines):
            raise refusal(self.path, "too_large", f"一行文字超过 {WORDS_LIMIT // 10_000} 万字", "拆分后再试")
        for part in tables(lines, self.comma):
            if isinstance(part, Table):
                self.table(part, page)
            else:
                for paragraph in wrapped(part):
                    self.paragraph(paragraph, page)

    def paragraph(self, text: str, page: int | None) -> None:
        if not text.strip():
            return
        kind: BlockKind = "paragraph"
        level, bold = None, False
        if heading := HEADING.match(text):
            level, text = len(heading[1]), heading[2]
        elif _RULER.match(text):
            # a line drawn with signs: shown, but no words of the document
            kind = "header" if not self.blocks else "footer"
        text, bold = _marked(text)
        if text.strip():
            look = Look(bold=bold or level is not None, outline_level=level)
            self.blocks.append(Block(len(self.blocks), kind, text.strip(), look=look, page=page))

    def table(self, table: Table, page: int | None) -> None:
        for place, text in _cells(table, self.tables):
            words = _marked(text)[0]
            self.blocks.append(Block(len(self.blocks), "cell", words, cell=place, page=page))
        self.tables += 1


def _cells(table: Table, index: int) -> Iterator[tuple[CellPlace, str]]:
    for number, row in enumerate(table.rows):
        yield from _row(row, number, index, table)


def _row(row: Row, number: int, index: int, table: Table) -> Iterator[tuple[CellPlace, str]]:
    header = number < table.headers
    if len(row) == 1 and table.width > 1:
        yield CellPlace(index, number, 0, 1, table.width, header), row[0]
        return
    for col in range(table.width):
        yield CellPlace(index, number, col, header=header), row[col] if col < len(row) else ""


def _marked(text: str) -> tuple[str, bool]:
    # **words** are bold: the marks are markup, not words
    begins = bool(_BOLD.match(text.lstrip()))
    return _BOLD.sub(r"\2", text), begins


def _clean(line: str) -> str:
    return "".join(c for c in line if c >= " " or c == "\t") if not line.isprintable() else line
