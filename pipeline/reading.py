"""All that the stages make of one document, before it becomes rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .account import Account
from .link.citations import CitationFact
from .link.clauses import ClauseLink
from .link.facts import Facts
from .link.measures import MeasureFact
from .link.tasks import Task
from .model import SourceDocument
from .normalize.metadata import Metadata
from .normalize.units import Unit
from .outline import Outline, Remark
from .owners import Owners


@dataclass(frozen=True, slots=True)
class Reading:
    """One document read: every value with its span, nothing of the contract's columns yet.

    units      printed name → the registry's unit
    in_section, in_task   whose words a span is
    """

    doc: SourceDocument
    outline: Outline
    metadata: Metadata
    facts: Facts
    citations: Sequence[CitationFact]
    tasks: Sequence[Task]
    measures: Sequence[MeasureFact]
    links: Sequence[ClauseLink]
    units: dict[str, Unit]
    account: Account
    remarks: Sequence[Remark]
    in_section: Owners
    in_task: Owners
