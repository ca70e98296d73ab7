"""What a page is before anyone asks what it says: glyphs with boxes, ruling lines. PDF, OFD and OCR all give these."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Turn = Literal[0, 90, 180, 270]
SLANTED = -1  # a glyph that stands at no right angle: a watermark


class Glyph(NamedTuple):
    """One character (or a word of an OCR line) and its box; points from the top left corner of the page.

    top, bottom   of the em box, not of the ink: the same for 一 and 。 of one size
    size          points; 0 < size
    turn          degrees clockwise that the reading direction is turned against the page; SLANTED for any other angle
    pale          printed so light that a reader takes it for a watermark
    hidden        not to be seen: white, off the page, of an invisible mode
    aside         the file itself says that it is no content: a running head, a page number, a watermark
    sure          0 … 1; 1 where the file holds the character itself
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    turn: int = 0
    pale: bool = False
    hidden: bool = False
    aside: bool = False
    sure: float = 1.0


class Rule(NamedTuple):
    """A ruling line: level (top == bottom) or upright (x0 == x1)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Image(NamedTuple):
    """A picture where the page has it. part: of the package; matrix: from the unit square, y downwards, to points."""

    part: str
    matrix: tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is printed.

    number    from 1
    pictures  share of the page that pictures cover, 0 … 1
    shapes    painted paths that are no rules: glyphs drawn as outlines, charts
    unknown   glyphs for which the file tells no character
    recognized   the glyphs come from OCR
    remarks   what readers have written beside the words
    images    the pictures, from below to above, where nothing else can draw the page
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False, default=())
    pictures: float = 0.0
    shapes: int = 0
    unknown: int = 0
    recognized: bool = False
    remarks: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()


def upright(page: Page) -> Page:
    """The page turned so that most of its words stand upright; what then still stands askew keeps its turn."""
    turns = Counter(g.turn for g in page.glyphs if not g.aside and not g.hidden and g.turn != SLANTED)
    if not turns:
        return page
    turn = turns.most_common(1)[0][0]
    if not turn:
        return page
    width, height = (page.height, page.width) if turn in (90, 270) else (page.width, page.height)

    def box(x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        if turn == 90:  # words run down: the page's right edge becomes its top
            return top, page.width - x1, bottom, page.width - x0
        if turn == 270:
            return page.height - bottom, x0, page.height - top, x1
        return page.width - x1, page.height - bottom, page.width - x0, page.height - top

    glyphs = tuple(
        Glyph(
            g.text,
            *box(g.x0, g.top, g.x1, g.bottom),
            *(g.size, g.bold, g.turn if g.turn == SLANTED else (g.turn - turn) % 360),
            g.pale,
            g.hidden,
            g.aside,
            g.sure,
        )
        for g in page.glyphs
    )
    rules = tuple(Rule(*box(*rule)) for rule in page.rules)
    return replace(page, width=width, height=height, glyphs=glyphs, rules=rules)
