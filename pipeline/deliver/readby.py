"""Which rule read each row, and what that rule says: the tables name the rule of a deadline, the book tells the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..plan import Plan
from ..recognize.headers import header
from ..recognize.numbering import numbering
from ..rulebook import Rule, RuleBook, marked
from ..rulecheck import found_in

Row = Mapping[str, Any]

# table → the kind of rule that reads its words
KINDS = {"citations": "citation", "targets": "target", "measures": "obligation"}
SENTENCES, PHRASES = 3, 6  # of a rule that a reader is shown


def read_by(plan: Plan, book: RuleBook) -> dict[str, list[str | None]]:
    """For each table with rules the id of the rule of each row; None where none is known.

    Deadlines and findings say it themselves; the words of the others are read again, each text once.
    """
    rows = plan.rows
    book = book.at(rows["documents"][0]["region_code"])
    texts = {block["block_id"]: block["text"] for block in rows["blocks"]}
    made: dict[str, list[str | None]] = {
        "deadlines": [row["rule_id"] for row in rows["deadlines"]],
        "findings": [row["code"] for row in rows["findings"]],
        "sections": [_numbering(row["label"], book) for row in rows["sections"]],
        "blocks": [_header(row, book) for row in rows["blocks"]],
    }
    units: dict[str, str | None] = {}
    for row in rows["task_units"]:
        if row["text"] not in units:
            units[row["text"]] = next((r.rule for r in found_in(row["text"], book, "unit") if r.rule), None)
    made["task_units"] = [units[row["text"]] for row in rows["task_units"]]
    for table, kind in KINDS.items():
        made[table] = _found(rows[table], texts, kind, book)
    return made


def _found(rows: Sequence[Row], texts: Mapping[str, str], kind: str, book: RuleBook) -> list[str | None]:
    if kind == "obligation":  # a measure is read by itself, not in its paragraph
        known = {text: next((r.rule for r in found_in(text, book, kind)), None) for text in {r["text"] for r in rows}}
        return [known[row["text"]] for row in rows]
    read = {block: found_in(texts[block], book, kind) for block in {row["block_id"] for row in rows}}
    return [
        next((r.rule for r in read[row["block_id"]] if r.start <= row["char_start"] < r.end and r.rule), None)
        for row in rows
    ]


def _numbering(label: str | None, book: RuleBook) -> str | None:
    numeral = numbering(label, book) if label else None
    return numeral.style if numeral else None


def _header(block: Row, book: RuleBook) -> str | None:
    rule = header(block["text"], book) if block["role"] == "table_header" else None
    return rule.id if rule else None


def told(ids: Iterable[str | None], book: RuleBook) -> dict[str, dict[str, Any]]:
    """What a reader is told of each rule: file and line, its meaning, its phrases, its sentences with the words in marks."""
    rules = {name: book.rule(name) for name in sorted({name for name in ids if name})}
    return {name: _told(rule) for name, rule in rules.items() if rule}


def _told(rule: Rule) -> dict[str, Any]:
    hits = [marked(e.text, e.spans) for e in rule.examples if e.spans and not e.later]
    misses = [e.text for e in rule.examples if not e.spans]
    means = {k: v for k, v in rule.meaning.items() if isinstance(v, str | int | bool) and k not in ("source", "note")}
    return {
        "kind": rule.kind,
        "file": rule.file,
        "line": rule.line,
        "means": means,
        "source": rule.get("source") or "",
        "phrases": [p.text for p in rule.phrases[:PHRASES]] or list(rule.get("names", ()))[:PHRASES],
        "hit": hits[:SENTENCES],
        "miss": misses[:SENTENCES],
    }
