"""Task rows → tasks: text, label, units by role, deadlines, each value with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..model import Block, Span
from ..outline import Outline, TaskCell, TaskRow
from ..recognize.numbering import numbering
from ..recognize.roles import roles
from ..recognize.units import UnitMention, units
from ..rulebook import RuleBook
from ..spans import trim
from .facts import DeadlineFact, Facts

ROLES = ("lead", "responsible", "supporting", "guiding")
SAID = ("name", "task", "detail")


@dataclass(frozen=True, slots=True)
class UnitFact:
    """One unit of one task, as printed. prefix: the level that its list prints once for all (省发展改革委、财政厅)."""

    role: str
    name: str
    span: Span
    is_group: bool
    split_by: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One duty.

    texts      the stretches that make up its text
    printed    role → the cells as printed
    starts_on  the day that a column of its own states (启动时间)
    """

    origin: str
    label: str
    section: int | None
    text: str
    texts: tuple[Span, ...]
    blocks: tuple[int, ...]
    units: tuple[UnitFact, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)
    deadline_text: str | None = None
    stated: tuple[DeadlineFact, ...] = ()
    starts_on: date | None = None
    extra: tuple[tuple[str, str], ...] = ()
    row: TaskRow | None = None


def table_tasks(blocks: Sequence[Block], outline: Outline, found: Facts, book: RuleBook) -> tuple[Task, ...]:
    """One task for each task row. A merged cell gives its value to every row that it reaches."""
    known = plain_names(blocks, outline, book)
    stated: dict[int, list[DeadlineFact]] = {}
    for fact in found.deadlines:
        if fact.stated:
            stated.setdefault(fact.span.block, []).append(fact)
    cells: dict[tuple[Span, str], tuple[UnitFact, ...]] = {}
    tasks = []
    for row in outline.rows:
        who: list[UnitFact] = []
        for cell in row.cells:
            if cell.column in ROLES:
                # a merged unit cell is read once
                key = (cell.span, cell.column)
                if key not in cells:
                    cells[key] = unit_facts(cell.span, blocks, book, cell.column, known)
                who += cells[key]
        tasks.append(_task(row, blocks, book, tuple(who), stated))
    return tuple(tasks)


def _task(
    row: TaskRow,
    blocks: Sequence[Block],
    book: RuleBook,
    who: tuple[UnitFact, ...],
    stated: Mapping[int, Sequence[DeadlineFact]],
) -> Task:
    texts = _texts(row, blocks)
    label = _label(row, blocks)
    if not label and texts:
        # no number column: the number stands before the words of the task
        first = texts[0]
        label = next((cell.label.split("\n")[0] for cell in row.cells if cell.span.block == first.block), "")
        words = blocks[first.block].text
        numeral = numbering(words[first.start : first.end], book) if not label else None
        if numeral:
            label = words[first.start + numeral.start : first.start + numeral.end].strip()
            texts = (Span(first.block, *trim(words, first.start + numeral.end, first.end)), *texts[1:])
    # 启动时间 beside 完成时间: the second governs, and the first is kept beside it too
    due, start = row.of("deadline"), row.of("start")
    begun = _facts(start, stated) if due else ()
    beside = ("extra", "start") if due else ("extra",)
    due = due or start
    told = {span.block for span in texts}
    # details that are no part of the task's text are kept beside it
    rest = [cell for cell in row.cells if cell.column in beside or (cell.column in SAID and cell.block not in told)]
    extra = [(cell.header, words) for cell in rest if (words := _words(cell, blocks)).strip()]
    return Task(
        origin="table",
        label=label,
        section=row.section,
        text="\n".join(blocks[s.block].text[s.start : s.end] for s in texts),
        texts=texts,
        blocks=tuple(cell.block for cell in row.cells),
        units=who,
        printed={role: _printed(row.of(role), blocks) for role in ROLES if row.of(role)},
        deadline_text=_printed(due, blocks) if due else None,
        stated=(*_facts(due, stated), *(fact for fact in begun if fact.value.kind != "none")),
        starts_on=next((fact.value.starts_on or fact.value.due_on for fact in begun), None),
        extra=tuple(extra),
        row=row,
    )


def _facts(cells: Sequence[TaskCell], stated: Mapping[int, Sequence[DeadlineFact]]) -> tuple[DeadlineFact, ...]:
    return tuple(fact for cell in cells for fact in stated.get(cell.block, ()) if _inside(fact.span, cell.span))


def _texts(row: TaskRow, blocks: Sequence[Block]) -> tuple[Span, ...]:
    # the task column; a table without one says its tasks in the name and the details
    cells = row.of("task") or (*row.of("name"), *row.of("detail"))
    filled = [cell for cell in cells if _words(cell, blocks).strip()]
    filled = filled or [cell for cell in (*row.of("name"), *row.of("detail")) if _words(cell, blocks).strip()]
    return tuple(Span(c.block, *trim(blocks[c.block].text, c.span.start, c.span.end)) for c in filled)


def _label(row: TaskRow, blocks: Sequence[Block]) -> str:
    return "".join((cell.label or _words(cell, blocks)).strip() for cell in row.of("number"))


def _words(cell: TaskCell, blocks: Sequence[Block]) -> str:
    return blocks[cell.block].text[cell.span.start : cell.span.end]


def _inside(span: Span, cell: Span) -> bool:
    return cell.start <= span.start and span.end <= cell.end


def _printed(cells: Sequence[TaskCell], blocks: Sequence[Block]) -> str:
    return "\n".join(_words(cell, blocks) for cell in cells)


def unit_facts(
    span: Span, blocks: Sequence[Block], book: RuleBook, default: str, known: frozenset[str]
) -> tuple[UnitFact, ...]:
    """The units of a stretch, split and with their roles; `default` is the role of its column or bracket."""
    text = blocks[span.block].text[span.start : span.end]
    made = []
    for part in roles(text, book, default):
        for unit in units(text[part.start : part.end], book, known):
            start, end = part.start + unit.start, part.start + unit.end
            place = Span(span.block, span.start + start, span.start + end)
            name = "".join(text[start:end].split())
            made.append(UnitFact(part.role, name, place, unit.is_group, unit.split_by, unit.prefix))
    return tuple(made)


def plain_names(blocks: Sequence[Block], outline: Outline, book: RuleBook) -> frozenset[str]:
    """The plan's own list of units: names that stand cleanly apart somewhere in its unit cells."""
    names: set[str] = set()
    seen: set[Span] = set()
    for row in outline.rows:
        for cell in row.cells:
            if cell.column in ROLES and cell.span not in seen:
                seen.add(cell.span)
                text = _words(cell, blocks)
                for unit in units(text, book):
                    if unit.split_by in ("separator", "paragraph") and _apart(unit, text):
                        names.add("".join(text[unit.start : unit.end].split()))
    return frozenset(names)


def _apart(unit: UnitMention, text: str) -> bool:
    return (
        not unit.is_group and unit.end - unit.start >= 3 and not any(c.isspace() for c in text[unit.start : unit.end])
    )
