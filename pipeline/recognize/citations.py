"""Cited documents: 《…〈…〉…》（国办函〔2021〕132号). Titles nest to any depth; numbers stand before or after, or alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, trim
from .docnumbers import NumberMention, docnumbers
from .issuers import code_readings
from .numbers import to_int
from .relations import relations
from .titles import Title, titles
from .wording import joined, part

BRACKET_LIMIT = 120  # characters in which a bracket behind a title closes
NAME_LIMIT = 25  # characters of a short name


@dataclass(frozen=True, slots=True)
class CitationMention:
    """One cited document: its whole stretch (marks, number, brackets), its title (empty for a number alone), its number.

    parent    index of the title that it stands in
    relation  implements, forwards, refers, repeals; `rule` told so
    short     the stretch of the name that the paper goes on to call it by (以下简称《条例》)
    edition   the year of the edition that stands behind the title (2019年修订)
    silent    no document, but a form or a newspaper; other recognizers keep out of it all the same
    """

    start: int
    end: int
    title_start: int
    title_end: int
    number: NumberMention | None
    parent: int | None
    relation: str = "refers"
    rule: str = "refers"
    short: tuple[int, int] | None = None
    edition: int | None = None
    silent: bool = False


def citations(text: str, book: RuleBook) -> tuple[CitationMention, ...]:
    """The citations of one text in reading order; `parent` is an index into the result.

    A number belongs to the title it stands right behind (in brackets or not) or right before. A number alone is a
    citation with an empty title. source: samples/130607-2022-zhengwu-gongkai （十三）3.
    """
    view = fold(text)
    found = [t for t in titles(view, text, _tail(view, book)) if _is_title(view, t, book)]
    numbers = docnumbers(text, book)
    if not found and not numbers:
        return ()
    free = {n.start: n for n in numbers}
    made = [_with_surroundings(view, title, found, free, book) for title in found]
    outer = [m for m in made if m.parent is None]
    for number in list(free.values()):
        if home := _around(number, outer):
            # 《…规范（DB35/T 1792-2018）》: the number at the end of a title is its own
            if home.number is None and view[number.end : home.title_end].strip() in ("", ")"):
                made[made.index(home)] = replace(home, number=number)
            del free[number.start]
    made += [CitationMention(n.start, n.end, n.start, n.start, n, None) for n in free.values()]
    return _related(view, _named_once(made), book)


def masks(text: str, book: RuleBook) -> tuple[tuple[int, int], ...]:
    """Stretches that no other recognizer may enter: whole citations, numbers included."""
    return tuple((m.start, m.end) for m in citations(text, book))


def _tail(view: str, book: RuleBook) -> Callable[[int], int]:
    pattern = joined(book, "tail")

    def tail(place: int) -> int:
        found = pattern.match(view, place)
        return found.end() if found else place

    return tail


def _is_title(view: str, title: Title, book: RuleBook) -> bool:
    # 〈…〉 without 《 around it only when it ends as titles do
    if title.parent is not None or view[title.start] != "<":
        return True
    words = view[title.inner_start : title.inner_end]
    return any(m.end() == len(words) for m in joined(book, "kind").finditer(words))


def _with_surroundings(
    view: str, title: Title, found: Sequence[Title], free: dict[int, NumberMention], book: RuleBook
) -> CitationMention:
    """The title with what belongs to it: a number behind or before it, brackets with a number, a short name, an edition."""
    limit = len(view) if title.parent is None else found[title.parent].inner_end
    number: NumberMention | None = None
    short: tuple[int, int] | None = None
    edition: int | None = None
    upto = title.end
    tail = joined(book, "tail").match(view, upto)
    place = tail.end() if tail and view[tail.end() : tail.end() + 1] == "(" else upto
    while True:
        start, _ = trim(view, place, limit)
        glued = free.get(start) if number is None else None
        if glued and glued.end <= limit:
            number, place = free.pop(glued.start), glued.end
        elif start < limit and view[start] == "(":
            close = _closing(view, start, limit)
            inside = [free[a] for a in range(start + 1, close or min(limit, start + 3)) if a in free]
            named, year, told = _bracket(view, start + 1, close, book) if close else (None, None, False)
            if not inside and not told:
                break
            for one in inside:
                number = number or one
                del free[one.start]
            short, edition = short or named, edition or year
            place = close + 1 if close else inside[-1].end
        else:
            break
        upto = place
    since = title.start
    if number is None and title.parent is None and (before := _before(view, since, free, book)):
        number, since = free.pop(before[0].start), before[1]
    silent = title.parent is None and _is_work(view, title, book)
    return CitationMention(
        since,
        upto,
        title.inner_start,
        title.inner_end,
        number,
        title.parent,
        short=short,
        edition=edition,
        silent=silent,
    )


def _closing(view: str, start: int, limit: int) -> int | None:
    depth = 0
    for place in range(start, min(limit, start + BRACKET_LIMIT)):
        if view[place] == "(":
            depth += 1
        elif view[place] == ")":
            depth -= 1
            if not depth:
                return place
    return None


def _bracket(view: str, start: int, end: int, book: RuleBook) -> tuple[tuple[int, int] | None, int | None, bool]:
    """What a bracket says of the title before it: its short name, the year of its edition, whether it says anything."""
    words = view[start:end]
    named: tuple[int, int] | None = None
    if called := joined(book, "short_name").search(words):
        a, b = trim(view, start + called.end(), end, ":为")
        stop = next((i for i in range(a + 1, b) if view[i] in ",;、》>”\"」'"), b)
        a, b = trim(view, a, stop, "《<“\"「'")
        named = (a, b) if 0 < b - a <= NAME_LIMIT else None
    edition = joined(book, "edition").fullmatch(words.strip()) or joined(book, "edition").match(words)
    year = edition.groupdict().get("年") if edition else None
    return named, to_int(year) if year else None, bool(named or edition)


def _before(view: str, start: int, free: dict[int, NumberMention], book: RuleBook) -> tuple[NumberMention, int] | None:
    # 国办发〔2021〕12号《…》, 国办发〔2021〕12号文件《…》, （国办发〔2021〕12号）《…》
    for place in range(start - 1, max(0, start - BRACKET_LIMIT // 2) - 1, -1):
        if number := free.get(place):
            between = view[number.end : start].strip()
            if not between or joined(book, "number_word").fullmatch(between):
                return number, number.start
            bracketed = between == ")" and view[number.start - 1 : number.start] == "("
            return (number, number.start - 1) if bracketed else None
    return None


def _is_work(view: str, title: Title, book: RuleBook) -> bool:
    words = view[title.inner_start : title.inner_end]
    return any(m.end() == len(words) for m in joined(book, "work").finditer(words))


def _around(number: NumberMention, outer: Sequence[CitationMention]) -> CitationMention | None:
    # the outer titles are disjoint and in reading order
    place = bisect_right(outer, number.start, key=lambda m: m.title_start) - 1
    if place >= 0 and number.end <= outer[place].title_end:
        return outer[place]
    return None


def _named_once(made: Sequence[CitationMention]) -> list[CitationMention]:
    """Reading order, without the titles that are but the short name of the one before; parents follow."""
    names = {m.short[0] for m in made if m.short}
    order = sorted(range(len(made)), key=lambda i: (made[i].start, -made[i].end))
    kept = [i for i in order if made[i].title_start not in names or made[i].title_start == made[i].title_end]
    new = {old: place for place, old in enumerate(kept)}
    return [replace(made[i], parent=None if (p := made[i].parent) is None else new.get(p)) for i in kept]


def _related(view: str, made: list[CitationMention], book: RuleBook) -> tuple[CitationMention, ...]:
    for inner in (False, True):
        own = [i for i, m in enumerate(made) if (m.parent is not None) == inner]
        told = relations(view, [(made[i].start, made[i].end) for i in own], book)
        for i, (relation, rule) in zip(own, told, strict=True):
            made[i] = replace(made[i], relation=relation, rule=rule)
    return tuple(made)


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    if kind == "issuer_code":
        return code_readings(text, book)
    out = []
    for m in citations(text, book):
        if m.silent:
            out.append(Reading(m.start, m.end, "silent", part(book, "work")[0].id))
        elif m.parent is None and m.title_start == m.title_end and m.number:
            out.append(Reading(m.start, m.end, text[m.start : m.end], m.number.rule))
        elif m.parent is None:
            out.append(Reading(m.start, m.end, m.relation, m.rule))
    return tuple(out)
