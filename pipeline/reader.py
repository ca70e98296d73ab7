"""A file → a Plan: the edge where files, rules and region tables are read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from . import rulefiles
from .extract import extract
from .model import Ocr
from .normalize.regions import Regions
from .plan import Plan
from .regionfiles import read_regions
from .rulebook import RuleBook
from .stages import plan


def parse(path: str | Path, rules: str | Path | None = None, ocr: Ocr = "auto") -> Plan:
    """Read one plan.

    rules    a folder of rule files instead of those that ship with taizhang
    ocr      auto: pages without words are recognized from their pictures; always: every page; never: none
    raises   Unreadable for a file that cannot be read, RulesInvalid for a rule book with faults
    """
    book, regions = knowledge(None if rules is None else Path(rules))
    return plan(extract(Path(path), ocr), book, regions)


@cache
def knowledge(folder: Path | None = None) -> tuple[RuleBook, Regions]:
    """The rule book and the region tables of a folder, read once a process."""
    folder = folder or rulefiles.default_folder()
    return rulefiles.load(folder), read_regions(folder)
