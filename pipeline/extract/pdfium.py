"""The second reader: PDFium, another program, looks at the same PDF. What it alone sees is a loss of the first."""

from __future__ import annotations

from ctypes import byref, c_double, c_float, c_int, c_uint
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from .pagemaker import ASCENT, DESCENT, GLYPHS, Matrix, PageMaker, Point, TooMuch, bounds, luminance, place
from .pages import Page

DEPTH = 1  # of nested forms whose paths are looked at
TURNS: dict[int, Matrix] = {
    0: (1, 0, 0, 1, 0, 0),
    90: (0, -1, 1, 0, 0, 0),
    180: (-1, 0, 0, -1, 0, 0),
    270: (0, 1, -1, 0, 0, 0),
}


class Second:
    """One PDF as PDFium sees it; `count` is the number of its pages, 0 for a file that PDFium refuses.

    locked   the file asks for a password
    """

    def __init__(self, data: bytes) -> None:
        self.locked = False
        self._document: Any = None
        try:
            self._document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            self.locked = getattr(error, "err_code", None) in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY)
        self.count = len(self._document) if self._document is not None else 0

    def words(self, number: int) -> int:
        """How many letters, ideographs and digits the page has; 0 for a page that cannot be loaded."""
        try:
            page = self._document[number - 1]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            return 0
        try:
            if text.count_chars() > 2 * GLYPHS:  # line ends count with it
                raise TooMuch("glyphs")
            return sum(char.isalnum() for char in text.get_text_range())
        finally:
            text.close()
            page.close()

    def page(self, number: int) -> Page | None:
        """The page read by PDFium alone, None where it cannot be loaded. Raises TooMuch."""
        try:
            page = self._document[number - 1]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            return None
        try:
            return _made(number, page, text)
        finally:
            text.close()
            page.close()


def _made(number: int, page: Any, text: Any) -> Page:
    turn = TURNS.get(page.get_rotation(), TURNS[0])
    maker = PageMaker(number, bounds(turn, page.get_bbox()))
    for thing in page.get_objects(max_depth=DEPTH):
        if thing.type == c.FPDF_PAGEOBJ_PATH:
            _path(maker, thing, turn)
        elif thing.type == c.FPDF_PAGEOBJ_IMAGE:
            maker.picture(bounds(turn, thing.get_bounds()))
    if text.count_chars() > 2 * GLYPHS:  # line ends count with it
        raise TooMuch("glyphs")
    matrix, x, y = c.FS_MATRIX(), c_double(), c_double()
    rgba = [c_uint() for _ in range(4)]
    box = c.FS_RECTF()
    for index in range(text.count_chars()):
        code = c.FPDFText_GetUnicode(text, index)
        if c.FPDFText_IsGenerated(text, index) == 1 or code < 32:
            continue
        c.FPDFText_GetMatrix(text, index, byref(matrix))
        c.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
        c.FPDFText_GetLooseCharBox(text, index, byref(box))
        c.FPDFText_GetFillColor(text, index, *map(byref, rgba))
        size = c.FPDFText_GetFontSize(text, index)
        own = _times((matrix.a, matrix.b, matrix.c, matrix.d, x.value, y.value), turn)
        length = max(abs(matrix.a), abs(matrix.b)) or 1.0
        width = (box.right - box.left if abs(matrix.a) >= abs(matrix.b) else box.top - box.bottom) / length
        maker.glyph(
            "\ufffd" if code in (0xFFFE, 0xFFFF) else chr(code),
            own,
            (0.0, -DESCENT * size, width, ASCENT * size),
            size,
            light=luminance([part.value / 255 for part in rgba[:3]]),
            invisible=_mode(text, index) in (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP),
        )
    return maker.page()


def _mode(text: Any, index: int) -> int:
    thing = c.FPDFText_GetTextObject(text, index)
    return int(c.FPDFTextObj_GetTextRenderMode(thing)) if thing else 0


def _path(maker: PageMaker, thing: Any, turn: Matrix) -> None:
    matrix = _times(thing.get_matrix().get(), turn)
    fill_mode, stroked = c_int(), c_int()
    c.FPDFPath_GetDrawMode(thing, byref(fill_mode), byref(stroked))
    outline = _ink(c.FPDFPageObj_GetStrokeColor, thing) if stroked.value else 1.0
    inside = _ink(c.FPDFPageObj_GetFillColor, thing) if fill_mode.value else 1.0
    points: list[Point] = []
    straight = True
    px, py = c_float(), c_float()
    for index in range(c.FPDFPath_CountSegments(thing)):
        segment = c.FPDFPath_GetPathSegment(thing, index)
        kind = c.FPDFPathSegment_GetType(segment)
        c.FPDFPathSegment_GetPoint(segment, byref(px), byref(py))
        if kind == c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                maker.path(points, straight, outline, inside)
            points, straight = [], True
        straight = straight and kind != c.FPDF_SEGMENT_BEZIERTO
        points.append(place(matrix, px.value, py.value))
        if c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        maker.path(points, straight, outline, inside)


def _ink(get: Any, thing: Any) -> float:
    rgba = [c_uint() for _ in range(4)]
    get(thing, *map(byref, rgba))
    return luminance([part.value / 255 for part in rgba[:3]]) if rgba[3].value else 1.0


def _times(m: Matrix, n: Matrix) -> Matrix:
    # first m, then n
    a, b, cc, d, e, f = m
    g, h, i, j, k, p = n
    return (
        a * g + b * i,
        a * h + b * j,
        cc * g + d * i,
        cc * h + d * j,
        e * g + f * i + k,
        e * h + f * j + p,
    )
