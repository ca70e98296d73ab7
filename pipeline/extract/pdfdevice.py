"""PDF pages → Page, by pdfminer.six without its layout analysis: where each glyph and each ruling line stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import stream_value

from .pagemaker import ASCENT, DESCENT, UNKNOWN, Bounds, Matrix, PageMaker, Point, TooMuch, bounds, luminance, place
from .pages import Page
from .pdfnotes import notes

FORMS = 5_000  # drawn on one page, each as often as it is drawn
HEAVY, CONTENT = 1 << 20, 16 << 20  # bytes of painting on one page: slow for Python; more than any honest page has
STATES = 512  # graphics states kept at a time
NOTE_SIZE = 12.0  # points at most: what is written into a field fills it seldom
INVISIBLE, OUTLINED = (3, 7), 2  # text rendering modes, ISO 32000-1 table 106
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
        self.device.spend(sum(len(stream_value(stream).get_data()) for stream in streams))
        super().execute(streams)


class Device(PDFTextDevice):
    """Hands what is painted to a PageMaker; `page()` gives the page that was just interpreted."""

    ctm: Matrix  # set by the interpreter before anything is painted

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.fonts: dict[int, tuple[Any, bool, dict[int, str]]] = {}
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
        if textstate.font is not None:
            self.light = _light(graphicstate.ncolor, ncs)
            self.mode = textstate.render
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
                text = font.to_unichr(cid)
            except (PDFUnicodeNotDefined, KeyError, TypeError):
                text = UNKNOWN
            known[cid] = text
        move = float(font.char_width(cid) * fontsize * scaling)
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

    def _font(self, font: Any) -> tuple[Any, bool, dict[int, str]]:
        name = str(getattr(font, "fontname", "")).lower()
        # the font itself is kept, so that its id stays its own
        made = self.fonts[id(font)] = (font, any(word in name for word in ("bold", "heavy", "black")), {})
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
