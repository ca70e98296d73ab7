"""The clauses of a duty: verb, object, and how binding it is. Words from jieba, obligation from rules/obligations.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, trim
from .words import Word, words

_STOPS = re.compile(r"[。;!?\n]")
_PAUSE = re.compile(r"[,:]")
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
    """One measure for each clause: cut at stops, and at a pause behind which a new verb begins.

    The verb is the first one of the clause that has words after it; the object is what follows up to the pause.
    A clause without a word of obligation is an order (must): a plan assigns.
    """
    view = fold(text)
    cut = words(text)
    out = []
    for start, end in _clauses(view, cut):
        own = [w for w in cut if start <= w.start and w.end <= end]
        action, thing = _verb_and_object(text, view, own, end)
        found = _obligation(view[start:end], book)
        out.append(MeasureMention(start, end, action, thing, found[1] if found else "must"))
    return tuple(out)


def _clauses(view: str, cut: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    first = {w.start: w for w in cut}
    place = 0
    for stop in [*(m.start() for m in _STOPS.finditer(view)), len(view)]:
        begin = place
        for pause in _PAUSE.finditer(view, place, stop):
            after = first.get(pause.end())
            # 并密切关注…: a particle may stand before the verb
            while after is not None and after.flag[:1] in ("c", "d", "a") and after.flag != "an":
                after = first.get(after.end)
            starts_duty = after is not None and after.flag.startswith("v") and after.flag != "vn"
            if starts_duty and pause.start() - begin >= _SHORT:
                yield from _worth(view, begin, pause.start())
                begin = pause.end()
        yield from _worth(view, begin, stop)
        place = stop + 1


def _worth(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = trim(view, start, end, ",:;、")
    if any(c.isalnum() for c in view[start:end]):
        yield start, end


def _verb_and_object(text: str, view: str, own: list[Word], end: int) -> tuple[str, str]:
    for place, word in enumerate(own):
        if word.flag in ("v", "vd", "vn", "vi") and len(word.text) > 1 and word.end < end:
            rest = own[place + 1 :]
            # 持续推进: of two verbs in a row the second acts
            if word.flag == "vd" and rest and rest[0].flag.startswith("v"):
                word = rest[0]
            stop = _PAUSE.search(view, word.end, end)
            start, upto = trim(text, word.end, stop.start() if stop else end, "了好、")
            return word.text, text[start:upto]
    return "", ""


def _obligation(view: str, book: RuleBook) -> tuple[int, str, str, int] | None:
    found = [
        (m.start(), rule.meaning["obligation"], rule.id, m.end())
        for rule in book.of("obligation")
        for phrase in rule.phrases
        for m in phrase.finditer(view)
    ]
    return min(found, key=lambda f: (f[0], -f[3])) if found else None


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    found = _obligation(fold(text), book)
    return (Reading(found[0], found[3], found[1], found[2]),) if found else ()
