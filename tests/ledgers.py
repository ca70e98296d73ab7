"""Plans made by hand for ledgers, and a hand that works in a workbook as a clerk does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.deliver.ledger.ledger import Outcome, ledger
from pipeline.deliver.ledger.terms import Terms, terms
from pipeline.plan import Plan
from pipeline.rulefiles import load
from pipeline.schema import TABLE

AS_OF = date(2022, 10, 31)
KEY = "130607-2022-政务公开工作要点"


@cache
def the_terms() -> Terms:
    return terms(load())


def row(table: str, **values: Any) -> dict[str, Any]:
    """A row of a table of the contract; what is not said is None."""
    return dict.fromkeys(TABLE[table].names) | values


@dataclass(frozen=True)
class Task:
    """One task of a plan by hand: its text, and what differs from a task of 区发改局 that goes on and on."""

    text: str
    label: str = ""
    section: tuple[str, ...] = ("一、优化营商环境",)
    lead: str = "区发改局"
    responsible: str = "各乡（镇）政府"
    deadline: str = "持续推进"
    kind: str | None = "ongoing"
    due: date | None = None
    recurrence: str | None = None
    extra: dict[str, str] = field(default_factory=dict)


def plan_of(tasks: Sequence[Task], name: str = "甲", key: str | None = KEY, **document: Any) -> Plan:
    """A plan with these tasks; another name is another file, so other ids."""
    digest = sha256(name.encode()).hexdigest()
    d = digest[:16]
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLE}
    facts = {
        "document_id": d,
        "file_name": f"{name}.docx",
        "format": "docx",
        "sha256": digest,
        "title": "政务公开工作要点",
    }
    facts |= {"plan_year": 2022, "plan_key": key, "char_count": 1000, "unparsed_chars": 0, "accounted_ratio": 1.0}
    facts |= {"is_current": True, "parser_version": "0", "rules_version": "0", "issued_on": date(2022, 3, 1)}
    rows["documents"].append(row("documents", **facts | document))
    ids: dict[tuple[str, ...], str] = {}
    units: dict[str, str] = {}
    for n, task in enumerate(tasks, 1):
        for depth in range(1, len(task.section) + 1):
            path = task.section[:depth]
            if path not in ids:
                ids[path] = f"{d}-s{len(ids) + 1:06d}"
                parent = ids.get(path[:-1])
                said = {"heading": path[-1], "path": "/".join(path), "level": depth}
                rows["sections"].append(
                    row("sections", section_id=ids[path], document_id=d, parent_section_id=parent, label="", **said)
                )
        block = f"{d}-b{n:06d}"
        rows["blocks"].append(
            row("blocks", document_id=d, block_id=block, seq=n, role="task_cell", text=task.text, table_index=0)
            | {"row_index": n, "col_index": 1}
        )
        task_id = f"{d}-t{n:06d}"
        rows["tasks"].append(
            row(
                "tasks",
                task_id=task_id,
                document_id=d,
                seq=n,
                label=task.label or str(n),
                origin="table",
                text=task.text,
            )
            | {"section_id": ids.get(task.section), "section_path": "/".join(task.section) or None}
            | {"lead_text": task.lead, "lead_units": task.lead.split("、"), "responsible_text": task.responsible}
            | {
                "responsible_units": task.responsible.split("、"),
                "supporting_units": [],
                "deadline_text": task.deadline,
            }
            | {"deadline_kind": task.kind, "due_on": task.due, "recurrence": task.recurrence, "block_ids": [block]}
            | {"is_ongoing": task.kind == "ongoing", "extra": task.extra}
        )
        named = [("lead", name) for name in task.lead.split("、") if name]
        named += [("responsible", name) for name in task.responsible.split("、") if name]
        for seq, (role, unit) in enumerate(named):
            group = unit.startswith("各")
            if unit not in units:
                units[unit] = f"u-{len(units)}"
                members = ["满城镇", "要庄乡"] if group else []
                rows["units"].append(
                    row("units", unit_id=units[unit], name=f"满城区{unit}", short_names=[unit], members=members)
                    | {"kind": "group" if group else "department"}
                )
            rows["task_units"].append(
                row("task_units", task_id=task_id, document_id=d, seq=seq, role=role, text=unit, is_group=group)
                | {"unit_id": units[unit]}
            )
    return Plan(rows)


FIVE = (
    Task("公开市场主体帮扶政策，稳定市场预期。"),
    Task("推送减税降费政策，曝光骗取优惠典型案例。", deadline="2022年底前", kind="due", due=date(2022, 12, 31)),
    Task("公开重大建设项目批准和实施信息。", section=("一、优化营商环境", "（二）扩大投资"), lead="区住建局"),
    Task("公开财政预决算和政府债务信息。", section=("二、财政资金",), lead="区财政局"),
    Task(
        "每季度通报公开平台检查结果。",
        section=("二、财政资金",),
        kind="recurring",
        recurrence="FREQ=MONTHLY;INTERVAL=3",
    ),
)


@dataclass
class Desk:
    """A folder of outputs and the one plan whose ledger is kept there."""

    folder: Path
    words: Terms

    def write(self, plan: Plan, as_of: date = AS_OF, **more: Any) -> Outcome:
        return ledger(plan, self.folder, self.words, as_of, **more)


class Hand:
    """A workbook, worked in by header words and task numbers, as a person does."""

    def __init__(self, path: Path, sheet: str = "任务") -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book[sheet]
        self.header = next(r for r in range(1, 20) if any(plain(c.value) == "工作任务" for c in self.sheet[r]))

    def column(self, label: str) -> int:
        return next(c.column for c in self.sheet[self.header] if plain(c.value) == label)

    def labels(self) -> list[str]:
        return [plain(cell.value) for cell in self.sheet[self.header] if cell.value is not None]

    def find(self, words: str, label: str = "工作任务") -> int:
        """The row whose task (or other column) says these words."""
        at = self.column(label)
        rows = range(self.header + 1, self.sheet.max_row + 1)
        return next(r for r in rows if words in str(self.sheet.cell(r, at).value or ""))

    def cell(self, words: str, label: str) -> Any:
        return self.sheet.cell(self.find(words), self.column(label))

    def type(self, words: str, label: str, value: Any) -> None:
        cell = self.cell(words, label)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # as typed: openpyxl takes =… for a formula

    def rows(self) -> list[list[Any]]:
        """The values of all rows below the header."""
        return [list(r) for r in self.sheet.iter_rows(min_row=self.header + 1, values_only=True)]

    def tasks(self) -> list[str]:
        """The tasks of the sheet, from the top."""
        at = self.column("工作任务") - 1
        return [values[at] for values in self.rows() if values[at]]

    def sort(self, key: Callable[[list[Any]], Any]) -> None:
        """All rows sorted, as the filter's arrow does it."""
        for r, values in enumerate(sorted(self.rows(), key=key), self.header + 1):
            for c, value in enumerate(values, 1):
                self.sheet.cell(r, c).value = value

    def save(self, path: Path | None = None) -> None:
        self.book.save(path or self.path)


def plain(value: Any) -> str:
    return "".join(str(value).split()) if value is not None else ""


def sheets_of(path: Path) -> list[str]:
    return openpyxl.load_workbook(path).sheetnames
