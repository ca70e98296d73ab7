"""The command line: arguments, exit codes, and with `commands/` the only printing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from . import __version__
from .commands import plans, rules
from .commands.common import FAILED, GOOD, RULES_REFUSED, WRONG_CALL, Commands
from .errors import CallWrong, RecordUnavailable, RulesInvalid, Unreadable


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of docs/contract.md. No traceback of a bad file reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that has not every character shows its number
            stream.reconfigure(errors="backslashreplace")
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
    commands = Commands(parser)
    for group in (plans, rules):
        group.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
