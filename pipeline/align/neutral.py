"""A text as every level would write it: names of places, units, groups and levels made alike, boilerplate left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..recognize.levels import levels
from ..recognize.words import words
from ..rulebook import RuleBook
from ..spans import fold


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text, or a stretch that levels write differently.

    same    what it is compared by; "" for boilerplate
    start end   its stretch of the text
    """

    same: str
    start: int
    end: int


def tokens(text: str, book: RuleBook, places: Sequence[str] = (), *, title: bool = False) -> tuple[Token, ...]:
    """The words of a text in order, signs left out.

    title   the text is the title of a plan
    """
    out: list[Token] = []
    at = 0
    for one in (*levels(text, book, places, title=title), None):
        end = one.start if one else len(text)
        view = fold(text[at:end])
        out += (
            Token(w.text, at + w.start, at + w.end)
            for w in (words(view) if view.strip() else ())
            if any(c.isalnum() for c in w.text)
        )
        if one:
            out.append(Token(one.same, one.start, one.end))
            at = one.end
    return tuple(out)


def neutral(made: Sequence[Token]) -> str:
    """The text that is compared: the words joined; boilerplate parts what stands before it from what follows."""
    return "".join(t.same or "，" for t in made)
