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


def _listed(document: PDFDocument) -> Iterator[PDFPage]:
    try:
        yield from PDFPage.create_pages(document)
    except TooMuch:
        raise
    except Exception:
        return
