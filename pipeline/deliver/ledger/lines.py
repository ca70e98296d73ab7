"""A plan → the lines of the task sheet, as the annex prints it: its order, its numbers, its headings over their tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...plan import Plan, Row
from .places import Places
from .recurrence import next_day
from .terms import EXTRA, Column, Terms
from .values import EMPTY, Cell, Line, Value

_UNSEEN = {n: chr(0x2400 + n) for n in range(32) if chr(n) not in "\n\t"} | {0x7F: "␡"}


@dataclass(frozen=True)
class Part:
    """Some tasks of a plan under a heading of ours (none for the whole plan). roles: task → what stands in `role`."""

    tasks: Sequence[Row]
    heading: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)


def shown(text: str | None) -> str | None:
    """Text as a cell may have it: control characters as their pictures (␇), so that none is lost; None when empty."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN) if text else None


def columns(plan: Plan, terms: Terms, unit: bool = False) -> tuple[Column, ...]:
    """The columns of a task sheet: those of the rules, and every further column of the source table beside the task."""
    known = [c for c in terms.columns if c.shown in ("", "unit" if unit else "plan")]
    taken = {"".join(name.split()) for c in terms.columns for name in (c.label, *c.names)}
    extra = []
    longest: dict[str, int] = {}
    for task in plan.rows["tasks"]:
        for name, text in dict(task["extra"] or ()).items():
            longest[name] = max(longest.get(name, 0), len(text or ""))
    for name, length in longest.items():
        label = _label(name, taken)
        extra.append(Column(EXTRA + name, label, min(max(length, len(label) * 2 + 2, 9), 26), "plan"))
    at = next(i for i, column in enumerate(known) if column.key == "task") + 1
    return (*known[:at], *extra, *known[at:])


def _label(name: str, taken: set[str]) -> str:
    """A header that no other column has; the name that it gives is taken from now on."""
    plain = " ".join((shown(name) or "").split()) or "（无标题）"
    tried = (plain, f"{plain}（原表）", *(f"{plain}（原表{n}）" for n in range(2, 1000)))
    label = next(one for one in tried if "".join(one.split()) not in taken)
    taken.add("".join(label.split()))
    return label


def lines(plan: Plan, parts: Iterable[Part], terms: Terms, as_of: date) -> tuple[Line, ...]:
    """The lines of the parts, in the order of the plan; nothing of a task is left out."""
    places = Places(plan)
    sections = {row["section_id"]: row for row in plan.rows["sections"]}
    out: list[Line] = []
    for count, part in enumerate(parts):
        suffix = f"#{count}" if count else ""
        if part.heading:
            out.append(Line(f"block{suffix}", "block", {"number": Cell(part.heading)}, 0))
        before: list[str] = []
        for task in part.tasks:
            chain = _chain(task["section_id"], sections)
            same = next((i for i, (a, b) in enumerate(zip(before, chain, strict=False)) if a != b), len(before))
            for depth, section_id in enumerate(chain[same:], same + 1):
                words = _heading(sections[section_id])
                out.append(Line(section_id + suffix, "section", {"number": Cell(words)}, depth))
            before = chain
            cells = _cells(task, plan, terms, as_of, places)
            if part.roles:
                cells["role"] = _cell(part.roles.get(task["task_id"]))
            out.append(Line(task["task_id"] + suffix, "task", {key: cell for key, cell in cells.items() if cell}))
    numbered = enumerate(out, 1)
    return tuple(Line(x.id, x.kind, {**x.cells, "order": Cell(n)}, x.level) for n, x in numbered)


def next_report(task: Row, terms: Terms, as_of: date, year: int | None) -> date | None:
    """When a task is to be reported next: by its own recurrence, else as often as its kind of deadline is asked for."""
    kind, due = task["deadline_kind"], task["due_on"]
    if task["recurrence"] and (day := next_day(task["recurrence"], as_of, year)):
        return day
    check = terms.check(kind)
    if check is None:
        return None
    day = next_day(check.recurrence, as_of, year)
    return min(day, due) if day and check.until_due and due and due >= as_of else day


def _cells(task: Row, plan: Plan, terms: Terms, as_of: date, places: Places) -> dict[str, Cell]:
    label = task["label"] or ""
    number = int(label) if label.isascii() and label.isdigit() and str(int(label)) == label else shown(label)
    year = plan.rows["documents"][0]["plan_year"]
    values: dict[str, Value] = {
        "number": number,
        "task": shown(task["text"]),
        "lead": _units(task, "lead"),
        "responsible": _units(task, "responsible"),
        "supporting": _units(task, "supporting"),
        "deadline": shown(task["deadline_text"]),
        "due": task["due_on"],
        "kind": _kinds(task, terms),
        "next": next_report(task, terms, as_of, year),
        "section": shown(task["section_path"]),
        "place": places.of(task) or None,
    }
    values |= {EXTRA + name: shown(text) for name, text in dict(task["extra"] or ()).items()}
    return {key: _cell(value) for key, value in values.items()}


def _kinds(task: Row, terms: Terms) -> str | None:
    # 10月15日前完成，并长期坚持: a day first, then no end
    goes_on = task["is_ongoing"] and task["deadline_kind"] not in ("ongoing", None)
    return (
        "、".join(filter(None, (terms.kind(task["deadline_kind"]), terms.kind("ongoing") if goes_on else ""))) or None
    )


def _units(task: Row, role: str) -> str | None:
    # as printed; names that run together stand one a line
    printed, names = task[f"{role}_text"], task[f"{role}_units"] or []
    if not printed:
        return shown("、".join(names))
    if len(names) > 1 and "".join(printed.split()) == "".join("".join(names).split()):
        return shown("\n".join(names))
    return shown(printed)


def _cell(value: Value) -> Cell:
    return EMPTY if value is None or value == "" else Cell(value)


def _chain(section_id: str | None, sections: Mapping[str, Row]) -> list[str]:
    # from the top down; a heading without words prints nothing
    out: list[str] = []
    while section_id and section_id in sections and section_id not in out:
        out.append(section_id)
        section_id = sections[section_id]["parent_section_id"]
    return [one for one in reversed(out) if _heading(sections[one])]


def _heading(section: Row) -> str:
    return (shown(f"{section['label'] or ''}{section['heading'] or ''}") or "").replace("\n", " ").strip()
