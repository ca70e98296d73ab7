"""How much room words take: lines of a wrapped cell, height of a row. Half-width characters as the measure, a 汉字 two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from .values import Value, said

SIZES = (10.5, 9.0, 8.0, 7.0)  # points of a row's words: the first with which they fit
TALLEST = 409.0  # points: Excel has no taller row
_LEADING = 1.36  # a line's height over the size of its letters
# words of letters and figures are not broken; what closes never opens a line
_TOKEN = re.compile(r"\n|[!-~\u00a1-\u02af]+|[ \t]+|.", re.S)
_CLOSING = frozenset("，。、；：！？）》〉」』】〕”’％％,.;:!?)]}%…·")


def width(text: str) -> int:
    """Half-width characters of one line of text."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 0 if unicodedata.combining(c) else 1 for c in text)


def lines_of(text: str, room: int) -> int:
    """How many lines a text takes in a column of so many half-width characters."""
    room = max(room, 2)
    lines, used = 1, 0
    for token in _TOKEN.findall(text):
        if token == "\n":
            lines, used = lines + 1, 0
            continue
        wide = width(token)
        if used + wide <= room:
            used += wide
        elif token in _CLOSING:
            lines, used = lines + 1, wide + 2  # it takes the character before it along
        elif wide <= room:
            lines, used = lines + 1, 0 if token.isspace() else wide
        else:  # a word longer than the column is broken
            lines += (used + wide - 1) // room if used else (wide - 1) // room
            used = (used + wide) % room
    return lines


def height(cells: Iterable[tuple[Value, float]]) -> tuple[float, float]:
    """(points of a row, size of its letters) for its cells and the widths of their columns."""
    texts = [(printed(value), wide) for value, wide in cells if value is not None and value != ""]
    tall = size = 0.0
    for size in SIZES:
        # the narrower the letters, the more of them; one character of room is padding
        rooms = [(text, int((wide - 0.8) * SIZES[0] / size)) for text, wide in texts]
        tall = max((lines_of(text, room) for text, room in rooms), default=1) * size * _LEADING + 5
        if tall <= TALLEST:
            return max(round(tall, 1), 20.0), size
    return TALLEST, size


def printed(value: Value) -> str:
    """A value as its cell shows it."""
    return value.strftime("%Y-%m-%d") if isinstance(value, date | datetime) else said(value)
