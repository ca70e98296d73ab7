"""Small PDFs written by hand: strings, lines, boxes; and a table set like a word processor sets it, over pages.

The font is not embedded (STSong-Light, UniGB-UCS2-H): every reader knows its characters and widths.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

NO_START = "，。、；：！？）》”’】〕%％"
NO_END = "（《“‘【〔"


def width(text: str, size: float) -> float:
    """How wide a string is: ASCII half an em, all else one."""
    return sum(0.5 if c.isascii() else 1.0 for c in text) * size


def wrapped(text: str, size: float, room: float) -> list[str]:
    """One paragraph cut into lines as word processors do: no mark opens a line, no bracket ends one."""
    lines: list[str] = []
    rest = text
    while rest:
        end = 0
        while end < len(rest) and width(rest[: end + 1], size) <= room + 0.01:
            end += 1
        end = max(end, 1)
        if end < len(rest):
            cut = end
            while cut > 1 and (
                rest[cut] in NO_START
                or rest[cut - 1] in NO_END
                or (rest[cut - 1].isalnum() and rest[cut].isalnum() and rest[cut - 1 : cut + 1].isascii())
            ):
                cut -= 1
            end = cut if cut > 1 else end
        lines.append(rest[:end])
        rest = rest[end:]
    return lines or [""]


@dataclass
class Paper:
    """Pages that are painted one after another; y counts from the top."""

    wide: float = 595.0
    tall: float = 842.0
    rotate: int = 0
    painted: list[list[str]] = field(default_factory=list)
    images: bool = False

    def page(self) -> Paper:
        """A new page."""
        self.painted.append([])
        return self

    def raw(self, code: str) -> None:
        """PDF operators as they are."""
        self.painted[-1].append(code)

    def text(
        self, x: float, top: float, text: str, size: float = 12, gray: float = 0.0, mode: int = 0, font: str = "F1"
    ) -> None:
        """A string whose em box begins at x, top."""
        y = self.tall - top - 0.88 * size
        code = text.encode("utf-16-be").hex()
        self.raw(f"BT {gray:.2f} g {mode} Tr /{font} {size:.2f} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{code}> Tj ET")

    def turned(self, x: float, top: float, text: str, size: float, matrix: str, gray: float = 0.0) -> None:
        """A string under a matrix a b c d, such as 0.7 0.7 -0.7 0.7."""
        code = text.encode("utf-16-be").hex()
        self.raw(f"BT {gray:.2f} g /F1 {size} Tf {matrix} {x:.2f} {self.tall - top:.2f} Tm <{code}> Tj ET 0 g")

    def line(self, x0: float, top: float, x1: float, bottom: float, style: str = "stroke") -> None:
        """A ruling line. style: stroke, box (a thin filled box), double, dash."""
        y0, y1 = self.tall - top, self.tall - bottom
        if style == "stroke":
            self.raw(f"0.5 w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")
        elif style == "box":
            a, b = min(x0, x1) - 0.24, min(y0, y1) - 0.24
            self.raw(f"0 g {a:.2f} {b:.2f} {abs(x1 - x0) + 0.48:.2f} {abs(y1 - y0) + 0.48:.2f} re f")
        elif style == "double":
            for shift in (-0.75, 0.75):
                dx, dy = (0.0, shift) if top == bottom else (shift, 0.0)
                self.raw(f"0.5 w {x0 + dx:.2f} {y0 + dy:.2f} m {x1 + dx:.2f} {y1 + dy:.2f} l S")
        elif style == "dash":
            length = max(abs(x1 - x0), abs(y1 - y0))
            at = 0.0
            while at < length:
                end = min(at + 3, length)
                if top == bottom:
                    self.raw(f"0.5 w {x0 + at:.2f} {y0:.2f} m {x0 + end:.2f} {y0:.2f} l S")
                else:
                    self.raw(f"0.5 w {x0:.2f} {y0 - at:.2f} m {x0:.2f} {y0 - end:.2f} l S")
                at += 5

    def paragraph(self, x: float, top: float, right: float, text: str, size: float = 16, indent: float = 2) -> float:
        """A paragraph from the margin x, its first line set in by `indent` characters; where it ends."""
        room = right - x
        first = wrapped("\u3000" * 0 + text, size, room - indent * size)[0]
        self.text(x + indent * size, top, first, size)
        top += 1.75 * size
        for line in wrapped(text[len(first) :], size, room) if text[len(first) :] else []:
            self.text(x, top, line, size)
            top += 1.75 * size
        return top

    def bytes(self) -> bytes:
        """The file."""
        objects: dict[int, bytes] = {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            3: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
            b"/DescendantFonts [4 0 R] >>",
            4: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 "
            b"/W [1 95 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
            5: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] "
            b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
            6: b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Length 1 >>\nstream\n\x80\nendstream",
        }
        kids = []
        for number, codes in enumerate(self.painted):
            stream = zlib.compress("\n".join(codes).encode("ascii"))
            own, content = 10 + 2 * number, 11 + 2 * number
            kids.append(f"{own} 0 R")
            objects[own] = (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {self.wide} {self.tall}] /Rotate {self.rotate} "
                f"/Contents {content} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /I 6 0 R >> >> >>"
            ).encode()
            objects[content] = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream)
        objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
        out = bytearray(b"%PDF-1.4\n")
        places = {}
        for key in sorted(objects):
            places[key] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (key, objects[key])
        start = len(out)
        out += b"xref\n0 %d\n" % (max(places) + 1)
        for key in range(max(places) + 1):
            out += b"%010d %05d %c \n" % (
                places.get(key, 0),
                0 if key in places else 65535,
                b"n"[0] if key in places else b"f"[0],
            )
        out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, start)
        return bytes(out)


@dataclass
class Setting:
    """How a table is set."""

    x: float = 72.0
    widths: tuple[float, ...] = (30, 180, 80, 80, 60)
    top: float = 72.0
    bottom: float = 770.0
    size: float = 12.0
    pad: float = 5.4
    pitch: float = 1.3
    style: str = "stroke"  # stroke, box, double, dash
    pieces: bool = True  # borders drawn cell by cell; else lines over the whole table
    outer: bool = True  # left and right border drawn
    upright: bool = True  # lines between columns
    align: str = "left"  # left, center
    middle: bool = False  # cells centered from top to bottom
    header_rows: int = 0  # printed again on each page
    cut: bool = True  # rows may be cut by a page end
    shift: float = 0.0  # every other page moved sideways


Cell = str | tuple[str, int, int] | None


def table(paper: Paper, rows: list[list[Cell]], how: Setting, top: float | None = None) -> float:
    """A table on the paper's last page and as many more as it takes; where it ends.

    rows   cells as (text, row span, column span) or text; None is covered by a merged cell
    """
    edges = [how.x]
    for one in how.widths:
        edges.append(edges[-1] + one)
    pitch = how.pitch * how.size
    boxes: list[dict] = []  # row, col, spans, lines
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            text, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
            room = edges[c + across] - edges[c] - 2 * how.pad
            lines = [line for part in text.split("\n") for line in wrapped(part, how.size, room)] if text else []
            boxes.append({"row": r, "col": c, "down": down, "across": across, "lines": lines})
    heights = []
    for r in range(len(rows)):
        tallest = max((len(b["lines"]) for b in boxes if b["row"] == r and b["down"] == 1), default=1)
        heights.append(max(tallest, 1))
    for b in boxes:  # a merged cell too tall for its rows stretches the last of them
        spare = len(b["lines"]) - sum(heights[b["row"] : b["row"] + b["down"]])
        if b["down"] > 1 and spare > 0:
            heights[b["row"] + b["down"] - 1] += spare
    at = how.top if top is None else top
    left = {id(b): list(b["lines"]) for b in boxes}
    pages = 0

    def paint(r: int, count: int, first: bool, last: bool, again: bool = False) -> None:
        nonlocal at
        dx = how.shift if pages % 2 else 0.0
        low = at + count * pitch + 4
        for b in boxes:
            if not b["row"] <= r < b["row"] + b["down"]:
                continue
            x0, x1 = edges[b["col"]] + dx, edges[b["col"] + b["across"]] + dx
            source = list(b["lines"]) if again else left[id(b)]
            lines, rest = source[:count], source[count:]
            if not again:
                left[id(b)] = rest
            spare = (count - len(lines)) * pitch / 2 if how.middle and b["down"] == 1 else 0.0
            for n, line in enumerate(lines):
                x = x0 + how.pad
                if how.align == "center":
                    x = (x0 + x1 - width(line, how.size)) / 2
                paper.text(x, at + 2 + spare + n * pitch, line, how.size)
            top_here = (r == b["row"] and first) or again
            bottom_here = r == b["row"] + b["down"] - 1 and last
            if top_here or at == page_top:
                paper.line(x0, at, x1, at, how.style)
            if bottom_here or not last:
                paper.line(x0, low, x1, low, how.style)
            for edge, x in ((b["col"], x0), (b["col"] + b["across"], x1)):
                outer = edge in (0, len(edges) - 1)
                if how.outer if outer else how.upright:
                    paper.line(x, at, x, low, how.style)
        at = low

    page_top = at
    open_until = 0.0

    def end_page() -> None:
        nonlocal at, page_top, pages
        paper.page()
        pages += 1
        at = page_top = how.top
        for h in range(how.header_rows):
            paint(h, heights[h], True, True, again=True)
        page_top = at if how.header_rows else page_top

    def close(r: int) -> None:
        # the border below merged cells that the page end cuts
        dx = how.shift if pages % 2 else 0.0
        for b in boxes:
            if b["row"] <= r < b["row"] + b["down"] - 1:
                paper.line(edges[b["col"]] + dx, at, edges[b["col"] + b["across"]] + dx, at, how.style)

    for r in range(len(rows)):
        rest = heights[r]
        first = True
        while rest:
            room = int((how.bottom - at - 4) // pitch)
            if room < (1 if how.cut else rest) and at > page_top:
                close(r - 1 if first else r)
                end_page()
                continue
            count = min(rest, max(room, 1)) if how.cut else rest
            paint(r, count, first, count == rest)
            rest -= count
            first = False
            if rest:
                close(r)
                end_page()
    return at + open_until
