"""One page of a PDF → its picture, by PDFium: what a reader sees of it, at the resolution that recognition needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2 as pdfium

DPI = 200
MOST = 4000  # pixels of a side


def picture(data: bytes, number: int) -> tuple[Any, float]:
    """uint8[height, width, 3] of a page (from 1), and the width of the page in points; white where it cannot be drawn."""
    document = pdfium.PdfDocument(data)
    try:
        page = document[number - 1]
        wide, tall = page.get_size()
        scale = min(DPI / 72, MOST / max(wide, tall, 1.0))
        drawn = page.render(scale=scale).to_numpy()
        return np.ascontiguousarray(drawn[:, :, :3]), wide
    except pdfium.PdfiumError:
        return np.full((64, 64, 3), 255, np.uint8), 595.0
    finally:
        document.close()
