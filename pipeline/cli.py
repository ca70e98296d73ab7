"""The command line: arguments, exit codes, and with `commands/` the only printing."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from types import FrameType

from . import __version__
from .commands import align, check, intake, ledger, load, lookback, plans, review, rules
from .commands.common import FAILED, GOOD, RULES_REFUSED, WRONG_CALL, Commands
from .errors import CallWrong, RecordUnavailable, RulesInvalid, Unreadable


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of docs/contract.md. No traceback of a bad file reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that has not every character shows its number
            stream.reconfigure(errors="backslashreplace")
    args = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = args.run
    interrupts = _interrupts()
    try:
        return run(args)
    except BaseException as error:
        # a library that is interrupted in the middle of its work may say something else
        if interrupts or isinstance(error, KeyboardInterrupt):
            print("已中断；上一次完整的结果没有变", file=sys.stderr)
            return FAILED
        return _told(error)


def _told(error: BaseException) -> int:
    """What ended a command, said to its user; the exit code. What is our own fault is raised again."""
    if isinstance(error, RulesInvalid):
        for fault in error.faults:
            print(fault, file=sys.stderr)
        remedy = "改正后再试，或用 --rules 指向别的规则文件夹"
        print(f"规则没有载入：{len(error.faults)} 处错误 → {remedy}", file=sys.stderr)
        return RULES_REFUSED
    if isinstance(error, CallWrong):
        print(f"taizhang: {error}", file=sys.stderr)
        return WRONG_CALL
    if isinstance(error, Unreadable | RecordUnavailable):
        print(error, file=sys.stderr)
        return FAILED
    if isinstance(error, BrokenPipeError):
        # the reader of the output has left (taizhang schema | head)
        sys.stderr.close()
        return GOOD
    raise error


def _interrupts() -> list[int]:
    """Where each Ctrl-C from now on is noted, beside raising KeyboardInterrupt."""
    noted: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        noted.append(number)
        signal.default_int_handler(number, frame)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, note)
    return noted


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="taizhang", description="Chinese government work plans, read into tables")
    parser.add_argument("--version", action="version", version=f"taizhang {__version__}")
    commands = Commands(parser)
    for group in (
        plans,
        intake,
        check,
        lookback,
        align,
        ledger,
        review,
        rules,
        load,
    ):
        group.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
