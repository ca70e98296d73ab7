"""What of a plan is aligned: its duties as clauses, each with the pieces it says; body and annex of one duty together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..pairing import terms
from ..plan import Plan
from ..rulebook import RuleBook
from .neutral import Token, neutral, tokens

HELD = 0.3  # the share of a body piece's terms that a row of the annex must hold to be the row it belongs to


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a clause says, the stretch between two commas.

    key     the id of its measure
    same    its words as every level would write them
    words   the same, each with its stretch of the text
    """

    key: str
    text: str
    same: str
    words: tuple[Token, ...]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """One duty of a plan: a task, or a section that has words of its own and no task.

    key      task_id or section_id
    label    as printed, with the labels of the sections above: 二、（一）1.
    heading  its own, or the nearest above it
    bodies   its units as every level would name them
    about    the terms of the heading
    pieces   in reading order; for a row of an annex those of the body section it answers come last
    printed  how many of the pieces stand in the row itself
    """

    key: str
    label: str
    heading: str
    path: str
    text: str
    units: tuple[str, ...]
    bodies: frozenset[str]
    pieces: tuple[Piece, ...]
    about: frozenset[str]
    printed: int


def clauses(plan: Plan, book: RuleBook, places: Sequence[str] = ()) -> tuple[Clause, ...]:
    """The duties of a plan, in reading order.

    places   the names of places that mean the plan's own, at any level
    """
    reader = _Reader(plan, book, tuple(places))
    tasks, sections = plan.rows["tasks"], reader.sections
    said: dict[str, list[Piece]] = {}
    for row in plan.rows["measures"]:
        said.setdefault(row["task_id"] or row["section_id"], []).append(reader.piece(row["measure_id"], row["text"]))
    # a task in which no measure was found is one piece
    own = {t["task_id"]: said.pop(t["task_id"], []) or [reader.piece(t["task_id"], t["text"] or "")] for t in tasks}
    # a duty of the running text is a section and a task: its task speaks for both
    itself = _themselves(plan)
    for key in itself.values():
        said.pop(key, None)
    answers: dict[str, list[str]] = {}
    for row in tasks:
        if row["clause_section_id"]:
            answers.setdefault(row["clause_section_id"], []).append(row["task_id"])
    lent: dict[str, list[Piece]] = {}
    for section, some in answers.items():
        _share(said.pop(section, []), {t: own[t] for t in some}, lent)
    placed = [
        (_place(t, sections), reader.task(t, itself.get(t["task_id"]), own[t["task_id"]], lent.get(t["task_id"], [])))
        for t in tasks
    ]
    placed += [
        ((sections[key]["block_id"] or "", ""), reader.section(sections[key], pieces))
        for key, pieces in said.items()
        if key in sections
    ]
    return tuple(clause for _, clause in sorted(placed, key=lambda pair: pair[0]))


class _Reader:
    """Rows of one plan as pieces and clauses; headings and units, which stand in many rows, are read once."""

    def __init__(self, plan: Plan, book: RuleBook, places: tuple[str, ...]) -> None:
        self.sections = {row["section_id"]: row for row in plan.rows["sections"]}
        self._book, self._places = book, places
        self._read: dict[str, tuple[Token, ...]] = {}

    def piece(self, key: str, text: str) -> Piece:
        made = tokens(text, self._book, self._places)
        return Piece(key, text, neutral(made), made, _terms(made))

    def task(self, row: Mapping[str, Any], itself: str | None, own: Sequence[Piece], lent: Sequence[Piece]) -> Clause:
        """itself: the section that the task is; lent: the pieces of the body section that it answers."""
        section = self.sections.get(itself or row["section_id"])
        heading = (section["heading"] or "") if section else ""
        units = tuple(u for role in ("lead_units", "responsible_units", "supporting_units") for u in row[role] or ())
        labels = _labels(section, self.sections)
        return Clause(
            row["task_id"],
            "".join(labels if itself else [*labels, row["label"] or ""]),
            heading,
            row["section_path"] or "",
            row["text"] or "",
            units,
            frozenset(filter(None, (neutral(self._once(unit)).strip("，") for unit in units))),
            (*own, *lent),
            _terms(self._once(heading)),
            len(own),
        )

    def section(self, row: Mapping[str, Any], pieces: Sequence[Piece]) -> Clause:
        heading = row["heading"] or ""
        return Clause(
            row["section_id"],
            "".join(_labels(row, self.sections)),
            heading,
            row["path"] or "",
            "。".join(filter(None, (heading, row["text"]))),
            (),
            frozenset(),
            tuple(pieces),
            _terms(self._once(heading)),
            len(pieces),
        )

    def _once(self, text: str) -> tuple[Token, ...]:
        if text not in self._read:
            self._read[text] = tokens(text, self._book, self._places)
        return self._read[text]


def _themselves(plan: Plan) -> dict[str, str]:
    """Task → the section that it is, for the duties of running text."""
    at: dict[tuple[str | None, str | None], list[Mapping[str, Any]]] = {}
    for row in plan.rows["sections"]:
        at.setdefault((row["parent_section_id"], row["label"]), []).append(row)
        at.setdefault((row["section_id"], row["label"]), []).append(row)
    out: dict[str, str] = {}
    for task in plan.rows["tasks"]:
        if task["origin"] != "table":
            same = at.get((task["section_id"], task["label"]), ())
            found = next((s for s in same if (task["text"] or "").startswith(s["heading"] or s["text"] or "")), None)
            if found:
                out[task["task_id"]] = found["section_id"]
    return out


def _share(pieces: Sequence[Piece], tasks: Mapping[str, Sequence[Piece]], lent: dict[str, list[Piece]]) -> None:
    # each piece of the body goes to the row that says most of it, else where the piece before it went
    words = {task: frozenset().union(*(p.terms for p in own)) for task, own in tasks.items()}
    last = next(iter(tasks))
    for piece in pieces:
        held = {task: len(piece.terms & own) / max(1, len(piece.terms)) for task, own in words.items()}
        best = max(held, key=lambda task: held[task])
        last = best if held[best] >= HELD else last
        lent.setdefault(last, []).append(piece)


def _terms(made: Sequence[Token]) -> frozenset[str]:
    same = neutral(made)
    return terms(same) if same.strip("，") else frozenset()


def _labels(section: Mapping[str, Any] | None, sections: Mapping[str, Any]) -> list[str]:
    out: list[str] = []
    while section:
        if section["label"]:
            out.insert(0, section["label"])
        section = sections.get(section["parent_section_id"])
    return out


def _place(row: Mapping[str, Any], sections: Mapping[str, Any]) -> tuple[str, str]:
    # a row of the annex stands where the section it answers stands
    own = str(min(row["block_ids"] or [""]))
    clause = sections.get(row["clause_section_id"])
    return (str(clause["block_id"]), own) if clause else (own, "")
