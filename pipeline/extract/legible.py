"""Which pages hold no usable words: pictures of paper, words drawn as outlines, codes that name no character.

These pages are what OCR is for: `unreadable` names them, whatever reads them gives a Page (pages.py) each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import category

from .furniture import furniture
from .pagelines import Line
from .sheets import Sheet

PICTURE = 0.3  # of the page: more is a picture of the page
OUTLINES = 100  # shapes: words drawn stroke by stroke
STAMP = 12  # letters: a page of pictures with fewer holds a mark, not its words
SAME = 0.4  # of the characters
GARBLED = 0.25  # of the characters


def unreadable(sheets: Sequence[Sheet]) -> dict[int, str]:
    """Number of the page → why, in Chinese; a blank page is readable."""
    bodies, _ = furniture(sheets)
    return {sheet.number: why for sheet in bodies if (why := _why(sheet))}


def _why(sheet: Sheet) -> str:
    texts = []
    for one in sheet.flow:
        texts += [one.text] if isinstance(one, Line) else [x.text for cell in one.cells for x in cell.lines]
    text = "".join("".join(texts).split())
    # a font without the characters shows one sign for all of them
    common = Counter(char for char in text if char > "\u2e80" and char.isalnum()).most_common(1)
    same = len(text) > 40 and common and common[0][1] > SAME * len(text)
    if same or sum(map(_garbled, text)) > GARBLED * len(text):
        return "文字的编码无法还原"
    if sheet.recognized or len(text) >= STAMP:
        return ""
    if sheet.pictures > PICTURE:
        return "只有图像"
    return "文字画成了图形" if sheet.shapes > OUTLINES and not text else ""


# letters that a Chinese office paper may hold: ASCII, Greek, Cyrillic, numerals, kana and ideographs, full-width forms
LETTERS = re.compile(
    "[A-Za-zΑ-ϡЀ-ӿ\u2070-\u2e7f\u2e80-\u30ff\u3105-\u312f\u3200-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
SIGNS = "·×÷°±§¥¤"


def _garbled(char: str) -> bool:
    # no character, a private one, or a letter of no script at hand: codes of one encoding read in another
    if char.isascii() or LETTERS.match(char) or char in SIGNS:
        return False
    return category(char)[0] in "CLM" or char == "\ufffd" or char < "\u0370"
