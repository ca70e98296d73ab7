"""Many plans made out of one: other places, years and phrases, each another document.

python bench/many.py FILE.docx FOLDER [COUNT]
"""

from __future__ import annotations

import random
import sys
import zipfile
from pathlib import Path

PLACES = (
    "保定市满城区",
    "保定市清苑区",
    "石家庄市藁城区",
    "唐山市丰润区",
    "廊坊市安次区",
    "邯郸市肥乡区",
    "邢台市任泽区",
)
YEARS = range(2016, 2026)


def many(source: Path, folder: Path, count: int, first: int = 0) -> list[Path]:
    """Write `count` plans into a folder, numbered from `first`; the same call gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(source) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    body = parts["word/document.xml"].decode()
    made = []
    for number in range(first, first + count):
        place, year = PLACES[number % len(PLACES)], YEARS[number // len(PLACES) % len(YEARS)]
        chance = random.Random(number)
        words = {
            "2022年": f"{year}年",
            "保定市满城区": place,
            "政务公开工作要点": f"第{number}批重点工作要点",
            "持续推进": chance.choice(["持续推进", "长期坚持", "全年"]),
            "区发改局": chance.choice(["区发改局", "区发展和改革局"]),
        }
        text = body
        for old, new in words.items():
            text = text.replace(old, new)
        text = text.replace("</w:body>", f"<w:p><w:r><w:t>第{number}份</w:t></w:r></w:p></w:body>")
        file = folder / f"{year}" / f"{place}{year}年第{number}批.docx"
        file.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in parts.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(info, text.encode() if name == "word/document.xml" else data)
        made.append(file)
    return made


if __name__ == "__main__":
    many(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 300)
