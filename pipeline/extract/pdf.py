"""PDF with a text layer → blocks: pdfminer.six reads each page once, PDFium looks whether anything was missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import Unreadable
from ..model import Block, Loss, Ocr
from . import pdflimits
from .flow import blocks
from .guard import more_time, refusal
from .legible import unreadable
from .pagemaker import TooMuch
from .pages import Page
from .pdfium import Second
from .ruled import TooManyLines
from .scans import Picture, recognition, without_words
from .sheets import Sheet, sheet

PAGE_SECONDS = 0.3
ZIP_END = b"PK\x05\x06"
MISSED, FEW = 0.05, 10  # share and number of characters that only the second reader sees


def read(path: str, data: bytes, ocr: Ocr = "auto") -> tuple[tuple[Block, ...], tuple[Loss, ...], int]:
    """The blocks of a PDF. Raises Unreadable with one reason.

    ocr   which pages are recognized from their pictures
    """
    if 0 <= data.rfind(b"%%EOF") < data.rfind(ZIP_END):
        raise refusal(path, "type_mismatch", "文件既是 PDF 又是压缩包，读哪一个说不定", "用 PDF 阅读器打开后另存")
    sheets: list[Sheet] = []
    losses: list[Loss] = []
    try:
        for page, loss in pages(path, data):
            sheets.append(sheet(page, sheets[-1].gutter if sheets else None))
            losses += [loss] if loss else []
            losses += [Loss("comment", remark, f"第{page.number}页") for remark in page.remarks]
    except TooMuch as much:
        if much.what == "pages":
            raise refusal(path, "too_many_pages") from None
        code = "pdf_malformed" if much.what == "references" else "page_too_full"
        raise refusal(path, code, place=f"第{len(sheets) + 1}页") from None
    except TooManyLines:
        raise refusal(path, "too_many_cells", place=f"第{len(sheets) + 1}页") from None
    sheets, silent, told = recognition(path, sheets, unreadable(sheets), _pictures(data), ocr)
    losses += told
    made, found = blocks(sheets)
    if silent and not any(block.kind in ("paragraph", "cell") and block.text.strip() for block in made):
        raise refusal(path, without_words(ocr))
    losses += [Loss("page_without_text", why, f"第{number}页") for number, why in silent.items()]
    return made, (*losses, *found), len(sheets)


def pages(path: str, data: bytes) -> Iterator[tuple[Page, Loss | None]]:
    """The pages one by one, each with what only the second reader saw of it; nothing of a page is kept.

    A page at which pdfminer fails, or which it does not find, is read by PDFium.
    raises   Unreadable; TooMuch for a page that is beyond the limits
    """
    second = Second(data)
    if second.count > pdflimits.PAGES:
        raise refusal(path, "too_many_pages")
    more_time(PAGE_SECONDS * second.count)
    number = 0
    try:
        for number, page in enumerate(pdflimits.pages(data), 1):
            if number > pdflimits.PAGES:
                raise refusal(path, "too_many_pages")
            yield _compared(page, number, second)
    except pdflimits.Locked:
        if not second.count:
            raise refusal(path, "encrypted") from None
    while number < second.count:
        number += 1
        yield _compared(None, number, second)
    if not number:
        raise refusal(path, "encrypted") if second.locked else _broken(path, data)


def _pictures(data: bytes) -> Picture:
    def picture(number: int) -> tuple[Any, float]:
        from . import pdfpicture  # what draws takes a while to load, and most files have words

        return pdfpicture.picture(data, number)

    return picture


def _compared(page: Page | None, number: int, second: Second) -> tuple[Page, Loss | None]:
    # what pdfminer cannot read, or reads without knowing the characters, PDFium may
    place = f"第{number}页"
    count = second.words(number) if number <= second.count else 0
    own = sum(g.text.isalnum() for g in page.glyphs) if page else 0
    if page is not None and (count <= own or (own and page.unknown * 2 <= len(page.glyphs))):
        missed = count - own
        said = f"多读出{missed}个字" if missed > own * MISSED + FEW else ""
        return page, Loss("second_reader", said, place) if said else None
    other = second.page(number) if number <= second.count else None
    if other is None:
        return page or Page(number, 595.0, 842.0, ()), Loss("page_without_text", "这一页已损坏", place)
    return other, Loss("second_reader", "这一页改用第二种方法读取", place) if other.glyphs else None


def _broken(path: str, data: bytes) -> Unreadable:
    return refusal(path, "pdf_malformed" if b"%%EOF" in data[-2048:] else "truncated")
