"""Rows that are not whole: no lead, no unit, no deadline where the others have one, cells lost, a row printed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..link.tasks import Task
from ..model import Span
from ..outline import Remark, TaskCell
from .paper import Paper, bare, remark

USUAL = 0.8  # share of the rows that fill a column, from which on a blank in it is a slip
FEW = 3  # filled cells: fewer show no habit
SAME_TEXT = 10  # characters of a task that is not printed twice by chance

# column → the code where a blank is rare, the code where blanks are many
BLANK = {
    "lead": ("lead_missing", "lead_left_blank"),
    "responsible": ("unit_missing", "unit_left_blank"),
    "deadline": ("deadline_missing", "deadline_left_blank"),
}


def rows(paper: Paper) -> Iterator[Remark]:
    """Remarks on the rows of task tables, and on the lead of tasks in running text."""
    tasks = [task for task in paper.tasks if task.row]
    for column in BLANK:
        yield from _blank(paper, tasks, column)
    if not tasks:
        yield from _without_lead(paper)
        yield from _without_deadline(paper)
    yield from _lost(paper, tasks)
    yield from _twice(paper)


def _blank(paper: Paper, tasks: Sequence[Task], column: str) -> Iterator[Remark]:
    headers = {cell.header for task in tasks if task.row for cell in task.row.of(column)}
    having = [(task, cells) for task in tasks if (cells := _cells(paper, task, column)) is not None and headers]
    empty = [(task, cells) for task, cells in having if not any(_said(paper, cell) for cell in cells)]
    filled = len(having) - len(empty)
    if filled < FEW:
        return
    rare, many = BLANK[column]
    code = rare if filled >= USUAL * len(having) else many
    told: set[Span] = set()
    for task, cells in empty:
        place = cells[0].span if cells else _place(task)
        if place is not None and place not in told:
            told.add(place)
            words = {"label": task.label, "header": min(headers), "count": f"{len(empty)}/{len(having)}"}
            yield remark(code, place, **words)


def _cells(paper: Paper, task: Task, column: str) -> tuple[TaskCell, ...] | None:
    """The cells of a row in a column; none, but no None, where a copy that lost its lines lost a blank one with them."""
    cells = task.row.of(column) if task.row else ()
    loose = task.row and not any(paper.doc.blocks[cell.block].cell for cell in task.row.cells)
    return cells if cells or loose else None


def _place(task: Task) -> Span | None:
    return next(iter(task.texts), task.row.cells[0].span if task.row and task.row.cells else None)


def _said(paper: Paper, cell: TaskCell) -> bool:
    # a dash says that nobody is meant
    return bool(paper.words(cell.span).strip()) or bool(cell.label)


def _without_lead(paper: Paper) -> Iterator[Remark]:
    # 牵头单位 named in nearly every statement of a paper, and not in this one
    answered = [task for task in paper.tasks if task.units]
    led = [any(unit.role == "lead" for unit in task.units) for task in answered]
    if sum(led) < max(FEW, USUAL * len(led)):
        return
    for task, has in zip(answered, led, strict=True):
        if not has:
            yield remark("lead_missing", task.units[0].span, label=task.label, header="", count="")


def _without_deadline(paper: Paper) -> Iterator[Remark]:
    # 完成时限：… in nearly every item of a paper, and not in this one
    dated = [bool(task.stated) for task in paper.tasks]
    if sum(dated) < max(FEW, USUAL * len(dated)):
        return
    for task, has in zip(paper.tasks, dated, strict=True):
        if not has and task.texts:
            yield remark("deadline_missing", task.texts[0], label=task.label, header="", count="")


def _lost(paper: Paper, tasks: Sequence[Task]) -> Iterator[Remark]:
    # a row of a real table with fewer columns than its neighbors
    tables: dict[int, list[Task]] = {}
    for task in tasks:
        if task.row and all(paper.doc.blocks[cell.block].cell for cell in task.row.cells):
            tables.setdefault(task.row.table, []).append(task)
    for own in tables.values():
        heads = [tuple(dict.fromkeys(c.header for c in task.row.cells)) for task in own if task.row]
        usual, count = Counter(heads).most_common(1)[0]
        if count * 2 <= len(heads):
            continue
        for task, had in zip(own, heads, strict=True):
            lost = [head for head in usual if head not in had]
            if lost and (place := _place(task)):
                yield remark("cells_lost", place, label=task.label, words="、".join(lost))


def _twice(paper: Paper) -> Iterator[Remark]:
    first: dict[str, Task] = {}
    for task in paper.tasks:
        words = bare(task.text)
        if len(words) < SAME_TEXT or not task.texts:
            continue
        before = first.setdefault(words, task)
        if before is not task and before.texts != task.texts:
            yield remark("task_repeated", task.texts[0], label=task.label, before=before.label)
