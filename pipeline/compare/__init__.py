"""The look back: what became of every task from one plan to the next. Plan × Plan → Comparison, pure."""

from .compare import compare
from .values import Comparison, Link, SectionLink, Units, Why, Wording

__all__ = ["Comparison", "Link", "SectionLink", "Units", "Why", "Wording", "compare"]
