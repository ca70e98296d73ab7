"""A plan's rows, opened to be changed by corrections, and closed again with everything that follows from the changes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..plan import Plan
from ..schema import TABLE
from .fit import Place
from .values import column_value

Row = dict[str, Any]
Name = Callable[[str], Row]  # a unit as printed → its row of `units`, with is_group besides

READ = "corrected"  # the rule of what a person read: the finding that tells it
APART = frozenset({"deadlines", "targets"})  # no two of them share a character
_LETTER = {"deadlines": "d", "citations": "c", "targets": "q", "findings": "f"}
_DEADLINE = {"deadline_kind": "kind", "due_on": "due_on", "recurrence": "recurrence"}
_GROUPS = {
    "lead_units": ("lead",),
    "responsible_units": ("responsible",),
    "supporting_units": ("supporting", "guiding"),
}


class Sheet:
    """The rows of one plan while corrections are put over them."""

    def __init__(self, plan: Plan, name_unit: Name) -> None:
        self.rows: dict[str, list[Row]] = {name: [dict(row) for row in rows] for name, rows in plan.rows.items()}
        self._name_unit = name_unit
        self.blocks = self.rows["blocks"]
        self.task_ids = [task["task_id"] for task in self.rows["tasks"]]
        self._at = {block["block_id"]: index for index, block in enumerate(self.blocks)}
        self._stated = {task["task_id"]: self._states(task) for task in self.rows["tasks"]}
        self._governs = {task["task_id"]: self._governing(task) for task in self.rows["tasks"]}
        self._moved: set[str] = set()  # deadlines that were changed
        self._tasks: set[str] = set()  # tasks whose units were changed

    def at(self, table: str, place: Place) -> list[Row]:
        """The rows of a table that were read from these words."""
        block, start, end = place
        block_id = self.blocks[block]["block_id"]
        return [
            r
            for r in self.rows[table]
            if r["block_id"] == block_id and (r["char_start"], r["char_end"]) == (start, end)
        ]

    def near(self, table: str, place: Place) -> list[Row]:
        """The rows of these words; those of the one stretch that lies over them, where the rules have come to read more or less."""
        exact = self.at(table, place)
        if exact or table == "citations":  # a title may stand inside another: what lies over it is not it
            return exact
        over = self.over(table, place)
        return over if len({(row["char_start"], row["char_end"]) for row in over}) == 1 else []

    def over(self, table: str, place: Place) -> list[Row]:
        """The rows that share a character with these words."""
        block, start, end = place
        block_id = self.blocks[block]["block_id"]
        own = [row for row in self.rows[table] if row["block_id"] == block_id]
        return [row for row in own if row["char_start"] < end and start < row["char_end"]]

    def words(self, place: Place) -> str:
        return str(self.blocks[place[0]]["text"][place[1] : place[2]])

    def differs(self, table: str, row: Row, given: Mapping[str, Any]) -> bool:
        """Whether a row says something else than what a person gave."""
        if table == "task_units":
            return bool(row["role"] != given.get("role", row["role"]))
        return any(row[name] != column_value(table, name, value) for name, value in given.items())

    def give(self, table: str, row: Row, given: Mapping[str, Any]) -> None:
        """Put what a person gave into a row."""
        row.update({name: column_value(table, name, value) for name, value in given.items()})
        if table == "deadlines":
            row["rule_id"] = READ
            row["precision"] = (
                "day" if row["due_on"] and "due_on" in given else row["precision"] if row["due_on"] else None
            )
            self._moved.add(row["deadline_id"])

    def give_units(self, rows: Sequence[Row], given: Mapping[str, Any]) -> None:
        """One unit of each row, or several names that stand in its words, each with its own place."""
        for row in rows:
            role = given.get("role") or row["role"]
            names = given.get("names") or [row["text"]]
            made = [self._unit(row, name, role) for name in self._placed(row, names)]
            index = next(i for i, one in enumerate(self.rows["task_units"]) if one is row)
            self.rows["task_units"][index : index + 1] = made
            self._tasks.add(row["task_id"])

    def _placed(self, row: Row, names: Sequence[str]) -> list[tuple[int, int]]:
        # the names in the order of the words; blanks inside the words do not part them
        text, at = self.blocks[self._at[row["block_id"]]]["text"], row["char_start"]
        solid = [i for i in range(row["char_start"], row["char_end"]) if not text[i].isspace()]
        plain = "".join(text[i] for i in solid)
        out, from_ = [], 0
        for name in names:
            wanted = "".join(name.split())
            found = plain.find(wanted, from_)
            found = found if found >= 0 else plain.find(wanted)
            if found >= 0:
                out.append((solid[found], solid[found + len(wanted) - 1] + 1))
                from_ = found + len(wanted)
        return sorted(set(out)) or [(at, row["char_end"])]

    def _unit(self, row: Row, place: tuple[int, int], role: str) -> Row:
        text = self.blocks[self._at[row["block_id"]]]["text"][slice(*place)]
        unit = self._name_unit("".join(text.split()))
        group = unit.pop("is_group")
        if all(one["unit_id"] != unit["unit_id"] for one in self.rows["units"]):
            self.rows["units"].append(unit)
        said = {"role": role, "text": text, "unit_id": unit["unit_id"], "is_group": group, "split_by": "correction"}
        return {**row, **said, "char_start": place[0], "char_end": place[1]}

    def add(self, table: str, place: Place, given: Mapping[str, Any], tasks: Sequence[Row]) -> None:
        """A row for words that no rule read."""
        block = self.blocks[place[0]]
        span = {"block_id": block["block_id"], "char_start": place[1], "char_end": place[2]}
        if table == "task_units":
            for task in tasks:
                row = dict.fromkeys(TABLE[table].names) | span
                row |= {"task_id": task["task_id"], "document_id": block["document_id"], "text": self.words(place)}
                self.rows[table].append(row)
                self.give_units([row], {"role": "responsible", **given})
            return
        if table in APART:
            self.remove(table, self.over(table, place))
        key = TABLE[table].key[0]
        row = dict.fromkeys(TABLE[table].names) | span
        row |= {"document_id": block["document_id"], "text": self.words(place), key: self.new_id(table)}
        row |= {"task_id": tasks[0]["task_id"] if tasks else None, "section_id": self._section(place[0], tasks)}
        row |= {"kind": "due"} if table == "deadlines" else {}
        self.rows[table].append(row)
        self.give(table, row, given)

    def remove(self, table: str, gone: Sequence[Row]) -> None:
        """Rows that a person rejects, and what points to them."""
        kept = [row for row in self.rows[table] if all(row is not one for one in gone)]
        self.rows[table] = kept
        if table == "deadlines":
            self._moved |= {row["deadline_id"] for row in gone}
        if table == "task_units":
            self._tasks |= {row["task_id"] for row in gone}
        if table == "citations":
            ids = {row["citation_id"] for row in gone}
            for row in kept:
                row["parent_citation_id"] = None if row["parent_citation_id"] in ids else row["parent_citation_id"]

    def remove_task(self, task: Row) -> None:
        """A row that is no task: its units and links go with it, what else was read in it stays where it stands."""
        own = task["task_id"]
        self.rows["tasks"] = [row for row in self.rows["tasks"] if row is not task]
        self.rows["task_units"] = [row for row in self.rows["task_units"] if row["task_id"] != own]
        self.rows["links"] = [row for row in self.rows["links"] if own not in (row["from_id"], row["to_id"])]
        for table in ("deadlines", "citations", "targets", "measures"):
            for row in self.rows[table]:
                row["task_id"] = None if row["task_id"] == own else row["task_id"]

    def new_id(self, table: str) -> str:
        """The next key of a table."""
        document_id = self.rows["documents"][0]["document_id"]
        key = TABLE[table].key[0]
        last = max((int(row[key][-6:]) for row in self.rows[table]), default=0)
        return f"{document_id}-{_LETTER[table]}{last + 1:06d}"

    def free_id(self, table: str, number: int) -> str:
        """The key of this number, or of the next that is free."""
        head, taken = self.new_id(table)[:-6], {row[TABLE[table].key[0]] for row in self.rows[table]}
        while f"{head}{number:06d}" in taken:
            number += 1
        return f"{head}{number:06d}"

    def tasks_at(self, block: int) -> list[Row]:
        block_id = self.blocks[block]["block_id"]
        return [task for task in self.rows["tasks"] if block_id in task["block_ids"]]

    def closed(self) -> Plan:
        """The plan with everything that follows: the deadlines and units of its tasks, the counts of its document."""
        for task in self.rows["tasks"]:
            self._follow_deadlines(task)
            if task["task_id"] in self._tasks:
                self._follow_units(task)
        self._order()
        document = self.rows["documents"][0]
        document["task_count"], document["finding_count"] = len(self.rows["tasks"]), len(self.rows["findings"])
        return Plan(
            {name: [{c: row[c] for c in TABLE[name].names} for row in rows] for name, rows in self.rows.items()}
        )

    def _order(self) -> None:
        order = {task["task_id"]: index for index, task in enumerate(self.rows["tasks"])}
        if self._tasks:
            self.rows["task_units"].sort(key=lambda row: order.get(row["task_id"], 0))
            for seq, row in enumerate(self.rows["task_units"]):
                row["seq"] = seq
            named = {row["unit_id"] for row in self.rows["task_units"]}
            named |= {row["parent_unit_id"] for row in self.rows["units"]}
            self.rows["units"] = [row for row in self.rows["units"] if row["unit_id"] in named]
            self.rows["units"].sort(key=lambda row: str(row["unit_id"]))

    def _states(self, task: Row) -> list[Row]:
        # the deadlines that the task's own deadline words state
        if not task["deadline_text"]:
            return []
        held = {block: index for index, block in enumerate(task["block_ids"])}
        own = [
            row for row in self.rows["deadlines"] if row["block_id"] in held and row["text"] in task["deadline_text"]
        ]
        return sorted(own, key=lambda row: (held[row["block_id"]], row["char_start"]))

    def _governing(self, task: Row) -> Row | None:
        # the first whose values the task has
        stated = self._stated[task["task_id"]]
        return next((r for r in stated if all(task[own] == r[name] for own, name in _DEADLINE.items())), None)

    def _follow_deadlines(self, task: Row) -> None:
        before, first = self._stated[task["task_id"]], self._governs[task["task_id"]]
        now = self._states(task)
        if not any(row["deadline_id"] in self._moved for row in (*before, *now)):
            return
        alive = first is not None and any(row is first for row in now)
        leads = first if alive else next(iter(now), None)
        was_start = first["starts_on"] if first else None
        if first is None or leads is not first or first["deadline_id"] in self._moved:
            own_start = task["starts_on"] if task["starts_on"] != was_start and not self._moved_start(first) else None
            task.update({own: leads[name] if leads else None for own, name in _DEADLINE.items()})
            task["starts_on"] = own_start or (leads["starts_on"] if leads else None)
        task["is_ongoing"] = any(row["kind"] == "ongoing" for row in now)

    def _moved_start(self, first: Row | None) -> bool:
        # a governing row that was changed in place no longer says what the start was
        return first is not None and first["deadline_id"] in self._moved

    def _follow_units(self, task: Row) -> None:
        own = [row for row in self.rows["task_units"] if row["task_id"] == task["task_id"]]
        for column, roles in _GROUPS.items():
            names = ("".join(row["text"].split()) for row in own if row["role"] in roles)
            task[column] = list(dict.fromkeys(names))

    def _section(self, block: int, tasks: Sequence[Row]) -> str | None:
        if tasks:
            return tasks[0]["section_id"]  # type: ignore[no-any-return]
        at = [(self._at[s["block_id"]], s["section_id"]) for s in self.rows["sections"] if s["block_id"] in self._at]
        above = [section for index, section in sorted(at) if index <= block]
        return above[-1] if above else None
