"""Cited documents: 《…〈…〉…》（国办函〔2021〕132号). Titles nest to any depth; numbers stand before or after, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, overlaps

TITLE_LIMIT = 150  # an opening mark without a partner swallows no paragraph
BEFORE = 12  # how far before a title the word that relates to it stands
_OPENING, _CLOSING = "《<", "》>"


@dataclass(frozen=True, slots=True)
class CitationMention:
    """One cited document: its whole stretch (marks and number), its title, its number, the index of its outer title."""

    start: int
    end: int
    title_start: int
    title_end: int
    number: tuple[int, int] | None
    parent: int | None
    relation: str
    rule: str


def citations(text: str, book: RuleBook) -> tuple[CitationMention, ...]:
    """The citations of one text in reading order; `parent` is an index into the result.

    A number belongs to the title it stands right behind (in brackets or not) or right before. A number alone is a
    citation with an empty title. source: samples/130607-2022-zhengwu-gongkai （十三）3.
    """
    view = fold(text)
    if not any(c in view for c in "《<") and not any(c.isdigit() for c in view):
        return ()
    numbers = list(_numbers(view, book))
    titles = _titles(view)
    free = [n for n in numbers if not any(a < n[0] and n[1] < b for a, b, _ in titles)]
    out: list[CitationMention] = []
    index: dict[int, int] = {}
    used: set[tuple[int, int]] = set()
    for place, (start, end, parent) in enumerate(titles):
        number, upto, since = _number_of(view, start, end, [n for n in free if n not in used])
        if number:
            used.add(number)
        relation, rule = _relation(view, since, book)
        index[place] = len(out)
        above = index.get(parent) if parent is not None else None
        out.append(CitationMention(since, upto, start + 1, end - 1, number, above, relation, rule))
    ends = [(m.start, m.end) for m in out]
    for number in free:
        if number not in used and not overlaps(*number, ends):
            rule = next(r.id for r in book.of("citation") if r.get("part") == "number")
            out.append(CitationMention(*number, number[0], number[0], number, None, "refers", rule))
    return _in_order(out)


def masks(text: str, book: RuleBook) -> tuple[tuple[int, int], ...]:
    """Stretches that no other recognizer may enter: whole citations, numbers included."""
    return tuple((m.start, m.end) for m in citations(text, book))


def _titles(view: str) -> list[tuple[int, int, int | None]]:
    # (start, end, index of the outer title); a mark without its partner is no title
    open_at: list[int] = []
    found: list[tuple[int, int]] = []
    for place, char in enumerate(view):
        if char in _OPENING:
            # < opens a title only inside 《》; alone it is a sign of comparison
            if char == "《" or open_at:
                open_at.append(place)
        elif char in _CLOSING and open_at:
            if char == "》":
                # an inner mark left open closes with the outer one
                while len(open_at) > 1 and view[open_at[-1]] != "《":
                    open_at.pop()
            elif view[open_at[-1]] == "《":
                continue
            start = open_at.pop()
            if place - start <= TITLE_LIMIT and place - start > 1:
                found.append((start, place + 1))
    found.sort(key=lambda s: (s[0], -s[1]))
    out: list[tuple[int, int, int | None]] = []
    for start, end in found:
        parent = next((i for i in range(len(out) - 1, -1, -1) if out[i][0] < start and end <= out[i][1]), None)
        out.append((start, end, parent))
    return out


def _numbers(view: str, book: RuleBook) -> Iterator[tuple[int, int]]:
    found = [
        (_after_words(view, *match.span(), book), match.end())
        for rule in book.of("citation")
        if rule.get("part") == "number"
        for phrase in rule.phrases
        for match in phrase.finditer(view)
    ]
    last = 0
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if start >= last:
            last = end
            yield start, end


def _after_words(view: str, start: int, end: int, book: RuleBook) -> int:
    # 按照冀政办字〔2022〕31号: the word that relates to a number is no part of it
    for rule in book.of("citation"):
        if rule.get("relation"):
            for phrase in rule.phrases:
                for match in phrase.finditer(view[start:end]):
                    start += match.end()
                    break
    return start


def _number_of(
    view: str, start: int, end: int, numbers: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int] | None, int, int]:
    """The number of a title, and the stretch of both: behind it in brackets, behind it, or right before it."""
    for a, b in numbers:
        between = view[end:a].strip()
        if a >= end and between in ("", "("):
            upto = b
            # two numbers for one title: （甲发〔1〕1号、乙发〔2〕2号）
            if between == "(" and (close := view.find(")", b)) >= 0 and close - b <= 40:
                upto = close + 1
            return (a, b), upto, start
        if b <= start and not view[b:start].strip():
            return (a, b), end, a
    return None, end, start


def _relation(view: str, start: int, book: RuleBook) -> tuple[str, str]:
    before = re.split(r"[。;,《》]", view[max(0, start - BEFORE) : start])[-1]
    best: tuple[int, int, str, str] | None = None
    for rule in book.of("citation"):
        if relation := rule.get("relation"):
            for phrase in rule.phrases:
                for match in phrase.finditer(before):
                    if best is None or (match.end(), match.end() - match.start()) > best[:2]:
                        best = (match.end(), match.end() - match.start(), relation, rule.id)
    return best[2:] if best else ("refers", "refers")


def _in_order(found: list[CitationMention]) -> tuple[CitationMention, ...]:
    order = sorted(range(len(found)), key=lambda i: (found[i].start, -found[i].end))
    new = {old: place for place, old in enumerate(order)}
    return tuple(replace(found[i], parent=None if (p := found[i].parent) is None else new[p]) for i in order)


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    out = []
    for m in citations(text, book):
        if m.parent is None and m.title_start == m.title_end and m.number:
            rule = next(
                r.id
                for r in book.of("citation")
                if r.get("part") == "number" and any(p.fullmatch(fold(text[slice(*m.number)])) for p in r.phrases)
            )
            out.append(Reading(m.start, m.end, text[slice(*m.number)], rule))
        elif m.parent is None:
            out.append(Reading(m.start, m.end, m.relation, m.rule))
    return tuple(out)
