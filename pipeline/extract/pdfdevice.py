"""PDF pages → Page, by pdfminer.six without its layout analysis: where each glyph and each ruling line stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import stream_value
from pdfminer.utils import mult_matrix

from .pagemaker import (
    ASCENT,
    DESCENT,
    UNKNOWN,
    Bounds,
    Matrix,
    PageMaker,
    Point,
    TooMuch,
    bounds,
    luminance,
    place,
    shown,
)
from .pages import Page
from .pdfcontent import Odd, operations
from .pdfnotes import notes

FORMS = 5_000  # drawn on one page, each as often as it is drawn
HEAVY, CONTENT = 1 << 20, 16 << 20  # bytes of painting on one page: slow for Python; more than any honest page has
STATES = 512  # graphics states kept at a time
NOTE_SIZE = 12.0  # points at most: what is written into a field fills it seldom
INVISIBLE, OUTLINED = (3, 7), 2  # text rendering modes, ISO 32000-1 table 106
Known = dict[int, tuple[str, float]]  # code → character, width
INKS = ("Separation", "Indexed", "DeviceN", "Pattern")


class TooHeavy(Exception):
    """A page that a faster reader had better read."""


class Interpreter(PDFPageInterpreter):
    """pdfminer's, with an end to what is drawn, and the matrix put back after each form."""

    device: Device

    def do_Do(self, xobjid_arg: Any) -> None:
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)

    def do_q(self) -> None:
        if len(self.gstack) < STATES:
            super().do_q()

    def execute(self, streams: Any) -> None:
        """Interpret one painting; pdfminer's own does the same, slowly."""
        own = [stream_value(stream) for stream in streams]
        self.device.spend(sum(len(stream.get_data()) for stream in own))
        # a form that paints itself is painted once
        own = [s for s in own if s.objid is not None and s.objid not in self.parent_stream_ids]
        self.stream_ids = {s.objid for s in own if s.objid is not None}
        try:
            found = operations(b"\n".join(stream.get_data() for stream in own))
        except Odd:
            super().execute(streams)
            return
        verbs: dict[bytes, tuple[Any, int]] = {}
        stack = self.argstack
        for name, given in found:
            verb, count = verbs.get(name) or verbs.setdefault(name, self._verb(name))
            if count == len(given) and not stack and count:
                verb(*given)
                continue
            stack += given
            if verb is None:
                continue
            if count:
                last = stack[-count:]
                del stack[-count:]
                if len(last) == count:
                    verb(*last)
            else:
                verb()
                stack = self.argstack

    def _verb(self, name: bytes) -> tuple[Any, int]:
        # the method of an operator, and how many operands it takes; None for an operator that is none
        method = "do_" + str(name, "utf-8", "ignore").replace("*", "_a").replace('"', "_w").replace("'", "_q")
        verb = getattr(self, method, None)
        return (verb, verb.__code__.co_argcount - 1) if verb is not None else (None, 0)

    def do_TJ(self, seq: Any) -> None:
        state = self.textstate
        if state.font is not None:
            self.device.render_string(state, seq, self.graphicstate.ncs, self.graphicstate)


class Device(PDFTextDevice):
    """Hands what is painted to a PageMaker; `page()` gives the page that was just interpreted."""

    ctm: Matrix  # set by the interpreter before anything is painted

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.fonts: dict[int, tuple[bool, Known]] = {}
        self.kept: list[Any] = []
        self.maker = PageMaker(0, (0, 0, 1, 1))

    def begin_page(self, page: Any, ctm: Matrix) -> None:
        """The visible part of the page, as it is turned, is what boxes are measured in."""
        self.maker = PageMaker(self.maker.number + 1, bounds(ctm, _visible(page)))
        self.turn = ctm
        self.tags: list[bool] = []
        self.forms = self.bytes = 0

    def end_page(self, page: Any) -> None:
        """Form fields are words where they stand."""
        for remark, words, box in notes(page):
            if remark:
                self.maker.remarks.append(words)
                continue
            x0, low, x1, high = bounds(self.turn, box)
            size = min(high - low, NOTE_SIZE)
            self.maker.glyph(
                " ".join(words.split()), (1, 0, 0, 1, x0, (low + high - size) / 2), (0, 0, x1 - x0, size), size
            )

    def page(self) -> Page:
        return self.maker.page()

    def spend(self, count: int) -> None:
        """Count one page's or form's painting; raises TooHeavy, TooMuch."""
        self.forms += 1
        self.bytes += count
        if self.forms > FORMS or self.bytes > CONTENT:
            raise TooMuch("content")
        if self.bytes > HEAVY:
            raise TooHeavy

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        kind = props.get("Type") if isinstance(props, dict) else None
        self.tags.append(tag.name == "Artifact" and getattr(kind, "name", "") == "Pagination")

    def end_tag(self) -> None:
        if self.tags:
            self.tags.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """The glyphs of one string; where they stand upright, as most do, without a matrix for each."""
        font, size = textstate.font, textstate.fontsize
        if font is None:
            return
        self.light = _light(graphicstate.ncolor, ncs)
        self.mode = textstate.render
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm)
        if b or c or a <= 0 or d <= 0 or size <= 0 or font.is_vertical():
            super().render_string(textstate, seq, ncs, graphicstate)
            return
        bold, known = self.fonts.get(id(font)) or self._font(font)
        scaling = textstate.scaling * 0.01
        step, between = 0.001 * size * scaling, textstate.charspace * scaling
        blank = 0 if font.is_multibyte() else textstate.wordspace * scaling
        x, y = textstate.linematrix
        chars: list[tuple[str, float, float]] = []
        begun = False
        for part in seq:
            if isinstance(part, (int, float)):
                x -= part * step
                begun = True
            elif isinstance(part, bytes):
                for cid in font.decode(part):
                    if begun:
                        x += between
                    begun = True
                    text, width = known.get(cid) or self._known(font, cid)
                    move = float(width * size * scaling)
                    left = x * a + e
                    chars.append((text, left, left + a * move))
                    x += move
                    if cid == 32 and blank:
                        x += blank
        textstate.linematrix = (x, y)
        foot = y * d + f
        self.maker.row(
            chars,
            foot + d * (textstate.rise - DESCENT * size),
            foot + d * (textstate.rise + ASCENT * size),
            size * d,
            bold=bold or self.mode == OUTLINED,
            light=self.light,
            invisible=self.mode in INVISIBLE,
            aside=any(self.tags),
        )

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
        bold, known = self.fonts.get(id(font)) or self._font(font)
        text, width = known.get(cid) or self._known(font, cid)
        move = float(width * fontsize * scaling)
        box: Bounds = (0.0, rise - DESCENT * fontsize, move, rise + ASCENT * fontsize)
        if font.is_vertical():
            disp = font.char_disp(cid)
            right, up = disp if isinstance(disp, tuple) else (None, disp)
            right = fontsize * 0.5 if right is None else right * fontsize * 0.001
            up = (1000 - up) * fontsize * 0.001
            box = (-right, up + rise + move, fontsize - right, up + rise)
        self.maker.glyph(
            text,
            matrix,
            box,
            fontsize,
            bold=bold or self.mode == OUTLINED,
            light=self.light,
            invisible=self.mode in INVISIBLE,
            aside=any(self.tags),
        )
        return move

    def _font(self, font: Any) -> tuple[bool, Known]:
        name = str(getattr(font, "fontname", "")).lower()
        made = self.fonts[id(font)] = (any(word in name for word in ("bold", "heavy", "black")), {})
        self.kept.append(font)  # so that its id stays its own
        return made

    def _known(self, font: Any, cid: int) -> tuple[str, float]:
        # what a code stands for and how wide it is, asked of the font once
        try:
            text = shown(font.to_unichr(cid))
        except (PDFUnicodeNotDefined, KeyError, TypeError):
            text = UNKNOWN
        made = self.fonts[id(font)][1][cid] = (text, font.char_width(cid))
        return made

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        outline = _light(graphicstate.scolor, graphicstate.scs) if stroke else 1.0
        inside = _light(graphicstate.ncolor, graphicstate.ncs) if fill else 1.0
        for points, straight in _subpaths(path, self.ctm):
            self.maker.path(points, straight, outline, inside)

    def render_image(self, name: str, stream: Any) -> None:
        self.maker.picture(bounds(self.ctm, (0, 0, 1, 1)))


def _visible(page: Any) -> Bounds:
    # the crop box within the media box; a box that is none or endless gives way to the other, then to A4
    (a0, b0, a1, b1), (c0, d0, c1, d1) = page.mediabox, page.cropbox
    both = (max(a0, c0), max(b0, d0), min(a1, c1), min(b1, d1))
    for x0, y0, x1, y1 in (both, page.mediabox):
        if 10 < x1 - x0 < 20_000 and 10 < y1 - y0 < 20_000:
            return x0, y0, x1, y1
    return (0.0, 0.0, 595.0, 842.0)


def _subpaths(path: Any, ctm: Matrix) -> Iterator[tuple[list[Point], bool]]:
    # (points on the page, only straight strokes) of each subpath
    points: list[Point] = []
    straight = True
    for segment in path:
        kind = segment[0]
        if kind == "m":
            if len(points) > 1:
                yield points, straight
            points, straight = [place(ctm, *segment[1:3])], True
        elif kind == "h":
            if points:
                points.append(points[0])
        else:
            points.append(place(ctm, *segment[-2:]))
            straight = straight and kind == "l"
    if len(points) > 1:
        yield points, straight


def _light(color: Any, space: Any) -> float:
    return luminance(color, getattr(space, "name", "") in INKS)
