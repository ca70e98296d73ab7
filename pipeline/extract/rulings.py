"""The picture of a page set straight, and the ruling lines found in it: long dark strokes, bridged where they are broken.

Boxes are x0, y0, x1, y1 in pixels; strokes are at, low, high: where a line stands, and from where to where it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import cv2
import numpy as np

Box = tuple[int, int, int, int]
Stroke = tuple[float, float, float]

LEAST_SKEW, MOST_SKEW = 0.1, 10.0  # degrees
FLAT = 5  # times as wide as high: a box whose angle can be told
# points
CORE = 24.0  # dark without a break that far: longer than a stroke of most characters
SHORT = 11.0  # what may be a short line
GAP = 6.0  # of a broken line
LONG = 40.0  # longer than a stroke of any character; shorter ones are lines where they end at longer ones
REACH = 0.9  # how near to a line a short one ends: strokes of characters in a low row end nearly there
SAME = 0.7  # short ones stand in line with a long one
OVER = 2.5  # a line may run past the one it ends at: that one is thick
FULL = 0.94  # of a low row: how much of an upright line there must be dark
THICK = 5.0  # a darker bar is no line


@dataclass(frozen=True, slots=True)
class Rulings:
    """The lines of one picture: level ones (at = y) and upright ones (at = x), pixels."""

    level: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]


def skew(quads: Sequence[Any]) -> float:
    """Degrees by which the lines of words fall to the right; 0.0 for less than can be told.

    quads   corners of boxes around lines, float[4, 2], clockwise from the top left
    """
    angles = [
        float(np.degrees(np.arctan2(b[1] - a[1], b[0] - a[0])))
        for a, b, _, d in quads
        if np.hypot(*(b - a)) > FLAT * np.hypot(*(d - a))
    ]
    angle = median(angles) if len(angles) > 2 else 0.0
    return angle if LEAST_SKEW <= abs(angle) <= MOST_SKEW else 0.0


def straightened(picture: Any, quads: Sequence[Any], angle: float) -> tuple[Any, list[Any]]:
    """The picture turned back by an angle about its middle, and the boxes with it."""
    tall, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, tall / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, matrix, (wide, tall), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return turned, [np.asarray(quad) @ matrix[:, :2].T + matrix[:, 2] for quad in quads]


def rulings(picture: Any, scale: float) -> tuple[Rulings, Any]:
    """The lines of a straight picture, and the picture without them.

    scale   pixels of a point
    """
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    around = max(3, int(12 * scale) | 1)
    dark = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, 12)
    level_mask, upright_mask = _mask(dark, scale, CORE, True), _mask(dark, scale, CORE, False)
    level, upright = _long(_strokes(level_mask, scale), scale), _long(_strokes(upright_mask.T, scale), scale)
    upright = tuple(_solid(upright, level, dark, scale))
    short_level, short_upright = _mask(dark, scale, SHORT, True), _mask(dark, scale, SHORT, False)
    more = _ended(_strokes(short_level, scale), level, upright, scale)
    kept = Rulings((*level, *more), (*upright, *_ended(_strokes(short_upright.T, scale), upright, level, scale)))
    masks = [level_mask | short_level, upright_mask | short_upright]
    clean = picture.copy()
    half = round(1.2 * scale)
    for at, low, high in kept.level:
        _wipe(clean, masks[0], (int(low), int(at) - half, int(high) + 1, int(at) + half + 1))
    for at, low, high in kept.upright:
        _wipe(clean, masks[1], (int(at) - half, int(low), int(at) + half + 1, int(high) + 1))
    return kept, clean


def cut(box: Box, lines: Rulings, least: int) -> list[Box]:
    """A box cut where ruling lines cross it, so that each piece lies in one cell; pieces below `least` pixels are none."""
    x0, y0, x1, y1 = box
    pieces = []
    heights = [at for at, low, high in lines.level if low - least < (x0 + x1) / 2 < high + least]
    for top, bottom in _parts(y0, y1, heights, least):
        middle = (top + bottom) / 2
        places = [at for at, low, high in lines.upright if low < middle < high]
        pieces += [(left, top, right, bottom) for left, right in _parts(x0, x1, places, least)]
    return pieces


def _parts(low: int, high: int, places: Sequence[float], least: int) -> list[tuple[int, int]]:
    edges = [low, *(round(p) for p in sorted(places) if low < p < high), high]
    return [(a, b) for a, b in pairwise(edges) if b - a >= least]


def _kernel(length: float, level: bool) -> Any:
    size = (max(int(length), 1), 1)
    return cv2.getStructuringElement(cv2.MORPH_RECT, size if level else size[::-1])


def _mask(dark: Any, scale: float, core: float, level: bool) -> Any:
    # a hair of slant and a break of a pixel are bridged before; breaks of what is surely a line after
    thick = cv2.morphologyEx(cv2.dilate(dark, _kernel(3, not level)), cv2.MORPH_CLOSE, _kernel(3, level))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _kernel(core * scale, level))
    return opened if core < CORE else cv2.morphologyEx(opened, cv2.MORPH_CLOSE, _kernel(GAP * scale, level))


def _strokes(mask: Any, scale: float) -> list[Stroke]:
    # level ones; the upright ones of the mask turned over
    count, _, stats, centers = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask), connectivity=8)
    out = []
    for index in range(1, count):
        left, _, wide, tall, area = (int(n) for n in stats[index])
        if area / wide <= THICK * scale and wide >= 2 * tall:
            out.append((float(centers[index][1]), float(left), float(left + wide)))
    return out


def _long(strokes: Sequence[Stroke], scale: float) -> tuple[Stroke, ...]:
    return tuple(one for one in strokes if one[2] - one[1] >= LONG * scale)


def _solid(strokes: Sequence[Stroke], across: Sequence[Stroke], dark: Any, scale: float) -> Iterator[Stroke]:
    # a character in a low row may stand in line with a column: there an upright line must be dark from line to line
    for at, low, high in strokes:
        met = [o for o, a, b in across if a - scale <= at <= b + scale and low + scale < o < high - scale]
        edges = [low, *sorted(met), high]
        start = low
        for top, bottom in pairwise(edges):
            strip = dark[round(top) : round(bottom), max(round(at) - 2, 0) : round(at) + 3]
            if bottom - top < CORE * scale and strip.size and float((strip > 0).any(axis=1).mean()) < FULL:
                if top - start > scale:
                    yield at, start, top
                start = bottom
        if high - start > scale:
            yield at, start, high


def _ended(
    strokes: Sequence[Stroke], beside: Sequence[Stroke], across: Sequence[Stroke], scale: float
) -> Iterator[Stroke]:
    # a short one is a line where it ends at lines on both sides and stands in line with a long one: strokes of large
    # characters in a low row may do the first
    reach, over = REACH * scale, OVER * scale

    def ends_at(end: float, at: float, past: int) -> bool:
        return any(-reach <= past * (end - o) <= over and a - over <= at <= b + over for o, a, b in across)

    for at, low, high in strokes:
        if any(abs(at - one[0]) <= SAME * scale for one in beside) and ends_at(low, at, -1) and ends_at(high, at, 1):
            yield at, low, high


def _wipe(picture: Any, mask: Any, box: Box) -> None:
    x0, y0, x1, y1 = (max(n, 0) for n in box)
    part = picture[y0:y1, x0:x1]
    part[mask[y0:y1, x0:x1] > 0] = 255
