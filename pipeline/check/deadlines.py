"""Deadlines that cannot be kept: no day of the calendar, before the paper was issued, beyond the plan's year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..link.facts import DeadlineFact
from ..outline import Remark
from ..recognize.checkwords import found_as
from ..spans import fold
from .paper import Paper, remark

DATED = ("due", "window")
COARSE = ("year", "five_year")  # 到2025年 is the aim of a policy, not the deadline of a duty
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
CLAUSE = 12  # characters behind a time that tell whether it is told of or set


def deadlines(paper: Paper) -> Iterator[Remark]:
    """Remarks of the recognizer, then of the calendar: the days beside the date of issue and the plan's year."""
    for fact in paper.facts.deadlines:
        value, words = fact.value, paper.words(fact.span)
        if value.finding:
            yield remark(value.finding, fact.span, words=words, due=str(value.counted_to or ""))
        elif value.kind == "unresolved":
            yield remark("deadline_unresolved", fact.span, words=words)
    yield from _out_of_time(paper)
    yield from _past(paper)


def _out_of_time(paper: Paper) -> Iterator[Remark]:
    issued, last = _issued(paper), _last_year(paper)
    year = paper.metadata.plan_year if paper.metadata.year_from == "title" else None
    for fact in paper.facts.deadlines:
        due = fact.value.due_on
        if due is None or fact.value.kind not in DATED:
            continue
        words = {"words": paper.words(fact.span), "due": str(due)}
        if issued and due < issued and (fact.stated or fact.value.kind == "due") and not _told(paper, fact):
            yield remark("deadline_before_issue", fact.span, since=f"成文日期 {issued}", **words)
        elif year and due.year < year and fact.stated:
            yield remark("deadline_before_issue", fact.span, since=f"{year} 年的计划", **words)
        elif last and due.year > last and (fact.stated or fact.value.precision not in COARSE):
            yield remark("deadline_beyond_year", fact.span, year=str(last), **words)


def _past(paper: Paper) -> Iterator[Remark]:
    # 2021年11月底前参加评选 in a plan of 2022: a duty that is set for a time gone by
    for fact in paper.facts.history:
        due, value = fact.value.due_on, fact.value
        if due is None or value.kind != "due" or value.precision in COARSE or _told(paper, fact):
            continue
        since = (
            f"成文日期 {paper.metadata.issued_on}"
            if paper.metadata.issued_on
            else f"{paper.metadata.plan_year} 年的计划"
        )
        yield remark("deadline_before_issue", fact.span, since=since, words=paper.words(fact.span), due=str(due))


def _told(paper: Paper, fact: DeadlineFact) -> bool:
    # 2021年10月底前已建成: told, not set
    text = paper.doc.blocks[fact.span.block].text
    before, behind = (
        text[max(0, fact.span.start - CLAUSE) : fact.span.start],
        text[fact.span.end : fact.span.end + CLAUSE],
    )
    near = re.split(r"[。；;\n]", before)[-1] + re.split(r"[。；;，,\n]", behind)[0]
    return bool(found_as(near, paper.book, "told"))


def _issued(paper: Paper) -> date | None:
    # the day a page went on line is not that of the paper
    parts = {part.part for part in paper.outline.letter}
    return paper.metadata.issued_on if parts & {"date", "meta_issued_on"} else None


def _last_year(paper: Paper) -> int | None:
    """The last year that the title names: 2022 of 2022年工作要点, 2026 of 2024—2026年实施方案."""
    if paper.metadata.year_from != "title":
        return None
    letter = [part for part in paper.outline.letter if part.part in ("title", "meta_title")]
    years = [int(year) for part in letter for year in _YEARS.findall(fold(paper.words(part.span)))]
    return max(years, default=None)
