"""What the checks look at: one document read, with the few views of it that several checks share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..account import Account
from ..link.citations import CitationFact
from ..link.clauses import ClauseLink, HeadingPair
from ..link.facts import Facts
from ..link.tasks import Task, UnitFact
from ..model import SourceDocument, Span
from ..normalize.metadata import Metadata
from ..normalize.units import Unit
from ..outline import Outline, Remark
from ..rulebook import RuleBook
from ..spans import fold


@dataclass(frozen=True, slots=True)
class Paper:
    """One document after all its stages. units: `prefix + name` of a unit as printed → the register's unit."""

    doc: SourceDocument
    outline: Outline
    metadata: Metadata
    facts: Facts
    citations: Sequence[CitationFact]
    tasks: Sequence[Task]
    links: Sequence[ClauseLink]
    paired: Sequence[HeadingPair]
    account: Account
    units: Mapping[str, Unit]
    book: RuleBook

    def words(self, span: Span) -> str:
        """The words of a span, as printed."""
        return self.doc.blocks[span.block].text[span.start : span.end]

    def unit(self, fact: UnitFact) -> Unit:
        return self.units[fact.prefix + fact.name]


def remark(code: str, span: Span, **words: str) -> Remark:
    """A remark at a place; `words` fill its sentence."""
    return Remark(code, span.block, span.start, span.end, words)


def bare(text: str) -> str:
    """Words without blanks and marks, in one width: what two ways to print the same words have in common."""
    return "".join(c for c in fold(text) if c.isalnum())
