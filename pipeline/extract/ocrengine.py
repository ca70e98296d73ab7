"""rapidocr behind two verbs: where words stand, and what they say. Its models lie in its package; nothing is fetched.

Used: rapidocr 3.10, PP-OCRv6 small, on onnxruntime (config.yaml of the package names the parameters).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from functools import cache
from typing import Any, NamedTuple

import cv2

from .rulings import Box

DPI, SIDE = 110, 1600  # where words are looked for, and pixels of its longer side: memory goes with its square
THREADS = 4
BATCH = 12  # pieces read at a time
ARENAS, BY_PAGES = (-8, 2), (-3, 1 << 20)  # M_ARENA_MAX, M_MMAP_THRESHOLD: what is freed is given back
SURE = 0.5  # a piece less sure is a stain, a stamp, a drawing


class Word(NamedTuple):
    """The words of one piece.

    columns   of each character, the middle of its ink: 0 … 1 of the width of the piece
    sure      of each character, 0 … 1
    """

    text: str
    columns: tuple[float, ...]
    sure: tuple[float, ...]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    threads = min(THREADS, os.cpu_count() or 1)
    _memory("mallopt", *ARENAS)
    _memory("mallopt", *BY_PAGES)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": SIDE,
            "Det.limit_side_len": 32,
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Rec.rec_batch_num": 2,
        }
    )


def places(picture: Any, scale: float) -> list[Any]:
    """The corners of boxes around lines of words, float[4, 2] each, pixels, clockwise from the top left of the words.

    scale   pixels of a point
    """
    factor = min(DPI / 72 / scale, SIDE / max(picture.shape[:2]), 1.0)
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    found = _engine()(small, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else [box / factor for box in boxes]


def words(picture: Any, boxes: list[Box]) -> list[Word | None]:
    """What stands in each box; None for nothing that is sure enough."""
    engine = _engine()
    out: list[Word | None] = [None] * len(boxes)
    order = sorted(range(len(boxes)), key=lambda i: (boxes[i][2] - boxes[i][0]) / (boxes[i][3] - boxes[i][1]))
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        read = engine.recognize_txt([picture[y0:y1, x0:x1] for x0, y0, x1, y1 in (boxes[i] for i in batch)])
        for index, text, score, info in zip(batch, read.txts, read.scores, read.word_results, strict=True):
            if text.strip() and score >= SURE:
                out[index] = _word(text, info)
    return out


def give_back() -> None:
    """Let the system have the memory that a page no longer needs."""
    _memory("malloc_trim", 0)


def _memory(verb: str, *numbers: int) -> None:
    # of the GNU C library; others have no such verb and need none
    with contextlib.suppress(OSError, AttributeError):
        getattr(ctypes.CDLL(None), verb)(*numbers)


def _word(text: str, info: Any) -> Word:
    columns = [column for word in info.word_cols for column in word]
    sure = [one for char, one in zip(text, info.confs, strict=True) if not char.isspace()]
    solid = "".join(text.split())
    length = max(float(info.line_txt_len), 1.0)
    return Word(solid, tuple((column + 0.5) / length for column in columns), tuple(sure))
