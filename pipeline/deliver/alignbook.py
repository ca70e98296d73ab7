"""The workbook of an alignment: overview, 对照表 of every step, and the duties by level."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from ..align import Clause, Step, Why
from .alignrows import RELATIONS, Tie, counts, days_in_words, duties, level_in_words, reasons, ties
from .grid import Column, Grid, grid_workbook
from .whole import write_whole

TINTS = {"same": "E2EFDA", "reworded": "", "new": "DDEBF7", "dropped": "FCE4D6"}
LIMIT = 32_000  # characters of one cell
A3 = 8
TIES = (
    Column("序号", 6),
    Column("关系", 10),
    Column("上级条款", 12),
    Column("上级内容", 42),
    Column("本级任务", 12),
    Column("本级内容", 42),
    Column("本级单位", 18),
    Column("逐字相同的话", 28),
    Column("不同的词", 26),
    Column("没有对上的话", 40),
    Column("为什么对应", 30),
    Column("间隔", 10),
    Column("核对意见", 16, by_people=True),
    Column("关联编号", 16),
)
REMARKS = (
    "照搬原文：一方的话全部原样出现在另一方（地名、单位名和各级的叫法换算之后）。结合实际改写：说的是同一件事，文字有增减。",
    "本级新增：上级文件里没有找到对应的内容。上级有、本级未涉及：本级文件里没有找到回应。两者请人工核对后再下结论。",
    "套话（加强组织领导、强化监督问责等）不算对应。每一条对应的依据可以用 taizhang explain 关联编号 查看。",
)


def write_workbook(made: Sequence[Step], path: Path) -> Path:
    """Write the workbook whole; the same alignment gives the same bytes. Raises RecordUnavailable."""
    levels = duties(made)[0]
    order = {level.key: place for place, level in enumerate(levels)}
    neighbors = [step for step in made if order[step.lower.key] == order[step.upper.key] + 1]
    grids = [_overview(made), _between(made)]
    grids += [
        _ties(step, "对照表" if len(neighbors) == 1 else f"对照表{number}") for number, step in enumerate(neighbors, 1)
    ]
    if len(levels) > 2:
        grids.append(_chain(made))
    data = BytesIO()
    grid_workbook(data, grids, "上下级文件对照表")
    return write_whole(path, data.getvalue())


def _overview(made: Sequence[Step]) -> Grid:
    columns = (
        Column("级别", 10),
        Column("文件", 70),
        Column("文号", 24),
        Column("印发日期", 14),
        Column("任务和条款", 12),
    )
    rows = [
        (
            level_in_words(level.document),
            level.title,
            level.document["doc_number"] or "",
            str(level.document["issued_on"] or ""),
            str(len(level.clauses)),
        )
        for level in duties(made)[0]
    ]
    return Grid("文件", "参加对照的文件", columns, rows)


def _between(made: Sequence[Step]) -> Grid:
    columns = (
        Column("上级", 50),
        Column("本级", 50),
        Column("间隔", 12),
        *(Column(name, 20) for name in RELATIONS.values()),
    )
    rows = []
    for step in made:
        number = counts(step)
        told = (step.upper.title, step.lower.title, days_in_words(step.days))
        rows.append((*told, *(str(number[name]) for name in RELATIONS)))
    return Grid("总览", "上下级文件对照", columns, rows, REMARKS)


def _ties(step: Step, name: str) -> Grid:
    found = ties(step)
    first = _first(found)
    rows = [
        (
            str(number),
            RELATIONS[tie.relation],
            *_shown(tie.upper),
            *_shown(tie.lower),
            "、".join(tie.lower.units) if tie.lower else "",
            _cut("；\n".join(tie.why.verbatim)) if tie.why else "",
            _cut(_apart(tie.why)) if tie.why else "",
            _cut(_rest(tie, first[number - 1])),
            _cut("；\n".join(reasons(tie.why))) if tie.why else "",
            days_in_words(step.days) if tie.upper and tie.lower else "",
            "",
            tie.link_id,
        )
        for number, tie in enumerate(found, 1)
    ]
    title = f"{step.upper.title} → {step.lower.title}"
    return Grid(name, title, TIES, rows, REMARKS, [TINTS[tie.relation] for tie in found], A3)


def _chain(made: Sequence[Step]) -> Grid:
    levels, found = duties(made)
    columns = [Column("序号", 6)]
    names = [f"{number} {level_in_words(level.document)}" for number, level in enumerate(levels, 1)]
    for name in names:
        columns += [Column(f"{name}条款", 14), Column(f"{name}内容", 46)]
    rows = [(str(number), *(text for clause in row for text in _shown(clause))) for number, row in enumerate(found, 1)]
    tints = [TINTS["new" if row[0] is None else "dropped" if row[-1] is None else "reworded"] for row in found]
    remarks = [f"{name}：{level.title}" for name, level in zip(names, levels, strict=True)]
    remarks.append("一行一项任务，从上级到本级；空格是这一级没有说到。蓝色是下级新增的，橙色是没有落到最后一级的。")
    return Grid("逐级任务表", "逐级任务表", columns, rows, remarks, tints, A3)


def _apart(why: Why) -> str:
    lines = [f"仅上级有：{'、'.join(why.upper_only)}"] if why.upper_only else []
    return "\n".join([*lines, f"仅本级有：{'、'.join(why.lower_only)}"] if why.lower_only else lines)


def _first(found: Sequence[Tie]) -> list[tuple[bool, bool]]:
    """For each row, whether its upper and its lower clause stand in none before it: what is left over is told once."""
    seen: set[str] = set()
    out = []
    for tie in found:
        keys = [one.key if one else "" for one in (tie.upper, tie.lower)]
        out.append((keys[0] not in seen, keys[1] not in seen))
        seen |= set(keys)
    return out


def _rest(tie: Tie, first: tuple[bool, bool]) -> str:
    if tie.why is None:
        return ""
    parts = (("上级", tie.why.upper_rest, first[0]), ("本级", tie.why.lower_rest, first[1]))
    return "\n".join(f"{name}：{'；'.join(rest)}" for name, rest, told in parts if rest and told)


def _shown(clause: Clause | None) -> tuple[str, str]:
    return (clause.label, _cut(clause.text)) if clause else ("", "")


def _cut(text: str) -> str:
    return text if len(text) <= LIMIT else text[:LIMIT] + "…"
