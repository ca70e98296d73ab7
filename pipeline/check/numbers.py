"""Printed numbers against counted ones: left out, printed twice, out of order, missing beside numbered neighbors."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..model import Span
from ..outline import Remark, Section
from ..recognize.numbering import numbering
from ..spans import fold
from .paper import Paper, remark

TEXTLESS = "row_without_text"
EXCERPT = 3  # a list whose first number is higher was cut out of a longer one
_ARABIC = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """One number as printed. group: what it is counted within (the heading above), None where it runs on."""

    value: int
    label: str
    span: Span
    group: Hashable = None


def numbers(paper: Paper) -> Iterator[Remark]:
    """Remarks on the numbers of headings, each style for itself, and of the rows of each task table."""
    lists: dict[Hashable, list[Printed]] = {}
    for section in paper.outline.sections:
        if section.ordinal:
            key = (section.part, section.style, section.from_table, _form(section))
            lists.setdefault(key, []).append(Printed(section.ordinal, section.label, section.heading, section.parent))
    for one in lists.values():
        yield from _counted(one)
    yield from _rows(paper)
    yield from _unnumbered(paper)


def _form(section: Section) -> tuple[str, ...]:
    # 1) and (1) are two lists; 3.2.1 counts within 3.2
    label = fold(section.label)
    return ("(" if "(" in label else "", *_ARABIC.findall(label)[:-1])


def _counted(printed: Sequence[Printed]) -> Iterator[Remark]:
    """Each number follows the one before it, or begins anew under the next heading.

    A single number that does not fit between two that do is itself wrong; else the count goes on from what is printed.
    """
    before: Printed | None = None
    seen: set[int] = set()
    on = _runs_on(printed)
    for place, one in enumerate(printed):
        last = before.value if before else 0
        anew = before is None or (one.group != before.group and not on)
        after = printed[place + 1] if place + 1 < len(printed) else None
        # 3, 7, 5: the one after it goes on as if this one were right
        wrong = after is not None and (on or after.group == one.group) and last + 2 == after.value != one.value + 1
        floor = 0 if anew else last
        if one.value == floor + 1 or (one.value == 1 and not wrong):
            seen = {1} if one.value == 1 else seen | {one.value}
            before = one
            continue
        words = {"before": before.label if before and floor else "", "after": one.label}
        if before is None and one.value > EXCERPT:
            before, seen = one, {one.value}
            continue
        if floor and one.value in seen:
            yield remark("number_repeated", one.span, **words)
        elif one.value < floor:
            yield remark("number_order", one.span, **words)
        else:
            yield remark("number_gap", one.span, missing=_listed(range(floor + 1, one.value)), **words)
        before = replace(one, value=floor + 1) if wrong else one
        seen = (seen if floor else set()) | {before.value}


def _runs_on(printed: Sequence[Printed]) -> bool:
    # whether the style goes on over a new heading, （五） under 一、 and （六） under 二、, oftener than it begins anew
    steps = [(a, b) for a, b in pairwise(printed) if a.group != b.group]
    return sum(b.value == a.value + 1 for a, b in steps) > sum(b.value == 1 for _, b in steps)


def _listed(missing: range) -> str:
    return str(missing[0]) if len(missing) == 1 else f"{missing[0]}—{missing[-1]}"


def _rows(paper: Paper) -> Iterator[Remark]:
    # a number merged over rows is one number; a blank one is missing where the next one counts it
    rows: list[Printed] = []
    last: tuple[Span, ...] = ()
    for task in paper.tasks:
        cells = tuple(cell.span for cell in task.row.of("number")) if task.row else ()
        if task.row is None or not cells or cells == last:
            continue
        last = cells
        value = _value(task.label, paper)
        if value is not None or not any(c.isalnum() for c in task.label):
            span = cells[0] if value is not None else (task.texts or cells)[0]
            rows.append(Printed(value or 0, task.label, span, (task.row.table, task.row.section)))
    rows = _with_textless(rows, paper)
    numbered: list[Printed] = []
    following = _following(rows)
    for place, one in enumerate(rows):
        if one.value:
            numbered.append(one)
        elif numbered and _missing(rows, place, following[place], numbered[-1].value):
            yield remark("number_missing", one.span)
            numbered.append(replace(one, value=numbered[-1].value + 1))
        elif not numbered and place == 0 and len(rows) > 1 and rows[1].value == 2:
            yield remark("number_missing", one.span)
            numbered.append(replace(one, value=1))
    yield from _counted(numbered)


def _with_textless(rows: Sequence[Printed], paper: Paper) -> list[Printed]:
    # a row whose words are missing is no task; its number is printed all the same
    spans = {Span(r.block, r.start, r.end) for r in paper.outline.remarks if r.code == TEXTLESS and r.block is not None}
    labels = ((span, paper.words(span).strip()) for span in spans)
    left = [Printed(value, label, span) for span, label in labels if (value := _value(label, paper))]
    made: list[Printed] = []
    if not left:
        return list(rows)
    for one in sorted([*rows, *left], key=lambda row: row.span):
        made.append(replace(one, group=made[-1].group) if one.group is None and made else one)
    return made


def _following(rows: Sequence[Printed]) -> list[int]:
    # for each row the next one with a number, or the end
    out = [len(rows)] * len(rows)
    for place in range(len(rows) - 1, -1, -1):
        out[place] = place if rows[place].value else out[place + 1] if place + 1 < len(rows) else len(rows)
    return out


def _missing(rows: Sequence[Printed], place: int, end: int, last: int) -> bool:
    # a blank number is one of its own where the next printed one counts it, or where none comes any more
    if end < len(rows):
        return rows[end].value == last + (end - place) + 1
    return end - place == 1 and all(row.value for row in rows[:place])


def _value(label: str, paper: Paper) -> int | None:
    numeral = numbering(label, paper.book)
    digits = label.strip(" .、．")
    return numeral.ordinal if numeral else int(digits) if digits.isdecimal() else None


def _unnumbered(paper: Paper) -> Iterator[Remark]:
    """Section rows of a table without a number, among others that have one.

    A merged cell of the first column is a section, too, and has none of its own.
    """
    rows = [s for s in paper.outline.sections if s.from_table and not s.style.startswith("merged-cell-")]
    numbered = [s for s in rows if s.ordinal]
    blank = [s for s in rows if not s.label]
    if len(numbered) >= 3 and len(blank) * 5 <= len(numbered):
        for section in blank:
            yield remark("number_missing", section.heading)
