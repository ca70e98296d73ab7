"""Working days by the State Council's notices on public holidays, days worked instead included."""

from __future__ import annotations

from datetime import date, timedelta


def workday(start: date, count: int) -> date | None:
    """The `count`-th working day after a day, which itself does not count; None beyond the years with a notice.

    source   the annual notices 国务院办公厅关于…部分节假日安排的通知, as the library chinesecalendar keeps them
    >>> workday(date(2022, 6, 1), 2)
    datetime.date(2022, 6, 6)
    """
    from chinese_calendar import is_workday  # 0.1 s that only plans with working days pay for

    day = start
    try:
        while count > 0:
            day += timedelta(days=1)
            count -= is_workday(day)
    except NotImplementedError:
        return None
    return day
