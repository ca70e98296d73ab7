"""The clauses of a duty: verb, object, and how binding it is. Words from jieba, obligation from rules/obligations.toml."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, trim
from .clausewords import Clause
from .verbs import Duty, duty
from .words import Word, words

_STOPS = frozenset("。;!?\n")
_PAUSES = frozenset(",:")
_MARKS = {"(": ")", "“": "”", "《": "》", "〔": "〕", "【": "】", "「": "」", "『": "』"}
_CLOSING = {closing: opening for opening, closing in _MARKS.items()}
CLOSED_LIMIT = 200  # characters; a mark without its partner closes nothing
_SHORT = 4  # characters; what is shorter is no duty of its own


@dataclass(frozen=True, slots=True)
class MeasureMention:
    """One clause: its stretch, its verb and object ("" where it has none), its obligation."""

    start: int
    end: int
    action: str
    object: str
    obligation: str


def measures(text: str, book: RuleBook) -> tuple[MeasureMention, ...]:
    """One measure for each clause: cut at stops, and at a pause where a duty of its own begins.

    Nothing is cut inside brackets, quotation marks and titles. What only leads to the next clause (通过…, 2025年底前)
    belongs to it, what only goes on with a list to the one before. A clause without a word of obligation is an order
    (must): a plan assigns.
    """
    view = fold(text)
    closed = _closed(view)
    cut = words(view)
    out = []
    for pieces in _sentences(view, closed):
        for start, end, acting, done in _clauses(view, pieces, cut, closed, book):
            # a word of obligation binds the verb that it stands before
            upto = done.action[1] if done.action else end
            found = _obligation(view, acting, upto, cut, book)
            if not found and start < acting:
                # 各部门要结合实际，做好…; but 对大胆探索的县，优先支持… explores nothing
                above = _obligation(view, start, acting, cut, book)
                found = above if above and above[1] in ("must", "should", "may") else None
            action, thing = (text[slice(*span)] if span else "" for span in (done.action, done.object))
            out.append(MeasureMention(start, end, action, thing, found[1] if found else "must"))
    return tuple(out)


def _closed(view: str) -> bytearray:
    """1 for each place inside brackets, quotation marks or a title, their marks included."""
    out = bytearray(len(view))
    opened: list[tuple[str, int]] = []
    for place, char in enumerate(view):
        if char in _MARKS:
            opened.append((char, place))
        elif char in _CLOSING:
            for back in range(len(opened) - 1, -1, -1):
                mark, start = opened[back]
                if place - start > CLOSED_LIMIT:
                    break
                if mark == _CLOSING[char]:
                    out[start : place + 1] = b"\1" * (place + 1 - start)
                    del opened[back:]
                    break
    return out


def _sentences(view: str, closed: bytearray) -> Iterator[list[tuple[int, int]]]:
    """The pieces between the pauses of each sentence, without blanks at their ends."""
    pieces: list[tuple[int, int]] = []
    begin = 0
    for place in range(len(view) + 1):
        char = view[place] if place < len(view) else "。"
        if (char not in _STOPS and char not in _PAUSES) or (place < len(view) and closed[place]):
            continue
        start, end = trim(view, begin, place, "、")
        if any(c.isalnum() for c in view[start:end]):
            pieces.append((start, end))
        begin = place + 1
        if char in _STOPS and pieces:
            yield pieces
            pieces = []


def _clauses(
    view: str, pieces: Sequence[tuple[int, int]], cut: tuple[Word, ...], closed: bytearray, book: RuleBook
) -> Iterator[tuple[int, int, int, Duty]]:
    """(start, end, where the piece begins that acts, its duty) of each clause of one sentence."""

    def read(start: int, end: int) -> Duty:
        return duty(Clause(view, cut, start, end, closed, book))

    begin: int | None = None  # where the clause begins that the pieces so far lead to
    made: list[tuple[int, int, int, Duty]] = []
    for start, end in pieces:
        done = read(start, end)
        if done.acts and end - start >= _SHORT:
            made.append((start if begin is None else begin, end, start, done))
            begin = None
        elif made and begin is None and not done.leads:
            # a list or a remark goes on
            made[-1] = (made[-1][0], end, *made[-1][2:])
        elif begin is None:
            begin = start
    if begin is not None:
        # what leads to nothing is a clause by itself, or the end of the last
        last = pieces[-1][1]
        if made and last - begin < 2 * _SHORT:
            made[-1] = (made[-1][0], last, *made[-1][2:])
        else:
            made.append((begin, last, begin, read(begin, last)))
    yield from made


def _obligation(
    view: str, start: int, upto: int, cut: Sequence[Word] | None, book: RuleBook
) -> tuple[int, str, str, int] | None:
    """(start, obligation, rule, end) of the first word of obligation in a stretch; a single 要 must be a word of its own."""
    segment = view[start : upto + 2]
    found = []
    for rule in book.of("obligation"):
        for phrase in rule.phrases:
            for m in phrase.finditer(segment):
                if start + m.end() <= upto:
                    found.append((start + m.start(), rule.meaning["obligation"], rule.id, start + m.end()))
    for one in sorted(found, key=lambda f: (f[0], -f[3])):
        if one[3] - one[0] > 1 or _lone(one[0], cut or words(view)):
            return one
    return None


def _lone(place: int, cut: Sequence[Word]) -> bool:
    at = bisect_right(cut, place, key=lambda w: w.start) - 1
    return at >= 0 and (len(cut[at].text) == 1 or cut[at].flag == "x")


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    view = fold(text)
    found = _obligation(view, 0, len(view), None, book)
    return (Reading(found[0], found[3], found[1], found[2]),) if found else ()
