"""What the recognizers find in every block, placed: citations, deadlines, targets, measures with their section and task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..model import Block, Frame, Span
from ..normalize.deadlines import Deadline, resolve
from ..outline import Outline
from ..recognize.citations import CitationMention, citations
from ..recognize.deadlines import deadlines
from ..recognize.signals import signals
from ..recognize.targets import TargetMention, targets
from ..rulebook import RuleBook
from ..spans import trim


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


def facts(blocks: Sequence[Block], outline: Outline, book: RuleBook, frame: Frame) -> Facts:
    """Read every block once: citations first, since their numbers look like dates, then deadlines, then targets."""
    stated = {cell.block for row in outline.rows for cell in row.of("deadline")}
    silent = {c.block for row in outline.rows for c in row.cells if c.column in ("number", "lead", "responsible")}
    silent |= {block.seq for block in blocks if outline.roles[block.seq] in SILENT}
    cited: dict[int, Citations] = {}
    due: list[DeadlineFact] = []
    aims: list[TargetFact] = []
    for block in blocks:
        if block.hidden or not block.text.strip() or outline.parts[block.seq] == "furniture":
            continue
        found = Citations(block.seq, citations(block.text, book))
        if found.mentions:
            cited[block.seq] = found
        if block.seq in stated:
            due += stated_deadlines(Span(block.seq, 0, len(block.text)), block.text, book, frame, found.masks())
        elif block.seq not in silent:
            taken = list(found.masks())
            for mention in deadlines(block.text, book, stated=False, taken=found.masks()):
                value = resolve(mention, block.text, book, frame)
                due.append(DeadlineFact(Span(block.seq, mention.start, mention.end), value, stated=False))
                taken.append((mention.start, mention.end))
            for target in targets(block.text, book, taken):
                aims.append(TargetFact(Span(block.seq, target.start, target.end), target))
    return Facts(cited, tuple(due), tuple(aims))


# parts that name and date the paper itself; a year in a title sets nobody a deadline
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


def missed(blocks: Sequence[Block], outline: Outline, found: Facts, book: RuleBook) -> tuple[tuple[Span, str], ...]:
    """Words of running text that look like a deadline and met no rule, with the sentence's block."""
    known: dict[int, list[tuple[int, int]]] = {}
    for fact in found.deadlines:
        known.setdefault(fact.span.block, []).append((fact.span.start, fact.span.end))
    out = []
    for block in blocks:
        if outline.roles[block.seq] not in ("text", "heading", "task_cell") or block.hidden:
            continue
        masks = found.citations[block.seq].masks() if block.seq in found.citations else ()
        for m in signals(block.text, book, "deadline", [*masks, *known.get(block.seq, ())]):
            out.append((Span(block.seq, m.start, m.end), block.text[m.start : m.end]))
    return tuple(out)
