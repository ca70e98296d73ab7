"""The small values of OFD (GB/T 33190-2016, 7 and 8): numbers, matrices, steps, paths, colors, and what pages refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot, isfinite

from lxml import etree

from .pages import SLANTED

DEPTH = 20  # of objects in objects, of parameters over parameters
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_STEP = re.compile(r"[SMLQBAC]|[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def name(element: etree._Element) -> str:
    """The local name of an element: the namespace has changed over the years, its words have not."""
    return str(element.tag).rpartition("}")[2]


def numbers(text: str | None) -> list[float]:
    """Every number of an attribute such as a box or a matrix."""
    return [value for word in _NUMBER.findall(text or "") if isfinite(value := float(word))]


def matrix(text: str | None) -> Matrix:
    """A CTM; the unit matrix for what is none."""
    values = numbers(text)
    return (*values,) if len(values) == 6 else UNIT  # type: ignore[return-value]


def moved(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point through a matrix."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def turn(a: float, b: float) -> int:
    """The reading direction (a, b), y downwards, as degrees clockwise: 0, 90, 180, 270 or SLANTED."""
    length = hypot(a, b) or 1.0
    a, b = a / length, b / length
    for degrees, x, y in ((0, 1, 0), (90, 0, 1), (180, -1, 0), (270, 0, -1)):
        if abs(a - x) < 0.06 and abs(b - y) < 0.06:
            return degrees
    return SLANTED


def steps(text: str | None, count: int) -> list[float]:
    """The steps of a DeltaX (11.3): "2.8 g 3 5.6" is one of 2.8, then three of 5.6; no more than `count`."""
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


def subpaths(data: str) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """(points, only straight strokes) of each subpath (9.2); of a curve its last point stands for it."""
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
            under = inked(item, under)
        return under


def inked(item: etree._Element, under: Ink) -> Ink:
    """The colors that an object gives itself, over those it lies on."""
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
