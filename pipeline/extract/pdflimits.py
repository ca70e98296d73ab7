"""pdfminer.six with an end to what a hostile file may ask of it; every page that it can read, one by one."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer import pdffont, pdftypes
from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from .guard import PART_BYTES
from .pagemaker import TooMuch
from .pages import Page
from .pdfdevice import Device, Interpreter

FETCHES = 2_000_000  # objects looked up; a loop of references never ends by itself
PAGES = 5_000  # of one file
DEPTH = 100  # of the tree of pages
CODES = 200_000  # characters that one font may name

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


class Locked(Exception):
    """The file asks for a password, or is encrypted in a way that pdfminer does not know."""


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


class _UnicodeMap(FileUnicodeMap):
    """pdfminer's, with an end to how many codes a font maps."""

    def add_cid2unichr(self, cid: int, code: Any) -> None:
        super().add_cid2unichr(cid, code)
        if len(self.cid2unichr) > CODES:
            raise TooMuch("codes")


# pdfminer takes both by these names and offers no limit of its own
setattr(pdftypes, "zlib", _Zlib)  # noqa: B010
setattr(pdffont, "FileUnicodeMap", _UnicodeMap)  # noqa: B010


class _Document(PDFDocument):
    """pdfminer's, with an end to how often objects are looked up."""

    fetches = 0

    def getobj(self, objid: int) -> Any:
        self.fetches += 1
        if self.fetches > FETCHES:
            raise TooMuch("references")
        return super().getobj(objid)


def pages(data: bytes) -> Iterator[Page | None]:
    """The pages as pdfminer reads them: None for one at which it fails; an early end where it fails on the file.

    raises   Locked, TooMuch
    """
    try:
        document = _Document(PDFParser(BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise Locked from None
    except TooMuch:
        raise
    except Exception:  # pdfminer raises whatever a broken file makes it stumble over
        return
    if _count(document.catalog.get("Pages"), {}, DEPTH) > PAGES:
        raise TooMuch("pages")
    manager = PDFResourceManager()
    device = Device(manager)
    interpreter = Interpreter(manager, device)
    for page in _listed(document):
        try:
            interpreter.process_page(page)
        except TooMuch:
            raise
        except Exception:
            yield None
        else:
            yield device.page()


def _count(node: Any, known: dict[int, int], depth: int) -> int:
    # how many pages the tree holds, one that is listed twice counted twice; what goes round in a circle holds none
    number = getattr(node, "objid", 0)
    if number in known or not depth:
        return known.get(number, 0)
    if number:
        known[number] = 0
    try:
        held = pdftypes.resolve1(node)
        below = pdftypes.resolve1(held.get("Kids")) if isinstance(held, dict) else None
    except TooMuch:
        raise
    except Exception:  # pdfminer raises whatever a broken file makes it stumble over
        return 0
    count = sum(_count(one, known, depth - 1) for one in below) if isinstance(below, list) else 1
    if number:
        known[number] = count
    return count


def _listed(document: PDFDocument) -> Iterator[PDFPage]:
    try:
        yield from PDFPage.create_pages(document)
    except TooMuch:
        raise
    except Exception:
        return
