"""The objects of one OFD page → Page: where each character and each ruling line stands (GB/T 33190-2016, 8 to 11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from .lines import wide
from .ofdvalues import DEPTH, Ink, Resources, after, inked, matrix, name, number, numbers, steps, subpaths
from .pagemaker import ASCENT, DESCENT, Bounds, Matrix, PageMaker, TooMuch, bounds, place
from .pages import Image, Page

OBJECTS = 400_000
IMAGES = 200  # of one page, drawn to be recognized
BOLD = 600  # Weight
THIN_BLANK = 0.22  # of the size: the air that a program sets between 年 and 2022, which nobody typed
_MM = 72 / 25.4  # an OFD counts in millimeters


def drawn(
    count: int, resources: Resources, box: tuple[float, float, float, float], contents: Iterable[etree._Element]
) -> Page:
    """One page with all its objects.

    count   the page's number, from 1
    box     x, y, width, height of the paper, millimeters
    raises  TooMuch
    """
    left, top, across, down = (value * _MM for value in box)
    draw = _Draw(resources, PageMaker(count, (0.0, 0.0, across, down)))
    base = (_MM, 0.0, 0.0, -_MM, -left, down + top)  # y upwards, as PageMaker counts
    for content in contents:
        for layer in content:
            draw.objects(layer, base, resources.ink(layer.get("DrawParam")), DEPTH)
    return replace(draw.maker.page(), images=tuple(draw.images))


class _Draw:
    def __init__(self, resources: Resources, maker: PageMaker) -> None:
        self.resources, self.maker = resources, maker
        self.images: list[Image] = []
        self.count = 0

    def objects(self, parent: etree._Element, base: Matrix, ink: Ink, depth: int) -> None:
        for item in parent:
            self.count += 1
            if self.count > OBJECTS or depth <= 0:
                raise TooMuch("objects")
            kind = name(item)
            if kind in ("PageBlock", "Layer"):
                self.objects(item, base, ink, depth - 1)
                continue
            if kind not in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                continue
            own = inked(item, self.resources.ink(item.get("DrawParam"), ink))
            # an object counts from the corner of its boundary, after its own matrix (8.5)
            corner = numbers(item.get("Boundary"))[:2] if item.get("Boundary") else []
            shift = (1.0, 0.0, 0.0, 1.0, corner[0], corner[1]) if len(corner) == 2 else matrix(None)
            at = after(after(matrix(item.get("CTM")), shift), base)
            if kind == "TextObject":
                self._words(item, at, own)
            elif kind == "PathObject":
                self._path(item, at, own)
            elif kind == "ImageObject":
                self._picture(item, base, at)
            elif (unit := self.resources.composites.get(item.get("ResourceID") or "")) is not None:
                for content in unit:
                    if name(content) == "Content":
                        self.objects(content, at, own, depth - 1)

    def _words(self, item: etree._Element, at: Matrix, ink: Ink) -> None:
        size = number(item.get("Size"), 0.0)
        if size <= 0:
            return
        bold = number(item.get("Weight"), 400.0) >= BOLD or item.get("Font") in self.resources.bold
        light = ink.fill if item.get("Fill") != "false" else ink.stroke
        light = 1 - (1 - light) * min(max(number(item.get("Alpha"), 255.0) / 255, 0.0), 1.0)
        upwards = after((1.0, 0.0, 0.0, -1.0, 0.0, 0.0), at)
        for char, x, y, room in _chars(item, size, number(item.get("HScale"), 1.0) or 1.0):
            self.maker.glyph(
                char,
                upwards,
                (x, -y - DESCENT * size, x + room, -y + ASCENT * size),
                size,
                bold=bold or item.get("Stroke") == "true",
                light=light,
                invisible=item.get("Visible") == "false",
            )

    def _path(self, item: etree._Element, at: Matrix, ink: Ink) -> None:
        if item.get("Visible") == "false":
            return
        stroke = ink.stroke if item.get("Stroke") != "false" else 1.0
        fill = ink.fill if item.get("Fill") == "true" else 1.0
        data = next((child.text or "" for child in item if name(child) == "AbbreviatedData"), "")
        for points, straight in subpaths(data):
            self.maker.path([place(at, x, y) for x, y in points], straight, stroke, fill)

    def _picture(self, item: etree._Element, base: Matrix, at: Matrix) -> None:
        box = numbers(item.get("Boundary"))
        if len(box) != 4 or item.get("Visible") == "false":
            return
        edges: Bounds = (box[0], box[1], box[0] + box[2], box[1] + box[3])
        self.maker.picture(bounds(base, edges))
        part = self.resources.media.get(item.get("ResourceID") or "")
        if part and len(self.images) < IMAGES:
            # the picture is a unit square that its matrix makes as large as it is printed (10)
            wide = after((box[2], 0.0, 0.0, box[3], 0.0, 0.0), at)
            matrix = at if len(numbers(item.get("CTM"))) == 6 else wide
            self.images.append(Image(part, after(matrix, (1.0, 0.0, 0.0, -1.0, 0.0, self.maker.height))))


def _chars(item: etree._Element, size: float, stretch: float) -> Iterator[tuple[str, float, float, float]]:
    # (character, x, y of its foot, its width) of every TextCode (11.3)
    x = y = 0.0
    for code in item:
        if name(code) != "TextCode":
            continue
        text = (code.text or "").strip("\r\n")
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        across, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
        if item.get("ReadDirection") in ("90", "270") and not down and across:
            across, down = down, across
        pen_x, pen_y = x, y
        pitch = bool(across) and max(across) - min(across) < 0.01 * size  # every character has the same room
        for n, char in enumerate(text):
            natural = size * stretch * (1.0 if wide(char) else 0.5)
            right = across[n] if n < len(across) else 0.0 if down else natural
            room = size * stretch if pitch else natural
            if not (char == " " and 0 < right < THIN_BLANK * size and _beside_ideograph(text, n)):
                yield char, pen_x, pen_y, right if 0 < right < room else room if right > 0 else natural
            pen_x += right
            pen_y += down[n] if n < len(down) else 0.0


def _beside_ideograph(text: str, n: int) -> bool:
    return any(wide(char) for char in text[max(n - 1, 0) : n] + text[n + 1 : n + 2])
