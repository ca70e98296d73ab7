"""The commands over plans: parse, explain, schema."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import Unreadable
from ..model import MODES
from .common import FAILED, GOOD, Commands, folder_of_outputs
from .progress import progress, recognizing


def add(commands: Commands) -> None:
    """Put the commands of this group into the parser."""
    parse = commands.add("parse", "read plans, store and publish every table, print a short summary", _parse)
    parse.add_argument("files", nargs="+", type=Path, metavar="FILE")
    folder_of_outputs(parse)
    parse.add_argument(
        "--ocr",
        choices=MODES,
        default="auto",
        help="recognize pages from their pictures: those without words, every page, none; default: auto",
    )
    schema = commands.add("schema", "the data dictionary", _schema)
    schema.add_argument("--json", action="store_true", help="for machines")
    explain = commands.add("explain", "where a value came from: file, place, words, rule", _explain)
    explain.add_argument("id", metavar="ID")
    folder_of_outputs(explain)


def _parse(args: argparse.Namespace) -> int:
    from ..run import parse_files
    from ..summary import summary

    failed = 0
    made = parse_files(args.files, args.outputs, args.rules, args.ocr, recognizing(sys.stderr))
    for outcome in progress(made, len(args.files), sys.stderr):
        if isinstance(outcome, Unreadable):
            failed += 1
            print(outcome, file=sys.stderr)
        else:
            print(summary(outcome, args.outputs))
    return FAILED if failed else GOOD


def _schema(args: argparse.Namespace) -> int:
    from ..deliver.dictionary import dictionary, dictionary_json

    print(dictionary_json() if args.json else dictionary())
    return GOOD


def _explain(args: argparse.Namespace) -> int:
    from ..explain import explain
    from ..reader import knowledge
    from ..store import Record

    book, regions = knowledge(args.rules)
    with Record(args.outputs, read_only=True) as record:
        print(explain(args.id, record, book, regions))
    return GOOD
