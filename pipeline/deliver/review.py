"""The review page of one plan: the source beside what was read from it, as one HTML file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..plan import Plan
from ..rulebook import RuleBook
from ..schema import TABLES
from .readby import read_by, told
from .shell import page

STYLES = ("review.css",)
SCRIPTS = ("model.js", "source.js", "tables.js", "inspect.js", "correct.js", "review.js")
# what a page does not need, or must not hold: the day of its making
LEFT_OUT = {"document_id", "ingested_at", "is_current"}
REPEATED = {("sections", "text")}  # its blocks have it
NAME_BYTES = 120
_UNSAFE = re.compile(r"[^\w（）【】《》〔〕—-]+")


def review(
    plan: Plan,
    book: RuleBook,
    pictures: Sequence[Mapping[str, Any]] = (),
    corrections: Sequence[Mapping[str, Any]] = (),
    editable: Mapping[str, Mapping[str, object]] | None = None,
    back: bool = False,
) -> bytes:
    """The page as UTF-8; same plan, book, pictures and corrections, same bytes.

    pictures     the pages as `pagepictures.pictures` gives them
    corrections  those kept for the plan, as their file holds them
    editable     table → the columns that a person may set, and what each may be (corrections.EDITABLE)
    back         whether there is an overview to go back to
    """
    rules = read_by(plan, book)
    document = plan.rows["documents"][0]
    data = {
        "document": {name: value for name, value in document.items() if name not in LEFT_OUT}
        | {"document_id": document["document_id"]},
        "tables": {table.name: _table(plan, table.name, table.names) for table in TABLES if table.name != "documents"},
        "labels": {t.name: {c.name: c.label for c in t.columns} for t in TABLES if t.name != "documents"},
        "rule_of": rules,
        "rules": told((name for names in rules.values() for name in names), book),
        "editable": editable or {},
        "back": back,
        "pictures": pictures,
        "corrections": corrections,
    }
    return page(document["title"] or document["file_name"], STYLES, SCRIPTS, data)


def _table(plan: Plan, name: str, columns: Sequence[str]) -> dict[str, Any]:
    # columns once, rows as lists, ids without the document's, words only where no span gives them: a third of the bytes
    kept = [column for column in columns if column not in LEFT_OUT and (name, column) not in REPEATED]
    head = f"{plan.rows['documents'][0]['document_id']}-"
    rows = []
    for row in plan.rows[name]:
        spanned = row.get("char_start") is not None
        rows.append([None if spanned and c == "text" else _value(c, row[c], head) for c in kept])
    return {"columns": kept, "rows": rows}


def _value(column: str, value: Any, head: str) -> Any:
    if column.endswith("_id") and value is not None:
        return value.removeprefix(head)
    if column == "block_ids":
        return [one.removeprefix(head) for one in value]
    return list(value.items()) if isinstance(value, Mapping) else value


def page_name(plan: Plan) -> str:
    """The file name of a plan's page: the words of its own name that are safe everywhere, and the head of its id."""
    document = plan.rows["documents"][0]
    stem = str(document["file_name"]).rsplit(".", 1)[0]
    words = _UNSAFE.sub("_", stem).strip("_-") or hashlib.sha256(stem.encode("utf-8", "replace")).hexdigest()[:8]
    short = words.encode("utf-8", "ignore")[:NAME_BYTES].decode("utf-8", "ignore")
    return f"{short}-{document['document_id'][:8]}.html"
