"""Body against annex: a clause and its row that disagree, sentences and days that reached no row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..link.facts import DeadlineFact
from ..link.likeness import contained, pairs
from ..model import Span
from ..outline import Remark
from ..owners import Owners
from .overlap import Texts
from .paper import Paper, remark

DUTY_TAKEN_UP = 0.4  # share of a duty's character pairs that its row holds
SENTENCE_TAKEN_UP = 0.2  # a sentence of which the rows hold less reached none of them
SUMMED_UP = 0.6  # share of a row's clause that stands in a sentence it sums up
FEW_PAIRS = 5  # a clause that short says nothing of its own: 并组织开展
SENTENCE = 12  # characters; a shorter sentence says no duty
SHOWN = 30  # characters of a sentence that a finding quotes
COARSE = ("year", "five_year")


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows below the annex heading that repeats a body heading: their tasks, and their clauses."""

    rows: tuple[int, ...]
    tasks: Texts
    clauses: Texts


def clauses(paper: Paper, answers: Mapping[int, Answer]) -> Iterator[Remark]:
    """Remarks on the sentences of the body; none where the annex answers nothing of it."""
    yield from _deadlines(paper, answers)
    yield from _duties(paper, answers)


def answers(paper: Paper) -> Mapping[int, Answer]:
    """Body section → what answers it: the rows below its own heading in the annex, or below one above it."""
    sections = paper.outline.sections
    repeated = {pair.body for pair in paper.paired}
    home: dict[int, int | None] = {}
    for index, section in enumerate(sections):
        home[index] = index if index in repeated else home.get(section.parent) if section.parent is not None else None
    rows: dict[int, dict[int, None]] = {}
    for link in paper.links:
        if (at := home[link.section]) is not None:
            rows.setdefault(at, {})[link.task] = None
    made = {at: _answer(paper, tuple(found)) for at, found in rows.items()}
    return {index: made[at] for index, at in home.items() if at is not None and at in made}


def _answer(paper: Paper, rows: tuple[int, ...]) -> Answer:
    texts = [paper.tasks[row].text for row in rows]
    cut = (words for text in texts for words in re.split(r"[，；。,;\n]", text))
    return Answer(rows, Texts(texts), Texts(words for words in cut if len(pairs(words)) > FEW_PAIRS))


def _deadlines(paper: Paper, answering: Mapping[int, Answer]) -> Iterator[Remark]:
    # a day that the body sets for a duty, and that no row which takes up the section keeps
    sections, tasks = paper.outline.sections, paper.tasks
    owners = Owners((span, i) for i, section in enumerate(sections) for span in (section.heading, *section.text))
    own = Owners((span, i) for i, task in enumerate(tasks) for span in task.texts)
    kept: dict[int, set[date | None]] = {}
    said: list[tuple[int, DeadlineFact]] = []
    for fact in paper.facts.deadlines:
        if (row := own.at(fact.span)) is not None:
            kept.setdefault(row, set()).add(fact.value.due_on)
        elif _names_a_day(fact) and (index := owners.at(fact.span)) in answering and index is not None:
            said.append((index, fact))
    for index, fact in said:
        answer = answering[index]
        duty = pairs(_duty(paper, fact.span))
        taken = [answer.rows[place] for place in answer.tasks.hold(duty, DUTY_TAKEN_UP)]
        if any(fact.value.due_on in _days(paper, row, kept) for row in taken or answer.rows):
            continue
        clause = {"clause": "/".join(sections[index].path[-2:]), "due": paper.words(fact.span)}
        most = [answer.rows[place] for place in answer.tasks.best(duty, DUTY_TAKEN_UP)]
        stated = [tasks[row] for row in most if tasks[row].stated]
        for task in stated:
            words = {"label": task.label, "words": (task.deadline_text or "").strip()}
            yield remark("clause_conflict", task.stated[0].span, **clause, **words)
        if not stated:
            yield remark("deadline_without_row", fact.span, **clause)


def _names_a_day(fact: DeadlineFact) -> bool:
    # 到2025年 and 全年 are aims of the whole plan; a row need not repeat them
    value = fact.value
    return bool(value.due_on) and not fact.stated and (value.kind == "due" or value.precision not in COARSE)


def _days(paper: Paper, row: int, kept: Mapping[int, set[date | None]]) -> set[date | None]:
    return kept.get(row, set()) | {stated.value.due_on for stated in paper.tasks[row].stated}


def _duty(paper: Paper, span: Span) -> str:
    # the words of the duty that a deadline governs: from the deadline to the next stop
    rest = paper.doc.blocks[span.block].text[span.end :]
    return re.split(r"[。；;\n]", rest, maxsplit=1)[0]


def _duties(paper: Paper, answering: Mapping[int, Answer]) -> Iterator[Remark]:
    # a sentence of an answered section of which nothing is found in the rows below the same heading
    for index, answer in answering.items():
        section = paper.outline.sections[index]
        if section.from_table or section.part != "body":
            continue
        # a row that says the heading takes up what the heading names
        heading = pairs(paper.words(section.heading))
        named = heading if answer.clauses.hold(heading, SUMMED_UP) else frozenset()
        for place in (one for span in section.text for one in _sentences(paper, span)):
            words = paper.words(place)
            own = pairs(words)
            taken = contained(own, named) >= SENTENCE_TAKEN_UP or answer.tasks.hold(own, SENTENCE_TAKEN_UP)
            if not taken and not answer.clauses.within(own, SUMMED_UP):
                yield remark("duty_without_row", place, words=words[:SHOWN] + ("…" if len(words) > SHOWN else ""))


def _sentences(paper: Paper, span: Span) -> Iterator[Span]:
    text = paper.words(span)
    for found in re.finditer(r"[^。；;\n]+", text):
        if len(found[0].strip()) >= SENTENCE:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield Span(span.block, span.start + start, span.start + found.end())


def summed_up(paper: Paper, spans: Sequence[Span], answer: Answer | None) -> bool:
    """Whether a clause of the answering rows stands for the most part in some words of the body."""
    own = pairs("。".join(paper.words(span) for span in spans))
    return answer is not None and answer.clauses.within(own, SUMMED_UP)
