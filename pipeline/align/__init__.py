"""Plans of several levels: which clauses of the upper plan each duty of the lower plan answers. Pure.

clauses   Plan → its duties, each with the pieces it says, written as every level would write them
align     clauses × clauses → answers, what was added, what was left out
steps     plans from the highest level down → every plan with every one below it, and the days between
chain     steps → one duty through all levels
links     a step → rows of the contract's `links`; tell: one of them explained
why       an answer → the words shared and not shared, heading, number, units
uppers    a plan and the documents of the record → the plans it answers to
"""

from .align import Alignment, Answer, align
from .chain import chain
from .clauses import Clause, Piece, clauses
from .levels import Level, Step, places_of, steps
from .links import KIND, link_id, links
from .tell import tell
from .uppers import Upper, uppers
from .why import Why, why

__all__ = [
    "KIND",
    "Alignment",
    "Answer",
    "Clause",
    "Level",
    "Piece",
    "Step",
    "Upper",
    "Why",
    "align",
    "chain",
    "clauses",
    "link_id",
    "links",
    "places_of",
    "steps",
    "tell",
    "uppers",
    "why",
]
