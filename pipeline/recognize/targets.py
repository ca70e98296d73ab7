"""Targets: 不少于200名, 97%以上, 全覆盖. Words and measures come from rules/targets.toml; amounts are exact decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest, overlaps, trim

SUBJECT_LIMIT = 15  # characters before the amount that say what it measures
_BOUNDARY = re.compile(r"[,。;:、!?()<>《》\n]")


@dataclass(frozen=True, slots=True)
class TargetMention:
    """One target. subject: the stretch that says what is measured; value_high: the upper end of a range."""

    start: int
    end: int
    subject: tuple[int, int] | None
    comparator: str
    value: Decimal | None
    value_high: Decimal | None
    measure: str | None
    rule: str


def targets(text: str, book: RuleBook, taken: Sequence[tuple[int, int]] = ()) -> tuple[TargetMention, ...]:
    """The targets of one text, in reading order, disjoint; none inside `taken` (deadlines, citations).

    A measure that the rules do not list makes no target: an amount is never passed through as if it were understood.
    """
    view = fold(text)
    found = []
    for rule in book.of("target"):
        for phrase in rule.phrases:
            for match in phrase.finditer(view):
                start, end = trim(text, *match.span())
                if overlaps(start, end, taken):
                    continue
                slots = match.groupdict()
                said = slots.get("小数")
                value = Decimal(said.replace(",", "")) if said else None
                comparator = rule.meaning["comparator"]
                measure = slots.get("量")
                found.append(
                    TargetMention(start, end, _subject(view, start), comparator, value, None, measure, rule.id)
                )
    return longest(found)


def _subject(view: str, start: int) -> tuple[int, int] | None:
    before = max((m.end() for m in _BOUNDARY.finditer(view, 0, start)), default=0)
    a, b = trim(view, max(before, start - SUBJECT_LIMIT), start)
    return (a, b) if a < b else None


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    return tuple(
        Reading(t.start, t.end, " ".join(str(x) for x in (t.comparator, t.value, t.measure) if x is not None), t.rule)
        for t in targets(text, book)
    )
