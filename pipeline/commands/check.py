"""The command that lints plans: check."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Unreadable
from .common import FAILED, GOOD, Commands, folder_of_outputs

if TYPE_CHECKING:
    from ..plan import Row
    from ..verdict.judge import Office, Verdict

GRADES = {"error": ("error",), "warning": ("error", "warning"), "info": ("error", "warning", "info"), "never": ()}


def add(commands: Commands) -> None:
    """Put the command into the parser."""
    check = commands.add("check", "the character account and the findings; exit 1 above a severity", _check)
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    folder_of_outputs(check)
    check.add_argument("--fail-on", choices=tuple(GRADES), default="error", help="default: error")
    check.add_argument("--findings", type=Path, metavar="FILE", help="[[finding]] id, severity: grade anew, or off")
    check.add_argument(
        "--waivers",
        type=Path,
        metavar="FILE",
        help="[[waiver]] code, words or place, reason; default: PLAN.waivers.toml",
    )
    check.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DATE", help="the day waivers run out by; default: today"
    )
    check.add_argument("--json", action="store_true", help="for machines")
    check.add_argument("--sarif", type=Path, metavar="FILE", help="write SARIF 2.1.0 for editors and CI")


def _check(args: argparse.Namespace) -> int:
    from ..verdict.terminal import lines, loose

    office = _office(args)
    verdicts: list[Verdict] = []
    unread: list[str] = []
    failed = False
    for outcome in _verdicts(args, office):
        if isinstance(outcome, Unreadable):
            print(outcome, file=sys.stderr)
            unread.append(str(outcome))
            failed = True
            continue
        if not args.json:
            print(lines(outcome))
        if args.json or args.sarif:
            verdicts.append(outcome)
        failed |= any(row["severity"] in GRADES[args.fail_on] for row in outcome.told)
    left = office.left()
    failed |= any(row["severity"] in GRADES[args.fail_on] for row in left)
    if args.json:
        from ..verdict.machine import as_json

        print(as_json(verdicts, unread, left))
    elif left:
        print(loose(left))
    if args.sarif:
        _write_sarif(args.sarif, verdicts, office, left)
    return FAILED if failed else GOOD


def _office(args: argparse.Namespace) -> Office:
    from ..rulefiles import load
    from ..verdict.files import grades, waivers
    from ..verdict.judge import Office

    book = cache(partial(load, args.rules))
    return Office(
        book,
        args.as_of or date.today(),
        grades(args.findings, book()) if args.findings else {},
        waivers(args.waivers, book()) if args.waivers else (),
    )


def _verdicts(args: argparse.Namespace, office: Office) -> Iterator[Verdict | Unreadable]:
    from ..run import read_files, recorded
    from ..verdict.files import beside, waivers

    if not args.files:
        for plan in recorded(args.outputs):
            yield office.judge(plan, plan.rows["documents"][0]["file_name"])
        return
    for file, outcome in zip(args.files, read_files(args.files, args.rules), strict=True):
        if isinstance(outcome, Unreadable):
            yield outcome
        else:
            own = None if args.waivers else beside(file)
            yield office.judge(outcome, str(file), waivers(own, office.book()) if own else ())


def _write_sarif(path: Path, verdicts: list[Verdict], office: Office, left: Sequence[Row]) -> None:
    from ..deliver.whole import WholeFiles
    from ..verdict.machine import as_sarif

    with WholeFiles(path.parent) as files:
        files.path(path.name).write_text(as_sarif(verdicts, office.book(), left), "utf-8")
