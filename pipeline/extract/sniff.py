"""What a file is, told by its bytes and its container, never by its name."""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO

from .encoding import STRAY, decode
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
# what a page begins with, byte order mark and comments apart; anything else is a page only when tags part its paragraphs
HTML_START = re.compile(
    rb"(?>\s|<!--.*?-->|<%.*?%>|<\?(?!xml\b).*?>)*+(?:<\?xml[^>]*>\s*)?"
    rb"<(?:!doctype html|(?:html|head|body|meta|title|link|style|script|frameset|main|article|section|nav|header|form"
    rb"|div|table|p|span|center|font|h[1-6]|ol|ul|pre|b|strong|u|i|em|br|hr|img)\b)",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAGS = re.compile(rb"</?(?:p|div|td|tr|table|span|br|li|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
MIME = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type: *(?:multipart/related|text/html)", re.IGNORECASE
)
# bytes that no text holds; of chance bytes they are a tenth
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1a\x1b"))
SAMPLE = 1 << 16
# a namespace at the top of an XML file → what Office saved so
XML_MARKS = (
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "wordxml"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "wordxml"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "sheetxml"),
)
# kind → what a reader calls it
CALLED = {
    "docx": "Word 文档",
    "doc": "旧版 Word 或 WPS 文档（.doc、.wps）",
    "xlsx": "Excel 工作簿",
    "xls": "旧版 Excel 或 WPS 表格（.xls、.et）",
    "wordxml": "Word XML 文档",
    "sheetxml": "Excel XML 表格",
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
    return _written(data)


def _written(data: bytes) -> str:
    # a page or plain text, in any encoding; anything with bytes that no text holds is neither
    sample = data[:SAMPLE]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in sample:
        wide = decode(sample)
        sample = wide.text.encode("utf-8", "replace") if wide.readable else sample
    odd = len(sample) - len(sample.translate(None, CONTROLS))
    if b"\x00" in sample or (odd > STRAY and odd * 200 > len(sample)):
        return "unknown"
    sample = sample.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if HTML_START.match(sample) or MIME.match(sample[:4096]):
        return "html"
    if sample.startswith((b"<?xml", b"<w:wordDocument", b"<pkg:package")):
        return next((kind for mark, kind in XML_MARKS if mark in sample[:4096]), "unknown")
    tags = len(HTML_TAGS.findall(_without_tables(sample)))
    return "html" if tags >= 4 and tags * 3 >= sample.count(b"\n") else "text"


def _without_tables(data: bytes) -> bytes:
    # converters leave tables as html in a text of another kind
    parts = re.split(rb"<table\b", data, flags=re.IGNORECASE)
    return parts[0] + b"".join(part.partition(b"</table>")[2] for part in parts[1:])


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
