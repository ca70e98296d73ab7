"""The measures of a document: one for each clause of a task text or of a body section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Block, Span
from ..outline import Outline
from ..owners import Owners
from ..recognize.measures import MeasureMention, measures
from ..rulebook import RuleBook
from .tasks import Task


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """One clause with verb and object; of a task or of a section, never of both."""

    span: Span
    value: MeasureMention
    task: int | None
    section: int | None


def measure_facts(
    blocks: Sequence[Block], outline: Outline, tasks: Sequence[Task], book: RuleBook
) -> tuple[MeasureFact, ...]:
    """Measures in reading order: those of the tasks, then those of the body's sections."""
    out: list[MeasureFact] = []
    for index, task in enumerate(tasks):
        for span in task.texts:
            out += _read(span, blocks, book, index, None)
    told = Owners((span, index) for index, task in enumerate(tasks) for span in task.texts)
    above = {section.parent for section in outline.sections}
    for index, section in enumerate(outline.sections):
        # a numbered item that is one sentence has its duty in its heading
        alone = not section.text and index not in above and not section.from_table
        for span in (section.heading,) if alone else section.text:
            if told.at(span) is None:
                out += _read(span, blocks, book, None, index)
    return tuple(out)


def _read(
    span: Span, blocks: Sequence[Block], book: RuleBook, task: int | None, section: int | None
) -> Iterable[MeasureFact]:
    text = blocks[span.block].text[span.start : span.end]
    for found in measures(text, book):
        place = Span(span.block, span.start + found.start, span.start + found.end)
        yield MeasureFact(place, found, task, section)
