"""Document numbers: 国办函〔2021〕132号, 国务院令第711号, GB/T 9704-2012. Forms and words come from rules/citations.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..rulebook import RuleBook
from ..spans import fold, longest
from .numbers import to_int
from .wording import joined, part, phrases

CODE_LIMIT = 10  # characters of an office's code; 中山科发, 深科技创新规
NUMBER_LIMIT = 6  # digits of the number itself
NAME_LIMIT = 30  # characters of a body's name before 令 or 公告
_RUN = re.compile(r"[\u4e00-\u9fff〇]")
_INSERT = re.compile(
    r"\((?:[\u4e00-\u9fff]{1,4}|[a-zà-ɏ]{1,6})\)$"
)  # 宁建(科)发, 甘发改高技(规); 發(fā) in some copies


@dataclass(frozen=True, slots=True)
class NumberMention:
    """One document number: its stretch, that of the issuer's code (None where it has none), year and number."""

    start: int
    end: int
    code: tuple[int, int] | None
    year: int | None
    number: int | None
    rule: str


def docnumbers(text: str, book: RuleBook) -> tuple[NumberMention, ...]:
    """The document numbers of one text, in reading order, disjoint.

    A rule gives the form of year and number; the code before it is read backwards, up to a word that is no part of
    one (根据, 印发). source: GB/T 9704-2012 7.2.5
    """
    view = fold(text)
    if not any(c.isdigit() for c in view) and "号" not in view:
        return ()
    return longest(_numbers(view, book))


def _numbers(view: str, book: RuleBook) -> Iterator[NumberMention]:
    for rule in part(book, "number"):
        for phrase in rule.phrases:
            for match in phrase.finditer(view):
                slots = match.groupdict()
                start, end = match.start(), len(view[: match.end()].rstrip())
                code: tuple[int, int] | None = None
                kind = rule.get("code", "none")
                if kind != "none":
                    word_end = match.end("代字") if slots.get("代字") else start
                    begin = _code_start(view, word_end, book)
                    if kind == "strict" and not _ends_as_code(view[begin:word_end].rstrip(), book):
                        continue
                    if begin == start and not slots.get("代字"):
                        continue
                    start, code = begin, (begin, len(view[:word_end].rstrip()))
                said = next((slots[n] for n in ("阿", "阿2", "中", "中2") if slots.get(n)), "")
                number = to_int(said) if len(said) <= NUMBER_LIMIT and said else None
                yield NumberMention(start, end, code, _year(slots.get("年")), number, rule.id)


def _year(said: str | None) -> int | None:
    year = to_int(said) if said else None
    # 〔98〕: two digits are of this century up to 49
    return year if year is None or year > 99 else year + (1900 if year > 49 else 2000)


def _code_start(view: str, end: int, book: RuleBook) -> int:
    """Where the code or the name that ends at `end` begins; `end` when there is none."""
    stop = end
    while stop > 0 and view[stop - 1].isspace() and end - stop < 2:
        stop -= 1
    named = any(view.endswith(p.text, 0, stop) for p in phrases(book, "name_tail"))
    bodies = rule.get("words") if (rule := book.rule("机关尾")) else ()
    place, lowest = stop, max(0, stop - (NAME_LIMIT if named else NAME_LIMIT // 2))
    while place > lowest:
        if _RUN.match(view[place - 1]):
            place -= 1
        elif named and view[place - 1] == " " and place > 1 and view[place - 2] in bodies:
            place -= 1  # 财政部 税务总局公告
        elif (inserted := _INSERT.search(view, max(0, place - 6), place)) and inserted.start() > lowest:
            place = inserted.start()
        else:
            break
    if place < stop and view[place] == "(":
        place = view.index(")", place) + 1
    first = place
    for name in ("lead_in",) if named else ("lead_in", "before_code"):
        for match in joined(book, name).finditer(view, first, stop):
            if match.end() == stop and name == "lead_in":
                return end  # 关于〔2021〕1号: no code at all
            # what is left must still be a code
            if match.end() < stop:
                place = max(place, match.end())
    if not named and stop - place > CODE_LIMIT:
        return end
    return place if place < stop else end


def _ends_as_code(code: str, book: RuleBook) -> bool:
    return len(code) > 1 and any(code.endswith(p.text) for p in phrases(book, "code_tail"))
