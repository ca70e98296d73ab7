"""The picture of a page set straight, and the ruling lines found in it: long dark strokes, bridged where they are broken.

Boxes are x0, y0, x1, y1 in pixels; strokes are at, low, high: where a line stands, and from where to where it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
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
CORE = 18.0  # what is dark without a break that far is part of a line, not of a character
GAP = 6.0  # of a broken line
LONG = 40.0  # longer than a stroke of any character; shorter ones are lines where they end at longer ones
REACH = 4.0
THICK = 5.0  # a darker bar is no line
DASH = 8.0


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
    masks = [_mask(dark, scale, level) for level in (True, False)]
    level, upright = _strokes(masks[0], scale), [(x, a, b) for x, a, b in _strokes(masks[1].T, scale)]
    kept = Rulings(_kept(level, upright, scale), _kept(upright, level, scale))
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


def _mask(dark: Any, scale: float, level: bool) -> Any:
    # a hair of slant and a break of a pixel are bridged before, longer breaks after
    thick = cv2.dilate(dark, _kernel(3, not level))
    core = cv2.morphologyEx(
        cv2.morphologyEx(thick, cv2.MORPH_CLOSE, _kernel(3, level)), cv2.MORPH_OPEN, _kernel(CORE * scale, level)
    )
    return cv2.morphologyEx(core, cv2.MORPH_CLOSE, _kernel(GAP * scale, level))


def _strokes(mask: Any, scale: float) -> list[Stroke]:
    # level ones; the upright ones of the mask turned over
    count, _, stats, centers = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask), connectivity=8)
    out = []
    for index in range(1, count):
        left, _, wide, tall, area = (int(n) for n in stats[index])
        if area / wide <= THICK * scale and wide >= 2 * tall:
            out.append((float(centers[index][1]), float(left), float(left + wide)))
    return out


def _kept(strokes: Sequence[Stroke], others: Sequence[Stroke], scale: float) -> tuple[Stroke, ...]:
    long = [s for s in others if s[2] - s[1] >= LONG * scale]
    reach = REACH * scale

    def ends_at(end: float, at: float) -> bool:
        return any(abs(o - end) <= reach and low - reach <= at <= high + reach for o, low, high in long)

    return tuple(
        (at, low, high)
        for at, low, high in strokes
        if high - low >= LONG * scale or (ends_at(low, at) and ends_at(high, at))
    )


def _wipe(picture: Any, mask: Any, box: Box) -> None:
    x0, y0, x1, y1 = (max(n, 0) for n in box)
    part = picture[y0:y1, x0:x1]
    part[mask[y0:y1, x0:x1] > 0] = 255
