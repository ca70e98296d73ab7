"""The calendar: one row a day over all years of the record, for the time slicers of BI tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..schema import CALENDAR, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

# a year outside is that of a misread date: it gets its days, so that no row is lost by a join, but no gap is filled to it
_PLAUSIBLE = range(1949, 2101)
_DEKADS = "上中下"
_QUARTERS = "一二三四"
_WEEKDAYS = "一二三四五六日"


def calendar_years(named: Iterable[int]) -> tuple[int, ...]:
    """The years a calendar has: those that plans and dates name, and every year between, as a date table must have.

    >>> calendar_years([2024, 2022, 202])
    (202, 2022, 2023, 2024)
    """
    years = set(named)
    if plausible := years & set(_PLAUSIBLE):
        years |= set(range(min(plausible), max(plausible) + 1))
    return tuple(sorted(years))


def calendar(year: int) -> pa.Table:
    """The days of one year in the contract's schema."""
    import pyarrow as pa

    rows = [dict(zip(CALENDAR.names, _row(day), strict=True)) for day in _days(year)]
    return pa.Table.from_pylist(rows, schema=arrow_schema(CALENDAR.name))


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while True:
        yield day
        if day == date(year, 12, 31):
            return
        day += timedelta(days=1)


def _row(day: date) -> tuple[Any, ...]:
    half, quarter, dekad = (day.month > 6) + 1, (day.month + 2) // 3, min((day.day + 9) // 10, 3)
    iso = day.isocalendar()
    numbers = (day, day.year, half, quarter, day.month, dekad, iso.year, iso.week, iso.weekday, _is_workday(day))
    labels = (
        f"{day.year}年{'上下'[half - 1]}半年",
        f"{day.year}年第{_QUARTERS[quarter - 1]}季度",
        f"{day.year}年{day.month}月",
        f"{day.year}年{day.month}月{_DEKADS[dekad - 1]}旬",
        f"星期{_WEEKDAYS[iso.weekday - 1]}",
    )
    return numbers + labels


def _is_workday(day: date) -> bool | None:
    """Whether offices work, days made up for included; None for a year without a notice.

    source   the annual notices 国务院办公厅关于…部分节假日安排的通知, as the library chinesecalendar keeps them
    """
    from chinese_calendar import is_workday  # 0.1 s that only publishing pays for

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None
