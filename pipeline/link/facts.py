"""What the recognizers find in every block, placed: citations, deadlines, targets, measures with their section and task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import Block, Frame, Mention, Span
from ..normalize.deadlines import Deadline, history, resolve
from ..outline import Outline
from ..recognize.citations import CitationMention, citations
from ..recognize.deadlines import deadlines
from ..recognize.targets import TargetMention, targets
from ..rulebook import RuleBook
from ..spans import cover, trim
from .statements import Statement


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of one block, in reading order; `parent` counts within the block."""

    block: int
    mentions: tuple[CitationMention, ...]

    def masks(self) -> tuple[tuple[int, int], ...]:
        return tuple((m.start, m.end) for m in self.mentions)


@dataclass(frozen=True, slots=True)
class DeadlineFact:
    """One deadline with its place. phase: 1, 2 … where one phrase states several, else None."""

    span: Span
    value: Deadline
    stated: bool
    phase: int | None = None


@dataclass(frozen=True, slots=True)
class TargetFact:
    span: Span
    value: TargetMention


@dataclass(frozen=True, slots=True)
class Facts:
    """All mentions of one document outside the unit cells, in reading order."""

    citations: Mapping[int, Citations]
    deadlines: tuple[DeadlineFact, ...]
    targets: tuple[TargetFact, ...]
    history: tuple[DeadlineFact, ...] = ()  # times of running text that lie before the plan's year: told, not set


def facts(
    blocks: Sequence[Block],
    outline: Outline,
    book: RuleBook,
    frame: Frame,
    said: Mapping[int, Sequence[Statement]],
) -> Facts:
    """Read every block once: citations first, since their numbers look like dates, then deadlines, then targets.

    What a statement of responsibility says of time is stated, like the words of a deadline cell.
    """
    stated: dict[int, list[Span]] = {}
    for cell in dict.fromkeys(cell for row in outline.rows for cell in row.of("deadline", "start")):
        stated.setdefault(cell.block, []).append(cell.span)
    silent = {block.seq for block in blocks if outline.roles[block.seq] in SILENT}
    mute: dict[int, list[tuple[int, int]]] = {}
    for cell in (cell for row in outline.rows for cell in row.cells if cell.column in NAMES):
        mute.setdefault(cell.block, []).append((cell.span.start, cell.span.end))
    for part in outline.letter:
        if part.part.startswith("meta_") or part.part in SILENT:
            mute.setdefault(part.span.block, []).append((part.span.start, part.span.end))
    closing: dict[int, list[Span]] = {}
    dated: dict[int, list[Span]] = {}
    for one in (one for own in said.values() for one in own):
        for span in one.stretches:
            closing.setdefault(span.block, []).append(span)
        for span in one.deadlines:
            dated.setdefault(span.block, []).append(span)
    cited: dict[int, Citations] = {}
    due: list[DeadlineFact] = []
    aims: list[TargetFact] = []
    told: list[DeadlineFact] = []
    for block in blocks:
        if block.hidden or not block.text.strip() or outline.parts[block.seq] == "furniture":
            continue
        found = Citations(block.seq, citations(block.text, book))
        if found.mentions:
            cited[block.seq] = found
        for span in stated.get(block.seq, ()):
            own = [(a - span.start, b - span.start) for a, b in found.masks()]
            due += stated_deadlines(span, block.text[span.start : span.end], book, frame, own)
        if block.seq not in silent:
            taken = [*found.masks(), *mute.get(block.seq, ()), *((s.start, s.end) for s in stated.get(block.seq, ()))]
            taken += ((span.start, span.end) for span in closing.get(block.seq, ()))
            for place in dated.get(block.seq, ()):
                due += stated_deadlines(place, block.text[place.start : place.end], book, frame)
            for mention in _but_firm(deadlines(block.text, book, stated=False, taken=taken), block.text, book, taken):
                value = resolve(mention, block.text, book, frame)
                place = Span(block.seq, mention.start, mention.end)
                (told if history(value, frame) else due).append(DeadlineFact(place, value, stated=False))
                taken.append((mention.start, mention.end))
            for target in targets(block.text, book, taken):
                aims.append(TargetFact(Span(block.seq, target.start, target.end), target))
    return Facts(cited, tuple(sorted(due, key=lambda fact: fact.span)), tuple(aims), tuple(told))


def _but_firm(
    mentions: Sequence[Mention], text: str, book: RuleBook, taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    # 办理时限压缩至3个工作日: what looks like a deadline is what the duty aims at
    firm = [(t.start, t.end) for t in targets(text, book, taken) if t.firm] if mentions else []
    used = cover(len(text), firm)
    yield from (m for m in mentions if not any(used[m.start : m.end]))


# parts that name and date the paper itself; a year in a title sets nobody a deadline
NAMES = {"number", "lead", "responsible", "supporting", "guiding"}
SILENT = {"title", "doc_number", "salutation", "attachment", "signature", "date", "table_header", "furniture"}


def stated_deadlines(
    span: Span, text: str, book: RuleBook, frame: Frame, taken: Iterable[tuple[int, int]] = ()
) -> tuple[DeadlineFact, ...]:
    """The deadlines of words that are there to state one: a deadline cell, the inside of a bracket.

    span     where `text` stands in its block
    returns  several mentions as phases 1, 2 …; words that no rule knows as one `unresolved`, blank ones as one `none`
    """
    mentions = deadlines(text, book, stated=True, taken=tuple(taken))
    if not mentions:
        kind = "unresolved" if any(c.isalnum() for c in text) else "none"
        start, end = (0, len(text)) if kind == "none" else trim(text, 0, len(text))
        value = Deadline(kind=kind)
        return (DeadlineFact(Span(span.block, span.start + start, span.start + end), value, stated=True),)
    several = len(mentions) > 1
    return tuple(
        DeadlineFact(
            Span(span.block, span.start + m.start, span.start + m.end),
            resolve(m, text, book, frame),
            stated=True,
            phase=n if several else None,
        )
        for n, m in enumerate(mentions, 1)
    )
