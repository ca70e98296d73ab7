"""A docx made by hand: a body, the parts beside it, and the relations between them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {"document": "document.main", "numbering": "numbering", "header1": "header"}


def r(text: str, pr: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{pr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(runs: str, pr: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{pr}</w:pPr>{runs}</w:p>"


def tc(text: str, pr: str = "") -> str:
    """A cell."""
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{pr}</w:tcPr>{p(r(text))}</w:tc>'


def docx(body: str, rels: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """The package; rels: relationships of the document, parts: name → content."""
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>' for part, kind in _KINDS.items()
    )
    all_parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{rels}</Relationships>',
        "word/document.xml": f'<w:document {W} xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        **(parts or {}),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in all_parts.items():
            package.writestr(name, content)
    return out.getvalue()
