"""What the groups of commands share: exit codes and the arguments that several take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

GOOD, FAILED, WRONG_CALL, RULES_REFUSED = 0, 1, 2, 3

Run = Callable[[argparse.Namespace], int]


class Commands:
    """The commands of one parser, each with what it runs."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._made = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(self, name: str, text: str, run: Run) -> argparse.ArgumentParser:
        """One command: every command takes --rules."""
        made = self.group(name, text)
        made.add_argument(
            "--rules", type=Path, metavar="DIR", help="a folder of rule files instead of the shipped ones"
        )
        made.set_defaults(run=run)
        return made

    def group(self, name: str, text: str) -> argparse.ArgumentParser:
        """A command that has commands of its own."""
        return self._made.add_parser(name, help=text, description=text)


def folder_of_outputs(made: argparse.ArgumentParser) -> None:
    made.add_argument("-o", "--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="default: outputs")
