"""What became of a deadline from one plan to the next. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from ..plan import Row
from .values import DeadlineMove
from .wording import same_words


def deadline_move(old: Row, new: Row, step: int) -> DeadlineMove:
    """How the deadline of a task moved.

    step    years between the plans; a day is earlier or later than the old one moved by so many years
    """
    before, after = old["deadline_kind"] in (None, "none"), new["deadline_kind"] in (None, "none")
    if before or after:
        return "none" if before and after else "added" if before else "removed"
    if old["due_on"] and new["due_on"]:
        return _days(old["due_on"], new["due_on"], step)
    if old["deadline_kind"] == new["deadline_kind"] == "ongoing":
        return "unchanged"
    if old["deadline_kind"] == "ongoing" and new["due_on"]:
        return "fixed"
    if old["due_on"] and new["deadline_kind"] == "ongoing":
        return "made_ongoing"
    same = old["deadline_kind"] == new["deadline_kind"] and same_words(
        old["deadline_text"] or "", new["deadline_text"] or "", step
    )
    return "unchanged" if same else "changed"


def _days(old: date, new: date, step: int) -> DeadlineMove:
    if old == new:
        return "unchanged"
    rolled = _rolled(old, step)
    if new == rolled:
        return "rolled"
    return "earlier" if new < rolled else "later"


def _rolled(day: date, step: int) -> date:
    # the last day of a February stays the last day
    last = monthrange(day.year + step, day.month)[1]
    whole = day.day == monthrange(day.year, day.month)[1]
    return date(day.year + step, day.month, last if whole else min(day.day, last))
