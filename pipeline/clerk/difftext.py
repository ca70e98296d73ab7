"""The changes of many files in a few lines, Chinese: by table, by rule, and no more of each than an eye takes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..plan import Plan, Row
from ..schema import TABLE, TABLES
from .diff import Change

FEW = 5  # rows shown of one group
WORDS = 40  # characters shown of one value
# what a row says of itself beside its words; the first column is the words
SHOWN: Mapping[str, tuple[str, ...]] = {
    "documents": ("file_name", "title", "plan_year"),
    "blocks": ("text", "role"),
    "sections": ("heading", "label"),
    "tasks": ("text", "label"),
    "measures": ("text", "action", "obligation"),
    "task_units": ("text", "role"),
    "units": ("name", "kind"),
    "deadlines": ("text", "kind", "starts_on", "due_on", "duration", "recurrence"),
    "citations": ("text", "relation"),
    "targets": ("text", "comparator", "value", "value_high", "measure"),
    "links": ("from_id", "to_id", "relation"),
    "findings": ("text", "code"),
}
SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


def rules_line(changes: Mapping[str, Sequence[str]]) -> str:
    """What became of the rules themselves."""
    said = {"gained": "新增", "changed": "改动", "lost": "删去"}
    parts = [f"{said[how]} {len(ids)}{f'（{_few(ids)}）' if ids else ''}" for how, ids in changes.items()]
    return f"规则：{'，'.join(parts)}"


def diff_text(read: Sequence[tuple[Plan, Plan, Sequence[Change]]], every: bool) -> str:
    """The report over (old, new, changes) of every file. every: all rows, not the first few of each group."""
    lines: list[str] = []
    still = []
    for table in TABLES:
        groups: dict[str, list[tuple[Change, Plan]]] = {}
        count = dict.fromkeys(SIGNS, 0)
        for old, new, changes in read:
            for change in changes:
                if change.table == table.name:
                    count[_how(change)] += 1
                    groups.setdefault(_rule(change), []).append((change, old if change.new is None else new))
        if not groups:
            still.append(table.label)
            continue
        said = "，".join(f"{word} {count[how]}" for how, word in zip(SIGNS, ("新增", "减少", "变化"), strict=True))
        lines.append(f"{table.label}（{table.name}）：{said}")
        for rule, found in groups.items():
            shown = found if every else found[:FEW]
            lines += [f"  规则 {rule}"] if rule else []
            lines += [f"    {SIGNS[_how(change)]} {_told(change, plan)}" for change, plan in shown]
            lines += [f"    …… 另有 {len(found) - FEW} 行（--all 全部列出）"] if len(found) > len(shown) else []
    if not lines:
        return "各表都没有变化"
    return "\n".join([*lines, *([f"没有变化：{'、'.join(still)}"] if still else [])])


def _how(change: Change) -> str:
    return "gained" if change.old is None else "lost" if change.new is None else "changed"


def _rule(change: Change) -> str:
    return (change.new or {}).get("rule_id") or (change.old or {}).get("rule_id") or ""


def _told(change: Change, plan: Plan) -> str:
    row, (words, *rest) = change.row, SHOWN[change.table]
    head = f"{plan.rows['documents'][0]['file_name']} {_place(row, plan)}".rstrip()
    said = f"{head}【{_value(row[words])}】"
    if change.old is not None and change.new is not None:
        table = {column.name: column.label for column in TABLE[change.table].columns}
        moves = [f"{table[c]} {_value(change.old[c])} → {_value(change.new[c])}" for c in change.columns]
        return f"{said}{'；'.join(moves)}"
    return " ".join([said, *(str(_value(row[c])) for c in rest if row[c] not in (None, "", []))])


def _place(row: Row, plan: Plan) -> str:
    if row.get("place"):
        return str(row["place"])
    wanted = row.get("block_id") or next(iter(row.get("block_ids") or ()), None)
    paragraph = 0
    for block in plan.rows["blocks"] if wanted else ():
        paragraph += block["table_index"] is None
        if block["block_id"] == wanted:
            return _in_table(block) or f"第{paragraph}段"
    return ""


def _in_table(block: Row) -> str:
    if block["table_index"] is None:
        return ""
    return f"表{block['table_index'] + 1}第{block['row_index'] + 1}行第{block['col_index'] + 1}列"


def _value(value: object) -> str:
    if value is None or value == "" or value == []:
        return "无"
    if isinstance(value, list):
        # a column of pairs (extra) or of names
        value = "、".join("：".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in value)
    said = "".join(str(value).split())
    return said if len(said) <= WORDS else said[:WORDS] + "…"


def _few(ids: Sequence[str]) -> str:
    return "、".join(ids[:FEW]) + (" 等" if len(ids) > FEW else "")
