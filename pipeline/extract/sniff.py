"""What a file is, told by its bytes and its container, never by its name."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

from .ole import SIGNATURE, Ole

ZIP = b"PK\x03\x04"
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
# the name of a stream at the root of an OLE container tells the program that wrote it
OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "presentation"),
)
# the last part of the names a package holds → the kind of office file
PARTS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("OFD.xml", "ofd"),
    ("ppt/presentation.xml", "presentation"),
)
ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
HTML_MARKS = (
    b"<html",
    b"<!doctype html",
    b"<table",
    b"<body",
    b"<head",
    b"<div",
    b"<p>",
    b"<p ",
    b"<meta",
    b"<span",
    b"<br",
)
# kind → what a reader calls it
CALLED = {
    "docx": "Word 文档",
    "doc": "旧版 Word 或 WPS 文档（.doc、.wps）",
    "xlsx": "Excel 工作簿",
    "xls": "旧版 Excel 或 WPS 表格（.xls、.et）",
    "odt": "OpenDocument 文档",
    "ods": "OpenDocument 表格",
    "presentation": "演示文稿",
    "pdf": "PDF",
    "ofd": "OFD",
    "rtf": "RTF",
    "html": "网页",
    "text": "纯文本",
    "image": "图片",
    "zip": "压缩包",
    "ole": "旧版 Office 文件",
    "unknown": "无法识别的内容",
}


def sniff(data: bytes) -> str:
    """The kind of a file: a key of `CALLED`, or `encrypted`.

    A package whose end is missing is still told by the names of its local headers.
    """
    if data[:4] == ZIP:
        return _package(data)
    if data[:8] == SIGNATURE:
        return _ole(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:5] == b"{\\rtf":
        return "rtf"
    if data.startswith(IMAGES):
        return "image"
    if data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "html" if _marked(data.replace(b"\x00", b"")) else "text"
    if b"\x00" in data[:4096]:
        return "unknown"
    return "html" if _marked(data) else "text"


def _marked(data: bytes) -> bool:
    head = data[:65536].lower()
    return sum(mark in head for mark in HTML_MARKS) >= 2 or (
        head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith((b"<html", b"<!doctype html", b"<table", b"<?xml"))
        and any(mark in head for mark in HTML_MARKS)
    )


def _ole(data: bytes) -> str:
    try:
        names = Ole(data).names
    except (ValueError, struct.error):
        # a broken directory: its names, in UTF-16, are still somewhere in the file
        return next((kind for name, kind in OLE_STREAMS if name.encode("utf-16-le") in data), "ole")
    return next((kind for name, kind in OLE_STREAMS if name.lower() in names), "ole")


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()[:5000]
            if "mimetype" in names:
                kind = ODF.get(package.open("mimetype").read(100).strip())
                if kind:
                    return kind
    except Exception:  # a broken package is told by what its local headers still say
        return next((kind for part, kind in PARTS if part.encode() in data), "zip")
    low = {name.replace("\\", "/").lower() for name in names}
    return next((kind for part, kind in PARTS if part.lower() in low), "zip")
