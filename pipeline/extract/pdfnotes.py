"""What lies on a PDF page without being painted: filled form fields and free text are words of it, remarks are not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

NOTES = 5_000  # looked at on one page
HIDDEN = 0x02 | 0x20  # annotation flags, ISO 32000-1 table 165: Hidden, NoView
WORDS = {"Widget": "V", "FreeText": "Contents"}
REMARKS = ("Text", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret")


def notes(page: Any) -> Iterator[tuple[bool, str, tuple[float, float, float, float]]]:
    """(whether it is a remark, its text, its rectangle) of each annotation that holds text; broken ones are left out."""
    listed = resolve1(page.annots)
    for entry in (listed if isinstance(listed, list) else [])[:NOTES]:
        note = resolve1(entry)
        if not isinstance(note, dict):
            continue
        kind = getattr(resolve1(note.get("Subtype")), "name", "")
        flags = resolve1(note.get("F"))
        text = resolve1(note.get(WORDS.get(kind, "Contents")))
        box = resolve1(note.get("Rect"))
        if (isinstance(flags, int) and flags & HIDDEN) or not isinstance(text, bytes) or not isinstance(box, list):
            continue
        numbers = [resolve1(one) for one in box]
        words = decode_text(text).strip()
        if words and len(numbers) == 4 and all(isinstance(n, (int, float)) for n in numbers):
            x0, y0, x1, y1 = map(float, numbers)
            if kind in WORDS or kind in REMARKS:
                yield kind in REMARKS, words, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
