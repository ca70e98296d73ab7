"""What a deadline phrase means: the last good day, the window, the duration, the recurrence. Never from today's date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..model import Frame, Mention
from ..recognize.times import filled
from ..rulebook import Rule, RuleBook
from ..spans import fold
from .periods import Period, after, period
from .workdays import workday

ANCHOR_LIMIT = 20  # characters before 3个工作日内 that say what it counts from


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline as the contract's columns say it.

    finding      the code of what is odd about it, or ""
    counted_to   the last day of a duration that runs from the date of issue, which is known: for the finding's words
    """

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
    counted_to: date | None = None

    def short(self) -> str:
        """The meaning in one word, as `gives` of the rule files writes it."""
        if self.kind == "window":
            return f"{self.starts_on}/{self.due_on}"
        if self.kind == "within":
            until = f" until {self.counted_to}" if self.counted_to else ""
            return f"{self.duration}{' working' if self.working_days else ''}{until}"
        if self.kind == "ongoing" and self.starts_on:
            return f"{self.starts_on}/"
        return str(self.due_on or self.recurrence or self.kind)


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
    duration = filled(rule.get("duration", ""), slots) or None
    plain = Deadline(
        kind=kind,
        duration=duration,
        working_days=bool(rule.get("working_days")) if duration else None,
        anchor=_anchor(rule, mention, text, slots),
        recurrence=filled(rule.get("recurrence", ""), slots) or None,
        rule_id=rule.id,
    )
    if "period" not in rule.meaning:
        return plain
    try:
        days = period(filled(rule.meaning["period"], slots), frame)
        if days is None:
            return plain
        return _counted(plain, days) if kind == "within" else _dated(plain, rule, days, frame)
    except (ValueError, OverflowError):
        return Deadline("unresolved", rule_id=rule.id, finding="impossible_date")


def history(value: Deadline, frame: Frame) -> bool:
    """Whether a time of running text lies before the plan's year: 2021年12月 in a plan of 2022 is told, not set."""
    last = value.due_on or (value.starts_on if value.kind == "ongoing" else None)
    return frame.year is not None and last is not None and last.year < frame.year


def _dated(plain: Deadline, rule: Rule, days: Period, frame: Frame) -> Deadline:
    starts = days.first if plain.kind in ("window", "ongoing") and days.begun else None
    due = days.last if plain.kind in ("window", "due") else None
    finding = ""
    if rule.get("edge") == "before" and days.precision != "day" and not days.at_end:
        finding = rule.get("finding", "")
        eve = days.first - timedelta(days=1)
        # 一季度前 in a plan of this year does not mean the end of last year
        due = due if days.year_from == "plan" and frame.year is not None and eve.year < frame.year else eve
    if plain.kind == "window" and plain.duration:
        due = _end(days, plain.duration, bool(plain.working_days))
        finding = "unknown_calendar" if due is None and plain.working_days else ""
    return replace(
        plain, starts_on=starts, due_on=due, precision=days.precision, year_from=days.year_from, finding=finding
    )


def _end(start: Period, duration: str, working: bool) -> date | None:
    # 2012年起5年内 takes the whole year 2012 in; 自7月1日起3个月内 does not count the day itself
    begin = start.first if start.precision == "day" else start.first - timedelta(days=1)
    return workday(begin, int(duration[1:-1])) if working else after(begin, duration)


def _counted(plain: Deadline, issued: Period) -> Deadline:
    # the contract gives a duration no day; the day counted from the date of issue is told in a finding
    last = _end(issued, plain.duration or "", bool(plain.working_days))
    unknown = "unknown_calendar" if plain.working_days else ""
    return replace(plain, finding="counted_from_issue" if last else unknown, counted_to=last)


def _anchor(rule: Rule, mention: Mention, text: str, slots: dict[str, str]) -> str | None:
    """What a duration or an event counts from: the slot that holds it, else the words before it in its clause."""
    if rule.meaning["kind"] == "event":
        return text[mention.start : mention.end]
    if rule.meaning["kind"] != "within":
        return None
    if said := slots.get("事"):
        return said
    before = re.split(r"[,。;:、!?()《》\n]", fold(text[: mention.start]))[-1]
    words = text[mention.start - len(before) : mention.start].strip()[-ANCHOR_LIMIT:]
    return words or None
