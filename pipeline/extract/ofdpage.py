"""The objects of one OFD page → Page: where each character and each ruling line stands (GB/T 33190-2016, 8 to 11)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, isfinite

from lxml import etree

from .lines import wide
from .pages import SLANTED, Glyph, Page, Rule
from .radicals import typed

GLYPHS, RULES, OBJECTS, DEPTH = 200_000, 40_000, 400_000, 20
THIN = 1.06  # millimeters; a filled box that thin is a line
ASCENT, DESCENT = 0.88, 0.12  # of an ideograph's em box
PALE, WHITE = 0.70, 0.97  # luminance
FAINT = 128  # Alpha, of 255: below it a reader takes words for a watermark
BOLD = 600  # Weight
THIN_BLANK = 0.22  # of the size: the air that a program sets between 年 and 2022, which nobody typed
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_STEP = re.compile(r"[SMLQBAC]|[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TooMuch(Exception):
    """A page holds more than any honest page; the argument says of what."""


def name(element: etree._Element) -> str:
    """The local name of an element: the namespace has changed over the years, its words have not."""
    return str(element.tag).rpartition("}")[2]


def numbers(text: str | None) -> list[float]:
    """Every number of an attribute such as a box or a matrix."""
    return [value for word in _NUMBER.findall(text or "") if isfinite(value := float(word))]


@dataclass(frozen=True, slots=True)
class Ink:
    """How objects are painted: luminance of fill and stroke, 0 black … 1 white."""

    fill: float = 0.0
    stroke: float = 0.0


class Resources:
    """What pages refer to by ID: bold fonts, drawing parameters, composite graphics."""

    def __init__(self) -> None:
        self.bold: set[str] = set()
        self.params: dict[str, etree._Element] = {}
        self.composites: dict[str, etree._Element] = {}

    def add(self, root: etree._Element) -> None:
        """Take in one resource part."""
        for group in root:
            for item in group:
                key = item.get("ID") or ""
                kind = name(item)
                if kind == "Font":
                    said = (item.get("FontName") or "").lower()
                    if item.get("Bold") == "true" or "bold" in said or "heavy" in said or "black" in said:
                        self.bold.add(key)
                elif kind == "DrawParam":
                    self.params[key] = item
                elif kind == "CompositeGraphicUnit":
                    self.composites[key] = item

    def ink(self, key: str | None, under: Ink = Ink()) -> Ink:
        """The colors of a set of drawing parameters, over those that it relates to."""
        chain: list[etree._Element] = []
        while key and key in self.params and len(chain) < DEPTH:
            chain.append(self.params[key])
            key = chain[-1].get("Relative")
        for item in reversed(chain):
            under = _inked(item, under)
        return under


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
        self.pictures = 0.0
        self.shapes = self.objects = 0

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
            own = _inked(item, self.resources.ink(item.get("DrawParam"), ink))
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
        hidden = item.get("Visible") == "false" or light >= WHITE or alpha == 0
        pale = not hidden and (light >= PALE or alpha < FAINT)
        turn = _turn(at[0], at[1])
        grown = size * hypot(at[2], at[3]) * self.scale
        for char, x, y, move in _placed_chars(item, size, stretch):
            wide_ = size * stretch * (1.0 if wide(char) else 0.5)
            if 0 < move < wide_:
                wide_ = move
            box = self._bounds(at, x, y - ASCENT * size, x + wide_, y + DESCENT * size)
            if len(self.glyphs) >= GLYPHS:
                raise TooMuch("glyphs")
            off = not (-1 <= (box[0] + box[2]) / 2 <= self.box[2] * self.scale + 1)
            off = off or not (-1 <= (box[1] + box[3]) / 2 <= self.box[3] * self.scale + 1)
            self.glyphs.append(Glyph(typed(char), *box, grown, bold, turn, pale, hidden or off))

    def _path(self, item: etree._Element, at: Matrix, ink: Ink) -> None:
        stroke, fill = item.get("Stroke") != "false", item.get("Fill") == "true"
        light = min(ink.stroke if stroke else 1.0, ink.fill if fill else 1.0)
        if light >= WHITE or item.get("Visible") == "false":
            return
        data = next((child.text or "" for child in item if name(child) == "AbbreviatedData"), "")
        for points, straight in _subpaths(data):
            if len(self.rules) > RULES or self.shapes > OBJECTS:
                raise TooMuch("rules")
            seen = [_moved(at, x, y) for x, y in points]
            xs, ys = [x for x, _ in seen], [y for _, y in seen]
            x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
            if min(x1 - x0, bottom - top) <= THIN:
                if max(x1 - x0, bottom - top) > 0:
                    self._rule(x0, top, x1, bottom)
            elif stroke and straight:
                for (ax, ay), (bx, by) in pairwise(seen):
                    if abs(ay - by) <= 0.2 or abs(ax - bx) <= 0.2:
                        self._rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            if not straight or len(points) > 5:
                self.shapes += 1

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
        x, y = _moved(base, box[0], box[1])
        seen_wide = min(x + box[2], self.box[2]) - max(x, 0.0)
        seen_tall = min(y + box[3], self.box[3]) - max(y, 0.0)
        if seen_wide > 0 < seen_tall:
            self.pictures += seen_wide * seen_tall / (self.box[2] * self.box[3])

    def _bounds(self, at: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        corners = [_moved(at, x, y) for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))]
        xs, ys = [x * self.scale for x, _ in corners], [y * self.scale for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def _placed(item: etree._Element, base: Matrix) -> Matrix:
    # an object counts from the corner of its boundary, after its own matrix (8.5)
    box = numbers(item.get("Boundary"))
    a, b, c, d, e, f = _matrix(item.get("CTM"))
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


def _matrix(text: str | None) -> Matrix:
    values = numbers(text)
    return (*values,) if len(values) == 6 else UNIT  # type: ignore[return-value]


def _moved(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _turn(a: float, b: float) -> int:
    # the reading direction (a, b), y downwards → degrees clockwise
    length = hypot(a, b) or 1.0
    a, b = a / length, b / length
    for turn, x, y in ((0, 1, 0), (90, 0, 1), (180, -1, 0), (270, 0, -1)):
        if abs(a - x) < 0.06 and abs(b - y) < 0.06:
            return turn
    return SLANTED


def _placed_chars(item: etree._Element, size: float, stretch: float) -> Iterator[tuple[str, float, float, float]]:
    # (character, x, y of its foot, way to the next one, 0 where none is told) of every TextCode (11.3)
    x = y = 0.0
    for code in item:
        if name(code) != "TextCode":
            continue
        text = (code.text or "").strip("\r\n")
        x = next(iter(numbers(code.get("X"))), x)
        y = next(iter(numbers(code.get("Y"))), y)
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        if item.get("ReadDirection") in ("90", "270") and not down and across:
            across, down = down, across
        pen_x, pen_y = x, y
        for n, char in enumerate(text):
            natural = size * stretch * (1.0 if wide(char) else 0.5)
            right = across[n] if n < len(across) else 0.0 if down else natural
            if not (char == " " and 0 < right < THIN_BLANK * size and _beside_ideograph(text, n)):
                yield char, pen_x, pen_y, right if n < len(across) else 0.0
            pen_x += right
            pen_y += down[n] if n < len(down) else 0.0


def _beside_ideograph(text: str, n: int) -> bool:
    return any(wide(char) for char in text[max(n - 1, 0) : n] + text[n + 1 : n + 2])


def _steps(text: str | None, count: int) -> list[float]:
    # "2.8 g 3 5.6": one step of 2.8, then three of 5.6; no more than the characters need
    out: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(out) < count:
        if words[at] == "g" and at + 2 < len(words):
            again = next(iter(numbers(words[at + 1])), 0.0)
            step = next(iter(numbers(words[at + 2])), 0.0)
            out += [step] * int(min(max(again, 0.0), count - len(out)))
            at += 3
        else:
            out += numbers(words[at])[:1]
            at += 1
    return out


def _subpaths(data: str) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    # (points, only straight strokes) of each subpath; of a curve its last point stands for it (9.2)
    points: list[tuple[float, float]] = []
    straight, step = True, ""
    held: list[float] = []
    wanted = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
    for word in _STEP.findall(data):
        if word in wanted:
            step, held = word, []
            if word == "C" and points:
                points.append(points[0])
            continue
        held.append(float(word))
        if not step or len(held) < wanted[step]:
            continue
        point = (held[-2], held[-1])
        held = []
        if step in "SM":
            if len(points) > 1:
                yield points, straight
            points, straight = [point], True
        else:
            points.append(point)
            straight = straight and step == "L"
    if len(points) > 1:
        yield points, straight


def _inked(item: etree._Element, under: Ink) -> Ink:
    fill, stroke = under.fill, under.stroke
    for child in item:
        if name(child) == "FillColor":
            fill = _luminance(child.get("Value"), fill)
        elif name(child) == "StrokeColor":
            stroke = _luminance(child.get("Value"), stroke)
    return Ink(fill, stroke)


def _luminance(value: str | None, otherwise: float) -> float:
    # 0 … 255 a channel, in decimal or as #FF: gray, red green blue, or cyan magenta yellow black (8.3.2)
    try:
        parts = [int(w[1:], 16) if w[0] == "#" else float(w) for w in (value or "").split()]
    except ValueError:
        return otherwise
    levels = [min(max(part / 255, 0.0), 1.0) for part in parts]
    if len(levels) == 1:
        return levels[0]
    if len(levels) == 3:
        return 0.299 * levels[0] + 0.587 * levels[1] + 0.114 * levels[2]
    if len(levels) == 4:
        c, m, y, k = levels
        return (1 - min(1, c + k)) * 0.299 + (1 - min(1, m + k)) * 0.587 + (1 - min(1, y + k)) * 0.114
    return otherwise
