"""Pages without words → sheets: which pages are recognized, how long it may take, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from ..model import Loss, Ocr
from .guard import more_time, refusal
from .pagelines import Line
from .pages import Page
from .ruled import TooManyLines
from .sheets import Sheet, sheet

NEEDED = ("rapidocr", "onnxruntime", "cv2")  # the extra `ocr`
PAGE_SECONDS = 40.0  # a page takes 4 to 6 on two processors; busy machines take longer
PAGES = 300  # recognized in one file
DOUBT = 0.7  # a character less sure than that may be another one
TOLD = 5  # words named of one page

# the picture of a page by its number, uint8[height, width, 3], and the width of the page in points
Picture = Callable[[int], tuple[Any, float]]


def installed() -> bool:
    """Whether the extra `ocr` is there."""
    return all(find_spec(name) for name in NEEDED)


def without_words(ocr: Ocr) -> str:
    """The code of the refusal of a file in which no page has words."""
    if ocr == "never":
        return "no_text_layer"
    return "no_words_found" if installed() else "needs_recognition"


def recognition(
    path: str, sheets: Sequence[Sheet], silent: dict[int, str], picture: Picture, ocr: Ocr
) -> tuple[list[Sheet], dict[int, str], list[Loss]]:
    """The sheets, those without words read from their pictures; which are still without, and why; what is to be told.

    silent   number of the page → why it has no words
    ocr      auto: pages without words; always: every page; never: none
    raises   Unreadable
    """
    wanted = [one.number for one in sheets if ocr == "always" or one.number in silent] if ocr != "never" else []
    out, left, told = list(sheets), dict(silent), list[Loss]()
    if not wanted:
        return out, left, told
    if not installed():
        if ocr == "always":
            raise refusal(path, "needs_recognition", "识别图中文字的组件没有安装")
        left |= {number: f"{left[number]}，识别图中文字的组件没有安装" for number in wanted}
        return out, left, told
    from .ocr import recognized

    done = []
    for count, number in enumerate(wanted[:PAGES], 1):
        more_time(PAGE_SECONDS, count, len(wanted))
        page = recognized(*picture(number), number)
        if not page.glyphs:
            continue
        try:
            out[number - 1] = sheet(page)
        except TooManyLines:
            raise refusal(path, "too_many_cells", place=f"第{number}页") from None
        left.pop(number, None)
        done.append(number)
        told += doubts(page, out[number - 1])
    left |= {number: f"识别的页数超过 {PAGES}" for number in wanted[PAGES:] if number in left}
    if done:
        told.insert(0, Loss("recognized", f"{len(done)} 页", ranges(done)))
    return out, left, told


def doubts(page: Page, read: Sheet) -> list[Loss]:
    """What of a page is not sure, as one loss; none where every character is."""
    unsure = [glyph for glyph in page.glyphs if glyph.sure < DOUBT]
    if not unsure:
        return []
    lines = [
        x for one in read.flow for x in ([one] if isinstance(one, Line) else [y for c in one.cells for y in c.lines])
    ]
    named = [
        f"{line.text[:12]}（{line.sure:.2f}）" for line in sorted(lines, key=lambda x: x.sure) if line.sure < DOUBT
    ]
    return [Loss("low_confidence", f"{len(unsure)} 字：" + "、".join(named[:TOLD]), f"第{page.number}页")]


def ranges(numbers: Sequence[int]) -> str:
    """Pages as a reader names them: 第1—3、5页."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "第" + "、".join(str(a) if a == b else f"{a}—{b}" for a, b in runs) + "页"
