"""Sheets → what is printed on every page and belongs to none: running heads, page numbers, watermarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ..model import BlockKind
from .pagelines import Line
from .sheets import Sheet

LARGE = 1.15  # of the common size: a title
MARKS = 2  # lines on a page that repeat away from its edges
ZONE = 0.14  # of the page's height: where heads and page numbers stand, above and below
DASH = "-–—－―─一_·•~～"
NUMBER = re.compile(r"\d{1,4}|[ivxlIVXL]{1,6}")
COUNTS = "\0"  # stands for the number of a page
FOOT = re.compile(rf"(?:(?<!\d)\d{{1,3}}(?!\d)|[{DASH}第页共/,，、\s])+")
FIGURE = re.compile(r"\d{1,4}")
SURE_NUMBER = re.compile(
    rf"[{DASH}]+\s*\d{{1,4}}\s*[{DASH}]+|第\s*\d{{1,4}}\s*页(?:\s*[,，/、]?\s*共\s*\d{{1,4}}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

Furniture = tuple[int, BlockKind, Line]
Found = tuple[int, int, Line]  # index of the sheet, index in its flow, the line
Taken = dict[int, dict[int, Line]]


def furniture(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], tuple[Furniture, ...]]:
    """The sheets without what repeats around them, and that with its page and side.

    A line is furniture when the same words stand at the same place on most pages, or when it is a page number
    at the outer edge. Linear in the lines.
    """
    taken: dict[int, dict[int, Line]] = defaultdict(dict)
    for find in (_repeated, _numbers):
        for at, index, line in find(sheets, taken):
            taken[at][index] = line
    cleaned, found = [], []
    for at, sheet in enumerate(sheets):
        own = taken.get(at, {})
        found += [(sheet.number, _side(sheet, line), line) for line in (*own.values(), *sheet.aside)]
        flow = tuple(one for index, one in enumerate(sheet.flow) if index not in own)
        cleaned.append(replace(sheet, flow=flow, aside=()))
    return tuple(cleaned), tuple(found)


def _side(sheet: Sheet, line: Line) -> BlockKind:
    return "header" if line.top + line.bottom < sheet.height else "footer"


def _in_zone(sheet: Sheet, line: Line) -> bool:
    return line.bottom < ZONE * sheet.height or line.top > (1 - ZONE) * sheet.height


def _repeated(sheets: Sequence[Sheet], _: Taken) -> list[Found]:
    places: dict[tuple[str, int], list[Found]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        for index, one in enumerate(sheet.flow):
            if isinstance(one, Line):
                text = "".join(one.text.split())
                # a place is cut in steps; a line near the edge of a step is looked for on both sides
                texts, place = [text], one.top
                if one.top > (1 - ZONE) * sheet.height:
                    # feet are measured from the lower edge: pages lie and stand
                    texts, place = [text, *_counting(text, sheet.number)], one.top - sheet.height
                for step in {round(place / 6 - 0.3), round(place / 6 + 0.3)}:
                    for said in texts:
                        places[said, step].append((at, index, one))
    out: dict[tuple[int, int], Line] = {}
    inner: dict[int, dict[int, Line]] = defaultdict(dict)
    common = _common_size(sheets)
    for (text, _step), found in places.items():
        pages = {at for at, _, _ in found}
        zone = all(_in_zone(sheets[at], line) for at, _, line in found)
        if len(pages) < 2 or not (COUNTS in text or _most(pages, sheets, zone)):
            continue
        for at, index, line in found:
            if not zone:
                inner[at][index] = line
            elif line.size <= LARGE * common or at > min(pages):  # a title printed again is one title
                out[at, index] = line
    for at, lines in inner.items():
        # a watermark is a line or two; pages that say the same all over are copies of one form
        out.update({(at, index): line for index, line in lines.items() if len(lines) <= MARKS})
    return [(at, index, line) for (at, index), line in sorted(out.items(), key=lambda one: one[0])]


def _counting(text: str, number: int) -> list[str]:
    # a foot line with the number of its page in it, as what is the same on every page; each figure may be the one
    figures = list(FIGURE.finditer(text))
    if not 0 < len(figures) <= 3:
        return []
    out = []
    for chosen in range(1, 2 ** len(figures)):
        parts, end = [], 0
        for bit, figure in enumerate(figures):
            parts.append(text[end : figure.start()])
            parts.append(f"{COUNTS}{int(figure.group()) - number}" if chosen >> bit & 1 else figure.group())
            end = figure.end()
        out.append("".join(parts) + text[end:])
    return out


def _common_size(sheets: Sequence[Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for one in sheet.flow:
            for line in (one,) if isinstance(one, Line) else (x for cell in one.cells for x in cell.lines):
                sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _most(pages: set[int], sheets: Sequence[Sheet], zone: bool) -> bool:
    count = len(pages)
    if len(sheets) <= 3 or not zone:
        return count == len(sheets) if zone else count >= 3 and count * 10 >= len(sheets) * 6
    parity = Counter(at % 2 for at in pages)
    sided = max(parity.values())
    return count * 10 >= len(sheets) * 6 or (sided >= 3 and sided * 20 >= len(sheets) * 8)


def _numbers(sheets: Sequence[Sheet], taken: Taken) -> list[Found]:
    sure: list[Found] = []
    plain: list[Found] = []
    for at, sheet in enumerate(sheets):
        left = [i for i in range(len(sheet.flow)) if i not in taken.get(at, {})]
        for index in dict.fromkeys((*left[:1], *left[-1:])):
            line = sheet.flow[index]
            if not isinstance(line, Line) or not _in_zone(sheet, line):
                continue
            text = line.text.translate(_HALF).strip()
            if SURE_NUMBER.fullmatch(text) or (line.top > sheet.height / 2 and FOOT.fullmatch(text)):
                sure.append((at, index, line))
            elif NUMBER.fullmatch(text):
                plain.append((at, index, line))
    # a bare figure alone may be anything; several are page numbers
    for found in plain:
        alone = len(sheets) == 1 and found[1] == len(sheets[0].flow) - 1 and found[1] > 0
        if alone or len(sure) + len(plain) > 1:
            sure.append(found)
    return sure
