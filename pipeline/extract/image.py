"""A picture of paper (png, jpg, tiff, bmp) → blocks: each of its frames is a page that is recognized."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from ..model import Block, Loss, Ocr
from .flow import blocks
from .guard import refusal
from .scans import recognition, without_words
from .sheets import Sheet

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "MPO")
PIXELS = 80_000_000  # of one picture: a page of A3 at 600 dots an inch has 70 million
FRAMES = 300
SHORT, LONG = 595.0, 842.0  # points of A4: what a picture shows, as its size in pixels tells nothing
NEAR, FAR = 1500, 2500  # pixels of the shorter side between which a picture is read as it is


def read(path: str, data: bytes, ocr: Ocr = "auto") -> tuple[tuple[Block, ...], tuple[Loss, ...], int]:
    """The blocks of a picture. Raises Unreadable with one reason."""
    if ocr == "never":
        raise refusal(path, "no_text_layer")
    count = _frames(path, data)
    empty = [Sheet(number, SHORT, LONG, ()) for number in range(1, count + 1)]
    why = {one.number: "只有图像" for one in empty}
    sheets, silent, told = recognition(path, empty, why, lambda number: picture(path, data, number), ocr)
    made, found = blocks(sheets)
    if not any(block.kind in ("paragraph", "cell") and block.text.strip() for block in made):
        raise refusal(path, without_words(ocr))
    told += [Loss("page_without_text", why, f"第{number}页") for number, why in silent.items()]
    return made, (*told, *found), count


def picture(path: str, data: bytes, number: int) -> tuple[Any, float]:
    """One frame (from 1), upright, on white, blue-green-red, and its width in points. Raises Unreadable."""
    turned = opened(path, data, number)
    side = min(turned.size)
    factor = min(max(1.0, NEAR / side), 2.0) if side < NEAR else min(1.0, FAR / side)
    size = (max(round(turned.width * factor), 1), max(round(turned.height * factor), 1))
    made = turned.resize(size, Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(made)[:, :, ::-1]), SHORT if made.width <= made.height else LONG


def opened(path: str, data: bytes, number: int = 1) -> Image.Image:
    """One frame (from 1), upright, on white, red-green-blue, in its own size. Raises Unreadable."""
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data), formats=FORMATS) as image:
            warnings.simplefilter("ignore")
            image.seek(number - 1)
            if image.width * image.height > PIXELS:
                raise refusal(path, "page_too_full", "图像的像素多得不合常理")
            turned = ImageOps.exif_transpose(image)
            if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
                paper = Image.new("RGBA", turned.size, "white")
                turned = Image.alpha_composite(paper, turned.convert("RGBA"))
            return turned.convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise refusal(path, "damaged", "图像已损坏", "重新扫描，或重新取得文件") from None


def _frames(path: str, data: bytes) -> int:
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data), formats=FORMATS) as image:
            warnings.simplefilter("ignore")
            return min(getattr(image, "n_frames", 1), FRAMES) if image.format == "TIFF" else 1
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise refusal(path, "damaged", "图像已损坏", "重新扫描，或重新取得文件") from None
