"""The clerk's loop over rules/: check, watch, suggest, diff."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from ..errors import RulesInvalid
from .common import GOOD, Commands


def add(commands: Commands) -> None:
    """Put the commands of this group into the parser."""
    loop = Commands(commands.group("rules", "keep the rule files: check, watch, suggest, diff"))
    loop.add("check", "every rule file and every sentence in it; exit 3 with all faults", _check)


def _check(args: argparse.Namespace) -> int:
    print(_passed(args.rules))
    return GOOD


def _passed(folder: Path | None) -> str:
    """What a book without a fault is told; raises RulesInvalid with every fault of one that has some."""
    from ..rulecheck import sentence_faults
    from ..rulefiles import load

    began = time.perf_counter()
    book = load(folder)
    if faults := sentence_faults(book):
        raise RulesInvalid(faults)
    sentences = sum(len(rule.examples) for rule in book.rules)
    took = time.perf_counter() - began
    return f"规则 {len(book.rules)} 条，例句 {sentences} 句，全部通过，用时 {took:.1f} 秒（指纹 {book.fingerprint}）"
