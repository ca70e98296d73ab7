"""The command line: arguments, exit codes, and the only printing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import __version__
from .errors import CallWrong, RecordUnavailable, RulesInvalid, Unreadable

GOOD, FAILED, WRONG_CALL, RULES_REFUSED = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of docs/contract.md. No traceback of a bad file reaches a user."""
    args = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        return run(args)
    except RulesInvalid as refused:
        for fault in refused.faults:
            print(fault, file=sys.stderr)
        print(
            f"规则没有载入：{len(refused.faults)} 处错误 → 改正后再试，或用 --rules 指向别的规则文件夹", file=sys.stderr
        )
        return RULES_REFUSED
    except CallWrong as wrong:
        print(f"taizhang: {wrong}", file=sys.stderr)
        return WRONG_CALL
    except (Unreadable, RecordUnavailable) as failed:
        print(failed, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # the reader of the output has left (taizhang schema | head)
        sys.stderr.close()
        return GOOD
    except KeyboardInterrupt:
        print("已中断；上一次完整的结果没有变", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="taizhang", description="Chinese government work plans, read into tables")
    parser.add_argument("--version", action="version", version=f"taizhang {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, text: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.add_argument(
            "--rules", type=Path, metavar="DIR", help="a folder of rule files instead of the shipped ones"
        )
        made.set_defaults(run=run)
        return made

    def outputs(made: argparse.ArgumentParser) -> None:
        made.add_argument("-o", "--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="default: outputs")

    parse = command("parse", "read plans, store and publish every table, print a short summary", _parse)
    parse.add_argument("files", nargs="+", type=Path, metavar="FILE")
    outputs(parse)
    check = command("check", "the character account and the findings; exit 1 above a severity", _check)
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    outputs(check)
    check.add_argument(
        "--fail-on", choices=("error", "warning", "info", "never"), default="error", help="default: error"
    )
    schema = command("schema", "the data dictionary", _schema)
    schema.add_argument("--json", action="store_true", help="for machines")
    explain = command("explain", "where a value came from: file, place, words, rule", _explain)
    explain.add_argument("id", metavar="ID")
    outputs(explain)
    rules = command("rules", "check the rule files and every sentence in them", _rules)
    rules.add_argument("action", choices=("check",))
    return parser


def _parse(args: argparse.Namespace) -> int:
    from .run import parse_files
    from .summary import summary

    failed = 0
    for outcome in parse_files(args.files, args.outputs, args.rules):
        if isinstance(outcome, Unreadable):
            failed += 1
            print(outcome, file=sys.stderr)
        else:
            print(summary(outcome, args.outputs))
    return FAILED if failed else GOOD


def _check(args: argparse.Namespace) -> int:
    from .run import read_files, recorded
    from .summary import check_report

    grades = {"error": ("error",), "warning": ("error", "warning"), "info": ("error", "warning", "info"), "never": ()}
    failed = False
    outcomes = read_files(args.files, args.rules) if args.files else recorded(args.outputs)
    for outcome in outcomes:
        if isinstance(outcome, Unreadable):
            print(outcome, file=sys.stderr)
            failed = True
        else:
            print(check_report(outcome))
            failed |= any(row["severity"] in grades[args.fail_on] for row in outcome.rows["findings"])
    return FAILED if failed else GOOD


def _schema(args: argparse.Namespace) -> int:
    from .deliver.dictionary import dictionary, dictionary_json

    print(dictionary_json() if args.json else dictionary())
    return GOOD


def _explain(args: argparse.Namespace) -> int:
    from .explain import explain
    from .reader import knowledge
    from .store import Record

    book, _ = knowledge(args.rules)
    with Record(args.outputs, read_only=True) as record:
        print(explain(args.id, record, book))
    return GOOD


def _rules(args: argparse.Namespace) -> int:
    from .rulecheck import sentence_faults
    from .rulefiles import load

    book = load(args.rules)
    faults = sentence_faults(book)
    if faults:
        raise RulesInvalid(faults)
    sentences = sum(len(rule.examples) for rule in book.rules)
    print(f"规则 {len(book.rules)} 条，例句 {sentences} 句，全部通过（指纹 {book.fingerprint}）")
    return GOOD


if __name__ == "__main__":
    sys.exit(main())
