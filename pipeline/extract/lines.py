"""Lines of a page or a file → paragraphs: which breaks part two paragraphs and which only fold one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

BREAK = "\x00"  # a line break that is seen; no text holds it
NARROWEST, WIDEST = 56, 100  # half characters of a line cut at a fixed width
HEADING_LIMIT = 40  # characters of a numbered line that holds no sentence
STOPS = "。！？；：:;!?"
_CLOSING = "”’」』）)】》"
# the head of a paragraph that counts itself
NUMBERED = re.compile(
    r"[一二三四五六七八九十百]{1,5}[、.．]|[（(][一二三四五六七八九十百0-9０-９]{1,5}[）)]|[0-9０-９]{1,3}(?:[、．]|\.(?![0-9]))"
    r"|第[一二三四五六七八九十百0-9]{1,5}[章节条]|[①-⑳⑴-⒇]|附 *件"
)
_DIGIT = "0-9〇○零一二三四五六七八九"
# a line that is a date or the number of a document, and nothing else
_ALONE = re.compile(
    f"[（(]?[{_DIGIT}]{{4}}年[十{_DIGIT}]{{1,2}}月[十{_DIGIT}]{{1,3}}日[）)]?$"
    r"|[^\s，。：、]{1,12}[〔\[（(][0-9]{4}[〕\]）)][0-9]{1,5}号$"
)
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def paragraphs(raw: str, spaced: bool = False) -> Iterator[tuple[int, str]]:
    """The paragraphs of one run of words, each with the offset of its first visible character in `raw`.

    raw      blanks as in the source; a break that is seen is `BREAK`
    spaced   a line feed in the source stands for a blank even between two Chinese characters
    yields   texts without blanks at their ends, breaks inside a paragraph as a line feed
    """
    alone = pasted(raw)
    if alone:
        raw = raw.replace("\n", BREAK)
    start, at, blank = 0, 0, True
    held: list[str] = []
    for line in raw.split(BREAK):
        text = collapsed(line, spaced)
        if not text:
            blank = True
        else:
            if held and (blank or alone or parted(held[-1], line, text)):
                yield at, "\n".join(held)
                held = []
            if not held:
                at = start + len(line) - len(line.lstrip())
            held.append(text)
            blank = False
        start += len(line) + 1
    if held:
        yield at, "\n".join(held)


def parted(before: str, line: str, text: str) -> bool:
    """Whether a break between two lines is the end of a paragraph: both sides look like paragraphs of their own."""
    return bool(
        before.rstrip(_CLOSING)[-1:] in STOPS
        or before[-1:] in STOPS
        or indented(line)
        or NUMBERED.match(text)
        or _ALONE.match(text)
        or _ALONE.match(before)
    )


def indented(line: str, plain: bool = False) -> bool:
    """Whether a line is set in by two full-width characters, as a paragraph is; `plain` counts ASCII blanks too.

    Editors write an indent as &nbsp; and blanks by turns.
    """
    lead = line[: len(line) - len(line.lstrip())]
    plain = plain or "\xa0" in lead
    halves = sum(2 if c in "\u3000\u2003" else 1 if c in "\xa0\u2002" or (plain and c == " ") else 0 for c in lead)
    return halves >= 3 or (plain and "\t" in lead)


def pasted(raw: str) -> bool:
    """Whether line feeds of the source, which a browser would not show, are all that parts the paragraphs.

    Then each comes after a sentence, or before or after a heading that counts itself; a file that was only cut at a
    fixed width breaks anywhere.
    """
    lines = [line for line in raw.split("\n") if line.strip()] if raw.count("\n") >= 3 else []
    if len(lines) < 4 or sum(map(len, lines)) < 100:
        return False
    firm = sum(1 for a, b in pairwise(lines) if parted(a.rstrip(), b, b.lstrip()) or _heading(a.strip()))
    return firm * 10 >= (len(lines) - 1) * 8


def _heading(line: str) -> bool:
    return len(line) <= HEADING_LIMIT and NUMBERED.match(line) is not None


def collapsed(line: str, spaced: bool = False) -> str:
    """Blanks as a browser shows them: a run is one; one with a line feed between two Chinese characters is none."""

    def blank(run: re.Match[str]) -> str:
        if "\n" not in run[0] or spaced:
            return " "
        sides = run.string[run.start() - 1 : run.start()] + run.string[run.end() : run.end() + 1]
        return "" if len(sides) == 2 and all(map(wide, sides)) else " "

    return _BLANKS.sub(blank, line).strip()


def wide(char: str) -> bool:
    """Whether a character takes the width of two Latin letters in a Chinese font."""
    return east_asian_width(char) in "WF" or char in "“”‘’…—·"


def width(line: str) -> int:
    """The width of a line in half characters."""
    return sum(2 if wide(c) else 1 for c in line)


def wrapped(lines: Sequence[str], full: int) -> Iterator[str]:
    """Paragraphs of lines as they are; those of a file cut at a fixed width are put together, the breaks kept.

    full   the width from which a line runs on in the next one (`cut_at`); 0 where every line is a paragraph
    """
    held: list[str] = []
    for line in lines:
        text = line.strip()
        runs_on = held and text and not indented(line, plain=True) and not NUMBERED.match(text)
        if held and not runs_on:
            yield "\n".join(held)
            held = []
        held.append(text if runs_on else line)
        if not full or not text or width(line.rstrip()) < full:
            yield "\n".join(held)
            held = []
    if held:
        yield "\n".join(held)


def cut_at(lines: Sequence[str]) -> int:
    """The width at which a file was cut into lines, 0 when its lines are paragraphs of their own.

    Only strong evidence counts: many lines are equally long, none is longer, and most of them end in mid-sentence.
    """
    solid = [line.rstrip() for line in lines if line.strip()]
    if len(solid) < 6 or max(map(len, solid)) > WIDEST:
        return 0
    sizes = [width(line) for line in solid]
    least = max(sizes) - 3
    long = [line for line, size in zip(solid, sizes, strict=True) if size >= least]
    open_ended = sum(1 for line in long if line.rstrip(_CLOSING)[-1:] not in STOPS)
    firm = len(long) * 5 >= len(solid) * 2 and open_ended * 10 >= len(long) * 7
    return least if firm and NARROWEST <= max(sizes) <= WIDEST else 0
