"""Every remark on one plan. What is worth a remark is told by the modules beside this one, one idea each."""

from __future__ import annotations

from collections.abc import Iterable

from ..outline import Remark
from .citations import citations
from .clauses import clauses
from .deadlines import deadlines
from .letter import letter
from .losses import losses
from .numbers import numbers
from .paper import Paper
from .rows import rows
from .units import units

CHECKS = (losses, numbers, rows, units, deadlines, clauses, letter, citations)
OFF = "off"


def check(paper: Paper, noticed: Iterable[Remark] = ()) -> tuple[Remark, ...]:
    """The remarks of every check and those of earlier stages, in the order of the document.

    The codes are the ids of rules/findings.toml; a code that stands there as `off` is left out.
    """
    found = [*paper.outline.remarks, *noticed, *(one for made in CHECKS for one in made(paper))]
    off = {rule.id for rule in paper.book.of("finding") if rule.meaning["severity"] == OFF}
    kept = (one for one in found if one.code not in off)
    return tuple(sorted(kept, key=lambda r: (-1 if r.block is None else r.block, r.start, r.code)))
