"""Lines of the running text → paragraphs, over line ends and page ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from .pagelines import Line
from .wraps import ENDS, NUMBERED, STOPS, has_room, joined

LARGE = 1.18  # of the body's size: a title, each of its lines for itself
INDENT = 1.2  # of the size: what opens a paragraph
SPARE = 3.3  # lines: a page that ends that much earlier was ended by the writer; a widow takes up to two with it
FEW_STEPS = 4
SET_IN = 4.2  # characters: what stands further from the margin is a signature, a date
TAKEN_ALONG = 6.0  # characters: what may be taken to the next line without need
HANG = 4.6  # characters: how far the further lines of 附件：1.… stand under its first word
FEW = 8  # lines: fewer show no margin
LEADER = re.compile(r"[.…·．‥]{4,}\s*\d*$|…{2,}\s*\d*$")  # a line of a table of contents


@dataclass(frozen=True, slots=True)
class Area:
    """Where the running text of pages of one size stands.

    pitch      from line to line, points
    indented   its paragraphs open with an indent
    """

    left: float
    right: float
    bottom: float
    size: float
    pitch: float
    indented: bool = False


@dataclass
class Paragraph:
    """The lines of one paragraph, and the page of each."""

    page: int
    where: Area  # of its last line
    lines: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    @property
    def last_page(self) -> int:
        return self.pages[-1]

    @property
    def pieces(self) -> list[tuple[int, list[Line]]]:
        """(page, lines) of what stands in one column of text of one page."""
        pairs = zip(self.pages, self.lines, strict=True)
        groups = groupby(pairs, key=lambda pair: (pair[0], pair[1].lane))
        return [(page, [line for _, line in group]) for (page, _), group in groups]

    @property
    def text(self) -> str:
        text = self.lines[0].text
        for line, below in pairwise(self.lines):
            text = joined(text, below.text, line.gap)
        return text

    def add(self, page: int, line: Line, where: Area) -> None:
        """One more line."""
        self.where = where
        self.lines.append(line)
        self.pages.append(page)


def area(lines: Sequence[Line], width: float, bottom: float) -> Area:
    """Margins, common size and pitch of the running text.

    lines    page after page, from top to bottom
    width    of the page; 0 where the text has columns
    bottom   of the fullest page
    """
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    body = [line for line in lines if abs(line.size - size) <= 0.1 * size] or list(lines)
    left = _edge([line.x0 for line in body], 0.3 * size) if body else 0.0
    right = -_edge([-line.x1 for line in body], 0.3 * size) if body else width
    if len(body) < FEW:
        right = max(right, width - left)
    indents = sum(1 for line in body if INDENT * size < line.x0 - left <= SET_IN * size)
    indented = indents >= 3 and indents * 10 >= len(body)
    return Area(left, right, bottom, size, _pitch(body, size), indented)


def on_page(where: Area, lines: Sequence[Line]) -> Area:
    """The area as one page has it: wider spaced, or with a margin of its own that several of its lines keep."""
    pitch = max(where.pitch, _pitch(lines, where.size)) if len(lines) > FEW_STEPS else where.pitch
    left, right = where.left, where.right
    start = _own_edge([line.x0 for line in lines], where.size)
    if start is not None and abs(start - left - 2 * where.size) > 0.4 * where.size:
        left = max(left, start)
    end = _own_edge([-line.x1 for line in lines], where.size)
    if end is not None and -end - left > 0.75 * (where.right - left):
        right = min(right, -end)
    return replace(where, left=left, right=right, pitch=pitch)


def _own_edge(values: Iterable[float], size: float) -> float | None:
    # the outermost place at which several lines of one page, and a fair part of them, stand
    ordered = sorted(values)
    for index, value in enumerate(ordered):
        count = bisect_right(ordered, value + 0.5 * size) - index
        if count >= 3 and count * 4 >= len(ordered):
            return value
    return None


def _pitch(lines: Sequence[Line], size: float) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 4 * size]
    return median(steps) if steps else 1.5 * size


def _edge(values: Iterable[float], near: float) -> float:
    # the outermost place at which a fair part of the lines stands
    ordered = sorted(values)
    enough = min(max(2, len(ordered) * 0.08), len(ordered))
    for index, value in enumerate(ordered):
        if bisect_right(ordered, value + near) - index >= enough:
            return value
    return ordered[0]


def goes_on(paragraph: Paragraph, page: int, below: Line, where: Area) -> bool:
    """Whether a line goes on with the paragraph above it."""
    line, above = paragraph.lines[-1], paragraph.where
    size = max(line.size, below.size)
    if abs(line.size - below.size) > 0.12 * size or line.size > LARGE * above.size:
        return False
    if page == paragraph.last_page and below.top - line.top > max(1.55 * where.pitch, 1.2 * size):
        return False
    if page != paragraph.last_page and line.bottom + SPARE * above.pitch < above.bottom:
        return False
    if LEADER.search(line.text):
        return False
    ended = line.text[-1] in STOPS
    numbered = NUMBERED.match(below.text) is not None
    if numbered and line.text[-1] in ENDS:
        return False
    inset, shift = below.x0 - where.left, line.x0 - above.left
    if len(paragraph.lines) == 1 and shift > SET_IN * size:
        return False  # a signature, a date
    room = above.right - line.x1
    full = not has_room(line, below, room)
    # where paragraphs are indented, a sentence without end goes on in a line that is not
    flush = where.indented and not ended and not numbered and inset < 0.5 * size
    if is_centered(line, above) and not (flush and full):
        return False
    if not full:
        # programs part lines by rules of their own, and may take some characters along
        return flush and room < TAKEN_ALONG * size
    if inset <= INDENT * size or (inset <= SET_IN * size and inset < shift - 0.5 * size):
        return True
    # the line below is indented: a new paragraph, but for a stretch that is set in as a whole or that hangs
    if abs(inset - shift) < 0.3 * size:
        return len(paragraph.lines) > 1 and not numbered
    hangs = shift <= SET_IN * size and inset - shift <= HANG * size
    return hangs and not ended and not numbered


def is_centered(line: Line, where: Area) -> bool:
    """As far from one margin as from the other, and well within both; two characters are an indent, not a center."""
    left, right = line.x0 - where.left, where.right - line.x1
    if abs(left - 2 * line.size) <= 0.3 * line.size and line.size <= LARGE * where.size:
        return False
    return min(left, right) > INDENT * line.size and abs(left - right) <= max(0.6 * line.size, 0.04 * (left + right))
