"""One link of an alignment, told for `explain`: both clauses, what they share, and what only one of them says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..normalize.regions import Regions
from ..plan import Plan
from ..rulebook import RuleBook
from .levels import Step, steps
from .why import why


def tell(link: Mapping[str, Any], upper: Plan, lower: Plan, book: RuleBook, regions: Regions) -> list[str]:
    """The lines that explain a link of kind upper_level; worked out again from the two plans.

    A link that these rules no longer make is told as such.
    """
    step = steps((upper, lower), book, regions)[0]
    above = {clause.key: place for place, clause in enumerate(step.upper.clauses)}
    below = {clause.key: place for place, clause in enumerate(step.lower.clauses)}
    i, j = above.get(link["to_id"]), below.get(link["from_id"])
    lines = [f"  上级  《{step.upper.title}》"]
    if i is not None:
        lines.append(f"    {step.upper.clauses[i].label}  {_line(step.upper.clauses[i].text)}")
    lines.append(f"  本级  《{step.lower.title}》")
    if j is not None:
        lines.append(f"    {step.lower.clauses[j].label}  {_line(step.lower.clauses[j].text)}")
    if step.days is not None:
        lines.append(
            f"  间隔  {step.days} 天（{step.upper.document['issued_on']} → {step.lower.document['issued_on']}）"
        )
    if i is None or j is None:
        what = "本级新增：上级文件里没有一条说到它" if i is None else "上级有、本级未涉及：本级文件里没有一条回应它"
        return [*lines, f"  依据  {what}"]
    return lines + _reasons(step, i, j)


def _reasons(step: Step, i: int, j: int) -> list[str]:
    answer = next((a for a in step.made.answers if (a.upper, a.lower) == (i, j)), None)
    if answer is None:
        return ["  依据  按现在的规则不再对应 → 重新运行 taizhang align"]
    one, two = step.upper.clauses[i], step.lower.clauses[j]
    found = why(one, two, answer, step.made.weights, (step.made.upper_said[i], step.made.lower_said[j]))
    told = (
        ("共有词", "、".join(found.shared)),
        (
            "同一句话",
            "；".join(dict.fromkeys(f"“{one.pieces[x].text}”～“{two.pieces[y].text}”" for x, y in answer.pieces)),
        ),
        ("逐字相同", "；".join(found.verbatim)),
        ("仅上级有", "、".join(found.upper_only)),
        ("仅本级有", "、".join(found.lower_only)),
        ("上级其余", "；".join(found.upper_rest)),
        ("本级其余", "；".join(found.lower_rest)),
        ("标题同说", "、".join(found.headings)),
        ("序号相同", found.number),
        ("单位相当", "、".join(found.units)),
    )
    return [f"  {name}  {_line(words)}" for name, words in told if words]


def _line(text: str) -> str:
    return text.replace("\n", "⏎")
