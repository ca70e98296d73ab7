"""The further sheets of a ledger as plain tables: by unit, by month, deadlines, findings, what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ...plan import Plan
from ..unmatched import LOOKS_LIKE
from .lines import shown
from .places import Places
from .recurrence import in_words
from .terms import Column, Terms
from .units import plain
from .values import Line, Sheet, Value, said

_SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_LOOKS = {"deadline": "像时限", "target": "像指标", "unit": "像单位", "header": "像表头"}
_UNDATED = "没有固定日期"


def sheets(
    plan: Plan, lines: Sequence[Line], columns: Sequence[Column], terms: Terms, whole: bool
) -> tuple[Sheet, ...]:
    """The sheets beside the tasks, in their order. whole: of a plan, not of one unit."""
    labels = {column.key: column.label for column in columns} | {c.key: c.label for c in terms.columns}
    by_id = {line.id.partition("#")[0]: line for line in lines if line.kind == "task"}
    places = Places(plan)
    made = [months(lines, labels, terms), deadlines(plan, by_id, labels, terms, places)]
    if whole:
        made = [by_unit(plan, by_id, labels, terms), *made, findings(plan, terms), unread(plan, terms, places)]
    return (*made, *long_texts(lines, labels, terms))


def by_unit(plan: Plan, by_id: Mapping[str, Line], labels: Mapping[str, str], terms: Terms) -> Sheet:
    """One row for each task of each unit, units in the order in which the plan names them."""
    known = {row["unit_id"]: row for row in plan.rows["units"]}
    first: dict[str, int] = {}
    rows = []
    for row in plan.rows["task_units"]:
        key = row["unit_id"] or plain(row["text"])
        line = by_id.get(row["task_id"])
        if line is None:
            continue
        full = known[row["unit_id"]]["name"] if row["unit_id"] in known else ""
        values = _of(line, "number", "task", "deadline", "due", "kind", "status")
        head = (plain(row["text"]), shown(full), terms.word(f"role-{row['role']}"), "是" if row["is_group"] else None)
        rows.append((first.setdefault(key, len(first)), (*head, *values)))
    rows.sort(key=lambda one: one[0])
    headings = [("单位", 18.0), ("全称", 26.0), ("角色", 7.0), ("群体", 6.0)]
    headings += [(labels["number"], 7.0), (labels["task"], 50.0), (labels["deadline"], 14.0)]
    headings += [(labels["due"], 13.0), (labels["kind"], 9.0), (labels["status"], 12.0)]
    return Sheet("units", terms.sheet("units"), headings, [row for _, row in rows])


def months(lines: Sequence[Line], labels: Mapping[str, str], terms: Terms) -> Sheet:
    """The tasks by the month in which they are due; those without a day at the end, with the day of their next report."""
    tasks = [line for line in lines if line.kind == "task"]
    tasks.sort(key=lambda line: (month_of(line) or "9999", said(line.cell("due").value)))
    rows = [
        (
            month_of(line) or _UNDATED,
            *_of(line, "due", "number", "task", "lead", "responsible", "deadline", "status", "next"),
        )
        for line in tasks
    ]
    headings = [("月份", 14.0), (labels["due"], 13.0), (labels["number"], 7.0), (labels["task"], 50.0)]
    headings += [(labels["lead"], 16.0), (labels["responsible"], 18.0), (labels["deadline"], 14.0)]
    headings += [(labels["status"], 12.0), (labels["next"], 13.0)]
    return Sheet("months", terms.sheet("months"), headings, rows)


def deadlines(plan: Plan, by_id: Mapping[str, Line], labels: Mapping[str, str], terms: Terms, places: Places) -> Sheet:
    """Every deadline that the plan says, in reading order: those of the tasks, those of their texts, those of the body."""
    seq = {row["block_id"]: row["seq"] for row in plan.rows["blocks"]}
    paths = {row["section_id"]: row["path"] for row in plan.rows["sections"]}
    stated = {row["task_id"]: row["deadline_text"] or "" for row in plan.rows["tasks"]}
    rows = sorted(
        plan.rows["deadlines"], key=lambda r: (seq.get(r["block_id"], 0), r["char_start"] or 0, r["phase"] or 0)
    )
    out: list[Sequence[Value]] = []
    for row in rows:
        line = by_id.get(row["task_id"] or "")
        in_task = bool(row["task_id"]) and row["text"] in stated.get(row["task_id"], "")
        where = "任务时限" if in_task else "任务文字" if row["task_id"] else "正文"
        number = line.cell("number").value if line else None
        dated = (row["starts_on"], row["due_on"], in_words(row["recurrence"] or "") or None, shown(row["anchor"]))
        # the cell of a deadline says no more than the deadline itself
        sentence = line.cell("task").value if in_task and line else shown(places.sentence(row))
        out.append(
            (
                shown(row["text"]),
                terms.kind(row["kind"]),
                *dated,
                where,
                number,
                shown(paths.get(row["section_id"])),
                places.block(row["block_id"], cell=True),
                sentence,
            )
        )
    headings = [("时限原文", 18.0), (labels["kind"], 9.0), ("开始日期", 13.0), (labels["due"], 13.0), ("重复", 10.0)]
    headings += [
        ("起算点", 14.0),
        ("出处", 10.0),
        (labels["number"], 7.0),
        (labels["section"], 20.0),
        (labels["place"], 15.0),
    ]
    headings += [("所在句子（时限在【】里）或任务", 48.0)]
    return Sheet("deadlines", terms.sheet("deadlines"), headings, out)


def findings(plan: Plan, terms: Terms) -> Sheet:
    """What the checks found, gravest first."""
    order = list(_SEVERITIES)
    rows = sorted(plan.rows["findings"], key=lambda row: (order.index(row["severity"]), row["finding_id"]))
    made = [
        (
            _SEVERITIES[r["severity"]],
            shown(r["place"]),
            shown(r["message"]),
            shown(r["text"]),
            shown(r["suggestion"]),
            r["code"],
        )
        for r in rows
    ]
    headings = [("级别", 7.0), ("位置", 18.0), ("说明", 50.0), ("原文", 30.0), ("建议", 36.0), ("代码", 20.0)]
    return Sheet("findings", terms.sheet("findings"), headings, made, "" if made else "没有发现问题")


def unread(plan: Plan, terms: Terms, places: Places) -> Sheet:
    """What no rule claimed, what belongs to the page and not to the paper, what looked like a value and met no rule."""
    rows = list(_unread(plan, places))
    headings = [("类别", 20.0), ("位置", 18.0), ("文字", 80.0)]
    return Sheet("unread", terms.sheet("unread"), headings, rows, "" if rows else "全文都已读入，没有未读内容")


def long_texts(lines: Sequence[Line], labels: Mapping[str, str], terms: Terms) -> Iterator[Sheet]:
    """Texts too long for any printed row, in pieces; no sheet when there are none."""
    rows: list[Sequence[Value]] = []
    for line in lines:
        for key, cell in line.cells.items():
            if isinstance(cell.value, str) and len(cell.value) > LONG and line.kind in ("task", "own"):
                pieces = [cell.value[i : i + PIECE] for i in range(0, len(cell.value), PIECE)]
                rows += [(line.cell("number").value, labels.get(key, key), n, text) for n, text in enumerate(pieces, 1)]
    if rows:
        headings = [(labels["number"], 8.0), ("列", 16.0), ("第几段", 8.0), ("文字", 100.0)]
        yield Sheet("long", terms.sheet("long"), headings, rows)


LONG, PIECE = 2_500, 1_000  # characters


def month_of(line: Line) -> str:
    """The month in which a task is due, 2022-11; "" without a day."""
    value = line.cell("due").value
    return f"{value:%Y-%m}" if isinstance(value, date) else ""


def _unread(plan: Plan, places: Places) -> Iterator[Sequence[Value]]:
    for row in plan.rows["findings"]:
        if row["code"] == "unparsed":
            yield "没有规则解释", shown(row["place"]), shown(row["text"] or row["message"])
        elif row["code"] in LOOKS_LIKE:
            yield (
                f"{_LOOKS[LOOKS_LIKE[row['code']]]}，没有规则能读",
                shown(row["place"]),
                shown(row["text"] or row["message"]),
            )
    known = {row["block_id"] for row in plan.rows["findings"] if row["code"] == "unparsed"}
    for row in plan.rows["blocks"]:
        if row["role"] == "unparsed" and row["block_id"] not in known and row["text"].strip():
            yield "没有规则解释", places.block(row["block_id"], cell=True), shown(row["text"])
    for row in plan.rows["blocks"]:
        if row["role"] == "furniture" and row["text"].strip():
            yield "页眉、页脚和网页附加内容", places.block(row["block_id"], cell=True), shown(row["text"])


def _of(line: Line, *keys: str) -> tuple[Value, ...]:
    return tuple(line.cell(key).value for key in keys)
