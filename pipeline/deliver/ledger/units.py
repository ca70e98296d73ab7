"""Whose tasks are whose: the duties of each unit of a plan, those that it has by name and those that a group brings it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...plan import Plan, Row
from .lines import Part, shown
from .terms import Terms


@dataclass(frozen=True)
class Unit:
    """One unit that a plan names. name: as the plan prints it most; names: everything that it is called."""

    key: str
    name: str
    names: frozenset[str]
    kind: str
    is_group: bool


def units(plan: Plan) -> tuple[Unit, ...]:
    """The units of a plan in the order in which they are first named; one that no registry knows is its words."""
    known = {row["unit_id"]: row for row in plan.rows["units"]}
    printed: dict[str, Counter[str]] = {}
    groups: set[str] = set()
    for row in plan.rows["task_units"]:
        key = _key(row)
        printed.setdefault(key, Counter())[plain(row["text"])] += 1
        if row["is_group"]:
            groups.add(key)
    shared = Counter(texts.most_common(1)[0][0] for texts in printed.values())
    out: list[Unit] = []
    taken: set[str] = set()
    for key, texts in printed.items():
        unit = known.get(key, {})
        name = texts.most_common(1)[0][0]
        full = plain(unit.get("name") or "")
        names = {*texts, full, *map(plain, unit.get("short_names") or ())} - {""}
        # two units of one printed name are told apart by their full ones
        name = full if shared[name] > 1 and full else name
        called = next(
            one for n in range(1, len(printed) + 2) if (one := name if n == 1 else f"{name}（{n}）") not in taken
        )
        taken.add(called)
        out.append(Unit(key, called, frozenset(names), unit.get("kind") or "", key in groups))
    return tuple(out)


def find(all_units: Iterable[Unit], name: str) -> tuple[Unit, ...]:
    """The units that bear a name; exact, blanks aside."""
    return tuple(unit for unit in all_units if plain(name) in unit.names)


def parts_of(plan: Plan, unit: Unit, terms: Terms) -> tuple[Part, ...]:
    """The tasks of a unit: those that name it, then those that name a group which it is or may be in."""
    own: dict[str, list[str]] = {}
    through: dict[str, list[str]] = {}
    groups = {row["unit_id"]: row for row in plan.rows["units"]}
    for row in plan.rows["task_units"]:
        role = terms.word(f"role-{row['role']}")
        if _key(row) == unit.key:
            own.setdefault(row["task_id"], []).append(role)
        elif row["is_group"] and not unit.is_group and _may_hold(groups.get(row["unit_id"]), unit):
            through.setdefault(row["task_id"], []).append(f"{role}（{plain(row['text'])}）")
    tasks = plan.rows["tasks"]
    named = _part(tasks, own, terms.word("own-tasks"), set())
    grouped = _part(tasks, through, terms.word("group-tasks"), set(own))
    return tuple(part for part in (named, grouped) if part.tasks)


def _part(tasks: Sequence[Row], roles: dict[str, list[str]], heading: str, without: set[str]) -> Part:
    chosen = [task for task in tasks if task["task_id"] in roles and task["task_id"] not in without]
    return Part(chosen, heading, {key: "、".join(dict.fromkeys(said)) for key, said in roles.items()})


def _may_hold(group: Row | None, unit: Unit) -> bool:
    # a group whose members are listed holds those alone; an open one may hold anybody, which the clerk decides
    members = [plain(one) for one in (group["members"] or ())] if group else []
    return not members or any(one in name or name in one for one in members for name in unit.names)


def plain(text: str) -> str:
    """A name without blanks."""
    return "".join((shown(text) or "").split())


def _key(row: Row) -> str:
    return str(row["unit_id"] or f"text:{plain(row['text'])}")
