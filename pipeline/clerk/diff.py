"""Rows gained, lost and changed between two readings of the same file: what a change of the rules does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..plan import Plan, Row
from ..rulebook import Rule, RuleBook
from ..schema import TABLE, TABLES, Table

# what numbers, counts or dates the rows moves when a row above comes or goes, and says nothing of its own
BY_ORDER = frozenset({"seq", "rules_version", "ingested_at", "task_count", "finding_count"})
NAMED = ("sections", "tasks", "citations")  # tables whose rows others point to
SPAN = ("block_id", "char_start", "char_end")
# where a row stands in its paper; the span where nothing else is said
PLACE: Mapping[str, tuple[str, ...]] = {
    "documents": ("document_id",),
    "blocks": ("block_id",),
    "sections": ("block_id", "label"),
    "tasks": ("block_ids", "label"),
    "task_units": ("task_id", *SPAN),
    "units": ("name",),
    "links": ("from_id", "to_id", "kind"),
    "findings": ("code", "place", *SPAN),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a table: gained (`old` is None), lost (`new` is None), or changed in `columns`."""

    table: str
    old: Row | None
    new: Row | None
    columns: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        return self.new or self.old or {}


def diff(old: Plan, new: Plan) -> tuple[Change, ...]:
    """The changes of every table, in the contract's order, then in the order of the document.

    A row is the same row when it stands in the same place of the paper, however it is numbered. A span that grew or
    shrank is one change, not a loss and a gain.
    """
    before, after = _by_place(old), _by_place(new)
    out: list[Change] = []
    for table in TABLES:
        lost = _Lost({key: row for key, row in before[table.name].items() if key not in after[table.name]})
        for key, row in after[table.name].items():
            was = before[table.name].get(key) or lost.moved(row)
            columns = tuple(name for name, value in row.items() if was and was[name] != value and name not in SPAN)
            if was is None or columns:
                out.append(Change(table.name, was, row, columns))
        out += [Change(table.name, row, None) for row in lost.rows.values()]
    return tuple(out)


def rule_changes(old: RuleBook, new: RuleBook) -> Mapping[str, tuple[str, ...]]:
    """The ids of the rules that are gained, changed (in what they read or mean) and lost."""
    before, after = ({rule.id: _said(rule) for rule in book.rules} for book in (old, new))
    return {
        "gained": tuple(key for key in after if key not in before),
        "changed": tuple(key for key in after if key in before and after[key] != before[key]),
        "lost": tuple(key for key in before if key not in after),
    }


def _said(rule: Rule) -> tuple[object, ...]:
    meaning = {key: value for key, value in rule.meaning.items() if key not in ("source", "note")}
    return rule.kind, [phrase.source for phrase in rule.phrases], meaning


def _by_place(plan: Plan) -> dict[str, dict[tuple[Any, ...], Row]]:
    """Table → place → row; ids that number rows are replaced by where these rows stand."""
    names = {
        row[TABLE[name].key[0]]: f"{name} {place}" for name in NAMED for place, row in _counted(name, plan.rows[name])
    }
    return {table.name: dict(_counted(table.name, _plain(table, plan, names))) for table in TABLES}


def _plain(table: Table, plan: Plan, names: Mapping[str, str]) -> list[Row]:
    pointing = {c.name for c in table.columns if c.refers.split(".")[0] in NAMED} | {"from_id", "to_id"}
    numbers = {key for key in table.key if key.endswith("_id") and table.name not in ("documents", "blocks", "units")}
    kept = [name for name in table.names if name in pointing or name not in BY_ORDER | numbers]
    return [
        {name: names.get(row[name], row[name]) if name in pointing else row[name] for name in kept}
        for row in plan.rows[table.name]
    ]


def _counted(table: str, rows: Sequence[Row]) -> Iterator[tuple[tuple[Any, ...], Row]]:
    # several rows in one place (the phases of a deadline, a cell merged over rows) are told apart by their order
    seen: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        place = tuple(tuple(v) if isinstance(v := row[name], list) else v for name in PLACE.get(table, SPAN))
        seen[place] += 1
        yield (*place, seen[place]), row


class _Lost:
    """The rows of a table that are nowhere in the new reading; `rows` shrinks as they are found moved."""

    def __init__(self, rows: dict[tuple[Any, ...], Row]) -> None:
        self.rows = rows
        self._in: dict[str, list[tuple[Any, ...]]] = {}
        for key, row in rows.items():
            if row.get("char_start") is not None:
                self._in.setdefault(row["block_id"], []).append(key)

    def moved(self, row: Row) -> Row | None:
        """The lost row whose words overlap with those of a new one: the same value, read longer or shorter."""
        for key in self._in.get(row.get("block_id") or "", ()) if row.get("char_start") is not None else ():
            was = self.rows.get(key)
            if was is None or was.get("code") != row.get("code"):
                continue
            if was["char_start"] < row["char_end"] and row["char_start"] < was["char_end"]:
                return self.rows.pop(key)
        return None
