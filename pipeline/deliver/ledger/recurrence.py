"""The next day of a recurrence (RFC 5545 RRULE). A rule that names no day is met on the last day of each period."""

from __future__ import annotations

from datetime import date, datetime, time

# the last day of a period, where a rule says only how often
_ENDS = {"YEARLY": "BYMONTH=12;BYMONTHDAY=31", "MONTHLY": "BYMONTHDAY=-1", "WEEKLY": "BYDAY=FR", "DAILY": ""}


def next_day(rule: str, on_or_after: date, since: int | None) -> date | None:
    """The first day of a recurrence that is not before a day; None when it has run out or is no rule.

    since   the year in which its periods begin to count (the plan's own); the year of the day without one
    """
    begun = min(since or on_or_after.year, on_or_after.year)
    found = _rule(rule, begun)
    if found is None:
        return None
    after = found.after(datetime.combine(on_or_after, time()), inc=True)
    return after.date() if after else None


def well_formed(rule: str) -> bool:
    """Whether this is a recurrence that can be followed."""
    return _rule(rule, 2000) is not None


def _rule(rule: str, year: int):  # type: ignore[no-untyped-def]
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    frequency, every = parts.get("FREQ", ""), parts.get("INTERVAL", "1")
    if frequency not in _ENDS or not every.isdecimal() or not int(every):
        return None
    start = datetime(year, 1, 1)
    if not any(name.startswith("BY") for name in parts):
        rule = f"{rule};{_ENDS[frequency]}".rstrip(";")
        # every third month is met at the end of the third
        if frequency == "MONTHLY":
            start = datetime(year + (int(every) - 1) // 12, (int(every) - 1) % 12 + 1, 1)
        elif frequency == "YEARLY":
            start = datetime(year + int(every) - 1, 1, 1)
    try:
        return rrulestr(rule, dtstart=start)
    except (ValueError, TypeError, OverflowError):
        return None


def in_words(rule: str) -> str:
    """A recurrence as a clerk says it: 每年, 每3个月, 每年（共3次）; the rule itself where no words are simpler."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    unit = _UNITS.get(parts.pop("FREQ", ""))
    every, count = parts.pop("INTERVAL", "1"), parts.pop("COUNT", "")
    if unit is None or parts:
        return rule
    times = f"（共{count}次）" if count else ""
    return f"每{unit[0] if every == '1' else every + unit[1]}{times}"


_UNITS = {"DAILY": ("天", "天"), "WEEKLY": ("周", "周"), "MONTHLY": ("月", "个月"), "YEARLY": ("年", "年")}
