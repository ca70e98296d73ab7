"""What of a task is compared: its words, its section, its number, its units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..plan import Plan
from .terms import terms

_OPENING = re.compile(r"\s*([^。；，：;,:\n]{4,25})[。\n]")


@dataclass(frozen=True)
class Item:
    """One task, or a clause that is compared like one.

    key       the id of its row
    path      the headings above it, joined with /
    place     where it stands in its plan, 0 … 1
    """

    key: str
    text: str
    path: str = ""
    label: str = ""
    units: frozenset[str] = frozenset()
    place: float = 0.0

    @cached_property
    def terms(self) -> frozenset[str]:
        return terms(self.text)

    @cached_property
    def opening(self) -> frozenset[str]:
        """The terms of the short sentence that opens a longer text as its heading (加强组织领导。…); empty without one."""
        found = _OPENING.match(self.text)
        return terms(found[1]) if found and len(self.text) >= 2 * len(found[0]) else frozenset()


def items_of(plan: Plan) -> tuple[Item, ...]:
    """The tasks of a plan in their order."""
    tasks = plan.rows["tasks"]
    return tuple(
        Item(
            task["task_id"],
            task["text"] or "",
            task["section_path"] or "",
            task["label"] or "",
            frozenset(u for role in ("lead_units", "responsible_units", "supporting_units") for u in task[role] or ()),
            number / max(1, len(tasks) - 1),
        )
        for number, task in enumerate(tasks)
    )
