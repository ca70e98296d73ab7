"""What an alignment shows to a reader: the rows of 对照表, of the chain and of the overview; the same for sheet and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..align import Clause, Level, Step, Why, chain, link_id, why

RELATIONS = {
    "same": "照搬原文",
    "reworded": "结合实际改写",
    "new": "本级新增",
    "dropped": "上级有、本级未涉及",
}
LEVELS = {"national": "国家", "province": "省级", "city": "市级", "county": "县级", "township": "乡级"}
NO_DATE = "未注明日期"


@dataclass(frozen=True, slots=True)
class Tie:
    """One row of 对照表. upper or lower is None where the other plan says nothing of it."""

    relation: str
    upper: Clause | None
    lower: Clause | None
    why: Why | None
    score: float | None
    link_id: str

    @property
    def reasons(self) -> str:
        """Why the two belong together, in one line."""
        return "；".join(reasons(self.why)) if self.why else ""


def ties(step: Step) -> tuple[Tie, ...]:
    """All that was found between two plans: the upper plan's clauses in their order, then what the lower one added."""
    made, out = step.made, []
    by_upper: dict[int, list[Any]] = {}
    for answer in made.answers:
        by_upper.setdefault(answer.upper, []).append(answer)
    for i, one in enumerate(step.upper.clauses):
        if i not in by_upper:
            out.append(Tie("dropped", one, None, None, None, link_id(step.lower.key, one.key)))
        for answer in by_upper.get(i, ()):
            two = step.lower.clauses[answer.lower]
            reason = why(one, two, answer, made.weights, (made.upper_said[i], made.lower_said[answer.lower]))
            out.append(Tie(answer.relation, one, two, reason, answer.score, link_id(two.key, one.key)))
    for j in made.added:
        two = step.lower.clauses[j]
        out.append(Tie("new", None, two, None, None, link_id(two.key, step.upper.key)))
    return tuple(out)


def reasons(why: Why) -> list[str]:
    """The reasons in words, the strongest first."""
    out = [f"共有词：{'、'.join(why.shared)}"] if why.shared else []
    if why.headings:
        out.append(f"标题同说：{'、'.join(why.headings)}")
    if why.number:
        out.append(f"序号相同：{why.number}")
    if why.units:
        out.append(f"单位相当：{'、'.join(why.units)}")
    return out


def counts(step: Step) -> dict[str, int]:
    """How many clauses: of the lower plan by what they are, of the upper plan left out."""
    linked: dict[int, set[str]] = {}
    for answer in step.made.answers:
        linked.setdefault(answer.lower, set()).add(answer.relation)
    kinds = Counter("same" if "same" in some else "reworded" for some in linked.values())
    return {
        "same": kinds["same"],
        "reworded": kinds["reworded"],
        "new": len(step.made.added),
        "dropped": len(step.made.left),
    }


def days_in_words(days: int | None) -> str:
    if days is None:
        return NO_DATE
    return f"{days} 天" if days >= 0 else f"早 {-days} 天"


def level_in_words(document: Any) -> str:
    return LEVELS.get(document["admin_level"] or "", "级别不明")


def duties(made: Sequence[Step]) -> tuple[tuple[Level, ...], tuple[tuple[Clause | None, ...], ...]]:
    """The levels, from the highest down, and a row a duty: its clause in each, None where it is not said."""
    levels: list[Level] = []
    for step in made:
        for one in (step.upper, step.lower):
            if one.key not in {known.key for known in levels}:
                levels.append(one)
    rows = tuple(
        tuple(None if place is None else levels[at].clauses[place] for at, place in enumerate(row))
        for row in chain(made)
    )
    return tuple(levels), rows
