"""One page of an OFD → its picture: the pictures that lie on it, each where it lies; words and lines are not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image as Picture

from ..errors import Unreadable
from .guard import Package
from .image import opened
from .pages import Image
from .pdfpicture import DPI, MOST


def drawn(package: Package, images: Sequence[Image], width: float, height: float) -> tuple[Any, float]:
    """uint8[height, width, 3] of a page, blue-green-red, and its width in points; white where nothing can be drawn.

    images          from below to above
    width, height   of the page, points
    raises          Unreadable for a part that is beyond the limits
    """
    scale = min(DPI / 72, MOST / max(width, height, 1.0))
    paper = Picture.new("RGB", (max(round(width * scale), 1), max(round(height * scale), 1)), "white")
    for image in images:
        data = package.part(image.part)
        try:
            picture = opened(package.name, data) if data else None
        except Unreadable:  # of a kind that is not known here: the page is told as one without words
            picture = None
        if picture is not None:
            _lay(paper, picture, [value * scale for value in image.matrix])
    return np.ascontiguousarray(np.asarray(paper)[:, :, ::-1]), width


def _lay(paper: Any, picture: Any, matrix: Sequence[float]) -> None:
    a, b, c, d, e, f = matrix
    level = max(abs(b), abs(c)) <= 0.001 * max(abs(a), abs(d))
    if level and 1 <= a <= 4 * paper.width and 1 <= d <= 4 * paper.height:
        size = (max(round(a), 1), max(round(d), 1))
        paper.paste(picture.resize(size, Picture.Resampling.LANCZOS), (round(e), round(f)))
        return
    area = a * d - b * c
    if abs(area) < 1:
        return
    # from a pixel of the paper back to one of the picture
    wide, tall = picture.width / area, picture.height / area
    back = (d * wide, -c * wide, (c * f - d * e) * wide, -b * tall, a * tall, (b * e - a * f) * tall)
    whole = Picture.new("L", picture.size, 255)
    turned = picture.transform(paper.size, Picture.Transform.AFFINE, back, Picture.Resampling.BICUBIC)
    paper.paste(turned, (0, 0), whole.transform(paper.size, Picture.Transform.AFFINE, back))
