"""PDF with a text layer → blocks: pdfminer.six reads each page once, PDFium looks whether anything was missed."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer import pdftypes
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from ..errors import Unreadable
from ..model import Block, Loss
from .flow import blocks
from .guard import PART_BYTES, refusal
from .pages import Page
from .pdfdevice import Device, Interpreter, TooMuch
from .ruled import TooManyLines
from .sheets import Sheet, sheet

PAGES = 5_000
FETCHES = 2_000_000  # objects looked up; a loop of references never ends by itself

logging.getLogger("pdfminer").setLevel(logging.ERROR)


class _Zlib:
    """zlib as pdfminer uses it, with an end to what may come out of a stream."""

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    @staticmethod
    def decompress(data: bytes) -> bytes:
        stream = zlib.decompressobj()
        out = stream.decompress(data, PART_BYTES)
        if stream.unconsumed_tail:
            raise TooMuch("bytes")
        if not stream.eof:
            raise zlib.error("incomplete")
        return out


setattr(pdftypes, "zlib", _Zlib)  # noqa: B010 a module of pdfminer's own


class _Document(PDFDocument):
    """pdfminer's, with an end to how often objects are looked up."""

    fetches = 0

    def getobj(self, objid: int) -> Any:
        self.fetches += 1
        if self.fetches > FETCHES:
            raise TooMuch("references")
        return super().getobj(objid)


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], int]:
    """The blocks of a PDF. Raises Unreadable with one reason."""
    sheets: list[Sheet] = []
    try:
        for page in pages(path, data):
            sheets.append(sheet(page))
    except TooManyLines:
        raise refusal(path, "too_many_cells") from None
    made, losses = blocks(sheets)
    return made, losses, len(sheets)


def pages(path: str, data: bytes) -> Iterator[Page]:
    """The pages one by one; nothing of a page is kept."""
    document = _open(path, data)
    manager = PDFResourceManager()
    device = Device(manager)
    interpreter = Interpreter(manager, device)
    try:
        for number, page in enumerate(PDFPage.create_pages(document), 1):
            if number > PAGES:
                raise refusal(path, "too_many_pages")
            interpreter.process_page(page)
            yield device.page()
    except (TooMuch, MemoryError) as much:
        raise refusal(path, "page_too_full", place=f"第{device.number}页（{much}）") from None
    except Unreadable:
        raise
    except Exception:  # pdfminer raises whatever a broken file makes it stumble over
        raise _broken(path, data) from None


def _open(path: str, data: bytes) -> PDFDocument:
    try:
        return _Document(PDFParser(BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise refusal(path, "encrypted") from None
    except (TooMuch, MemoryError):
        raise refusal(path, "page_too_full") from None
    except Exception:
        raise _broken(path, data) from None


def _broken(path: str, data: bytes) -> Unreadable:
    return refusal(path, "pdf_malformed" if b"%%EOF" in data[-2048:] else "truncated")
