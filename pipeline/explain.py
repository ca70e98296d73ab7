"""Where a value came from: file, place, words, rule. Reads the record; prints nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import CallWrong
from .normalize.regions import Regions
from .recognize.issuers import issuers_of
from .rulebook import RuleBook
from .schema import TABLE

if TYPE_CHECKING:
    from .store import Record

CONTEXT = 30  # characters shown on either side of the words


def explain(key: str, record: Record, book: RuleBook, regions: Regions | None = None) -> str:
    """One row told for a reader: its values, the sentence it stands in with the words in 【】, and its rule.

    raises   CallWrong when no table has the id
    """
    found = record.find(key)
    if found is None:
        raise CallWrong(f"没有编号 {key} → 编号见各表的 …_id 列，例如 taizhang schema")
    name, row = found
    table = TABLE[name]
    lines = [f"{table.label}（{name}）{key}"]
    if document := _document(row, record):
        lines.append(f"  文件  {document['file_name']}（{document['title'] or '无标题'}）")
    for label, block, start, end in _places(name, row, record):
        lines.append(f"  位置  {label}{_place(block)}")
        lines.append(f"  原文  {_marked(block, start, end)}")
    for column in table.columns:
        value = row.get(column.name)
        if value in (None, "", [], {}) or column.name in (
            "document_id",
            "block_id",
            "char_start",
            "char_end",
            *table.key,
        ):
            continue
        lines.append(f"  {column.label}（{column.name}）  {_shown(value)}")
    if rule_id := row.get("rule_id"):
        rule = book.rule(rule_id)
        where = (
            f"{rule.file}:{rule.line}，短语 {'、'.join(p.text for p in rule.phrases)}"
            if rule
            else "规则已不在规则文件中"
        )
        lines.append(f"  规则  {rule_id}（{where}）")
    if (code := row.get("issuer_code")) and (bodies := issuers_of(code, book)):
        lines.append(f"  机关  {code} 是{'或'.join(bodies)}的代字")
    if name == "tasks":
        lines += _about_task(key, record)
    if name == "links":
        lines += _about_link(row, record)
    if name == "links" and row["kind"] == "upper_level":
        lines += _about_levels(row, record, book, regions)
    return "\n".join(lines)


def _document(row: dict[str, Any], record: Record) -> dict[str, Any] | None:
    return next((d for d in record.documents() if d["document_id"] == row.get("document_id")), None)


def _places(name: str, row: dict[str, Any], record: Record) -> list[tuple[str, dict[str, Any], int, int]]:
    if row.get("block_id"):
        found = record.find(row["block_id"])
        if found and name != "blocks":
            text = found[1]["text"]
            start = row.get("char_start")
            return [("", found[1], 0 if start is None else start, len(text) if start is None else row["char_end"])]
        return [("", row, 0, len(row["text"]))]
    out = []
    for block_id in row.get("block_ids") or ():
        if found := record.find(block_id):
            out.append(("", found[1], 0, len(found[1]["text"])))
    return out


def _place(block: dict[str, Any]) -> str:
    ends = [block["page"], *(int(place.split()[0]) for place in block["continued_at"] or ())]
    page = (f"第{ends[0]}—{ends[-1]}页 " if ends[-1] != ends[0] else f"第{ends[0]}页 ") if block["page"] else ""
    if block["table_index"] is not None:
        return f"{page}表{block['table_index'] + 1}第{block['row_index'] + 1}行第{block['col_index'] + 1}列"
    return f"{page}第{block['seq'] + 1}块（{block['part']}/{block['role']}）"


def _marked(block: dict[str, Any], start: int, end: int) -> str:
    text = block["text"]
    before = ("…" if start > CONTEXT else "") + text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT] + ("…" if end + CONTEXT < len(text) else "")
    label = block.get("number_label") or ""
    return f"{label}{before}【{text[start:end]}】{after}".replace("\n", "⏎")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{key}：{words}" for key, words in value.items())
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value).replace("\n", "⏎")


def _about_link(row: dict[str, Any], record: Record) -> list[str]:
    # a link between two plans: both tasks, and why they are held to be one
    from .compare.rows import KINDS

    if row["kind"] not in KINDS:
        return []
    from .lookback import reasons

    return [f"  {line}" for line in reasons(record, row)]


def _about_levels(link: dict[str, Any], record: Record, book: RuleBook, regions: Regions | None) -> list[str]:
    # a link between two levels: both clauses, and why the one is held to answer the other
    from .align import tell

    try:
        upper, lower = (record.plan(link[end][:16]) for end in ("to_id", "from_id"))
    except KeyError:
        return ["  依据  记录里已没有其中一份文件 → 重新运行 taizhang align"]
    return tell(link, upper, lower, book, regions or Regions({}, {}))


def _about_task(key: str, record: Record) -> list[str]:
    # what hangs on the task: its units and deadlines with their evidence, the section it answers
    document = key.split("-")[0]
    lines = []
    for unit in record.table("task_units", document).to_pylist():
        if unit["task_id"] == key:
            lines.append(f"  单位  {unit['role']}：{unit['text']}（{unit['unit_id']}，拆分依据 {unit['split_by']}）")
    for due in record.table("deadlines", document).to_pylist():
        if due["task_id"] == key:
            lines.append(
                f"  时限  {due['text']}：{due['kind']} {due['due_on'] or ''}（{due['deadline_id']}，规则 {due['rule_id']}）"
            )
    for link in record.table("links", document).to_pylist():
        if link["from_id"] == key:
            alike = "" if link["score"] is None else f"，相似度 {link['score']:.2f}"
            lines.append(f"  关联  {link['to_id']}（{link['link_id']}，{link['relation']}{alike}）")
    return lines
