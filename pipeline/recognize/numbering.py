"""Item numbers at the head of a paragraph: 一、 （十三） 1. ①. The styles come from rules/numbering.toml."""

from __future__ import annotations

from dataclasses import dataclass

from ..phrases import compiled
from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest
from .numbers import to_int

MARKS = " \t\n\u3000★☆▲△●○■□◆◇※*"  # what may stand before a number and is no part of it


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number: its style (the rule's id), the rank of the style from the outermost in, its value, its stretch."""

    style: str
    rank: int
    ordinal: int
    start: int
    end: int


def numbering(text: str, book: RuleBook) -> Numeral | None:
    """The number that a paragraph begins with; None when it begins with words.

    source   GB/T 9704-2012 7.3.3: 一、 （一） 1. （1） in this order
    """
    return _opening(text, "numbering", book)


def bare_number(text: str, book: RuleBook) -> Numeral | None:
    """The number without any mark that a line begins with: 1 总则. Whether it numbers a chapter, its neighbors decide."""
    return _opening(text, "bare_number", book)


def _opening(text: str, kind: str, book: RuleBook) -> Numeral | None:
    view = fold(text)
    # a mark of its own stands before the number of an item that weighs more: ★1.
    start = len(view) - len(view.lstrip(MARKS))
    if start == len(view):
        return None
    best: Numeral | None = None
    for rule in book.of(kind):
        for phrase in rule.phrases:
            found = compiled(phrase.source).match(view, start)
            if found and (best is None or found.end() > best.end):
                best = Numeral(rule.id, rule.meaning["rank"], _ordinal(rule, found[0]), start, found.end())
    return best


def numerals(view: str, book: RuleBook) -> tuple[Numeral, ...]:
    """Every stretch of a folded text that looks like an item's number, in reading order, the longest of those that overlap.

    Whether it is one, its neighbors decide: see `segment.lines.chain`.
    """
    found = [
        Numeral(rule.id, rule.meaning["rank"], _ordinal(rule, match[0]), match.start(), match.end())
        for rule in book.of("numbering")
        for phrase in rule.phrases
        for match in phrase.finditer(view)
    ]
    return longest(found)


def sentence_opener(view: str, book: RuleBook) -> tuple[int, int, str] | None:
    """The first word of a folded text that opens a sentence though it stands right behind another word; its stretch, rule."""
    found = [
        (*match.span(), rule.id)
        for rule in book.of("sentence_opener")
        for phrase in rule.phrases
        for match in phrase.finditer(view)
        if match.start() and view[match.start() - 1].isalnum() | (view[match.start() - 1] in "》”")
    ]
    return min(found, key=lambda one: (one[0], -one[1])) if found else None


def _ordinal(rule: Rule, label: str) -> int:
    kind = rule.get("numerals")
    if kind == "circled":
        # ① U+2460 … ⑳ U+2473
        return ord(label[0]) - 0x245F
    if kind == "roman":
        # Ⅰ U+2160 … Ⅻ U+216B
        return next(ord(c) for c in label if "Ⅰ" <= c <= "Ⅻ") - 0x215F
    if kind == "arabic":
        digits = "".join(c if c.isdigit() else " " for c in label).split()
        return int(digits[-1])
    return to_int("".join(c for c in label if c in "零〇一二三四五六七八九十百两")) or 0


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    if kind == "sentence_opener":
        opener = sentence_opener(fold(text), book)
        return (Reading(opener[0], opener[1], "opener", opener[2]),) if opener else ()
    found = _opening(text, kind, book)
    if found is None:
        return ()
    return (Reading(found.start, found.end, str(found.ordinal), found.style),)
