"""Painting → Page: what a program paints (strings, paths, pictures) gathered as glyphs and ruling lines.

Coordinates come in as PDF and OFD have them: a matrix to the page, y upwards for PDF; they leave as points from the
top left corner of what is visible of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from .pages import SLANTED, Glyph, Page, Rule
from .radicals import typed

GLYPHS, RULES, SHAPES = 200_000, 20_000, 200_000
THIN = 3.0  # points; a filled box that thin is a line
ASCENT, DESCENT = 0.88, 0.12  # of an ideograph's em box
PALE, WHITE, DARK = 0.70, 0.97, 0.60  # luminance, 0 black … 1 white
UNKNOWN = "\ufffd"

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Bounds = tuple[float, float, float, float]


class TooMuch(Exception):
    """A file holds more than any honest file; `.what` says of what."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class PageMaker:
    """One page while it is painted.

    visible   x0, y0, x1, y1 of what is seen of the page, in the coordinates that the painting uses, y upwards
    """

    def __init__(self, number: int, visible: Bounds) -> None:
        self.number = number
        self.left, self.base = visible[:2]
        self.width, self.height = visible[2] - visible[0], visible[3] - visible[1]
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.dark: list[Bounds] = []
        self.pictures = 0.0
        self.shapes = self.unknown = 0
        self.remarks: list[str] = []

    def page(self) -> Page:
        """The page as painted so far; one with more lines than any table has is a drawing and keeps none."""
        rules = tuple(self.rules) if len(self.rules) <= RULES else ()
        return Page(
            *(self.number, self.width, self.height, tuple(self.glyphs), rules),
            pictures=min(self.pictures, 1.0),
            shapes=self.shapes + len(self.rules) - len(rules),
            unknown=self.unknown,
            remarks=tuple(self.remarks),
        )

    def glyph(
        self,
        text: str,
        matrix: Matrix,
        box: Bounds,
        size: float,
        *,
        bold: bool = False,
        light: float = 0.0,
        invisible: bool = False,
        aside: bool = False,
    ) -> None:
        """One glyph.

        matrix   from text space to the page
        box      the em box in text space; size: its height there
        light    luminance of the ink
        raises   TooMuch
        """
        if len(self.glyphs) >= GLYPHS:
            raise TooMuch("glyphs")
        text = shown(text)
        if text == UNKNOWN:
            self.unknown += 1
        a, b, c, d, e, f = matrix
        if b == 0 == c and a > 0 < d and size > 0:
            x0, x1 = e + a * box[0] - self.left, e + a * box[2] - self.left
            low, high = f + d * box[1] - self.base, f + d * box[3] - self.base
            size, turn = size * d, 0
            if x1 < x0:
                x0, x1 = x1, x0
        else:
            x0, low, x1, high = bounds(matrix, box)
            x0, x1, low, high = x0 - self.left, x1 - self.left, low - self.base, high - self.base
            sign = -1 if size < 0 else 1
            turn = _turn(a * sign, b * sign)
            size = abs(size) * hypot(c, d)
        if size <= 0:
            return
        x, y = (x0 + x1) / 2, (low + high) / 2
        off = not (-1 <= x <= self.width + 1 and -1 <= y <= self.height + 1)
        white = light >= WHITE and not self._on_dark(x, y)
        pale = PALE <= light < WHITE
        at = (x0, self.height - high, x1, self.height - low)
        self.glyphs.append(Glyph(text, *at, size, bold, turn, pale, invisible or white or off, aside))

    def row(
        self,
        chars: Sequence[tuple[str, float, float]],
        low: float,
        high: float,
        size: float,
        *,
        bold: bool,
        light: float,
        invisible: bool,
        aside: bool,
    ) -> None:
        """The glyphs of one string that stands upright; the same as `glyph` for each, at a third of the time.

        chars       (text, left, right) each, as `shown` gives the text; on the page
        low, high   of the em boxes; size: their height
        raises      TooMuch
        """
        if len(self.glyphs) + len(chars) > GLYPHS:
            raise TooMuch("glyphs")
        low, high, left, width = low - self.base, high - self.base, self.left, self.width
        y = (low + high) / 2
        above = invisible or not -1 <= y <= self.height + 1
        pale, white = PALE <= light < WHITE, light >= WHITE
        top, bottom = self.height - high, self.height - low
        for text, x0, x1 in chars:
            x0, x1 = x0 - left, x1 - left
            if x1 < x0:
                x0, x1 = x1, x0
            if text == UNKNOWN:
                self.unknown += 1
            x = (x0 + x1) / 2
            hidden = above or not -1 <= x <= width + 1 or (white and not self._on_dark(x, y))
            self.glyphs.append(Glyph(text, x0, top, x1, bottom, size, bold, 0, pale, hidden, aside))

    def _on_dark(self, x: float, y: float) -> bool:
        return any(m <= x <= n and o <= y <= p for m, o, n, p in self.dark)

    def path(self, points: Sequence[Point], straight: bool, stroke: float, fill: float) -> None:
        """One subpath, its points on the page.

        straight       without curves
        stroke, fill   luminance of the ink of the outline and of the inside; 1 for none
        """
        if self.shapes > SHAPES:
            raise TooMuch("shapes")
        if len(self.rules) > RULES:
            self.shapes += 1
            return
        xs, ys = [p[0] - self.left for p in points], [p[1] - self.base for p in points]
        x0, x1, low, high = min(xs), max(xs), min(ys), max(ys)
        wide, tall = x1 - x0, high - low
        if min(wide, tall) <= THIN:
            if min(stroke, fill) < WHITE and max(wide, tall) > 0:
                x, y = (x0 + x1) / 2, self.height - (low + high) / 2
                self.rules.append(
                    Rule(x0, y, x1, y) if wide >= tall else Rule(x, self.height - high, x, self.height - low)
                )
            return
        if straight and stroke < WHITE:
            for (ax, ay), (bx, by) in pairwise(zip(xs, ys, strict=True)):
                if abs(ay - by) <= 0.5:
                    self.rules.append(Rule(min(ax, bx), self.height - ay, max(ax, bx), self.height - ay))
                elif abs(ax - bx) <= 0.5:
                    self.rules.append(Rule(ax, self.height - max(ay, by), ax, self.height - min(ay, by)))
        if straight and fill < DARK and len(self.dark) < 200:
            self.dark.append((x0, low, x1, high))
        if not straight or len(points) > 5:
            self.shapes += 1

    def picture(self, at: Bounds) -> None:
        """One picture; bounds on the page."""
        wide = min(at[2] - self.left, self.width) - max(at[0] - self.left, 0)
        tall = min(at[3] - self.base, self.height) - max(at[1] - self.base, 0)
        if wide > 0 < tall:
            self.pictures += wide * tall / (self.width * self.height)


def shown(text: str) -> str:
    """The character that a reader sees, as typed; UNKNOWN for none."""
    return typed(text) if text and not text.startswith("(cid:") else UNKNOWN


def place(m: Matrix, x: float, y: float) -> Point:
    """A point moved by a matrix."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def bounds(m: Matrix, box: Bounds) -> Bounds:
    """The upright box around a box moved by a matrix."""
    xs, ys = zip(*(place(m, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def luminance(color: object, ink: bool = False) -> float:
    """0 black … 1 white of a grey, an RGB or a CMYK value, each part 0 … 1; 0 for anything else.

    ink   the one value is a tint of a named ink, not a grey
    """
    values = color if isinstance(color, (tuple, list)) else (color,)
    parts = [float(value) for value in values if isinstance(value, (int, float))]
    if len(parts) == 1:
        return 1.0 - parts[0] if ink else parts[0]
    if len(parts) == 4:
        parts = [1 - min(1.0, part + parts[3]) for part in parts[:3]]
    if len(parts) != 3:
        return 0.0
    return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]


def _turn(a: float, b: float) -> int:
    # the reading direction (a, b), y upwards → degrees clockwise
    length = hypot(a, b) or 1.0
    a, b = a / length, b / length
    for turn, x, y in ((0, 1, 0), (90, 0, -1), (180, -1, 0), (270, 0, 1)):
        if abs(a - x) < 0.06 and abs(b - y) < 0.06:
            return turn
    return SLANTED
