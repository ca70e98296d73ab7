"""Codes of the calendar, and working days by the State Council's notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.facts import stated_deadlines
from pipeline.model import Frame, Span
from pipeline.normalize.deadlines import history, resolve
from pipeline.normalize.periods import after, period
from pipeline.normalize.workdays import workday
from pipeline.recognize.deadlines import deadlines
from pipeline.rulefiles import load

BOOK = load()
FRAME = Frame(2022, date(2022, 6, 15))


@pytest.mark.parametrize(
    ("code", "first", "last", "grain", "year_from"),
    [
        ("2024-2", "2024-02-01", "2024-02-29", "month", "text"),
        ("_-H2", "2022-07-01", "2022-12-31", "half", "plan"),
        ("_+1-Q1", "2023-01-01", "2023-03-31", "quarter", "rule"),
        ("_-5-D23", "2022-05-11", "2022-05-31", "dekad", "plan"),
        ("2022-11~_-3", "2022-11-01", "2023-03-31", "month", "text"),
        ("_-11~_+1-3", "2022-11-01", "2023-03-31", "month", "plan"),
        ("2021~2025", "2021-01-01", "2025-12-31", "five_year", "text"),
        ("2021~2025$", "2021-01-01", "2025-12-31", "five_year", "text"),
        ("_$", "2022-12-31", "2022-12-31", "year", "plan"),
        ("M+1", "2022-07-01", "2022-07-31", "month", "rule"),
        ("q+0$", "2022-06-30", "2022-06-30", "quarter", "rule"),
        ("W+1-5", "2022-06-24", "2022-06-24", "day", "rule"),
        ("issued~_-9", "2022-06-15", "2022-09-30", "month", "rule"),
    ],
)
def test_a_code_names_its_days(code, first, last, grain, year_from):
    found = period(code, FRAME)
    assert (str(found.first), str(found.last), found.precision, found.year_from) == (first, last, grain, year_from)


@pytest.mark.parametrize("code", ["2022-9-31", "2022-13", "2022-2-29", "2023~2022", "2022-0"])
def test_a_code_of_no_day_is_refused(code):
    with pytest.raises(ValueError):
        period(code, FRAME)


def test_what_needs_a_year_that_nobody_said_is_unknown():
    assert period("_-11", Frame()) is None
    assert period("M+1", Frame(2022)) is None
    assert str(period("_-11~2023-3", Frame()).first) == "2022-11-01"


def test_now_until_a_day_keeps_its_end_where_the_day_of_issue_is_unknown():
    words = "即日起至12月31日"
    [fact] = stated_deadlines(Span(0, 0, len(words)), words, BOOK, Frame(2022))
    assert (fact.value.kind, fact.value.starts_on, str(fact.value.due_on)) == ("window", None, "2022-12-31")


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(0, 60))
def test_days_and_months_after_a_day(day, count):
    assert after(day, f"P{count}D") == day + timedelta(days=count)
    months = after(day, f"P{count}M")
    assert (months.year - day.year) * 12 + months.month - day.month == count
    assert months.day <= day.day


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        ("2022-06-01", 2, "2022-06-06"),  # 端午: 3 June off
        ("2022-09-30", 1, "2022-10-08"),  # 国庆 1–7 October; Saturday the 8th is worked instead
        ("2022-10-07", 2, "2022-10-09"),
        ("2023-01-20", 1, "2023-01-28"),  # 春节, and the Saturday after it
    ],
)
def test_working_days_follow_the_notices(start, count, last):
    assert workday(date.fromisoformat(start), count) == date.fromisoformat(last)


def test_beyond_the_notices_no_day_is_guessed():
    assert workday(date(2098, 1, 1), 5) is None
    words = "文件印发后3个工作日内"
    [fact] = stated_deadlines(Span(0, 0, len(words)), words, BOOK, Frame(2098, date(2098, 1, 1)))
    assert (fact.value.due_on, fact.value.counted_to, fact.value.finding) == (None, None, "unknown_calendar")


def test_a_duration_from_the_date_of_issue_tells_its_last_day():
    words = "自本通知印发之日起20个工作日内"
    [fact] = stated_deadlines(Span(0, 0, len(words)), words, BOOK, FRAME)
    assert (fact.value.kind, fact.value.due_on) == ("within", None)
    assert (str(fact.value.counted_to), fact.value.finding) == ("2022-07-13", "counted_from_issue")


def test_a_duration_from_a_printed_day_is_a_window():
    words = "自2022年9月28日起5个工作日内"
    [fact] = stated_deadlines(Span(0, 0, len(words)), words, BOOK, FRAME)
    value = fact.value
    assert (value.kind, str(value.starts_on), str(value.due_on)) == ("window", "2022-09-28", "2022-10-10")
    assert (value.duration, value.working_days) == ("P5D", True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2021年12月，印发了规划。", True),
        ("2021年底前完成。", True),
        ("自2018年起实施。", True),
        ("2022年9月底前完成。", False),
        ("自2022年1月起实施。", False),
    ],
)
def test_what_lies_before_the_plans_year_is_history(words, told):
    [mention] = deadlines(words, BOOK, stated=False)
    assert history(resolve(mention, words, BOOK, FRAME), FRAME) is told
    assert history(resolve(mention, words, BOOK, Frame()), Frame()) is False
