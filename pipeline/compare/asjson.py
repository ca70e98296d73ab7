"""A comparison as plain values for json: what a program reads. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

from ..plan import Row
from .rows import link_rows
from .told import words_of
from .values import Comparison

_DOCUMENT = ("document_id", "file_name", "title", "plan_year", "issued_on", "plan_key")
_TASK = ("task_id", "label", "section_path", "text", "lead_units", "responsible_units", "supporting_units")
_DEADLINE = ("deadline_text", "deadline_kind", "due_on")


def as_json(made: Comparison) -> dict[str, Any]:
    """kind, old, new, counts of relations, links (both tasks, what moved, why), sections; days as YYYY-MM-DD."""
    links = []
    for link, row in zip(made.links, link_rows(made), strict=True):
        old, new = made.old_tasks.get(link.old), made.new_tasks.get(link.new)
        links.append(
            {
                "link_id": row["link_id"],
                "relation": link.relation,
                "score": link.score,
                "old": _of(old, _TASK + _DEADLINE),
                "new": _of(new, _TASK + _DEADLINE),
                "deadline": link.deadline,
                "units": [asdict(one) for one in link.units],
                "removed": words_of(old, link.wording.removed),
                "added": words_of(new, link.wording.added),
                "why": None if link.why is None else asdict(link.why),
                "nearest": link.nearest or None,
            }
        )
    return {
        "kind": made.kind,
        "old": _of(made.old, _DOCUMENT),
        "new": _of(made.new, _DOCUMENT),
        "relations": dict(sorted(Counter(link.relation for link in made.links).items())),
        "links": links,
        "sections": [asdict(one) for one in made.sections],
    }


def _of(row: Row | None, columns: tuple[str, ...]) -> dict[str, Any] | None:
    if row is None:
        return None
    return {name: str(row[name]) if isinstance(row.get(name), date) else row.get(name) for name in columns}
