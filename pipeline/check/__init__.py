"""The linter: what a reader should look at in one plan. Values in, remarks out; pure. One module an idea."""

from .check import check
from .paper import Paper

__all__ = ["Paper", "check"]
