"""What can go wrong, each with its place and its remedy. Values first; exceptions only carry them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def one_line(text: str) -> str:
    r"""Text as a terminal may have it: what breaks the line, moves the cursor or is no text is written out (\x1b)."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\u3000\xa0" else c.encode("unicode_escape").decode() for c in text)


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One fault of a rule file, for the clerk who keeps it: Chinese, one line."""

    file: str
    line: int
    rule: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} [{self.rule}] {self.problem} → {self.remedy}"


class RulesInvalid(Exception):
    """The rule book was refused as a whole; `.faults` holds every reason, in file order."""

    def __init__(self, faults: Iterable[RuleFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Unreadable(Exception):
    """A file that cannot be read; the sender mends it.

    code    one of the closed list in `extract/guard.py` (empty, encrypted, truncated, …)
    why     one Chinese sentence: what is wrong
    remedy  one Chinese sentence: what to do
    place   where in the file, when known
    """

    def __init__(self, path: str, code: str, why: str, remedy: str, place: str = "") -> None:
        self.path, self.code, self.why, self.remedy, self.place = path, code, why, remedy, place
        super().__init__(path, code, why, remedy, place)

    def __str__(self) -> str:
        at = f" {self.place}" if self.place else ""
        return one_line(f"{self.path}{at}: [{self.code}] {self.why} → {self.remedy}")


class RecordUnavailable(Exception):
    """The record (or the folder of outputs) cannot be written or read; one line, with the remedy."""


class CallWrong(Exception):
    """The command line asks for something that does not exist; exit code 2."""
