"""Tasks of a body without a task table: items with a statement of responsibility, else the innermost items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress

from ..model import Block, Span
from ..outline import Outline, Section
from ..recognize.narrative import narrative
from ..rulebook import RuleBook
from ..spans import trim
from .facts import DeadlineFact, Facts
from .statements import UNNUMBERED, Statement, contents, unit_headings
from .tasks import Task, UnitFact, unit_facts

FEW = 3  # statements; a paper with fewer, and few against its items, does not answer item by item
SHARE = 0.25  # share of items with a statement from which on only these are tasks


def inline_tasks(
    blocks: Sequence[Block],
    outline: Outline,
    said: Mapping[int, Sequence[Statement]],
    found: Facts,
    book: RuleBook,
) -> tuple[Task, ...]:
    """The tasks of running text, in reading order.

    An item is a numbered section without numbered sections below. The stretch that a statement closes is a task
    (`inline`); several statements in one item make several tasks. A statement that closes a heading answers the items
    below it that have none. Where statements are the exception, the items without one are tasks too (`clause`).
    source: 国发〔2019〕3号; samples of pages with 责任单位：…
    """
    above = {section.parent for section in outline.sections}
    heads = unit_headings(outline, blocks, book)
    runs = _runs(outline, said)
    due: dict[int, list[DeadlineFact]] = {}
    for fact in found.deadlines:
        if fact.stated:
            due.setdefault(fact.span.block, []).append(fact)

    def closed(task: Task, closing: Sequence[Statement]) -> Task:
        return _closed(task, closing, blocks, due, book)

    answered = [(UNNUMBERED, closed(task, closing)) for task, closing in _loose(outline, blocks, said)]
    open_items: list[tuple[int, Task]] = []
    for index, section in enumerate(outline.sections):
        if section.from_table or index in above:
            continue
        own = said.get(index, ())
        over = _inherited(index, outline, heads)
        inherited = () if own else over or runs.get(index) or _inherited(index, outline, said)
        # a statement that names only who supports leaves the answer to the unit in the heading
        made = [
            closed(task, closing if _answers(closing) else (*over, *closing)) if closing else task
            for task, closing in _item(index, blocks, outline, own)
        ]
        if own:
            answered += [(index, task) for task in made]
        elif inherited:
            answered += [(index, closed(task, inherited)) for task in made]
        else:
            open_items += [(index, task) for task in made]
    beside = {outline.sections[index].parent for index, _ in answered if index != UNNUMBERED}
    told = [(index, _told(task, blocks, book)) for index, task in open_items]
    # an item whose sentence names who does it, among items that state it, is answered too
    among = [bool(t.units) and outline.sections[i].parent in beside and t.section is not None for i, t in told]
    answered = sorted([*answered, *compress(told, among)], key=lambda pair: pair[0])
    open_items = [pair for pair, taken in zip(told, among, strict=True) if not taken]
    many = len(answered) >= FEW or len(answered) >= SHARE * (len(answered) + len(open_items))
    kept = answered if answered and many else sorted([*answered, *open_items], key=lambda pair: pair[0])
    return tuple(sorted((task for _, task in kept), key=lambda task: task.texts[0]))


def _item(
    index: int, blocks: Sequence[Block], outline: Outline, own: Sequence[Statement]
) -> Iterator[tuple[Task, tuple[Statement, ...]]]:
    section = outline.sections[index]
    spans = contents(section, blocks)
    run_in = bool(section.text) and section.parent is not None
    if section.text and not run_in and _apart(section, blocks) and _left(section.text, own, blocks):
        # an outermost item with a heading line: the heading is the section, the words below it are the task
        spans = section.text
    if len(_closing(own)) > 1 and section.text:
        # several stretches: the heading is theirs together
        spans, run_in = section.text, False
    parts = list(_stretches(spans, own, blocks))
    several = sum(1 for _, closing in parts if closing) > 1
    for texts, closing in parts:
        if own and not closing:
            continue
        text = "\n".join(blocks[s.block].text[s.start : s.end] for s in texts)
        if not any(c.isalnum() for c in text):
            continue
        task = Task(
            origin="clause",
            label=section.label,
            section=index if several or not (run_in or section.parent is not None) else section.parent,
            text=text,
            texts=texts,
            blocks=tuple(dict.fromkeys(s.block for s in (*texts, *(s for c in closing for s in c.stretches)))),
        )
        yield task, closing


def _loose(
    outline: Outline, blocks: Sequence[Block], said: Mapping[int, Sequence[Statement]]
) -> Iterator[tuple[Task, tuple[Statement, ...]]]:
    # without numbers a task is one paragraph: the one its statement stands in, or the one above the labels
    for every, closing in _stretches(outline.loose, said.get(UNNUMBERED, ()), blocks):
        here = {s.block for one in closing for s in one.stretches}
        texts = tuple(s for s in every if s.block in here) or every[-1:]
        if closing and texts:
            seqs = dict.fromkeys(s.block for s in (*texts, *(s for one in closing for s in one.stretches)))
            words = "\n".join(blocks[s.block].text[s.start : s.end] for s in texts)
            yield Task("clause", "", None, words, texts, tuple(seqs)), closing


def _apart(section: Section, blocks: Sequence[Block]) -> bool:
    # a heading of its own line, or of a copy that lost its line ends: no mark stands between it and its words
    heading, after = section.heading, section.text[0]
    between = blocks[heading.block].text[heading.end : after.start] if after.block == heading.block else "\n"
    return not between.strip()


def _left(spans: Sequence[Span], own: Sequence[Statement], blocks: Sequence[Block]) -> bool:
    # whether these stretches hold words that a statement closes (any words where there is none)
    return any(texts for texts, closing in _stretches(spans, own, blocks) if closing or not own)


def _closing(own: Sequence[Statement]) -> list[list[Statement]]:
    # statements that follow one another with nothing between are one: 牵头单位：… 责任单位：… 完成时限：…
    runs: list[list[Statement]] = []
    for one in own:
        if runs and _adjacent(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _adjacent(one: Statement, other: Statement) -> bool:
    last, first = one.stretches[-1], other.stretches[0]
    return last.block == first.block and 0 <= first.start - last.end <= 2


def _stretches(
    spans: Sequence[Span], own: Sequence[Statement], blocks: Sequence[Block]
) -> Iterator[tuple[tuple[Span, ...], tuple[Statement, ...]]]:
    """The stretches of words with the statements that close each; words behind the last statement with none."""
    runs = _closing(own)
    cuts: dict[int, list[tuple[Span, int]]] = {}
    for cut, run in sorted((s, n) for n, one in enumerate(runs) for statement in one for s in statement.stretches):
        cuts.setdefault(cut.block, []).append((cut, run))
    open_spans: list[Span] = []
    place = 0
    for span in spans:
        start = span.start
        for cut, run in cuts.get(span.block, ()):
            if cut.end <= start or cut.start >= span.end:
                continue
            open_spans += _words(blocks, span.block, start, cut.start)
            start = cut.end
            if run >= place:
                yield tuple(open_spans), tuple(runs[run])
                open_spans, place = [], run + 1
        open_spans += _words(blocks, span.block, start, span.end)
    if open_spans:
        yield tuple(open_spans), ()


def _words(blocks: Sequence[Block], block: int, start: int, end: int) -> list[Span]:
    text = blocks[block].text
    start, end = trim(text, start, end)
    # a stop that follows a closing bracket belongs to the sentence before it
    while start < end and text[start] in "。；;，,、.":
        start += 1
    return [Span(block, *trim(text, start, end))] if any(c.isalnum() for c in text[start:end]) else []


def _told(task: Task, blocks: Sequence[Block], book: RuleBook) -> Task:
    """A task without a statement, with the units that its own sentences name (由区甲局牵头，…)."""
    units: list[UnitFact] = []
    for span in task.texts:
        text = blocks[span.block].text[span.start : span.end]
        for part in narrative(text, book):
            place = Span(span.block, span.start + part.start, span.start + part.end)
            units += unit_facts(place, blocks, book, part.role, frozenset())
    return replace(task, origin="inline", units=tuple(units)) if units else task


def _answers(closing: Sequence[Statement]) -> bool:
    return any(role in ("lead", "responsible") for one in closing for role, _ in one.parts)


def _inherited(index: int, outline: Outline, said: Mapping[int, Sequence[Statement]]) -> tuple[Statement, ...]:
    parent = outline.sections[index].parent
    while parent is not None:
        if parent in said:
            return tuple(said[parent])
        parent = outline.sections[parent].parent
    return ()


def _runs(outline: Outline, said: Mapping[int, Sequence[Statement]]) -> Mapping[int, tuple[Statement, ...]]:
    """Section index → what the next item beside it that states anything says of those before it: 以上目标责任单位：…"""
    found: dict[int, tuple[Statement, ...]] = {}
    after: dict[int | None, tuple[Statement, ...]] = {}
    for index in reversed(range(len(outline.sections))):
        parent = outline.sections[index].parent
        if index in said:
            after[parent] = tuple(one for one in said[index] if one.over_run)
        elif over := after.get(parent):
            found[index] = over
    return found


def _closed(
    task: Task,
    closing: Sequence[Statement],
    blocks: Sequence[Block],
    due: Mapping[int, Sequence[DeadlineFact]],
    book: RuleBook,
) -> Task:
    """A task with the units, the deadlines and the words of the statements that close it."""
    units: list[UnitFact] = []
    printed: dict[str, list[str]] = {}
    dated: list[str] = []
    stated: list[DeadlineFact] = []
    extra: list[tuple[str, str]] = []
    for one in closing:
        extra += ((_text(label, blocks), _text(words, blocks)) for label, words in one.others)
        for role, span in one.parts:
            units += unit_facts(span, blocks, book, role, frozenset())
            printed.setdefault(role, []).append(blocks[span.block].text[span.start : span.end])
        for span in one.deadlines:
            dated.append(blocks[span.block].text[span.start : span.end])
            stated += (
                fact for fact in due.get(span.block, ()) if span.start <= fact.span.start and fact.span.end <= span.end
            )
    return replace(
        task,
        origin="inline",
        units=tuple(units),
        printed={role: "\n".join(texts) for role, texts in printed.items()},
        deadline_text="\n".join(dated) if dated else None,
        stated=tuple(stated),
        extra=(*task.extra, *extra),
    )


def _text(span: Span, blocks: Sequence[Block]) -> str:
    return blocks[span.block].text[span.start : span.end]
