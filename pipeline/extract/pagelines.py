"""Glyphs → lines: what stands on one height is one line; what is struck twice counts once; gaps become blanks only
where the writer must have typed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .pages import Glyph

SAME_LINE = 0.5  # of the size: how far centers of one line may lie apart
WORD_GAP = 0.22  # of the size: between Latin words that hold no blank
FIELD_GAP = 1.0  # of the size: between two things on one line, as a tab makes
# what may not open a line, and what may not end one (GB/T 15834, the rule of line breaking)
NO_START = set("，。、；：！？）》”’】〕」』〉％…—,.;:!?)]}%·“‘")
NO_END = set("（《“‘【〔「『〈([{")
# a quotation mark is parted from neither side by most programs (UAX #14, class QU)
QUOTES = set("“‘”’")
SIGNS = set("#&+@_~$")  # what stands in a word of another alphabet (UAX #14, class AL): S2#
BRACKETS = set("）〕】])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words; its box is that of the glyphs that are no blanks.

    head   width of what cannot be parted from its first glyph: 委、 or a Latin word
    size   points, of most of its glyphs
    gap    the line ends with a typed blank
    sure   the least sure of its glyphs
    lane   the column of text it stands in, 1 from the left; 0 where there are none
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    head: float
    bold: bool = False
    gap: bool = False
    sure: float = 1.0
    lane: int = 0

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def lines(glyphs: Iterable[Glyph]) -> tuple[Line, ...]:
    """The lines from top to bottom. O(n log n) in the glyphs; glyphs are taken as upright."""
    return tuple(made for row in rows(glyphs) if (made := line(row)))


def rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs of one height together, each row from left to right, without what is struck twice."""
    found: list[list[Glyph]] = []
    center = reach = 0.0
    for glyph in sorted(glyphs, key=_center):
        own = _center(glyph)
        if found and own - center <= max(reach, SAME_LINE * glyph.size):
            found[-1].append(glyph)
            if SAME_LINE * glyph.size > reach and glyph.text.strip():
                center, reach = own, SAME_LINE * glyph.size
        else:
            found.append([glyph])
            center, reach = own, SAME_LINE * glyph.size
    return [_once(sorted(row, key=lambda g: g.x0)) for row in found]


def line(row: Sequence[Glyph]) -> Line | None:
    """One row as a line; None when it holds no words."""
    solid = [g for g in row if g.text.strip()]
    if not solid:
        return None
    first, last = row.index(solid[0]), len(row) - 1 - row[::-1].index(solid[-1])
    sizes = sorted(g.size for g in solid)
    size = sizes[len(sizes) // 2]
    parts: list[str] = []
    before: Glyph | None = None
    limit = _field_gap(solid, size)
    for glyph in row[first : last + 1]:
        if glyph.text.strip():
            if before is not None and parts[-1].strip() and _parted(before, glyph, limit):
                parts.append(" ")
            before = glyph
        parts.append(glyph.text)
    return Line(
        "".join(parts),
        solid[0].x0,
        min(g.top for g in solid),
        max(g.x1 for g in solid),
        max(g.bottom for g in solid),
        size,
        _head(solid, size),
        sum(g.bold for g in solid) * 2 > len(solid),
        last < len(row) - 1,
        min(g.sure for g in solid),
    )


def _center(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _once(row: list[Glyph]) -> list[Glyph]:
    # bold is faked by striking a glyph again, a hair's breadth beside
    out: list[Glyph] = []
    for glyph in row:
        near = [
            i
            for i in range(max(len(out) - 4, 0), len(out))
            if out[i].text == glyph.text
            and glyph.x0 - out[i].x0 < 0.25 * min(glyph.x1 - glyph.x0, glyph.size) + 0.05
            and abs(_center(glyph) - _center(out[i])) < 0.25 * glyph.size
        ]
        if not near:
            out.append(glyph)
        elif glyph.text.strip():
            out[near[-1]] = out[near[-1]]._replace(bold=True)
    return out


def _field_gap(solid: Sequence[Glyph], size: float) -> float:
    # a line spaced out evenly (通　知) holds no fields
    gaps = [b.x0 - a.x1 for a, b in pairwise(solid)]
    if not gaps or max(gaps) < FIELD_GAP * size:
        return FIELD_GAP * size
    return max(FIELD_GAP * size, 1.5 * median(gaps)) if len(gaps) > 1 else 3 * size


def _parted(a: Glyph, b: Glyph, limit: float) -> bool:
    gap = b.x0 - a.x1
    if latin(a.text[-1]) and latin(b.text[0]):
        return gap > WORD_GAP * min(a.size, b.size)
    return gap >= limit


def latin(char: str) -> bool:
    """A letter or digit of an alphabet that parts words by blanks."""
    return char.isalnum() and char < "\u0250"


def _of_word(char: str) -> bool:
    return latin(char) or char in SIGNS


def _head(solid: Sequence[Glyph], size: float) -> float:
    end = 0
    while end < len(solid) - 1 and solid[end].text[-1] in NO_END:
        end += 1
    while end < len(solid) - 1:
        one, other = solid[end], solid[end + 1]
        # the letters of a word, a figure behind its bracket (〔2021〕132), what may not open a line
        word = _of_word(other.text[0]) and (_of_word(one.text[-1]) or one.text[-1] in BRACKETS)
        if (
            not (word and not _parted(one, other, size))
            and other.text[0] not in NO_START
            and one.text[-1] not in QUOTES
        ):
            break
        end += 1
    return solid[end].x1 - solid[0].x0
