"""doc, wps → blocks. The old binary is made a docx and read as one; another reader steps in where that fails.

doc2docx knows merged cells, automatic numbers and revisions; undoc, which knows none of these, reads damaged files and
those older than Word 97. Whoever read it, the bare words of the file (wordtext.py) say what was missed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..errors import Unreadable
from ..model import Block, Loss
from . import docx, soffice, undocs
from .bareword import missed
from .guard import more_time, refusal
from .wordtext import stories

# doc2docx looks every paragraph up among all: 1 s for 800 paragraphs and cells, minutes for a whole book
SECONDS_PER_PAIR, PARAGRAPHS = 1.5e-6, 10_000


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of a binary Word or WPS document. Raises Unreadable with one reason (encrypted, damaged …)."""
    try:
        bare = stories(data)
    except ValueError:  # older than Word 97, damaged or locked: nothing to hold it against
        bare = {}
    ends = sum(text.count("\n") for text in bare.values())
    more_time(SECONDS_PER_PAIR * ends * ends)
    blocks, losses = _read(path, data, ends <= PARAGRAPHS)
    more, lost = missed(bare, blocks, losses)
    return (*blocks, *more), (*losses, *lost), None


def _read(path: str, data: bytes, modern: bool) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
    if modern and (made := modernized(path, data)):
        return docx.read(path, made)[:2]
    try:
        return undocs.read_word(path, data)
    except Unreadable as error:
        if error.code == "encrypted" or not (converted := soffice.convert(data, ".doc")):
            raise
        return docx.read(path, converted)[:2]


def modernized(path: str, data: bytes) -> bytes | None:
    """The same document as a docx; None when doc2docx cannot read it. Raises Unreadable (encrypted)."""
    # imported when it is needed: it costs 0.1 s
    from doc2docx import convert
    from doc2docx.errors import EncryptedDocumentError

    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "in.doc"), Path(folder, "out.docx")
        source.write_bytes(data)
        try:
            convert(source, made)
        except EncryptedDocumentError:
            raise refusal(path, "encrypted") from None
        except Exception:  # whatever stops it, the next reader tries
            return None
        return made.read_bytes()
