"""The picture of a page → Page: words recognized on this machine, ruling lines found in the picture.

Recognition tells the characters of a piece and the middle of each; the glyph boxes are made from those.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from .ocrengine import Word, give_back, places, words
from .ocrmarks import fullwidth, wide
from .pages import Glyph, Page, Rule
from .rulings import Box, cut, rulings, skew, straightened

LEAST = 4.0  # points: a smaller piece holds no word
EM = 0.85  # of the height of a box: the size of characters that do not tell it by their distance
EVEN = (0.6, 1.4)  # of the height of a box: the distance of characters that are not spaced out
ALIKE = 0.08  # sizes that near are one
# the ink of these stands in the left, of those in the right part of their em box
LEFT, RIGHT = set("，。、；：！？）》”’】〕」』〉"), set("（《“‘【〔「『〈")


def recognized(picture: Any, width: float, number: int) -> Page:
    """The page that a picture shows, set straight.

    picture   uint8[height, width, 3]
    width     of the page, points
    """
    scale = picture.shape[1] / width
    quads = places(picture, scale)
    if quads and _lying(quads):
        width *= picture.shape[0] / picture.shape[1]
        picture = np.ascontiguousarray(np.rot90(picture))
        quads = places(picture, scale)
    angle = skew(quads)
    if angle:
        picture, quads = straightened(picture, quads, angle)
    lines, clean = rulings(picture, scale)
    del picture
    boxes = [piece for quad in quads for piece in cut(_around(quad, clean.shape), lines, round(LEAST * scale))]
    read = [(box, word) for box, word in zip(boxes, words(clean, boxes), strict=True) if word is not None]
    give_back()
    sizes = _sizes(read)
    glyphs = [g for (box, word), size in zip(read, sizes, strict=True) for g in _glyphs(box, word, size)]
    return Page(
        *(number, width, clean.shape[0] / scale),
        tuple(
            g._replace(
                x0=g.x0 / scale, top=g.top / scale, x1=g.x1 / scale, bottom=g.bottom / scale, size=g.size / scale
            )
            for g in glyphs
        ),
        (
            *(Rule(low / scale, at / scale, high / scale, at / scale) for at, low, high in lines.level),
            *(Rule(at / scale, low / scale, at / scale, high / scale) for at, low, high in lines.upright),
        ),
        pictures=1.0,
        recognized=True,
    )


def _lying(quads: Sequence[Any]) -> bool:
    tall = sum(1 for q in quads if np.ptp(np.asarray(q)[:, 1]) > 1.5 * np.ptp(np.asarray(q)[:, 0]))
    return tall * 2 > len(quads)


def _around(quad: Any, shape: Sequence[int]) -> Box:
    low, high = np.asarray(quad).min(0), np.asarray(quad).max(0)
    return (
        max(int(low[0]), 0),
        max(int(low[1]), 0),
        min(int(high[0]) + 1, shape[1]),
        min(int(high[1]) + 1, shape[0]),
    )


def _pitch(box: Box, word: Word) -> float:
    # ideographs stand one size apart; 0.0 where too few tell it, or where they are spaced out
    steps = [
        (b - a) * (box[2] - box[0])
        for (c, a), (d, b) in pairwise(zip(word.text, word.columns, strict=True))
        if c.isalpha() and d.isalpha() and wide(c) and wide(d)
    ]
    pitch = median(steps) if len(steps) > 3 else 0.0
    return pitch if EVEN[0] < pitch / (box[3] - box[1]) < EVEN[1] else 0.0


def _sizes(read: Sequence[tuple[Box, Word]]) -> list[float]:
    # what is nearly the same is the same, and what does not tell its size has the nearest one of the page
    groups: list[list[float]] = []
    for pitch in sorted(pitch for box, word in read if (pitch := _pitch(box, word))):
        if groups and pitch <= median(groups[-1]) * (1 + ALIKE):
            groups[-1].append(pitch)
        else:
            groups.append([pitch])
    known = [median(group) for group in groups]
    out = []
    for box, word in read:
        own = _pitch(box, word)
        size = own or EM * (box[3] - box[1])
        near = [(abs(at - size) / size, at) for at in known]
        out.append(min(near)[1] if near and min(near)[0] < (ALIKE if own else 3 * ALIKE) else size)
    return out


def _glyphs(box: Box, word: Word, size: float) -> list[Glyph]:
    text = fullwidth(word.text)
    x0, top, x1, bottom = box
    middle = (top + bottom) / 2
    centers = []
    for char, column in zip(text, word.columns, strict=True):
        shift = 0.25 if char in LEFT else -0.25 if char in RIGHT else 0.0
        centers.append(x0 + column * (x1 - x0) + shift * size)
    out = []
    for i, char in enumerate(text):
        half = size / 2 if wide(char) else size / 4
        left, right = centers[i] - half, centers[i] + half
        if i:
            left = max(left, (centers[i - 1] + centers[i]) / 2)
        if i + 1 < len(text):
            right = min(right, (centers[i] + centers[i + 1]) / 2)
        left, right = max(left, float(x0)), min(right, float(x1))
        out.append(
            Glyph(char, left, middle - size / 2, max(right, left + 1), middle + size / 2, size, sure=word.sure[i])
        )
    return out
