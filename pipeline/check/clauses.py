"""Body against annex: a clause and its row that disagree, headings that drifted, sections and rows without a partner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ..link.facts import DeadlineFact
from ..link.likeness import contained, pairs
from ..model import Span
from ..outline import Remark, Section
from ..owners import Owners
from ..recognize.checkwords import found_as
from .paper import Paper, bare, remark

DUTY_TAKEN_UP = 0.4  # share of a duty's character pairs that its row holds
SENTENCE_TAKEN_UP = 0.2  # a sentence of which the rows hold less reached none of them
CLAUSE_TAKEN_FROM = 0.6  # share of a row's clause that stands in a sentence it sums up
FEW_PAIRS = 5  # a clause that short says nothing of its own: 并组织开展
SHOWN = 30  # characters of a sentence that a finding quotes
SENTENCE = 12  # characters; a shorter sentence says no duty
MIRRORED = 0.8  # share of a style's headings that the annex repeats, from which on it means to repeat them all


def clauses(paper: Paper) -> Iterator[Remark]:
    """Remarks on a plan whose annex repeats its body; none where nothing of the two is linked."""
    if not paper.links:
        return
    yield from _deadlines(paper)
    yield from _drift(paper)
    yield from _rows(paper)
    yield from _sections(paper)
    yield from _duties(paper)


def _deadlines(paper: Paper) -> Iterator[Remark]:
    # a day that the body sets for a duty, and that no row which takes up the section keeps
    sections, tasks = paper.outline.sections, paper.tasks
    owners = Owners((span, i) for i, section in enumerate(sections) for span in (section.heading, *section.text))
    own = Owners((span, i) for i, task in enumerate(tasks) for span in task.texts)
    said: dict[int, list[DeadlineFact]] = {}
    kept: dict[int, set[date | None]] = {}
    for fact in paper.facts.deadlines:
        if (row := own.at(fact.span)) is not None:
            kept.setdefault(row, set()).add(fact.value.due_on)
        elif _names_a_day(fact) and (index := owners.at(fact.span)) is not None:
            said.setdefault(index, []).append(fact)
    rows = _answering(paper)
    for index, facts in said.items():
        answering = rows.get(index, ())
        for fact in facts if answering else ():
            duty = pairs(_duty(paper, fact.span))
            days = {
                row: kept.get(row, set()) | {stated.value.due_on for stated in tasks[row].stated} for row in answering
            }
            taken = [row for row in answering if contained(duty, pairs(tasks[row].text)) >= DUTY_TAKEN_UP]
            clause = {"clause": "/".join(sections[index].path[-2:]), "due": paper.words(fact.span)}
            if any(fact.value.due_on in days[row] for row in taken or answering):
                continue
            for row in taken:
                if tasks[row].stated:
                    words = {"label": tasks[row].label, "words": (tasks[row].deadline_text or "").strip()}
                    yield remark("clause_conflict", tasks[row].stated[0].span, **clause, **words)
            if not any(tasks[row].stated for row in taken):
                yield remark("deadline_without_row", fact.span, **clause)


def _names_a_day(fact: DeadlineFact) -> bool:
    # 到2025年 and 全年 are aims of the whole plan; a row need not repeat them
    value = fact.value
    return (
        bool(value.due_on) and not fact.stated and (value.kind == "due" or value.precision not in ("year", "five_year"))
    )


def _duty(paper: Paper, span: Span) -> str:
    # the words of the duty that a deadline governs: from the deadline to the next stop
    rest = paper.doc.blocks[span.block].text[span.end :]
    return re.split(r"[。；;\n]", rest, maxsplit=1)[0]


def _drift(paper: Paper) -> Iterator[Remark]:
    sections = paper.outline.sections
    partner = {**{pair.annex: pair.body for pair in paper.paired}, **_by_number(paper)}
    for index, annex in enumerate(sections):
        other = partner.get(index)
        if other is None:
            continue
        body = sections[other]
        renumbered = annex.style == body.style and annex.ordinal != body.ordinal
        if renumbered or _plain(paper, annex) != _plain(paper, body):
            words = {"words": _printed(paper, annex, renumbered), "body": _printed(paper, body, renumbered)}
            yield remark("heading_drift", annex.heading, **words)


def _plain(paper: Paper, section: Section) -> str:
    # 知识产权保护方面（共5项） and 知识产权保护方面5项 are one heading
    words = paper.words(section.heading)
    counted = found_as(words, paper.book, "count_of_section")
    return bare(words[: counted[-1].start] if counted else words)


def _printed(paper: Paper, section: Section, numbered: bool) -> str:
    return (section.label if numbered else "") + paper.words(section.heading)


def _rows(paper: Paper) -> Iterator[Remark]:
    """Rows that no body section asks for: those not linked, and those below an annex heading that the body lacks."""
    answered = {link.task for link in paper.links}
    if len(answered) < MIRRORED * len(paper.tasks):
        return  # the table goes beyond the body as a whole
    strange = _strange(paper)
    for index, task in enumerate(paper.tasks):
        if task.texts and (index not in answered or task.section in strange):
            yield remark("task_without_clause", task.texts[0], label=task.label)


def _strange(paper: Paper) -> set[int]:
    # annex headings without a partner, where nearly all of their style have one
    sections = paper.outline.sections
    partner = {pair.annex for pair in paper.paired}
    annex = [i for i, s in enumerate(sections) if (s.from_table or s.part == "annex") and s.part != "body"]
    of_style, known = Counter(sections[i].style for i in annex), Counter(sections[i].style for i in partner)
    drifted = _by_number(paper)
    return {
        i
        for i in annex
        if i not in partner and i not in drifted and known[sections[i].style] >= MIRRORED * of_style[sections[i].style]
    }


def _by_number(paper: Paper) -> Mapping[int, int]:
    """Annex heading → the body heading of its number, where both have no other partner: so reworded that only that tells."""
    sections = paper.outline.sections
    partner, taken = {pair.annex for pair in paper.paired}, {pair.body for pair in paper.paired}
    free = {
        (s.style, s.ordinal): i
        for i, s in enumerate(sections)
        if s.part == "body" and not s.from_table and s.ordinal and i not in taken
    }
    annex = (i for i, s in enumerate(sections) if (s.from_table or s.part == "annex") and i not in partner)
    return {i: free[key] for i in annex if (key := (sections[i].style, sections[i].ordinal)) in free}


def _sections(paper: Paper) -> Iterator[Remark]:
    """Body sections that no row answers, where the annex means to answer all of their kind; the outermost one alone."""
    sections = paper.outline.sections
    body = [i for i, s in enumerate(sections) if s.part == "body" and not s.from_table]
    drawn = _upward(paper, {link.section for link in paper.links})
    repeated = _upward(paper, {pair.body for pair in paper.paired})
    of_style = Counter(sections[i].style for i in body)
    known = Counter(sections[i].style for i in body if i in repeated)
    below: dict[int | None, list[int]] = {}
    for i in body:
        below.setdefault(sections[i].parent, []).append(i)
    told: set[int] = set()
    rows = _answering(paper)
    for i in body:
        section = sections[i]
        if i in drawn or section.parent in told:
            told |= {i} if section.parent in told else set()
            continue
        beside = below[section.parent]
        mirrored = known[section.style] >= MIRRORED * of_style[section.style] and (
            section.parent is None or section.parent in drawn
        )
        # items of one section that are answered one by one
        item = section.parent in drawn and sum(1 for j in beside if j in drawn) * 2 >= len(beside) > 1
        item = item and not _summed_up(_all_words(paper, section), _clauses(paper, rows.get(i, ())))
        if mirrored or item:
            told.add(i)
            yield remark(
                "section_without_row", section.heading, label=section.label, words=paper.words(section.heading)
            )


def _upward(paper: Paper, found: set[int]) -> set[int]:
    out: set[int] = set()
    for index in found:
        at: int | None = index
        while at is not None and at not in out:
            out.add(at)
            at = paper.outline.sections[at].parent
    return out


def _duties(paper: Paper) -> Iterator[Remark]:
    # a sentence of an answered section of which nothing is found in the rows below the same heading
    rows = _answering(paper)
    for index, section in enumerate(paper.outline.sections):
        answering = rows.get(index, ())
        if not answering or section.from_table or section.part != "body":
            continue
        held: frozenset[str] = frozenset().union(*(pairs(paper.tasks[row].text) for row in answering))
        said = _clauses(paper, answering)
        # a row that says the heading takes up what the heading names
        heading = pairs(paper.words(section.heading))
        if any(contained(heading, words) >= CLAUSE_TAKEN_FROM for words in said):
            held |= heading
        for span in section.text:
            for place in _sentences(paper, span):
                words = paper.words(place)
                if contained(pairs(words), held) < SENTENCE_TAKEN_UP and not _summed_up(words, said):
                    yield remark("duty_without_row", place, words=words[:SHOWN] + ("…" if len(words) > SHOWN else ""))


def _clauses(paper: Paper, rows: Sequence[int]) -> list[frozenset[str]]:
    found = (pairs(words) for row in rows for words in re.split(r"[，；。,;\n]", paper.tasks[row].text))
    return [words for words in found if len(words) > FEW_PAIRS]


def _summed_up(words: str, clauses: Sequence[frozenset[str]]) -> bool:
    own = pairs(words)
    return any(contained(clause, own) >= CLAUSE_TAKEN_FROM for clause in clauses)


def _all_words(paper: Paper, section: Section) -> str:
    return "。".join(paper.words(span) for span in (section.heading, *section.text))


def _answering(paper: Paper) -> Mapping[int, Sequence[int]]:
    """Body section → the rows below the heading that the annex repeats for it: its own, or one above it."""
    sections = paper.outline.sections
    repeated = {pair.body for pair in paper.paired}
    home: dict[int, int | None] = {}
    for index, section in enumerate(sections):
        home[index] = index if index in repeated else home.get(section.parent) if section.parent is not None else None
    rows: dict[int, list[int]] = {}
    for link in paper.links:
        if (at := home[link.section]) is not None:
            rows.setdefault(at, []).append(link.task)
    unique = {at: tuple(dict.fromkeys(found)) for at, found in rows.items()}
    return {index: unique[at] for index, at in home.items() if at is not None and at in unique}


def _sentences(paper: Paper, span: Span) -> Iterator[Span]:
    text = paper.words(span)
    for found in re.finditer(r"[^。；;\n]+", text):
        if len(found[0].strip()) >= SENTENCE:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield Span(span.block, span.start + start, span.start + found.end())
