"""How alike the tasks of two plans are, and which go together: text, section, number and units. Pure.

items_of      Plan → its tasks as what can be compared
likeness      items × items → every pair rated, by words and by what stands around them
assign        ratings → one partner each, the best for both plans as a whole
"""

from .assign import assign
from .items import Item, items_of
from .likeness import Likeness, likeness, shared_terms
from .terms import terms
from .weights import Weights, weights

__all__ = ["Item", "Likeness", "Weights", "assign", "items_of", "likeness", "shared_terms", "terms", "weights"]
