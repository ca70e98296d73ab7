"""What a deadline phrase means: the last good day, the window, the duration, the recurrence. Never from today's date."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from ..model import Frame, Mention
from ..recognize.numbers import to_int
from ..rulebook import Rule, RuleBook
from ..spans import fold

_TEMPLATE = re.compile(r"\{([^{}]+)\}")
ANCHOR_LIMIT = 20  # characters before 3个工作日内 that say what it counts from


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline as the contract's columns say it. `finding`: the code of what is odd about it, or ""."""

    kind: str
    starts_on: date | None = None
    due_on: date | None = None
    precision: str | None = None
    duration: str | None = None
    working_days: bool | None = None
    anchor: str | None = None
    recurrence: str | None = None
    year_from: str | None = None
    rule_id: str = ""
    finding: str = ""

    def short(self) -> str:
        """The meaning in one word, as `gives` of the rule files writes it."""
        if self.kind == "window":
            return f"{self.starts_on}/{self.due_on}"
        if self.kind == "within":
            return f"{self.duration}{' working' if self.working_days else ''}"
        if self.kind == "ongoing" and self.starts_on:
            return f"{self.starts_on}/"
        return str(self.due_on or self.recurrence or self.kind)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its first and last day (both included) and its grain."""

    first: date
    last: date
    precision: str


def resolve(mention: Mention, text: str, book: RuleBook, frame: Frame) -> Deadline:
    """The meaning of one mention.

    A year that is not printed is the plan's own; without one there is no date. A day that the calendar does not have
    (9月31日) is `unresolved`, with the finding impossible_date.
    source   the contract's table of kinds; last days are inclusive (底 and 末 name the last day of their period)
    """
    rule = book.rule(mention.rule)
    if rule is None:
        raise KeyError(mention.rule)
    slots = dict(mention.slots)
    kind = rule.meaning["kind"]
    year, year_from = _year(rule, slots, frame)
    plain = Deadline(
        kind=kind,
        duration=_filled(rule.get("duration"), slots, year),
        working_days=bool(rule.get("working_days")) if kind == "within" else None,
        anchor=_anchor(rule, mention, text, slots),
        recurrence=_filled(rule.get("recurrence"), slots, year),
        rule_id=rule.id,
    )
    if "period" not in rule.meaning:
        return plain
    template = rule.meaning["period"]
    if template == "issued":
        first = Period(frame.issued_on, frame.issued_on, "day") if frame.issued_on else None
    elif year is None and "{年}" in template:
        return plain
    else:
        first = _period(template, slots, year, book)
        if first is None:
            return Deadline("unresolved", rule_id=rule.id, finding="impossible_date")
    last = first
    if until := rule.get("until"):
        later = dict(slots)
        # the second half of a range inherits the year of the first
        if "年2" not in later and year is not None:
            later["年2"] = str(year)
        last = None if "{年" in until and "年2" not in later and year is None else _period(until, later, year, book)
        if last is None:
            return Deadline("unresolved", rule_id=rule.id, finding="impossible_date")
    return _dated(plain, rule, first, last, year_from)


def _dated(plain: Deadline, rule: Rule, first: Period | None, last: Period | None, year_from: str | None) -> Deadline:
    starts = due = None
    if plain.kind in ("window", "ongoing"):
        starts = first.first if first else None
    if plain.kind in ("window", "due") and last:
        due = last.first - timedelta(days=1) if rule.get("edge") == "before" else last.last
    if starts and due and starts > due:
        return Deadline("unresolved", rule_id=rule.id, finding="impossible_date")
    return Deadline(
        kind=plain.kind,
        starts_on=starts,
        due_on=due,
        precision=last.precision if last else None,
        anchor=plain.anchor,
        year_from=year_from,
        rule_id=rule.id,
        finding=rule.get("finding", ""),
    )


def _year(rule: Rule, slots: dict[str, str], frame: Frame) -> tuple[int | None, str | None]:
    if "period" not in rule.meaning:
        return None, None
    if said := slots.get("年"):
        return to_int(said), "text"
    if rule.meaning["period"].startswith("P") or rule.meaning["period"] == "issued":
        return frame.year, "rule"
    if frame.year is None:
        return None, None
    if shift := rule.get("shift"):
        return frame.year + int(shift), "rule"
    return frame.year, "plan"


def _filled(template: str | None, slots: dict[str, str], year: int | None) -> str | None:
    if not template:
        return None
    return _TEMPLATE.sub(lambda m: str(to_int(slots.get(m[1], "")) or ""), template)


def _period(template: str, slots: dict[str, str], year: int | None, book: RuleBook) -> Period | None:
    """The period that a template names with these slots; None for a day that the calendar does not have."""

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        said = slots.get(name, "")
        if name == "年" and not said:
            return str(year)
        if (word := _word_value(name, said, book)) is not None:
            return word
        if name.startswith("五年"):
            return str(to_int(fold(said)[:-1]) or 0)
        return str(to_int(said) or 0)

    return period(_TEMPLATE.sub(fill, template))


def _word_value(name: str, said: str, book: RuleBook) -> str | None:
    # a slot of words with values: 上半年 → H1
    rule = book.rule(name.rstrip("0123456789"))
    if rule is None or rule.kind != "slot" or not rule.get("values"):
        return None
    return dict(zip(rule.meaning["words"], rule.meaning["values"], strict=True)).get(said)


def period(code: str) -> Period | None:
    """The days of a period code: 2022, 2022-H1, 2022-Q3, 2022-11, 2022-11-D2, 2022-11-15, P14 (the 14th five-year plan).

    >>> period("2022-2").last, period("2022-9-31"), period("P14").first
    (datetime.date(2022, 2, 28), None, datetime.date(2021, 1, 1))
    """
    if code.startswith("P"):
        # the first plan began in 1953 in name; from the third on they fall on 1966, 1971 …
        start = 1951 + 5 * int(code[1:])
        return Period(date(start, 1, 1), date(start + 4, 12, 31), "five_year")
    year, *rest = code.split("-")
    try:
        number = int(year)
        if not rest:
            return Period(date(number, 1, 1), date(number, 12, 31), "year")
        if rest[0][0] == "H":
            half = int(rest[0][1])
            return Period(date(number, 6 * half - 5, 1), _month_end(number, 6 * half), "half")
        if rest[0][0] == "Q":
            quarter = int(rest[0][1:])
            return Period(date(number, 3 * quarter - 2, 1), _month_end(number, 3 * quarter), "quarter")
        month = int(rest[0])
        if len(rest) == 1:
            return Period(date(number, month, 1), _month_end(number, month), "month")
        if rest[1][0] == "D":
            begin, end = int(rest[1][1]), int(rest[1][-1])
            last = _month_end(number, month) if end == 3 else date(number, month, 10 * end)
            return Period(date(number, month, 10 * begin - 9), last, "dekad")
        day = date(number, month, int(rest[1]))
        return Period(day, day, "day")
    except (ValueError, calendar.IllegalMonthError):
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _anchor(rule: Rule, mention: Mention, text: str, slots: dict[str, str]) -> str | None:
    """What a duration or an event counts from: the slot that holds it, else the words before it in its clause."""
    if rule.meaning["kind"] == "event":
        return text[mention.start : mention.end]
    if rule.meaning["kind"] != "within":
        return None
    if said := slots.get("题"):
        return said
    before = re.split(r"[,。;:、!?()《》\n]", fold(text[: mention.start]))[-1]
    words = text[mention.start - len(before) : mention.start].strip()[-ANCHOR_LIMIT:]
    return words or None
