"""One clause as the search for its verb sees it: its words, and which lists of rules/measures.toml they stand in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ..rulebook import RuleBook
from .words import Word

LONGEST_WORD = 8  # characters of the longest word in the lists


class Clause:
    """One clause as the search sees it: a stretch of the view, its words, and what of it is closed (quotes, brackets)."""

    def __init__(self, view: str, words: Sequence[Word], start: int, end: int, closed: bytearray, book: RuleBook):
        self.view, self.start, self.end, self.closed, self.book = view, start, end, closed, book
        first, last = (bisect_left(words, place, key=lambda w: w.start) for place in (start, end))
        self.words = words[first:last]
        self.starts = {w.start: i for i, w in enumerate(self.words)}
        self.ends = {w.end for w in self.words}

    def listed(self, slot: str, place: int) -> int:
        """Where the longest word of a list that begins here ends; 0 when none does or it ends inside a word.

        Idioms and words that no dictionary has (落实政策, 切实加强) may be cut in two.
        """
        words = lists(self.book)[slot]
        here = self.word_at(place)
        loose = here.end if here and len(here.text) > 3 and here.flag[0] in "lizx" else place
        for length in range(min(LONGEST_WORD, self.end - place), 0, -1):
            end = place + length
            if (end in self.ends or (length > 1 and end < loose)) and self.view[place:end] in words:
                return end
        return 0

    def lone(self, slot: str, place: int) -> int:
        """As `listed`; a word of one character must be a word by itself, or stand in one that no dictionary has."""
        if end := self.listed(slot, place):
            return end
        word = self.word_at(place)
        unknown = word is not None and word.flag == "x" and len(word.text) < 4
        return place + 1 if unknown and self.view[place] in lists(self.book)[slot] else 0

    def from_place(self, place: int) -> Sequence[Word]:
        """The words that begin here or later."""
        return self.words[bisect_left(self.words, place, key=lambda w: w.start) :]

    def word_at(self, place: int) -> Word | None:
        at = self.starts.get(place)
        return None if at is None else self.words[at]


def lists(book: RuleBook) -> dict[str, frozenset[str]]:
    names = (
        *("动词", "轻动词", "助动词", "兼语动词", "名动词", "能愿", "状语", "兼定语", "介词", "提宾", "定语尾", "主体"),
    )
    made: dict[str, frozenset[str]] = book.made(
        "words of measures", lambda b: {n: frozenset(r.get("words") if (r := b.rule(n)) else ()) for n in names}
    )
    return made
