"""What a government page prints around a paper: metadata labels with their values, and debris. From rules/pages.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..phrases import Phrase, compiled
from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold, trim

LABEL_LIMIT = 12  # characters of the longest label, blanks inside left out
BULLETS = "•·●○▪■□◆◇►▶*"  # what a page prints before a line of a list
BEFORE_LABEL = " \t|\n[【(" + BULLETS
GLUED = 4  # characters of a label that may stand right behind the value before it: 来源：某局发布时间：…
# the day of publication without a label: 2021-06-15 10:22 来源：本网; 2021年6月15日 09:30
_STAMP = re.compile(
    r"\s*(?:(?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日(?= +[0-9]{1,2}:|.*:)))"
    r"(?: +[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)


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
            word = view[start:place]
            free = start == floor or view[start - 1] in BEFORE_LABEL or (found and len(word) >= GLUED)
            if free and (rule := names.get("".join(word.split()))):
                found.append((start, place + 1, rule))
                break
        if not found and not _STAMP.match(view):
            return ()
    stamp = _STAMP.match(view)
    head = stamp.end() if stamp else 0
    if not (found or stamp) or view[head : found[0][0] if found else len(view)].strip(BEFORE_LABEL):
        return ()
    ends = [*(start for start, _, _ in found[1:]), len(view)][: len(found)]
    first = (MetaMention("published_on", stamp.start(), *trim(text, *stamp.span()), ""),) if stamp else ()
    return first + tuple(
        MetaMention(rule.meaning["field"], start, *trim(text, value, end, "|[]【】"), rule.id)
        for (start, value, rule), end in zip(found, ends, strict=True)
    )


def is_furniture(text: str, book: RuleBook) -> bool:
    """Whether a whole line belongs to the page: breadcrumbs, buttons, share links, copyright."""
    return _furniture(text, book) is not None


def _furniture(text: str, book: RuleBook) -> Rule | None:
    view = fold(text).strip().strip(BULLETS).strip()
    # the words of a button are often spaced: 返 回
    views = {view, "".join(view.split())}
    rules = ((rule, compiled(p.source)) for rule in book.of("furniture") for p in rule.phrases)
    return next((rule for rule, pattern in rules if any(pattern.fullmatch(one) for one in views)), None)


def is_toc_title(text: str, book: RuleBook) -> bool:
    """Whether a line is the title of a table of contents: 目 录."""
    view = "".join(fold(text).split())
    return any(compiled(p.source).fullmatch(view) for p in _toc(book, "title"))


def toc_entry(text: str, book: RuleBook) -> str:
    """A line without blanks as it may stand in a table of contents, without the leader and the page number at its end."""
    view = fold(text)
    ends = [match.start() for p in _toc(book, "page") for match in compiled(p.source).finditer(view)]
    return text[: min(ends, default=len(text))]


def _toc(book: RuleBook, part: str) -> tuple[Phrase, ...]:
    return tuple(phrase for rule in book.of("toc") if rule.get("part") == part for phrase in rule.phrases)


def _names(book: RuleBook) -> Mapping[str, Rule]:
    made: Mapping[str, Rule] = book.made("meta labels", _index)
    return made


def _index(book: RuleBook) -> Mapping[str, Rule]:
    return {"".join(fold(name).split()): rule for rule in book.of("meta") for name in rule.get("names")}


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    if kind == "furniture":
        found_rule = _furniture(text, book)
        return (Reading(*trim(text, 0, len(text)), "furniture", found_rule.id),) if found_rule else ()
    if kind == "toc":
        view = fold(text)
        return tuple(
            Reading(*trim(text, *match.span()), rule.meaning["part"], rule.id)
            for rule in book.of("toc")
            for phrase in rule.phrases
            for match in compiled(phrase.source).finditer(view)
            if rule.meaning["part"] == "page" or match.span() == (0, len(view))
        )
    return tuple(Reading(m.value_start, m.value_end, m.field, m.rule) for m in meta(text, book))
