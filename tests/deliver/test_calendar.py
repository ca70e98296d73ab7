"""The calendar: every day once, the State Council's working days, nothing guessed beyond its notices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.deliver.calendar import calendar, calendar_years
from tests.deliver.test_publish import PLANS, cells, published
from tests.make_plan import make_plan


def day(asked: date) -> dict[str, object]:
    return calendar(asked.year).to_pylist()[asked.timetuple().tm_yday - 1]


@pytest.mark.parametrize(
    ("asked", "works"),
    [
        (date(2022, 1, 29), True),  # a Saturday that was worked, for Spring Festival
        (date(2022, 1, 31), False),
        (date(2022, 4, 24), True),  # a Sunday
        (date(2022, 10, 7), False),
        (date(2022, 11, 12), False),
        (date(2022, 11, 11), True),
        (date(2003, 12, 31), None),
        (date(2049, 10, 1), None),
    ],
)
def test_working_days_are_those_of_the_notices(asked: date, works: bool | None) -> None:
    assert day(asked)["is_workday"] is works


def test_a_day_is_told_in_every_way_a_slicer_needs() -> None:
    assert day(date(2024, 12, 31)) == {
        "date": date(2024, 12, 31),
        "year": 2024,
        "half": 2,
        "quarter": 4,
        "month": 12,
        "dekad": 3,
        "iso_year": 2025,  # ISO 8601: the week of its Thursday
        "iso_week": 1,
        "weekday": 2,
        "is_workday": True,
        "half_label": "2024年下半年",
        "quarter_label": "2024年第四季度",
        "month_label": "2024年12月",
        "dekad_label": "2024年12月下旬",
        "weekday_label": "星期二",
    }
    dekads = [row["dekad"] for row in calendar(2022).to_pylist()[:31]]
    assert dekads == [1] * 10 + [2] * 10 + [3] * 11


@pytest.mark.parametrize(("year", "days"), [(2022, 365), (2024, 366), (1, 365), (9999, 365)])
def test_a_year_has_each_of_its_days_once(year: int, days: int) -> None:
    dates = calendar(year)["date"].to_pylist()
    assert len(dates) == len(set(dates)) == days
    assert (dates[0], dates[-1]) == (date(year, 1, 1), date(year, 12, 31))


def test_gaps_between_years_are_filled_and_a_misread_year_fills_none() -> None:
    assert calendar_years([2024, 2022]) == (2022, 2023, 2024)
    assert calendar_years([2022, 202, 9999]) == (202, 2022, 9999)
    assert calendar_years([]) == ()


def test_it_reaches_over_plan_years_and_dates_and_every_date_is_in_it(tmp_path: Path) -> None:
    published(tmp_path, *PLANS, make_plan("旧", year=None, issued_on=date(2019, 5, 1)))
    days = [row["date"] for row in cells(tmp_path, "calendar")]
    assert (days[0], days[-1], len(days)) == ("2019-01-01", "2023-12-31", 365 * 4 + 366)
    parquet = f"read_parquet('{tmp_path}/parquet/calendar/*/*.parquet')"
    assert duckdb.sql(f"SELECT count(*), count(DISTINCT date) FROM {parquet}").fetchall() == [(1826, 1826)]
    assert {row["issued_on"] for row in cells(tmp_path, "documents")} <= set(days)


def test_a_record_without_a_date_has_a_calendar_without_a_day(tmp_path: Path) -> None:
    published(tmp_path)
    assert cells(tmp_path, "calendar") == []
