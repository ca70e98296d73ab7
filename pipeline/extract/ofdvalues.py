"""The small values of OFD (GB/T 33190-2016, 7 and 8): numbers, matrices, steps, paths, colors, and what pages refer to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from lxml import etree

from .pagemaker import Matrix, luminance

DEPTH = 20  # of objects in objects, of parameters over parameters
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_STEP = re.compile(r"[SMLQBAC]|[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")

UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def name(element: etree._Element) -> str:
    """The local name of an element: the namespace has changed over the years, its words have not."""
    return str(element.tag).rpartition("}")[2]


def numbers(text: str | None) -> list[float]:
    """Every number of an attribute such as a box or a matrix."""
    return [value for word in _NUMBER.findall(text or "") if isfinite(value := float(word))]


def number(text: str | None, otherwise: float) -> float:
    """The first number of an attribute."""
    return next(iter(numbers(text)), otherwise)


def matrix(text: str | None) -> Matrix:
    """A CTM; the unit matrix for what is none."""
    values = numbers(text)
    if len(values) != 6:
        return UNIT
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def after(first: Matrix, then: Matrix) -> Matrix:
    """One matrix that does what both do, one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def steps(text: str | None, count: int) -> list[float]:
    """The steps of a DeltaX (11.3): "2.8 g 3 5.6" is one of 2.8, then three of 5.6; no more than `count`."""
    out: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(out) < count:
        if words[at] == "g" and at + 2 < len(words):
            again, step = number(words[at + 1], 0.0), number(words[at + 2], 0.0)
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
    """What pages refer to by ID: bold fonts, drawing parameters, composite graphics, the parts that hold pictures."""

    def __init__(self) -> None:
        self.bold: set[str] = set()
        self.params: dict[str, etree._Element] = {}
        self.composites: dict[str, etree._Element] = {}
        self.media: dict[str, str] = {}

    def add(self, root: etree._Element, part: str) -> None:
        """Take in one resource part, named so in the package."""
        folder = posixpath.join(posixpath.dirname(part), (root.get("BaseLoc") or "").replace("\\", "/"))
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
                elif kind == "MultiMedia":
                    file = next(((child.text or "").strip() for child in item if name(child) == "MediaFile"), "")
                    self.media[key] = posixpath.normpath(posixpath.join(folder, file)).lstrip("/")

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
        parts = [int(word[1:], 16) if word[0] == "#" else float(word) for word in (value or "").split()]
    except ValueError:
        return otherwise
    return luminance([min(max(part / 255, 0.0), 1.0) for part in parts]) if len(parts) in (1, 3, 4) else otherwise
