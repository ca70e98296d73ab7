"""What a comparison of two plans says: frozen values, every link with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..plan import Row

Relation = Literal["same", "reworded", "merged", "split", "dropped", "new"]
Kind = Literal["version", "last_year"]
Stretch = tuple[int, int]  # [start, end) in code points of one text

# unchanged; rolled: the same day of the later year; earlier, later: against that day; fixed: ongoing before, now a day;
# made_ongoing: the other way; added, removed: where only one of them has a deadline; changed: anything else
DeadlineMove = Literal[
    "none", "unchanged", "rolled", "earlier", "later", "fixed", "made_ongoing", "added", "removed", "changed"
]


@dataclass(frozen=True, slots=True)
class Units:
    """Who came and who went in one role (lead, responsible, supporting), names as printed."""

    role: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Which stretches of the old task's text are gone, and which of the new one's are not of old."""

    removed: tuple[Stretch, ...] = ()
    added: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """What two tasks share: words that say most first; shares 0 … 1 (pairing.Likeness)."""

    words: tuple[str, ...]
    text: float
    old_held: float
    new_held: float
    section: float
    units: float
    label: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One old task and what became of it; a merged or split task has one link for each of its partners.

    old, new    task ids; "" for the old side of a new task and for the new side of a dropped one
    score       likeness 0 … 1; 0.0 where there is one side only
    nearest     of a new or dropped task the task of the other plan that is most like it, too little to be it; why tells
    """

    old: str
    new: str
    relation: Relation
    score: float = 0.0
    deadline: DeadlineMove = "none"
    units: tuple[Units, ...] = ()
    wording: Wording = field(default_factory=Wording)
    why: Why | None = None
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class SectionLink:
    """One section of the old plan and the one of the new plan that holds its tasks; ids, "" where there is none."""

    old: str
    new: str
    relation: Literal["same", "renamed", "dropped", "new"]


@dataclass(frozen=True)
class Comparison:
    """Two plans task by task.

    kind        version: the same plan twice (a draft and the plan); last_year: the plan of another year
    links       in the order of the new plan; a dropped task stands after the task that preceded it in the old plan
    """

    kind: Kind
    old: Row
    new: Row
    old_tasks: Mapping[str, Row]
    new_tasks: Mapping[str, Row]
    links: tuple[Link, ...]
    sections: tuple[SectionLink, ...]
    headings: Mapping[str, str]  # section id → label and heading, of both plans
