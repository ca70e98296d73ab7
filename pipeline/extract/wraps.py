"""Lines → paragraphs: which line end is only the end of the paper, and which ends a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .pagelines import Line, latin

SLACK = 0.35  # of the size: how much short of the edge a full line may end
LONG_NAME = 10  # characters
STOPS = set("。；：！？;:!?.")
ENDS = STOPS | set("）)")  # what may stand before the number of the next paragraph: （…负责）
# a number that opens a paragraph: 一、 （一） 1. 1、 ① 第一条 ——
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十百]{1,4}[)）]|[（(]?\d{1,3}[)）]"
    r"|\d{1,3}[、.．](?!\d)|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[章节条款项])"
)


def joined(a: str, b: str, blank: bool) -> str:
    """Two lines of one paragraph as one text: nothing between, but for the blank that two Latin words had.

    blank   the first line ended with a typed blank
    """
    if not a or not b or not (latin(a[-1]) and latin(b[0])):
        return a + b
    word = a.rsplit(" ", 1)[-1]
    address = any(c in word for c in "/@") or word.startswith("www.")
    words = a[-1].isalpha() and b[0].isalpha() and not address
    return f"{a} {b}" if blank or words else a + b


def has_room(line: Line, below: Line, room: float) -> bool:
    """Whether what opens the line below would still have stood on this one: then the writer ended it."""
    return room >= below.head + SLACK * line.size


def cell_text(lines: Sequence[Line], left: float, right: float, pad: float) -> str:
    """The words of one cell, a line feed between its paragraphs.

    A line that has no room left for what opens the next one goes on; any other ends its paragraph.
    left, right   edges of the cell; pad   what the table leaves free inside each edge, points
    """
    if not lines:
        return ""
    width = max(right - left - 2 * pad, max(line.width for line in lines))
    centered = _centered(lines, left, right, pad)
    names = all(line.text.isalpha() for line in lines)
    text = lines[0].text
    paragraphs = []
    for line, below in pairwise(lines):
        room = width - line.width if centered else min(width - line.width, right - pad - line.x1)
        if has_room(line, below, room) or _opens(text, line, below, names):
            paragraphs.append(text)
            text = below.text
        else:
            text = joined(text, below.text, line.gap)
    return "\n".join([*paragraphs, text])


def _opens(text: str, line: Line, below: Line, names: bool) -> bool:
    # a full line all the same ends a paragraph before a number, and between two names that begin alike (区…局, 区…局)
    if names:
        return text[0] == below.text[0] and 2 < len(text) <= LONG_NAME
    return line.text[-1] in ENDS and NUMBERED.match(below.text) is not None


def _centered(lines: Sequence[Line], left: float, right: float, pad: float) -> bool:
    # as far from the left as from the right, and some line not at the left edge at all
    even = all(abs((line.x0 - left) - (right - line.x1)) <= 0.35 * line.size for line in lines)
    return even and any(line.x0 - left > pad + 0.6 * line.size for line in lines)
