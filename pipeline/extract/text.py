"""text → blocks: .txt, .md, .csv and what was pasted into one. A line is a paragraph, rows of cells are a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Block, BlockKind, CellPlace, Look, Loss
from .debris import tools
from .encoding import HAN, SAMPLE, decode
from .guard import refusal
from .html import read_html
from .lines import cut_at, wrapped
from .markdown import RULER, UNDERLINE, undress
from .texttable import Table, placed, tables

WORDS_LIMIT = 1_000_000  # characters of one line
_LINES = re.compile(r"[\n\x0b\x85\u2028\u2029]")
_PAGE_NUMBER = re.compile(r"[-—–－·. 第]{0,4}[0-9０-９]{1,4}[-—–－·. 页]{0,4}$")
_HTML = re.compile(r"\s*<(?:html|body|table)\b", re.IGNORECASE)
_HTML_END = re.compile(r"</table>\s*+(?:</body>)?\s*+(?:</html>)?\s*+$", re.IGNORECASE)


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], int | None]:
    """The blocks of a text file; pages are counted where form feeds part them.

    raises   Unreadable: garbled_text for bytes that are no one encoding, unknown_type for text without a Chinese word
    """
    found = decode(data)
    if not found.readable:
        raise refusal(path, "garbled_text")
    if not found.text.strip():
        raise refusal(path, "empty")
    if not HAN.search(found.text):
        raise refusal(path, "unknown_type", "文件里没有汉字")
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    pages = text.split("\f")
    reader = _Reader(path, cut_at(_LINES.split(text.replace("\f", "\n"))), text[:SAMPLE])
    if not pages[-1].strip():
        pages.pop()
    for number, page in enumerate(pages, 1):
        reader.page(page, number if len(pages) > 1 else None)
    if found.broken:
        reader.losses.append(Loss("undecodable", f"{found.broken} 处", "", None))
    return tuple(reader.blocks), tuple(reader.losses), len(pages) if len(pages) > 1 else None


class _Reader:
    # lives only inside `read`
    def __init__(self, path: str, full: int, head: str) -> None:
        self.path, self.full = path, full
        # a table saved as text keeps the ending of the program it is for
        self.comma = path.lower().endswith((".csv", ".xls", ".et")) and "\t" not in head
        self.markdown = path.lower().endswith((".md", ".markdown"))
        self.blocks: list[Block] = []
        self.losses: list[Loss] = []
        self.tables = 0

    def page(self, text: str, page: int | None) -> None:
        lines = [_clean(line) for line in _LINES.split(text)]
        if any(len(line) > WORDS_LIMIT for line in lines):
            raise refusal(self.path, "too_large", f"一行文字超过 {WORDS_LIMIT // 10_000} 万字", "拆分后再试")
        if page is not None:
            lines = self.numbers(lines, page)
        for piece in _pieces(lines):
            if isinstance(piece, str):
                self.html(piece, page)
                continue
            for part in tables(piece, self.comma):
                if isinstance(part, Table):
                    self.table(part, page)
                else:
                    self.lines(part, page)

    def numbers(self, lines: list[str], page: int) -> list[str]:
        """The lines of a page without its number, which is furniture."""
        solid = [n for n, line in enumerate(lines) if line.strip()]
        ends = {n for n in (*solid[:1], *solid[-1:]) if _PAGE_NUMBER.match(lines[n].strip())}
        for n in sorted(ends):
            self.add("header" if n == solid[0] else "footer", lines[n].strip(), page=page)
        return [line for n, line in enumerate(lines) if n not in ends]

    def lines(self, lines: Sequence[str], page: int | None) -> None:
        paragraphs = list(wrapped(lines, self.full))
        for n, text in enumerate(paragraphs):
            before = paragraphs[n - 1].strip() if n else ""
            if self.markdown and before and UNDERLINE.match(text) and self.blocks[-1].kind == "paragraph":
                level = 1 if "=" in text else 2
                self.blocks[-1] = replace(self.blocks[-1], look=Look(bold=True, outline_level=level))
            elif text.strip():
                self.paragraph(text, page)

    def paragraph(self, text: str, page: int | None) -> None:
        if RULER.match(text) or tools(text.strip()):
            # drawn with signs, or what a site prints around a paper: shown, but no words of it
            self.add("header" if not self.blocks else "footer", text.strip(), page=page)
            return
        words = undress(text, self.markdown)
        if words.picture and not words.text.strip():
            self.losses.append(Loss("picture_only", "", "", max(len(self.blocks) - 1, 0) if self.blocks else None))
        if words.text.strip():
            look = Look(bold=words.bold, outline_level=words.level)
            self.add("paragraph", words.text.strip(), words.label, look, page)

    def table(self, table: Table, page: int | None) -> None:
        for at, text in placed(table):
            place = CellPlace(self.tables, at.row, at.col, at.down, at.across, at.header)
            words = undress(text, self.markdown).text.strip()
            self.blocks.append(Block(len(self.blocks), "cell", words, cell=place, page=page))
        self.tables += 1

    def html(self, text: str, page: int | None) -> None:
        """A table that a converter left in the text as html."""
        blocks, losses = read_html(self.path, text)
        first, tables = len(self.blocks), self.tables
        for block in blocks:
            cell = block.cell and replace(block.cell, table=block.cell.table + tables)
            self.tables = max(self.tables, cell.table + 1 if cell else 0)
            self.blocks.append(replace(block, seq=first + block.seq, cell=cell, page=page))
        self.losses += [replace(loss, block=first + (loss.block or 0)) for loss in losses]

    def add(
        self, kind: BlockKind, text: str, label: str = "", look: Look | None = None, page: int | None = None
    ) -> None:
        self.blocks.append(Block(len(self.blocks), kind, text, label, look=look or Look(), page=page))


def _pieces(lines: Sequence[str]) -> Iterator[list[str] | str]:
    """Runs of lines, and between them the html tables as one string each."""
    plain: list[str] = []
    at = 0
    closed = max((n for n, line in enumerate(lines) if _HTML_END.search(line)), default=-1)
    while at < len(lines):
        end = at
        if _HTML.match(lines[at]) and at <= closed:
            end = next(n + 1 for n in range(at, len(lines)) if _HTML_END.search(lines[n]))
        if end > at:
            yield plain
            yield "\n".join(lines[at:end])
            plain = []
        else:
            plain.append(lines[at])
        at = max(end, at + 1)
    yield plain


def _clean(line: str) -> str:
    # controls are no words; \x1a ends a DOS file
    return line if line.isprintable() else "".join(c for c in line if c.isprintable() or c.isspace())
