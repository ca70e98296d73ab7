"""What a paper does with a document that it cites: implements, forwards, repeals, refers. From the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..rulebook import Rule, RuleBook
from .wording import part

BEFORE = 30  # how far before a citation the word that relates to it stands
AFTER = 40
_CLAUSE_START = re.compile(r"[。;,:!?《》<>\n]")
_SENTENCE_END = re.compile(r"[。;!?《\n]")
# between two citations that share the words around them: 《A》、《B》和《C》
_BETWEEN = re.compile(r"[、,和及与或以并等 ]{0,3}")
# the words behind a citation that outweigh those before it
_STRONG = ("repeals", "forwards")

Stretch = tuple[int, int]
Told = tuple[str, str]  # relation, rule


def relations(view: str, stretches: Sequence[Stretch], book: RuleBook) -> list[Told]:
    """One relation for each stretch, in their order; citations in a row share what stands before and behind the row."""
    out: list[Told] = []
    row: list[Stretch] = []
    for stretch in stretches:
        if row and not _BETWEEN.fullmatch(view[row[-1][1] : stretch[0]]):
            out += _of_row(view, row, book)
            row = []
        row.append(stretch)
    return out + _of_row(view, row, book)


def _of_row(view: str, row: Sequence[Stretch], book: RuleBook) -> list[Told]:
    if not row:
        return []
    behind = _after(view, row[-1][1], book)
    if behind and behind[0] in _STRONG:
        return [behind] * len(row)
    told: list[Told] = []
    last: Told | None = None
    for start, _ in row:
        last = _before(view, start, book) or last
        told.append(last or behind or ("refers", "refers"))
    return told


def _before(view: str, start: int, book: RuleBook) -> Told | None:
    # the nearest word counts: 按照…印发的…要求，参照《A》
    low = max(0, start - BEFORE)
    words = _CLAUSE_START.split(view[low:start])[-1]
    found = _found(words, [r for r in book.of("citation") if r.get("relation") and r.get("part") != "after"])
    return max(found, key=lambda f: (f[1], f[1] - f[0]))[2] if found else None


def _after(view: str, end: int, book: RuleBook) -> Told | None:
    words = view[end : end + AFTER]
    if stop := _SENTENCE_END.search(words):
        words = words[: stop.start()]
    # only the clause that goes on from the citation; a phrase may itself run over a comma (已经…同意，现印发)
    clause = len(words) if (comma := words.find(",")) < 0 else comma
    found = [f for f in _found(words, part(book, "after")) if f[0] <= clause and "," not in words[: f[0]]]
    strong = [f for f in found if f[2][0] in _STRONG]
    return min(strong or found, key=lambda f: (f[0], -f[1]))[2] if found else None


def _found(words: str, rules: Sequence[Rule]) -> list[tuple[int, int, Told]]:
    return [
        (m.start(), m.end(), (rule.meaning["relation"], rule.id))
        for rule in rules
        for phrase in rule.phrases
        for m in phrase.finditer(words)
    ]
