"""The overview over many plans: one page with years, places, units, deadlines and coverage, each plan one click away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..plan import Plan
from .shell import page

if TYPE_CHECKING:
    from ..store import Record

Row = Mapping[str, Any]

# what a line is made of, table by table
COLUMNS = {
    "units": ("unit_id", "name"),
    "task_units": ("document_id", "unit_id", "role", "task_id", "text"),
    "deadlines": ("document_id", "kind", "due_on"),
    "findings": ("document_id", "severity"),
}
FACTS = (
    "title",
    "file_name",
    "doc_number",
    "issuer",
    "region_code",
    "region_name",
    "admin_level",
    "plan_year",
    "issued_on",
    "is_current",
    "accounted_ratio",
    "unparsed_chars",
    "char_count",
    "task_count",
)


def plan_line(plan: Plan, name: str) -> dict[str, Any]:
    """What the overview tells of one plan. name: the file name of its page, "" where it has none."""
    return _line(plan.rows["documents"][0], name, {table: plan.rows[table] for table in COLUMNS})


def plan_lines(record: Record, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The same for the documents of a record that `names` has; each table is read once, its needed columns only."""
    units = dict(_values(record, "units"))
    held: dict[str, dict[str, list[Row]]] = {document_id: {table: [] for table in COLUMNS} for document_id in names}
    for table, columns in COLUMNS.items():
        if table == "units":
            continue
        for document_id, *values in _values(record, table):
            if document_id in held:
                held[document_id][table].append(dict(zip(columns[1:], values, strict=True)))
    for rows in held.values():
        named = {row["unit_id"] for row in rows["task_units"]}
        rows["units"] = [{"unit_id": unit, "name": units[unit]} for unit in named if unit in units]
    return [
        _line(d, names[d["document_id"]], held[d["document_id"]])
        for d in record.documents()
        if d["document_id"] in names
    ]


def _values(record: Record, table: str) -> Iterator[tuple[Any, ...]]:
    # the chosen columns of every row, a range of rows at a time
    for chunk in record.chunks(table, ", ".join(COLUMNS[table])):
        yield from zip(*(column.to_pylist() for column in chunk.columns), strict=True)


def _line(document: Row, name: str, rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    units = {row["unit_id"]: row["name"] for row in rows["units"]}
    tasks: dict[tuple[Any, Any], set[Any]] = {}
    for row in rows["task_units"]:
        tasks.setdefault((units.get(row["unit_id"], row["text"]), row["role"]), set()).add(row["task_id"])
    months = Counter(f"{row['due_on']:%Y-%m}" for row in rows["deadlines"] if row["due_on"])
    return {
        **{fact: document[fact] for fact in FACTS},
        "page": name,
        "units": [[unit, role, len(own)] for (unit, role), own in sorted(tasks.items())],
        "kinds": dict(sorted(Counter(row["kind"] for row in rows["deadlines"]).items())),
        "months": dict(sorted(months.items())),
        "findings": dict(sorted(Counter(row["severity"] for row in rows["findings"]).items())),
    }


def overview(lines: Sequence[Mapping[str, Any]]) -> bytes:
    """The page as UTF-8; the plans by year, place and title, whatever the order they come in."""
    ordered = sorted(
        lines,
        key=lambda x: (-(x["plan_year"] or 0), x["region_code"] or "", x["title"] or "", x["file_name"], x["page"]),
    )
    return page("taizhang", ("overview.css",), ("overview.js",), {"plans": ordered})
