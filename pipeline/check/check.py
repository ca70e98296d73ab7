"""Every remark on one plan. What is worth a remark is told by the modules beside this one, one idea each."""

from __future__ import annotations

from collections.abc import Iterable

from ..outline import Remark
from .citations import citations
from .clauses import answers, clauses
from .deadlines import deadlines
from .headings import headings
from .letter import letter
from .losses import losses
from .numbers import numbers
from .paper import Paper
from .rows import rows
from .units import units

ALONE = (losses, numbers, rows, units, deadlines, letter, citations)
BODY_AND_ANNEX = (clauses, headings)
OFF = "off"


def check(paper: Paper, noticed: Iterable[Remark] = ()) -> tuple[Remark, ...]:
    """The remarks of every check and those of earlier stages, in the order of the document.

    The codes are the ids of rules/findings.toml; a code that stands there as `off` is left out.
    """
    found = [*paper.outline.remarks, *noticed, *(one for made in ALONE for one in made(paper))]
    answering = answers(paper)
    found += (one for made in BODY_AND_ANNEX for one in made(paper, answering))
    off = {rule.id for rule in paper.book.of("finding") if rule.meaning["severity"] == OFF}
    kept = (one for one in found if one.code not in off)
    return tuple(sorted(kept, key=lambda r: (-1 if r.block is None else r.block, r.start, r.code)))
