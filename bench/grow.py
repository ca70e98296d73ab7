"""A docx whose body stands N times over: how cost grows with length, on real words.

python bench/grow.py SOURCE TARGET TIMES
"""

from __future__ import annotations

import copy
import io
import sys
import zipfile
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PART = "word/document.xml"


def grown(data: bytes, times: int) -> bytes:
    """The package with its body repeated; the last section's properties stay last."""
    package = zipfile.ZipFile(io.BytesIO(data))
    root = etree.fromstring(package.read(PART))
    body = root.find(f"{W}body")
    content = [child for child in body if child.tag != f"{W}sectPr"]
    place = len(content)
    for _ in range(times - 1):
        for child in content:
            body.insert(place, copy.deepcopy(child))
            place += 1
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in package.infolist():
            made.writestr(info, etree.tostring(root) if info.filename == PART else package.read(info.filename))
    return out.getvalue()


def main() -> int:
    source, target, times = sys.argv[1:]
    Path(target).write_bytes(grown(Path(source).read_bytes(), int(times)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
