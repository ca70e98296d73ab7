"""PDF pages → Page, by pdfminer.six without its layout analysis: where each glyph and each ruling line stands."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

from .pages import SLANTED, Glyph, Page, Rule
from .radicals import typed

GLYPHS, RULES, SHAPES, FORMS = 200_000, 40_000, 200_000, 20_000
THIN = 3.0  # points; a filled box that thin is a line
ASCENT, DESCENT = 0.88, 0.12  # of an ideograph's em box
PALE, WHITE = 0.70, 0.97  # luminance
UNKNOWN = "\ufffd"
INVISIBLE = (3, 7)  # text rendering modes, ISO 32000-1 table 106

Matrix = tuple[float, float, float, float, float, float]


class TooMuch(Exception):
    """A page holds more than any honest page; `.what` says of what."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class Interpreter(PDFPageInterpreter):
    """pdfminer's, with forms counted and the matrix put back after each."""

    device: Device

    def do_Do(self, xobjid_arg: Any) -> None:
        self.device.form()
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)


class Device(PDFTextDevice):
    """Gathers one page at a time; `page()` gives it."""

    ctm: Matrix  # set by the interpreter before anything is painted

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.fonts: dict[int, tuple[Any, bool, dict[int, str]]] = {}
        self.begin(0, 0.0, 0.0)

    def begin(self, number: int, width: float, height: float) -> None:
        """Start over with an empty page of this size."""
        self.number, self.width, self.height = number, width, height
        self.left = self.base = 0.0
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.dark: list[tuple[float, float, float, float]] = []
        self.tags: list[bool] = []
        self.pictures = 0.0
        self.shapes = self.unknown = self.forms = 0
        self.hidden = self.pale = self.white = self.stroked = False

    def begin_page(self, page: Any, ctm: Matrix) -> None:
        """The visible part of the page, as it is turned, is what boxes are measured in."""
        x0, y0, x1, y1 = _visible(page)
        corners = [_at(ctm, x, y) for x, y in ((x0, y0), (x1, y1))]
        (left, right), (base, top) = (sorted(axis) for axis in zip(*corners, strict=True))
        self.begin(self.number + 1, right - left, top - base)
        self.left, self.base = left, base

    def page(self) -> Page:
        """The page that was just interpreted."""
        return Page(
            self.number,
            self.width,
            self.height,
            tuple(self.glyphs),
            tuple(self.rules),
            min(self.pictures, 1.0),
            self.shapes,
            self.unknown,
        )

    def form(self) -> None:
        self.forms += 1
        if self.forms > FORMS:
            raise TooMuch("forms")

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        kind = props.get("Type") if isinstance(props, dict) else None
        self.tags.append(tag.name == "Artifact" and getattr(kind, "name", "") == "Pagination")

    def end_tag(self) -> None:
        if self.tags:
            self.tags.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        if textstate.font is None:
            return
        light = _luminance(graphicstate.ncolor, ncs)
        self.hidden = textstate.render in INVISIBLE
        self.white, self.pale = light >= WHITE, light >= PALE
        self.stroked = textstate.render == 2
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """One glyph; gives how far the pen moves."""
        _, bold, known = self.fonts.get(id(font)) or self._font(font)
        text = known.get(cid)
        if text is None:
            try:
                text = typed(font.to_unichr(cid))
            except (PDFUnicodeNotDefined, KeyError, TypeError):
                text = UNKNOWN
            known[cid] = text
        if text.startswith((UNKNOWN, "(cid:")):
            self.unknown += 1
            text = UNKNOWN
        move = float(font.char_width(cid) * fontsize * scaling)
        a, b, c, d, e, f = matrix
        if font.is_vertical():
            disp = font.char_disp(cid)
            right, up = disp if isinstance(disp, tuple) else (None, disp)
            right = fontsize * 0.5 if right is None else right * fontsize * 0.001
            up = (1000 - up) * fontsize * 0.001
            corners = (-right, up + rise + move, fontsize - right, up + rise)
        else:
            corners = (0.0, rise - DESCENT * fontsize, move, rise + ASCENT * fontsize)
        if b == 0 == c and a > 0 < d and fontsize > 0:
            x0, x1 = e + a * corners[0], e + a * corners[2]
            low, high = f + d * corners[1], f + d * corners[3]
            size, turn = fontsize * d, 0
            if x1 < x0:
                x0, x1 = x1, x0
        else:
            x0, low, x1, high = _bounds(matrix, *corners)
            size = abs(fontsize) * hypot(c, d)
            sign = -1 if fontsize < 0 else 1
            turn = _turn(a * sign, b * sign)
        if size > 0 and text:
            self._put(text, x0 - self.left, low - self.base, x1 - self.left, high - self.base, size, bold, turn)
        return move

    def _put(
        self, text: str, x0: float, low: float, x1: float, high: float, size: float, bold: bool, turn: int
    ) -> None:
        if len(self.glyphs) >= GLYPHS:
            raise TooMuch("glyphs")
        x, y = (x0 + x1) / 2, (low + high) / 2
        off = not (-1 <= x <= self.width + 1 and -1 <= y <= self.height + 1)
        white = self.white and not any(x0 <= x <= x1 and lo <= y <= hi for x0, lo, x1, hi in self.dark)
        self.glyphs.append(
            Glyph(
                text,
                x0,
                self.height - high,
                x1,
                self.height - low,
                size,
                bold or self.stroked,
                turn,
                self.pale and not self.white,
                self.hidden or off or white,
                any(self.tags),
            )
        )

    def _font(self, font: Any) -> tuple[Any, bool, dict[int, str]]:
        name = str(getattr(font, "fontname", "")).lower()
        # the font itself is kept, so that its id stays its own
        made = self.fonts[id(font)] = (font, "bold" in name or "heavy" in name or "black" in name, {})
        return made

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Straight level and upright strokes, and filled boxes that are thin, are ruling lines."""
        ink = min(
            _luminance(graphicstate.scolor, graphicstate.scs) if stroke else 1.0,
            _luminance(graphicstate.ncolor, graphicstate.ncs) if fill else 1.0,
        )
        for points, straight in _subpaths(path, self.ctm):
            if len(self.rules) > RULES or self.shapes > SHAPES:
                raise TooMuch("rules")
            xs, ys = [p[0] - self.left for p in points], [p[1] - self.base for p in points]
            x0, x1, low, high = min(xs), max(xs), min(ys), max(ys)
            wide, tall = x1 - x0, high - low
            if min(wide, tall) <= THIN:
                if ink < WHITE and max(wide, tall) > 0:
                    self._rule(*((x0, (low + high) / 2, x1) if wide >= tall else (x0, low, x1, high)))
                continue
            if stroke and ink < WHITE and straight:
                for (ax, ay), (bx, by) in pairwise(points):
                    ax, bx, ay, by = ax - self.left, bx - self.left, ay - self.base, by - self.base
                    if abs(ay - by) <= 0.5:
                        self._rule(min(ax, bx), (ay + by) / 2, max(ax, bx))
                    elif abs(ax - bx) <= 0.5:
                        self._rule(ax, min(ay, by), bx, max(ay, by))
            if fill and straight and ink < 0.6:
                self.dark = [*self.dark[-199:], (x0, low, x1, high)]
            if not straight or len(points) > 5:
                self.shapes += 1

    def _rule(self, x0: float, low: float, x1: float, high: float | None = None) -> None:
        if high is None:
            self.rules.append(Rule(x0, self.height - low, x1, self.height - low))
        else:
            x = (x0 + x1) / 2
            self.rules.append(Rule(x, self.height - high, x, self.height - low))

    def render_image(self, name: str, stream: Any) -> None:
        x0, low, x1, high = _bounds(self.ctm, 0, 0, 1, 1)
        wide = min(x1 - self.left, self.width) - max(x0 - self.left, 0)
        tall = min(high - self.base, self.height) - max(low - self.base, 0)
        if wide > 0 < tall and self.width * self.height > 0:
            self.pictures += wide * tall / (self.width * self.height)


def _visible(page: Any) -> tuple[float, float, float, float]:
    # the crop box within the media box; a box that is none or endless gives way to the other, then to A4
    (a0, b0, a1, b1), (c0, d0, c1, d1) = page.mediabox, page.cropbox
    both = (max(a0, c0), max(b0, d0), min(a1, c1), min(b1, d1))
    for x0, y0, x1, y1 in (both, page.mediabox):
        if 10 < x1 - x0 < 20_000 and 10 < y1 - y0 < 20_000:
            return x0, y0, x1, y1
    return (0.0, 0.0, 595.0, 842.0)


def _at(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _bounds(m: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    xs, ys = zip(*(_at(m, x, y) for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _turn(a: float, b: float) -> int:
    # the reading direction (a, b), y upwards → degrees clockwise
    length = hypot(a, b) or 1.0
    a, b = a / length, b / length
    for turn, x, y in ((0, 1, 0), (90, 0, -1), (180, -1, 0), (270, 0, 1)):
        if abs(a - x) < 0.06 and abs(b - y) < 0.06:
            return turn
    return SLANTED


def _subpaths(path: Any, ctm: Matrix) -> Any:
    # (points on the page, only straight strokes) of each subpath
    points: list[tuple[float, float]] = []
    straight = True
    for segment in path:
        kind = segment[0]
        if kind == "m":
            if len(points) > 1:
                yield points, straight
            points, straight = [_at(ctm, *segment[1:3])], True
        elif kind == "h":
            if points:
                points.append(points[0])
        else:
            points.append(_at(ctm, *segment[-2:]))
            straight = straight and kind == "l"
    if len(points) > 1:
        yield points, straight


def _luminance(color: Any, space: Any) -> float:
    # 0 black … 1 white; a tint of a named ink counts as ink
    c: float
    m: float
    y: float
    k: float
    if isinstance(color, (int, float)):
        color = (color,)
    if not isinstance(color, (tuple, list)) or not all(isinstance(c, (int, float)) for c in color):
        return 0.0
    if len(color) == 1:
        named = getattr(space, "name", "") in ("Separation", "Indexed", "DeviceN", "Pattern")
        return float(1.0 - color[0] if named else color[0])
    if len(color) == 3:
        return float(0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2])
    if len(color) == 4:
        c, m, y, k = color
        return (1 - min(1, c + k)) * 0.299 + (1 - min(1, m + k)) * 0.587 + (1 - min(1, y + k)) * 0.114
    return 0.0
