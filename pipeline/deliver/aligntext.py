"""An alignment told on a terminal, in Chinese, and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..align import Clause, Step
from ..errors import one_line
from .alignrows import RELATIONS, counts, days_in_words, duties, level_in_words, ties

SHOWN = 8  # clauses listed of those that are new or left out
WORDS = 40  # characters of each


def summary(made: Sequence[Step], found: Mapping[str, str], workbook: Path) -> str:
    """What was aligned, how much was copied, adapted, added and left out, and where the workbook is.

    found   document_id → how the record gave that upper plan, where nobody named it
    """
    lines = ["上下级对照"]
    for level in duties(made)[0]:
        by = f"  （按{found[level.key]}找到）" if level.key in found else ""
        issued = level.document["issued_on"] or "未注明日期"
        lines.append(f"  {level_in_words(level.document)}  {level.title}  {issued}  {len(level.clauses)} 条{by}")
    for step in made:
        number = counts(step)
        told = "，".join(f"{RELATIONS[name]} {number[name]}" for name in ("same", "reworded", "new", "dropped"))
        lines.append(f"  {_short(step.upper.title)} → {_short(step.lower.title)}")
        lines.append(f"    间隔 {days_in_words(step.days)}；{told}；对应关系 {len(step.made.answers)} 条")
        lines += _listed("本级新增", [step.lower.clauses[j] for j in step.made.added])
        lines += _listed("本级未涉及", [step.upper.clauses[i] for i in step.made.left])
    lines.append(f"  对照表  {workbook}")
    return "\n".join(map(one_line, lines))


def as_json(made: Sequence[Step]) -> str:
    """Every step with its links and reasons, and the duties by level; keys are English, texts as printed."""
    levels, rows = duties(made)
    told = {
        "levels": [
            {
                "document_id": level.key,
                "title": level.title,
                "admin_level": level.document["admin_level"],
                "issued_on": level.document["issued_on"],
                "clauses": len(level.clauses),
            }
            for level in levels
        ],
        "steps": [_step(step) for step in made],
        "duties": [[clause.key if clause else None for clause in row] for row in rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=str)


def _step(step: Step) -> dict[str, Any]:
    return {
        "upper": step.upper.key,
        "lower": step.lower.key,
        "days": step.days,
        "counts": counts(step),
        "links": [
            {
                "link_id": tie.link_id,
                "relation": tie.relation,
                "score": None if tie.score is None else round(tie.score, 6),
                "upper": _clause(tie.upper),
                "lower": _clause(tie.lower),
                "shared": list(tie.why.shared) if tie.why else [],
                "verbatim": list(tie.why.verbatim) if tie.why else [],
                "upper_only": list(tie.why.upper_only) if tie.why else [],
                "lower_only": list(tie.why.lower_only) if tie.why else [],
                "upper_rest": list(tie.why.upper_rest) if tie.why else [],
                "lower_rest": list(tie.why.lower_rest) if tie.why else [],
                "headings": list(tie.why.headings) if tie.why else [],
                "units": list(tie.why.units) if tie.why else [],
            }
            for tie in ties(step)
        ],
    }


def _clause(clause: Clause | None) -> dict[str, Any] | None:
    if clause is None:
        return None
    return {
        "id": clause.key,
        "label": clause.label,
        "heading": clause.heading,
        "path": clause.path,
        "text": clause.text,
    }


def _listed(name: str, some: Sequence[Clause]) -> list[str]:
    if not some:
        return []
    lines = [f"    {name}："]
    lines += [f"      {clause.label}  {_short(clause.text)}" for clause in some[:SHOWN]]
    return lines + ([f"      … 共 {len(some)} 条，见对照表"] if len(some) > SHOWN else [])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text[:WORDS] + ("…" if len(text) > WORDS else "")
