"""The clerk's loop over rules/: check, watch, suggest, diff."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from pathlib import Path

from ..errors import RulesInvalid
from .common import FAILED, GOOD, Commands, folder_of_outputs


def add(commands: Commands) -> None:
    """Put the commands of this group into the parser."""
    loop = Commands(commands.group("rules", "keep the rule files: check, watch, suggest, diff"))
    loop.add("check", "every rule file and every sentence in it; exit 3 with all faults", _check)
    loop.add("watch", "the same at each save, until Ctrl-C", _watch)
    suggest = loop.add("suggest", "stanzas for the commonest words that no rule reads", _suggest)
    folder_of_outputs(suggest)
    suggest.add_argument("-n", "--limit", type=int, default=10, metavar="N", help="at most N stanzas; default: 10")
    diff = loop.add("diff", "rows gained, lost, changed in every table between two rule folders", _diff)
    diff.add_argument(
        "old", nargs="?", metavar="OLD", help="a rule folder or a commit; default: the last commit (HEAD)"
    )
    diff.add_argument("new", nargs="?", type=Path, metavar="NEW", help="a rule folder; default: the working one")
    diff.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="plans to read beside samples/")
    diff.add_argument("--all", action="store_true", help="every row, not the first few of each group")


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


def _diff(args: argparse.Namespace) -> int:
    from ..clerk.diff import rule_changes
    from ..clerk.difftext import diff_text, rules_line
    from ..clerk.oldrules import old_rules
    from ..clerk.twice import plans_of, read_twice
    from ..rulefiles import default_folder

    new = args.new or args.rules or default_folder()
    files = plans_of(args.folders)
    with old_rules(args.old, new) as (old, called):
        both = read_twice(files, old, called, new)
    print(f"旧规则 {called}，新规则 {new}；文件 {len(files)} 份")
    print(rules_line(rule_changes(*both.books)))
    print(diff_text(both.read, args.all))
    for unreadable in both.unreadable:
        print(unreadable, file=sys.stderr)
    return FAILED if both.unreadable else GOOD


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
