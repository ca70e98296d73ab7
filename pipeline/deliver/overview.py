"""The overview over many plans: one page with years, places, units, deadlines and coverage, each plan one click away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..plan import Plan
from .shell import page

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
    rows = plan.rows
    document = rows["documents"][0]
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
