"""What a government page prints around a paper: metadata labels with their values, and debris. From rules/pages.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..phrases import compiled
from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold, trim

LABEL_LIMIT = 12  # characters of the longest label, blanks inside left out


@dataclass(frozen=True, slots=True)
class MetaMention:
    """One label with its value: 发文字号：国办发〔2018〕128号. The stretch of the label, of the value, and the field."""

    field: str
    start: int
    value_start: int
    value_end: int
    rule: str


def meta_label(text: str, book: RuleBook) -> Rule | None:
    """The rule of a text that is a metadata label and nothing else, with or without its colon; blanks do not count."""
    return _names(book).get("".join(fold(text).split()).rstrip(":"))


def meta(text: str, book: RuleBook) -> tuple[MetaMention, ...]:
    """The labels and values that a line consists of, in order; () when the line does not begin with a label.

    A value runs to the next label. source: pages of www.gov.cn and of county governments
    """
    view = fold(text)
    names = _names(book)
    found: list[tuple[int, int, Rule]] = []
    for place, char in enumerate(view):
        if char != ":":
            continue
        floor = found[-1][1] if found else 0
        # the label is the words before the colon back to a blank run, a bar or the line's start that make a known name
        for start in range(max(floor, place - 2 * LABEL_LIMIT), place):
            if (start == floor or view[start - 1] in " \t|\n") and (
                rule := names.get("".join(view[start:place].split()))
            ):
                found.append((start, place + 1, rule))
                break
        if not found:
            return ()
    if not found or view[: found[0][0]].strip():
        return ()
    ends = [start for start, _, _ in found[1:]] + [len(view)]
    return tuple(
        MetaMention(rule.meaning["field"], start, *trim(text, value, end, "|"), rule.id)
        for (start, value, rule), end in zip(found, ends, strict=True)
    )


def is_furniture(text: str, book: RuleBook) -> bool:
    """Whether a whole line belongs to the page: breadcrumbs, buttons, share links, copyright."""
    view = fold(text).strip()
    return any(compiled(p.source).fullmatch(view) for rule in book.of("furniture") for p in rule.phrases)


def _names(book: RuleBook) -> Mapping[str, Rule]:
    made: Mapping[str, Rule] = book.made("meta labels", _index)
    return made


def _index(book: RuleBook) -> Mapping[str, Rule]:
    return {"".join(fold(name).split()): rule for rule in book.of("meta") for name in rule.get("names")}


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    if kind == "furniture":
        view = fold(text).strip()
        rules = [r for r in book.of("furniture") if any(compiled(p.source).fullmatch(view) for p in r.phrases)]
        return tuple(Reading(*trim(text, 0, len(text)), "furniture", rule.id) for rule in rules[:1])
    return tuple(Reading(m.value_start, m.value_end, m.field, m.rule) for m in meta(text, book))
