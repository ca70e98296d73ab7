"""Codes of the calendar to days: 2022-11 is November 2022. Relative ones count from the plan's year and date of issue."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..model import Frame

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_FIVE_YEARS = 5
ISSUED = "issued"
LEAP = 2000  # a year that has every day


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar.

    first, last   both included
    precision     day, dekad, month, quarter, half, year, five_year: the grain of the last part
    year_from     text (printed), plan (the plan's own year), rule (明年, 本月: counted from it)
    at_end        the words name its end (年底): 前 includes the last day
    begun         False where it begins with the date of issue and that is not known
    """

    first: date
    last: date
    precision: str
    year_from: str = "text"
    at_end: bool = False
    begun: bool = True


def period(code: str, frame: Frame) -> Period | None:
    """The days of a code, or None where the plan's year (or its date of issue) would be needed and is not known.

    2022 · 2022-H1 · 2022-Q3 · 2022-11 · 2022-11-D2 (the second dekad) · 2022-11-15   printed in full
    _-11 · _+1-11      of the plan's own year, of the year after it
    M+1 · M+0-15 · q+0 · W+1 · W+0-五   counted from the month, quarter, week of issue
    issued             the date of issue
    2022-11$           its end;   A~B from A to B: B takes its year from A and is never before it
    raises   ValueError for a day that the calendar does not have (2022-9-31)

    >>> period("2022-2", Frame()).last, period("_-11~_-3", Frame(2022)).last, period("_-Q3", Frame())
    (datetime.date(2022, 2, 28), datetime.date(2023, 3, 31), None)
    """
    first, *later = code.split("~")
    begin = _one(first, frame)
    for part in later:
        # 2022年11月至次年3月: the year after that of November
        end = _one(part, frame if begin is None or first == ISSUED else replace(frame, year=begin.first.year))
        if end is None:
            return None
        if begin is None:
            begin = _before(first, end, frame)
        elif end.last < begin.first and part.startswith("_-"):
            end = _one(part, replace(frame, year=begin.first.year + 1))
        if begin is None or end is None or end.last < begin.first:
            raise ValueError(code)
        grain = "five_year" if _five_years(begin, end) else end.precision
        begin = Period(begin.first, end.last, grain, begin.year_from, end.at_end, begin.begun)
    return begin


def _before(code: str, end: Period, frame: Frame) -> Period | None:
    # a beginning that is known only from its end: 11月至2023年3月 in a paper without a year
    if not code.startswith("_"):
        return replace(end, begun=False)
    begin = _one(code, replace(frame, year=end.last.year))
    if begin is not None and begin.first > end.last:
        begin = _one(code, replace(frame, year=end.last.year - 1))
    return begin


def _five_years(begin: Period, end: Period) -> bool:
    whole = begin.precision == end.precision == "year"
    return whole and end.last.year - begin.first.year + 1 == _FIVE_YEARS


def _one(code: str, frame: Frame) -> Period | None:
    body = code.removesuffix("$")
    if body == ISSUED or body[:2] in ("M+", "q+", "W+"):
        made = _near(body, frame.issued_on) if frame.issued_on else None
    else:
        head, *rest = body.split("-")
        if head.startswith("_"):
            if frame.year is None:
                _span(LEAP, rest)  # a day that no year has is wrong without one, too
                return None
            shift = int(head[1:] or 0)
            made = _dated(frame.year + shift, rest, "rule" if shift else "plan")
        else:
            made = _dated(int(head), rest, "text")
    if made and body != code:
        return Period(made.last, made.last, made.precision, made.year_from, at_end=True)
    return made


def _dated(year: int, rest: list[str], year_from: str) -> Period:
    first, last, grain = _span(year, rest)
    return Period(first, last, grain, year_from)


def _span(year: int, rest: list[str]) -> tuple[date, date, str]:
    if not rest:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if rest[0][0] == "H":
        half = int(rest[0][1])
        return date(year, 6 * half - 5, 1), month_end(year, 6 * half), "half"
    if rest[0][0] == "Q":
        quarter = int(rest[0][1:])
        return date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter), "quarter"
    month = int(rest[0])
    if len(rest) == 1:
        return date(year, month, 1), month_end(year, month), "month"
    if rest[1][0] == "D":
        begin, end = int(rest[1][1]), int(rest[1][-1])
        last = month_end(year, month) if end == 3 else date(year, month, 10 * end)
        return date(year, month, 10 * begin - 9), last, "dekad"
    day = date(year, month, int(rest[1]))
    return day, day, "day"


def _near(code: str, issued: date) -> Period:
    if code == ISSUED:
        return Period(issued, issued, "day", "rule")
    unit, number, *rest = re.split(r"[+-]", code)
    count = int(number)
    if unit == "W":
        monday = issued - timedelta(days=issued.weekday()) + timedelta(weeks=count)
        if rest:
            monday += timedelta(days=int(rest[0]) - 1)
        return Period(monday, monday if rest else monday + timedelta(days=6), "day", "rule")
    if unit == "q":
        quarter = (issued.month - 1) // 3 + count
        return _dated(issued.year + quarter // 4, [f"Q{quarter % 4 + 1}"], "rule")
    month = issued.month - 1 + count
    return _dated(issued.year + month // 12, [str(month % 12 + 1), *rest], "rule")


def month_end(year: int, month: int) -> date:
    """The last day of a month. Raises ValueError for a month 13."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, calendar.monthrange(year, month)[1])


def after(start: date, duration: str) -> date | None:
    """The day that lies a duration (P3M, P15D) after a day; None for hours. A month that is too short gives its last day.

    source   Civil Code, articles 201 and 202: the day of the event does not count; the last day is the one of the same number
    >>> after(date(2022, 1, 31), "P1M"), after(date(2022, 6, 15), "P15D")
    (datetime.date(2022, 2, 28), datetime.date(2022, 6, 30))
    """
    said = _DURATION.fullmatch(duration)
    if not said:
        return None
    years, months, weeks, days = (int(part or 0) for part in said.groups())
    month = start.month - 1 + months
    year, month = start.year + years + month // 12, month % 12 + 1
    day = min(start.day, month_end(year, month).day)
    return date(year, month, day) + timedelta(weeks=weeks, days=days)
