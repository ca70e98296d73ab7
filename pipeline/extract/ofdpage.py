"""The objects of one OFD page → Page: where each character and each ruling line stands (GB/T 33190-2016, 8 to 11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import hypot

from lxml import etree

from .lines import wide
from .ofdvalues import DEPTH, Ink, Matrix, Resources, inked, matrix, moved, name, numbers, steps, subpaths, turn
from .pages import Glyph, Page, Rule
from .radicals import typed

GLYPHS, RULES, OBJECTS = 200_000, 40_000, 400_000
THIN = 1.06  # millimeters; a filled box that thin is a line
ASCENT, DESCENT = 0.88, 0.12  # of an ideograph's em box
DARK, PALE, WHITE = 0.60, 0.70, 0.97  # luminance
UNKNOWN = "\ufffd"
FAINT = 128  # Alpha, of 255: below it a reader takes words for a watermark
BOLD = 600  # Weight
THIN_BLANK = 0.22  # of the size: the air that a program sets between 年 and 2022, which nobody typed


class TooMuch(Exception):
    """A page holds more than any honest page; the argument says of what."""


class Draw:
    """One page to be drawn. box: x, y, width, height of the paper in the file's unit; scale: points of one unit."""

    def __init__(
        self,
        resources: Resources,
        box: tuple[float, float, float, float],
        scale: float,
        contents: Iterable[etree._Element],
    ) -> None:
        self.resources, self.box, self.scale, self.contents = resources, box, scale, tuple(contents)
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.dark: list[tuple[float, float, float, float]] = []  # boxes on which white words are seen
        self.pictures = 0.0
        self.shapes = self.objects = self.unknown = 0

    def page(self, number: int) -> Page:
        """The page with all its objects. Raises TooMuch."""
        left, top, wide_, tall = self.box
        base = (1.0, 0.0, 0.0, 1.0, -left, -top)
        for content in self.contents:
            for layer in content:
                ink = self.resources.ink(layer.get("DrawParam"))
                self._objects(layer, base, ink, DEPTH)
        return Page(
            number,
            wide_ * self.scale,
            tall * self.scale,
            tuple(self.glyphs),
            tuple(self.rules),
            min(self.pictures, 1.0),
            self.shapes,
            self.unknown,
        )

    def _objects(self, parent: etree._Element, base: Matrix, ink: Ink, depth: int) -> None:
        for item in parent:
            self.objects += 1
            if self.objects > OBJECTS or depth <= 0:
                raise TooMuch("objects")
            kind = name(item)
            if kind in ("PageBlock", "Layer"):
                self._objects(item, base, ink, depth - 1)
                continue
            if kind not in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                continue
            own = inked(item, self.resources.ink(item.get("DrawParam"), ink))
            at = _placed(item, base)
            if kind == "TextObject":
                self._words(item, at, own)
            elif kind == "PathObject":
                self._path(item, at, own)
            elif kind == "ImageObject":
                self._picture(item, base)
            elif (unit := self.resources.composites.get(item.get("ResourceID") or "")) is not None:
                for content in unit:
                    if name(content) == "Content":
                        self._objects(content, at, own, depth - 1)

    def _words(self, item: etree._Element, at: Matrix, ink: Ink) -> None:
        size = next(iter(numbers(item.get("Size"))), 0.0)
        if size <= 0:
            return
        stretch = next(iter(numbers(item.get("HScale"))), 1.0) or 1.0
        weight = next(iter(numbers(item.get("Weight"))), 400)
        bold = weight >= BOLD or (item.get("Font") or "") in self.resources.bold or item.get("Stroke") == "true"
        alpha = next(iter(numbers(item.get("Alpha"))), 255)
        light = ink.fill if item.get("Fill") != "false" else ink.stroke
        unseen, white = item.get("Visible") == "false" or alpha == 0, light >= WHITE
        pale = not white and (light >= PALE or alpha < FAINT)
        turned = turn(at[0], at[1])
        grown = size * hypot(at[2], at[3]) * self.scale
        for char, x, y, room in _placed_chars(item, size, stretch):
            box = self._bounds(at, x, y - ASCENT * size, x + room, y + DESCENT * size)
            if len(self.glyphs) >= GLYPHS:
                raise TooMuch("glyphs")
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            off = not (
                -1 <= middle[0] <= self.box[2] * self.scale + 1 and -1 <= middle[1] <= self.box[3] * self.scale + 1
            )
            hidden = unseen or off or (white and not self._on_dark(*middle))
            self.unknown += char == UNKNOWN
            self.glyphs.append(Glyph(typed(char), *box, grown, bold, turned, pale, hidden))

    def _path(self, item: etree._Element, at: Matrix, ink: Ink) -> None:
        stroke, fill = item.get("Stroke") != "false", item.get("Fill") == "true"
        light = min(ink.stroke if stroke else 1.0, ink.fill if fill else 1.0)
        if light >= WHITE or item.get("Visible") == "false":
            return
        data = next((child.text or "" for child in item if name(child) == "AbbreviatedData"), "")
        for points, straight in subpaths(data):
            if len(self.rules) > RULES or self.shapes > OBJECTS:
                raise TooMuch("rules")
            seen = [moved(at, x, y) for x, y in points]
            xs, ys = [x for x, _ in seen], [y for _, y in seen]
            x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
            if min(x1 - x0, bottom - top) <= THIN:
                if max(x1 - x0, bottom - top) > 0:
                    self._rule(x0, top, x1, bottom)
                continue
            if stroke and straight:
                for (ax, ay), (bx, by) in pairwise(seen):
                    if abs(ay - by) <= 0.2 or abs(ax - bx) <= 0.2:
                        self._rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            if fill and straight and ink.fill < DARK:
                box = tuple(value * self.scale for value in (x0, top, x1, bottom))
                self.dark = [*self.dark[-199:], (box[0], box[1], box[2], box[3])]
            if not straight or len(points) > 5:
                self.shapes += 1

    def _on_dark(self, x: float, y: float) -> bool:
        return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in self.dark)

    def _rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        x0, top, x1, bottom = (value * self.scale for value in (x0, top, x1, bottom))
        if x1 - x0 >= bottom - top:
            y = (top + bottom) / 2
            self.rules.append(Rule(x0, y, x1, y))
        else:
            x = (x0 + x1) / 2
            self.rules.append(Rule(x, top, x, bottom))

    def _picture(self, item: etree._Element, base: Matrix) -> None:
        box = numbers(item.get("Boundary"))
        if len(box) != 4 or item.get("Visible") == "false":
            return
        x, y = moved(base, box[0], box[1])
        seen_wide = min(x + box[2], self.box[2]) - max(x, 0.0)
        seen_tall = min(y + box[3], self.box[3]) - max(y, 0.0)
        if seen_wide > 0 < seen_tall:
            self.pictures += seen_wide * seen_tall / (self.box[2] * self.box[3])

    def _bounds(self, at: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        corners = [moved(at, x, y) for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))]
        xs, ys = [x * self.scale for x, _ in corners], [y * self.scale for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def _placed(item: etree._Element, base: Matrix) -> Matrix:
    # an object counts from the corner of its boundary, after its own matrix (8.5)
    box = numbers(item.get("Boundary"))
    a, b, c, d, e, f = matrix(item.get("CTM"))
    x, y = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    e, f = e + x, f + y
    (p, q, r, s, t, u) = base
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _placed_chars(item: etree._Element, size: float, stretch: float) -> Iterator[tuple[str, float, float, float]]:
    # (character, x, y of its foot, its width) of every TextCode (11.3)
    x = y = 0.0
    for code in item:
        if name(code) != "TextCode":
            continue
        text = (code.text or "").strip("\r\n")
        x = next(iter(numbers(code.get("X"))), x)
        y = next(iter(numbers(code.get("Y"))), y)
        across, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
        if item.get("ReadDirection") in ("90", "270") and not down and across:
            across, down = down, across
        pen_x, pen_y = x, y
        pitch = bool(across) and max(across) - min(across) < 0.01 * size  # every character has the same room
        for n, char in enumerate(text):
            natural = size * stretch * (1.0 if wide(char) else 0.5)
            right = across[n] if n < len(across) else 0.0 if down else natural
            room = size * stretch if pitch else natural
            if not (char == " " and 0 < right < THIN_BLANK * size and _beside_ideograph(text, n)):
                yield char, pen_x, pen_y, right if 0 < right < room else room if right > 0 else natural
            pen_x += right
            pen_y += down[n] if n < len(down) else 0.0


def _beside_ideograph(text: str, n: int) -> bool:
    return any(wide(char) for char in text[max(n - 1, 0) : n] + text[n + 1 : n + 2])
