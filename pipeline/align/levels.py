"""Plans from the highest level down: each beside the ones below it, with the days that passed between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..normalize.regions import Regions, holds, spellings
from ..plan import Plan
from ..rulebook import RuleBook
from .align import Alignment, align
from .clauses import Clause, clauses

SUFFIXES = ("省", "自治区")  # a province is also called by its bare name: 信用福建


@dataclass(frozen=True)
class Level:
    """One plan of a chain: its row of `documents` and its duties."""

    document: Mapping[str, Any]
    clauses: tuple[Clause, ...]

    @property
    def key(self) -> str:
        return str(self.document["document_id"])

    @property
    def title(self) -> str:
        return str(self.document["title"] or self.document["file_name"])


@dataclass(frozen=True)
class Step:
    """An upper and a lower plan, aligned.

    days   from the issue of the upper to that of the lower; None where a date is not printed
    """

    upper: Level
    lower: Level
    made: Alignment
    days: int | None


def steps(plans: Sequence[Plan], book: RuleBook, regions: Regions) -> tuple[Step, ...]:
    """Every plan with every plan below it, neighbors first: 1-2, 2-3, …, then 1-3.

    plans   from the highest level down, two or more
    """
    places = places_of([plan.rows["documents"][0] for plan in plans], regions)
    made = [Level(plan.rows["documents"][0], clauses(plan, book, places)) for plan in plans]
    apart = [(i, k) for gap in range(1, len(made)) for i in range(len(made) - gap) for k in [i + gap]]
    return tuple(
        Step(made[i], made[k], align(made[i].clauses, made[k].clauses), days_between(made[i], made[k]))
        for i, k in apart
    )


def days_between(upper: Level, lower: Level) -> int | None:
    """Days from issue to issue; negative where the lower plan came first."""
    first, second = upper.document["issued_on"], lower.document["issued_on"]
    return (second - first).days if first and second else None


def places_of(documents: Sequence[Mapping[str, Any]], regions: Regions) -> tuple[str, ...]:
    """The names of the places that the plans speak for and of those that hold them, the longest first."""
    names: set[str] = set()
    for document in documents:
        names.add(document["region_name"] or "")
        code = document["region_code"] or ""
        for above in {code[:2] + "0000", code[:4] + "00", code[:6]}:
            official = regions.names.get(above, "")
            if above != "100000" and official and holds(above, code):
                names |= set(spellings(official))
                names |= {official.removesuffix(s) for s in SUFFIXES if above.endswith("0000") and official.endswith(s)}
    return tuple(sorted((n for n in names if len(n) > 1), key=lambda n: (-len(n), n)))
