"""The rule on who leads, said once in a paper, applied to its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Block
from ..recognize.leads import first_leads
from ..rulebook import RuleBook
from .tasks import Task, UnitFact


def led(tasks: Sequence[Task], blocks: Sequence[Block], book: RuleBook) -> tuple[Task, ...]:
    """The tasks with their leads, where the paper says once that the first named leads, or that without a lead all do.

    A task that names its lead keeps it. source: 国发〔2019〕3号, 排在第一位的部门为牵头部门，下同
    """
    rule = next((found for block in blocks if (found := first_leads(block.text, book))), None)
    if rule is None:
        return tuple(tasks)
    return tuple(replace(task, units=_led(task.units, rule.leads)) for task in tasks)


def _led(units: tuple[UnitFact, ...], leads: str) -> tuple[UnitFact, ...]:
    answer = [place for place, unit in enumerate(units) if unit.role == "responsible"]
    if not answer or any(unit.role == "lead" for unit in units):
        return units
    chosen = set(answer[:1] if leads == "first" else answer)
    return tuple(replace(unit, role="lead") if place in chosen else unit for place, unit in enumerate(units))
