"""A file → SourceDocument. The format is told by the content, never by the name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..model import SourceDocument
from .guard import Package, read_bytes, refusal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# leading bytes → what a reader calls it
MAGIC = (
    (b"%PDF", "PDF"),
    (OLE, "旧版 Word 或 WPS 文档（.doc、.wps）"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"<!DOCTYPE html", "网页"),
    (b"<html", "网页"),
)


def extract(path: Path) -> SourceDocument:
    """Read one file. Raises Unreadable with one reason; a file without a single character is one (empty)."""
    return extract_bytes(path.name, read_bytes(path), str(path))


def extract_bytes(name: str, data: bytes, path: str = "") -> SourceDocument:
    """The same of bytes that are already there; `path` is what an error names."""
    path = path or name
    sha = hashlib.sha256(data).hexdigest()
    if data[:4] != b"PK\x03\x04":
        raise _not_a_package(path, name, data)
    package = Package(path, data)
    if "word/document.xml" in package.names or _main_part(package):
        from .docx import read_docx

        blocks, losses = read_docx(package, _main_part(package))
        doc = SourceDocument(name, sha, len(data), "docx", blocks, losses)
    else:
        raise refusal(path, "unknown_type", "这个压缩包不是 Word 文档")
    if not any(block.text.strip() for block in doc.blocks):
        raise refusal(path, "empty")
    return doc


def _main_part(package: Package) -> str:
    # the package says which part is the document; most often word/document.xml
    root = package.xml("_rels/.rels")
    for relation in root if root is not None else ():
        if (relation.get("Type") or "").endswith("/officeDocument"):
            target = (relation.get("Target") or "").lstrip("/")
            if target in package.names and target.startswith("word/"):
                return target
    return "word/document.xml" if "word/document.xml" in package.names else ""


def _not_a_package(path: str, name: str, data: bytes) -> Exception:
    for magic, what in MAGIC:
        if data[: len(magic)].lower() == magic.lower():
            if magic == OLE and "EncryptedPackage".encode("utf-16-le") in data:
                return refusal(path, "encrypted")
            if name.lower().endswith((".docx", ".docm")):
                return refusal(path, "type_mismatch", f"文件名是 .docx，内容却是{what}")
            return refusal(path, "unsupported", f"暂不支持这种格式：{what}")
    if name.lower().endswith((".docx", ".docm")):
        return refusal(path, "truncated" if data[:2] == b"PK" else "unknown_type")
    return refusal(path, "unknown_type")
