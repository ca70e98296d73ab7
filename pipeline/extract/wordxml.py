"""Word saved as one XML file (Word 2003, Flat OPC) → blocks: put into a package, it is read as a docx.

Offices' own systems print such files from a template and call them .doc.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from ..model import Block, Loss
from . import docx
from .docxtree import W
from .guard import parse_xml, refusal

WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_WORD = W[1:-1].encode()
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# what Word 2003 calls otherwise
_NAMES = {f"{W}vmerge": f"{W}vMerge", f"{W}hmerge": f"{W}hMerge"}


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of a Word document in one XML file. Raises Unreadable with one reason."""
    root = parse_xml(path, "", data.replace(WORD_2003, _WORD))
    if root.tag == f"{_PKG}package":
        parts = {
            (part.get(f"{_PKG}name") or "").lstrip("/"): xml[0]
            for part in root.iterchildren(f"{_PKG}part")
            if (xml := part.find(f"{_PKG}xmlData")) is not None and len(xml)
        }
    elif root.tag == f"{W}wordDocument":
        parts = _parts(root)
    else:
        raise refusal(path, "unknown_type")
    return docx.read(path, _packed({name: etree.tostring(xml) for name, xml in parts.items()}))


def _parts(root: etree._Element) -> dict[str, etree._Element]:
    # the parts that a docx keeps apart
    for element in root.iter(*_NAMES):
        element.tag = _NAMES[str(element.tag)]
    document = etree.Element(f"{W}document")
    parts = {"word/document.xml": document}
    body, styles = root.find(f"{W}body"), root.find(f"{W}styles")
    if styles is not None:
        parts["word/styles.xml"] = styles
    relations = etree.Element(f"{{{_RELS}}}Relationships")
    for kind, tag in (("header", f"{W}hdr"), ("footer", f"{W}ftr")):
        for part in list(root.iter(tag)):
            name = f"{kind}{len(parts)}.xml"
            parts[f"word/{name}"] = part
            etree.SubElement(relations, f"{{{_RELS}}}Relationship", Id=name, Type=f"{_TYPES}/{kind}", Target=name)
    parts["word/_rels/document.xml.rels"] = relations
    if body is not None:
        document.append(body)
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
    return out.getvalue()
