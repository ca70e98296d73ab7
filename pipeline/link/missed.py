"""Words that look like a deadline, a target, a unit or a table header and that no rule has read; told, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model import Block, Span
from ..outline import Outline, Remark
from ..recognize.headers import header
from ..recognize.signals import signals
from ..recognize.units import units
from ..recognize.unitwords import grammar
from ..rulebook import RuleBook
from ..spans import fold
from .facts import NAMES, Facts
from .tasks import Task

RUNNING = ("text", "heading", "task_cell")
# columns that only a task table has; beside one of them an unknown word is a header too
TELLING = {"task", "lead", "responsible", "supporting", "guiding", "deadline"}
HEADER_LIMIT = 12  # characters; what is longer is no header


def missed(
    blocks: Sequence[Block], outline: Outline, found: Facts, tasks: Sequence[Task], book: RuleBook
) -> tuple[Remark, ...]:
    """One remark a stretch, by kind and in reading order; the codes are deadline_missed, target_missed, unit_unknown,
    header_missed of rules/findings.toml. What looks like a deadline or a target is data: rules/signals.toml."""
    taken = _taken(outline, found)
    out = []
    for block in blocks:
        if outline.roles[block.seq] not in RUNNING or block.hidden:
            continue
        known = taken.get(block.seq, [])
        for of in ("deadline", "target"):
            for seen in signals(block.text, book, of, known):
                out.append(_remark(f"{of}_missed", Span(block.seq, seen.start, seen.end), block))
                known = [*known, (seen.start, seen.end)]
    return (*out, *_units(blocks, tasks, book), *_headers(blocks, outline, book))


def _taken(outline: Outline, found: Facts) -> dict[int, list[tuple[int, int]]]:
    taken: dict[int, list[tuple[int, int]]] = {}
    spans = [*(fact.span for fact in found.deadlines), *(fact.span for fact in found.targets)]
    spans += [fact.span for fact in found.history]
    spans += [cell.span for row in outline.rows for cell in row.cells if cell.column in NAMES]
    for span in dict.fromkeys(spans):
        taken.setdefault(span.block, []).append((span.start, span.end))
    for seq, cited in found.citations.items():
        taken.setdefault(seq, []).extend(cited.masks())
    return taken


def _units(blocks: Sequence[Block], tasks: Iterable[Task], book: RuleBook) -> Iterator[Remark]:
    # a piece between separators is kept as a unit whatever it says; that no rule knows it is said here
    g = grammar(book)
    known: dict[str, bool] = {}
    for span in dict.fromkeys(unit.span for task in tasks for unit in task.units):
        name = "".join(fold(blocks[span.block].text[span.start : span.end]).split())
        if name not in known:
            known[name] = g.ends_unit(name) or any(unit.is_group or unit.rule for unit in units(name, book))
        if not known[name]:
            yield _remark("unit_unknown", span, blocks[span.block])


def _headers(blocks: Sequence[Block], outline: Outline, book: RuleBook) -> Iterator[Remark]:
    # the first row of a table that is no task table, though some of its words are headers of one
    read = {row.table for row in outline.rows}
    rows: dict[int, list[Block]] = {}
    for block in blocks:
        if block.cell and block.cell.row == 0 and block.cell.table not in read:
            rows.setdefault(block.cell.table, []).append(block)
    for row in rows.values():
        known = {block.seq: rule for block in row if (rule := header(block.text, book))}
        if not {rule.meaning["column"] for rule in known.values()} & TELLING:
            continue
        for block in row:
            words = "".join(block.text.split())
            plain = 1 < len(words) <= HEADER_LIMIT and not any(c.isdigit() for c in words)
            if plain and block.seq not in known:
                yield _remark("header_missed", Span(block.seq, 0, len(block.text)), block)


def _remark(code: str, span: Span, block: Block) -> Remark:
    words = {"words": "".join(block.text[span.start : span.end].split())}
    return Remark(code, span.block, span.start, span.end, words)
