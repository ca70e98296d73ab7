"""A file → SourceDocument. The format is told by the content, never by the name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol

from ..errors import Unreadable
from ..model import Block, Loss, Ocr, SourceDocument
from .file import file_name, read_bytes
from .guard import more_time, opens, refusal
from .sniff import CALLED, sniff


class Reader(Protocol):
    """What each format's module offers as `read`: path (for errors) and bytes → blocks, losses, page count.

    The readers of `PICTURED` also take when to recognize words in pictures.
    """

    def __call__(
        self, path: str, data: bytes, /, *ocr: Ocr
    ) -> tuple[tuple[Block, ...], tuple[Loss, ...], int | None]: ...


BLOCKS = 100_000  # paragraphs and cells; the longest honest file has a tenth of it
BLOCK_SECONDS, CHAR_SECONDS = 0.002, 0.000_01  # what the stages take for one takes less than half of it
AIDES = ("~$", ".~lock.", "._")  # what Word, LibreOffice and macOS put beside a document, under its name
_HALF = re.compile("[\ud800-\udfff]")
# kind (sniff.py) → the module beside this one that reads it, imported when it is needed
READERS = {
    "docx": "docx",
    "doc": "doc",
    "rtf": "soffice",
    "odt": "soffice",
    "html": "html",
    "text": "text",
    "pdf": "pdf",
    "xlsx": "xlsx",
    "xls": "xls",
    "ods": "ods",
    "ofd": "ofd",
    "wordxml": "wordxml",
    "sheetxml": "sheetxml",
    "image": "image",
}
# kinds whose pages may be pictures: their readers are told when to recognize words
PICTURED = ("pdf", "ofd", "image")
# endings of file names → the kinds their content may be; any other content is a mismatch worth a closer sentence
NAMED = {
    ".docx": {"docx", "wordxml"},
    ".docm": {"docx"},
    ".doc": {"doc", "docx", "rtf", "html", "wordxml"},
    ".wps": {"doc", "docx", "wordxml"},
    ".xlsx": {"xlsx"},
    ".xls": {"xls", "xlsx", "html", "sheetxml", "text"},
    ".et": {"xls", "xlsx", "html", "sheetxml", "text"},
    ".pdf": {"pdf"},
    ".ofd": {"ofd"},
    **{end: {"image"} for end in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")},
}

FORMATS = {"text": "txt"}  # the kind → what the contract calls it, where that is another word


def extract(path: Path, ocr: Ocr = "auto") -> SourceDocument:
    """Read one file. Raises Unreadable with one reason; a file without a single character is one (empty).

    ocr   which pages are recognized from their pictures (scans.py)
    """
    return extract_bytes(file_name(path), read_bytes(path), str(path), ocr)


def extract_bytes(name: str, data: bytes, path: str = "", ocr: Ocr = "auto") -> SourceDocument:
    """The same of bytes that are already there; `path` is what an error names."""
    path = path or name
    kind = sniff(data)
    if kind not in READERS or (kind == "text" and kind not in NAMED.get(Path(name).suffix.lower(), {kind})):
        raise _refused(path, name, data, kind)
    read: Reader = import_module(f"{__package__}.{READERS[kind]}").read
    blocks, losses, pages = read(path, data, ocr) if kind in PICTURED else read(path, data)
    if not any(block.text.strip() for block in blocks):
        raise refusal(path, "empty")
    if len(blocks) > BLOCKS:
        raise refusal(path, "too_many_cells", f"段落和格子有 {len(blocks)} 个，多得不合常理")
    more_time(
        BLOCK_SECONDS * len(blocks) + CHAR_SECONDS * sum(len(block.text) for block in blocks)
    )  # for the stages that follow
    blocks, losses = storable(blocks, losses)
    digest = hashlib.sha256(data).hexdigest()
    return SourceDocument(name, digest, len(data), FORMATS.get(kind, kind), blocks, losses, pages)


def storable(blocks: tuple[Block, ...], losses: tuple[Loss, ...]) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
    """The same, with U+FFFD for halves of characters that no file can hold; a loss says how many there were."""
    halves = sum(len(_HALF.findall(text)) for text in (*(b.text for b in blocks), *(x.text for x in losses)))
    if not halves:
        return blocks, losses
    told = Loss("undecodable", f"{halves} 处", "", None)
    return (
        tuple(replace(one, text=_HALF.sub("\ufffd", one.text)) for one in blocks),
        (*(replace(one, text=_HALF.sub("\ufffd", one.text)) for one in losses), told),
    )


def _refused(path: str, name: str, data: bytes, kind: str) -> Unreadable:
    if kind == "encrypted":
        return refusal(path, "encrypted")
    ending = Path(name).suffix.lower()
    if kind == "zip" and ending in NAMED and b"PK\x05\x06" not in data:
        return refusal(path, "truncated")
    if ending in NAMED and kind not in NAMED[ending] and kind not in ("unknown", "text", "zip"):
        return refusal(path, "type_mismatch", f"文件名是 {ending}，内容却是{CALLED[kind]}")
    if kind == "zip":
        if not opens(data):
            return refusal(path, "bad_zip")
        return refusal(path, "unknown_type", "这是压缩包，不是文档", "解压后给出里面的文件")
    if Path(name).name.startswith(AIDES):
        return refusal(path, "unknown_type", "这是办公软件或系统自己的临时文件，不是文档", "给出文档本身")
    if kind in ("unknown", "text", "ole"):
        return refusal(path, "truncated" if data[:2] == b"PK" else "unknown_type")
    return refusal(path, "unsupported", f"暂不支持这种格式：{CALLED[kind]}")
