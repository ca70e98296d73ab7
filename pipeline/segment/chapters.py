"""Chapters whose number has no mark of its own (1 总则), told by the decimal numbers below them (1.1 目的)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..recognize.numbering import Numeral, bare_number, numbering
from ..rulebook import RuleBook
from ..spans import fold
from .lines import CLOSED, Line

LIMIT = 30  # characters; a longer line is no heading


def chapters(lines: Sequence[Line], book: RuleBook) -> Mapping[tuple[int, int], Numeral]:
    """The lines of one part that open such a chapter, by block and start, with their number.

    They count on from 1, and at least one of them is followed by its own N.1 as the next numbered line.
    source   国家突发公共事件总体应急预案体例: 1 总则, 1.1 编制目的
    """
    found: dict[tuple[int, int], Numeral] = {}
    proven = False
    last: int | None = None
    for line in lines:
        bare = _bare(line, book)
        if bare is not None and bare.ordinal == len(found) + 1 and numbered(line, book) is None:
            found[line.block, line.start] = bare
            last = bare.ordinal
        elif last is not None and (numeral := numbered(line, book)) is not None:
            proven |= _above(line, numeral) == last
            last = None
    return found if proven else {}


def numbered(line: Line, book: RuleBook) -> Numeral | None:
    """The number of a line, printed in it or by Word before it, as stretch of its text."""
    if not line.number_label:
        return numbering(line.text, book)
    # what Word prints stands before the text; a bullet is no number
    label = line.number_label.split("\n")[0]
    found = numbering(label + line.text[:1], book) or numbering(label, book)
    if found is None:
        return numbering(line.text, book)
    return Numeral(found.style, found.rank, found.ordinal, 0, 0)


def _bare(line: Line, book: RuleBook) -> Numeral | None:
    words = fold(line.text).rstrip()
    if len(words) > LIMIT or words[-1:] in tuple(CLOSED):
        return None
    label = line.number_label.split("\n")[0]
    found = bare_number(label or line.text, book)
    return Numeral(found.style, found.rank, found.ordinal, 0, 0) if found and label else found


def _above(line: Line, numeral: Numeral) -> int | None:
    # the chapter that a decimal number names first: 2 of 2.1
    label = fold(line.number_label.split("\n")[0] or line.text[numeral.start : numeral.end]).strip()
    first, point, rest = label.partition(".")
    return int(first) if point and rest[:1].isdigit() and first.isdigit() else None
