"""Faults planted into good plans, one of each kind a linter should find; `FAULTS` holds them by name."""

from . import annex, deadlines, letter, numbers, rows
from .plant import FAULTS

__all__ = ["FAULTS", "annex", "deadlines", "letter", "numbers", "rows"]
