"""The clerk's loop over rules/: check, watch, suggest, diff."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from pathlib import Path

from ..errors import RulesInvalid
from .common import GOOD, Commands, folder_of_outputs


def add(commands: Commands) -> None:
    """Put the commands of this group into the parser."""
    loop = Commands(commands.group("rules", "keep the rule files: check, watch, suggest, diff"))
    loop.add("check", "every rule file and every sentence in it; exit 3 with all faults", _check)
    loop.add("watch", "the same at each save, until Ctrl-C", _watch)
    suggest = loop.add("suggest", "stanzas for the commonest words that no rule reads", _suggest)
    folder_of_outputs(suggest)
    suggest.add_argument("-n", "--limit", type=int, default=10, metavar="N", help="at most N stanzas; default: 10")


def _check(args: argparse.Namespace) -> int:
    print(_passed(args.rules))
    return GOOD


def _watch(args: argparse.Namespace) -> int:
    from ..clerk.watch import saves
    from ..rulefiles import default_folder

    folder = args.rules or default_folder()
    with suppress(KeyboardInterrupt):
        for changed in saves(folder):
            print(f"── {time.strftime('%H:%M:%S')} {'、'.join(changed) or f'{folder}：存盘即检查，Ctrl-C 结束'}")
            try:
                print(_passed(folder))
            except RulesInvalid as refused:
                print(refused)
                print(f"{len(refused.faults)} 处错误，改正后存盘即再查")
            sys.stdout.flush()
    return GOOD


def _suggest(args: argparse.Namespace) -> int:
    from ..clerk.suggest import suggest
    from ..deliver.unmatched import unmatched
    from ..reader import knowledge
    from ..store import Record

    book, _ = knowledge(args.rules)
    with Record(args.outputs, read_only=True) as record:
        print(suggest(unmatched(record), book, args.limit))
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
