"""Deadlines that cannot be."""

from __future__ import annotations

import random

from pipeline.reading import Reading
from tests.faults.plant import Harm, edited, fault, words


def stated(reading: Reading):
    return [f for f in reading.facts.deadlines if f.stated and f.value.kind in ("due", "window", "ongoing")]


def in_text(reading: Reading):
    return [f for f in reading.facts.deadlines if not f.stated and f.value.kind == "due"]


def redated(reading: Reading, rng: random.Random, made: str, codes: tuple[str, ...], also=()) -> Harm | None:
    found = [*stated(reading), *in_text(reading)]
    if not found:
        return None
    fact = rng.choice(found)
    doc = edited(reading.doc, fact.span.block, fact.span.start, fact.span.end, made)
    return Harm(doc, codes, (fact.span.block,), ("clause_conflict", "deadline_without_row", *also), what=made)


@fault
def statement_removed(reading, rng):
    """（责任单位：…） taken out of one item."""
    found = []
    for task in reading.tasks:
        if task.row or not task.units or len(reading.tasks) < 5:
            continue
        block = task.units[0].span.block
        text = reading.doc.blocks[block].text
        start = max(text.rfind("（", 0, task.units[0].span.start), text.rfind("(", 0, task.units[0].span.start))
        alone = sum(t.section == task.section for t in reading.tasks) == 1
        if alone and start > 0 and text.rstrip().endswith(("）", "）。", ")", ")。")) and task.texts[0].block == block:
            found.append((block, start, len(text)))
    if not found:
        return None
    block, start, end = rng.choice(found)
    return Harm(edited(reading.doc, block, start, end, "。"), ("item_not_task",), (block,), ("lead_missing",))


@fault
def impossible_day(reading, rng):
    year = reading.metadata.plan_year or 2022
    days = (
        "9月31日前",
        f"{year}年9月31日前",
        "2月30日前",
        f"{year}年11月31日前",
        "6月31日前",
        "13月1日前",
        "4月31日前",
    )
    return redated(reading, rng, rng.choice(days), ("impossible_date",))


@fault
def deadline_before_the_paper(reading, rng):
    year = reading.metadata.plan_year
    if year is None or not (reading.metadata.issued_on or reading.metadata.year_from == "title"):
        return None
    made = rng.choice((f"{year - 1}年11月底前", f"{year - 1}年6月30日前", f"{year - 2}年12月底前"))
    return redated(reading, rng, made, ("deadline_before_issue",))


@fault
def deadline_before_the_month_of_the_paper(reading, rng):
    """Of the plan's own year, and gone by when it was issued: 1月底前 in a paper of February."""
    issued = reading.metadata.issued_on
    if issued is None or issued.month < 2 or not any(p.part == "date" for p in reading.outline.letter):
        return None
    month = rng.randint(1, issued.month - 1)
    made = rng.choice((f"{month}月底前", f"{issued.year}年{month}月底前", f"{month}月15日前"))
    return redated(reading, rng, made, ("deadline_before_issue",))


@fault
def date_of_issue_impossible(reading, rng):
    parts = [p for p in reading.outline.letter if p.part == "date" and "日" in words(reading, p.span)]
    if not parts:
        return None
    part = rng.choice(parts)
    year = words(reading, part.span).split("年")[0]
    made = f"{year}年{rng.choice(('2月30日', '9月31日', '13月5日', '6月31日'))}"
    doc = edited(reading.doc, part.span.block, part.span.start, part.span.end, made)
    return Harm(
        doc,
        ("impossible_date",),
        (part.span.block,),
        ("deadline_before_issue", "counted_from_issue", "own_number_year"),
    )


@fault
def deadline_beyond_the_year(reading, rng):
    year = reading.metadata.plan_year
    if reading.metadata.year_from != "title":
        return None
    made = rng.choice((f"{year + 1}年11月底前", f"{year + 1}年6月30日前", f"{year + 2}年3月底前"))
    return redated(reading, rng, made, ("deadline_beyond_year",))
