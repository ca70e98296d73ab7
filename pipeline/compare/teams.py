"""Who came and who went, role by role. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..plan import Row
from ..spans import fold
from .values import Units

ROLES = ("lead", "responsible", "supporting")


def unit_changes(olds: Sequence[Row], news: Sequence[Row]) -> tuple[Units, ...]:
    """Roles in which the units of the old tasks and of the new ones differ; a name is one whatever its width."""
    found = []
    for role in ROLES:
        before, after = _names(olds, role), _names(news, role)
        added = tuple(name for key, name in after.items() if key not in before)
        removed = tuple(name for key, name in before.items() if key not in after)
        if added or removed:
            found.append(Units(role, added, removed))
    return tuple(found)


def _names(tasks: Sequence[Row], role: str) -> dict[str, str]:
    return {fold(name): name for task in tasks for name in task[f"{role}_units"] or ()}
