"""Blocks → lines: one line is one paragraph as a reader knows it, also where a copy ran a whole paper together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..model import Block, Look, Span
from ..recognize.headers import COLUMNS, header_at
from ..recognize.letterhead import lead_in
from ..recognize.numbering import Numeral, numbering, numerals
from ..rulebook import RuleBook
from ..spans import fold, trim

LONG = 200  # characters; a shorter paragraph is what it looks like
CLOSED = '。;!?:)》”"』」…'  # folded; what a paragraph ends with, or a bracket that closes one
WHAT = {"task", "name", "detail"}
WHO_OR_WHEN = {"lead", "responsible", "supporting", "guiding", "deadline"}
_STOP = re.compile(r"。")
DATE_MARKS = "年月日时分号"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: a stretch of a block. `text` is its words; offsets into it are turned back by `span`."""

    block: int
    start: int
    text: str
    number_label: str = ""
    look: Look = field(default_factory=Look)
    whole: bool = True  # the line is its whole block

    def span(self, start: int, end: int) -> Span:
        """A stretch of the line as a stretch of its block."""
        return Span(self.block, self.start + start, self.start + end)

    def trimmed(self) -> Span:
        """The line without blanks at its ends."""
        return self.span(*trim(self.text, 0, len(self.text)))


def lines(block: Block, book: RuleBook) -> tuple[Line, ...]:
    """The lines of one paragraph block, in order, blank ones left out; every solid character is in one of them.

    A soft break parts lines where an item's number or a stop says so. A block that holds several numbered items in a
    row is a copy that lost its paragraph ends: it is cut at the numbers that count on, and at the blanks that stand
    where the ends were. source: pages that were pasted as one line, samples/350128-2020-anquan-shengchan
    """
    cuts = sorted({0, *_soft(block, book), *_run_together(block.text, book), len(block.text)})
    if len(cuts) == 1:
        cuts *= 2  # no words, but a number that Word prints
    label = block.number_label
    made: list[Line] = []
    for start, end in pairwise(cuts):
        text = block.text[start:end]
        if text.strip() or (label and not made):
            made.append(Line(block.seq, start, text, "" if made else label, block.look, len(cuts) == 2))
    return tuple(made)


def _soft(block: Block, book: RuleBook) -> Iterator[int]:
    """Places behind a soft break that ends a paragraph."""
    if "\n" not in block.text:
        return
    pieces = block.text.split("\n")
    place = 0
    for before, after in pairwise(pieces):
        place += len(before) + 1
        if numbering(after, book) or fold(before).rstrip()[-1:] in tuple(CLOSED[:5]):
            yield place


def _run_together(text: str, book: RuleBook) -> Iterator[int]:
    if len(text) < LONG:
        return
    view = fold(text)
    counted = chain(view, numerals(view, book))
    heads = header_words(view, book)
    if not heads and (len(counted) < 2 or not _lost_its_ends(view, counted)):
        return
    yield from (numeral.start for numeral in counted)
    if heads:
        # a table without its lines: a cell ends where a sentence does
        yield from (place for head in heads for place in head)
        yield from (m.end() for m in _STOP.finditer(view, heads[-1][1]))
    # the blank behind a number parts nothing
    behind = {len(view) - len(view[numeral.end :].lstrip()) for numeral in counted}
    yield from (place for place in _blanks(view) if place not in behind)
    yield from lead_in(view, book)


def header_words(view: str, book: RuleBook) -> tuple[tuple[int, int], ...]:
    """The header words of a task table that stand one behind the other in a text; () when no such table begins there."""
    place = 0
    while place < len(view):
        if view[place].isspace():  # blanks in front of a word are seen past from the word itself
            place += 1
            continue
        run: list[tuple[int, int]] = []
        meanings: set[str] = set()
        end = place
        while len(run) < COLUMNS and (found := header_at(view, end, book)):
            start, end, rule = found
            run.append((start, end))
            meanings.add(rule.meaning["column"])
        if len(run) >= 3 and len(meanings) >= 3 and meanings & WHAT and meanings & WHO_OR_WHEN:
            return tuple(run)
        place += 1
    return ()


def _lost_its_ends(view: str, counted: Sequence[Numeral]) -> bool:
    # an enumeration inside a sentence (重点是：1.…；2.…) is none: several styles nest, or whole sentences stand between
    if len({numeral.style for numeral in counted}) > 1:
        return True
    stops = sum(view.count("。", a.end, b.start) for a, b in pairwise(counted))
    return stops >= len(counted) - 1


def chain(view: str, found: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Of all numerals in a text those that count on: each follows the one before it in its style or opens a level.

    A numeral that stands right behind a word (…落实到位二、突出…) counts only where it is the very next; one in a
    title or behind 第 never does.
    """
    kept: list[Numeral] = []
    open_at: list[tuple[str, int]] = []  # styles from the outermost in, with the last ordinal
    last: dict[str, int] = {}
    quoted = _quoted(view)
    for place, numeral in enumerate(found):
        if (kept and numeral.start < kept[-1].end) or any(a <= numeral.start < b for a, b in quoted):
            continue
        before = view[: numeral.start].rstrip()[-1:]
        loose = bool(before) and before not in CLOSED and not view[numeral.start - 1].isspace()
        if before == "第":
            continue
        styles = [style for style, _ in open_at]
        if numeral.style in styles:
            depth = styles.index(numeral.style)
            step = numeral.ordinal - open_at[depth][1]
            if not (step == 1 or (step == 2 and not loose)):
                continue
            del open_at[depth:]
        else:
            # a level opens at one, or runs on from where it stood under the heading before
            step = numeral.ordinal - last.get(numeral.style, 0)
            if numeral.ordinal != 1 and step not in (1, 2):
                continue
            runs_on = step == 1 and numeral.ordinal > 1
            if (loose or step == 2) and not runs_on and not _goes_on(numeral, found[place + 1 :]):
                continue
        open_at.append((numeral.style, numeral.ordinal))
        last[numeral.style] = numeral.ordinal
        kept.append(numeral)
    return tuple(kept)


def _goes_on(first: Numeral, rest: Sequence[Numeral]) -> bool:
    # linear all the same: the next of a style is near, or the style has ended
    return any(one.style == first.style and one.ordinal == first.ordinal + 1 for one in rest[:200])


def _quoted(view: str) -> list[tuple[int, int]]:
    # inside a title or a quotation nothing is an item
    out, place = [], 0
    for opening, closing in (("《", "》"), ("“", "”")):
        place = 0
        while (start := view.find(opening, place)) >= 0:
            end = view.find(closing, start)
            if end < 0:
                break
            out.append((start, end))
            place = end + 1
    return out


def _blanks(view: str) -> Iterator[int]:
    """Places behind blanks that stand between Chinese words or marks: where a paragraph ended."""
    place = 0
    while place < len(view):
        if not view[place].isspace():
            place += 1
            continue
        end = place
        while end < len(view) and view[end].isspace():
            end += 1
        before, after = view[place - 1 : place], view[end : end + 1]
        if before and after and _ends_here(before, after):
            yield end
        place = end


def _ends_here(before: str, after: str) -> bool:
    if before in ":,、(" or after in "),。、;:":
        return False
    if (after in DATE_MARKS and before.isdigit()) or (before in "年月〔(" and after.isdigit()):
        return False
    # between two words or figures in Latin script a blank is a blank
    return not all(c.isascii() and c.isalnum() for c in (before, after))
