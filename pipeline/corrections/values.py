"""Corrections as values: what a person decided about a value, keyed by the words it was read from. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ..rulekinds import DEADLINE_KINDS, KINDS, ROLES

FORMAT, VERSION = "taizhang-corrections", 1
VERDICTS = ("accept", "correct", "reject", "add", "withdraw")
LONGEST = 200_000  # characters of one text of a file; a block is never longer

_KINDS = (*DEADLINE_KINDS[:-1], "unresolved")
# what a person may set: "text", "date", "number", "names" (units, as printed), or one of some words
EDITABLE: Mapping[str, Mapping[str, str | tuple[str, ...]]] = {
    "tasks": {"deadline_kind": _KINDS, "starts_on": "date", "due_on": "date"},
    "deadlines": {"kind": _KINDS, "starts_on": "date", "due_on": "date", "recurrence": "text", "anchor": "text"},
    "task_units": {"role": ROLES, "names": "names"},
    "citations": {"title": "text", "doc_number": "text", "relation": KINDS["citation"].keys["relation"]},  # type: ignore[dict-item]
    "targets": {
        "subject": "text",
        "comparator": KINDS["target"].keys["comparator"],  # type: ignore[dict-item]
        "value": "number",
        "value_high": "number",
        "measure": "text",
    },
    "measures": {"action": "text", "object": "text", "obligation": KINDS["obligation"].keys["obligation"]},  # type: ignore[dict-item]
    "findings": {},
}
DATED = frozenset({"due", "window", "within", "event"})  # the kinds of a deadline that may have dates
ADDABLE = frozenset({"deadlines", "task_units", "citations", "targets"})
_NUMBER = re.compile(r"-?[0-9]{1,22}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. It is found again by its words: no id and no offset of a file stands in it.

    table    the table of the value
    verdict  accept: as read · correct: `given` instead · reject: no such value · add: words that no rule read · withdraw
    words    the words of the value; `nth` (from 0) says which, where a block holds them more than once
    block    the text of the block they stand in; "" for a task and a finding without a place
    task     the text of the task they belong to, "" without one; `twin` (from 0) says which of equal blocks (or tasks)
    was      what the rules had read; given: what it is, by column
    """

    table: str
    verdict: str
    words: str
    nth: int = 0
    block: str = ""
    twin: int = 0
    task: str = ""
    was: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    at: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What it is about: a later correction with this key takes its place."""
        return (self.table, folded(self.task), folded(self.block), self.twin, self.words, self.nth, self.code)

    @property
    def code(self) -> str:
        """Of a finding its code: several may stand at the same words."""
        return str(self.was.get("code", "")) if self.table == "findings" else ""

    def row(self) -> dict[str, Any]:
        """As a file holds it."""
        out: dict[str, Any] = {"table": self.table, "words": self.words, "nth": self.nth}
        out |= {"block": self.block, "twin": self.twin, "task": self.task, "verdict": self.verdict, "was": self.was}
        out |= {"set": dict(self.given)} if self.given else {}
        return out | {name: said for name in ("note", "at") if (said := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class PlanCorrections:
    """The corrections of one plan: of every version of it, which share a plan_key; of one file where it has none."""

    plan_key: str
    document_id: str
    file_name: str
    title: str
    items: tuple[Correction, ...]

    def concerns(self, document: Mapping[str, Any]) -> bool:
        if self.document_id == document["document_id"]:
            return True
        return bool(self.plan_key) and self.plan_key == document["plan_key"]

    def data(self) -> dict[str, Any]:
        """As a file holds them."""
        head = {name: getattr(self, name) for name in ("plan_key", "document_id", "file_name", "title")}
        return {"format": FORMAT, "version": VERSION, **head, "corrections": [one.row() for one in self.items]}


def folded(text: str) -> str:
    """The text without blanks: what two versions of a block are compared by."""
    return "".join(text.split())


def read(data: Any) -> PlanCorrections:
    """A file's values, checked. Raises ValueError with what is wrong, Chinese, one line."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("不是更正文件")
    if data.get("version") != VERSION:
        raise ValueError(f"更正文件是第 {str(data.get('version'))[:20]} 版，本程序读第 {VERSION} 版")
    said = data.get("corrections")
    if not isinstance(said, list):
        raise ValueError("没有 corrections 一列")
    head = [_text(data, name) for name in ("plan_key", "document_id", "file_name", "title")]
    if not head[0] and not head[1]:
        raise ValueError("没有写明是哪份计划（plan_key 或 document_id）")
    items = []
    for number, one in enumerate(said, 1):
        try:
            items.append(_correction(one))
        except ValueError as wrong:
            raise ValueError(f"第 {number} 条：{wrong}") from None
    plan_key, document_id, file_name, title = head
    return PlanCorrections(plan_key, document_id, file_name, title, tuple(items))


def _correction(one: Any) -> Correction:
    if not isinstance(one, dict):
        raise ValueError("应是一个对象")
    table, verdict = _text(one, "table"), _text(one, "verdict")
    if table not in EDITABLE:
        raise ValueError(f"没有可更正的表 {table[:40]}")
    if verdict not in VERDICTS:
        raise ValueError(f"没有 {verdict[:40]} 这种决定")
    if verdict == "add" and table not in ADDABLE:
        raise ValueError(f"不能在 {table} 表里补记")
    words = _text(one, "words")
    block = _text(one, "block")
    if block and words not in block:
        raise ValueError("words 不在 block 里")
    given = one.get("set") or {}
    was = one.get("was") or {}
    if not isinstance(given, dict) or not isinstance(was, dict):
        raise ValueError("set 和 was 应是对象")
    if verdict in ("correct", "add") and not given:
        raise ValueError("没有写更正成什么（set）")
    return Correction(
        table,
        verdict,
        words,
        _count(one, "nth"),
        block,
        _count(one, "twin"),
        _text(one, "task"),
        {name: was[name] for name in (*EDITABLE[table], "code") if name in was and _plain(was[name])},
        _given(table, given, words),
        _text(one, "note")[:2000],
        _text(one, "at")[:40],
    )


def _given(table: str, given: Mapping[str, Any], words: str) -> dict[str, Any]:
    out = {}
    for name, value in given.items():
        sort = EDITABLE[table].get(name)
        if sort is None:
            raise ValueError(f"{table} 表没有可更正的列 {str(name)[:40]}")
        out[name] = _checked(name, sort, value, words)
    kind = out.get("kind", out.get("deadline_kind"))
    if kind is not None and kind not in DATED:
        out |= {name: None for name in ("starts_on", "due_on") if name in out}
    starts, due = out.get("starts_on"), out.get("due_on")
    if starts and due and starts > due:
        raise ValueError(f"开始日期 {starts} 在截止日期 {due} 之后")
    return {name: out[name] for name in EDITABLE[table] if name in out}


def _checked(name: str, sort: str | Sequence[str], value: Any, words: str) -> Any:
    if sort == "names":
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
            raise ValueError("names 应是一列单位名称")
        for one in value:
            if folded(one) not in folded(words):
                raise ValueError(f"“{one[:40]}”不在原文“{words[:40]}”里")
        return value
    if value is None or value == "":
        if not isinstance(sort, str):
            raise ValueError(f"{name} 不能为空")
        return None
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(f"{name} 的值应是文字")
    if not isinstance(sort, str):
        if value not in sort:
            raise ValueError(f"{name} 没有 {value[:40]} 这一种")
    elif sort == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{name} 的日期 {value[:40]} 不对") from None
    elif sort == "number" and not _NUMBER.fullmatch(value):
        raise ValueError(f"{name} 的数 {value[:40]} 不对")
    return value


def column_value(table: str, name: str, value: Any) -> Any:
    """A value of a file as the column of its table has it."""
    sort = EDITABLE[table].get(name)
    if value is None or sort not in ("date", "number"):
        return value
    return date.fromisoformat(value) if sort == "date" else Decimal(value)


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(f"{name} 应是文字")
    # what no file in UTF-8 can hold
    return value.encode("utf-8", "replace").decode()


def _count(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not -1 <= value < 1_000_000:
        raise ValueError(f"{name} 应是数")
    return max(value, 0)


def _plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, str | int | float)
