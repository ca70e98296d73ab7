"""Words that the checks of a plan look for: a number of tasks that is said, odd names of groups, papers that bear a number."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Mention
from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest
from .numbers import to_int


def found_as(text: str, book: RuleBook, part: str) -> tuple[Mention, ...]:
    """The stretches that the rules of one part (rules/checks.toml) find, in reading order; slots as printed."""
    view = fold(text)
    made = [
        Mention(*match.span(), rule.id, tuple((k, v) for k, v in match.groupdict().items() if v is not None))
        for rule in book.of("check")
        if rule.meaning["part"] == part
        for phrase in rule.phrases
        for match in phrase.finditer(view)
    ]
    return longest(made)


def counts(text: str, book: RuleBook, part: str) -> tuple[tuple[Mention, int], ...]:
    """Each number of tasks that a text says, with its value."""
    found = ((one, to_int(dict(one.slots).get("数", ""))) for one in found_as(text, book, part))
    return tuple((one, value) for one, value in found if value is not None)


def plain_group(name: str, book: RuleBook) -> str:
    """A group's name without the words that change nothing in whom it means: 区直各有关单位 → 区直有关单位."""
    view = "".join(fold(name).split())
    for one in reversed(found_as(view, book, "idle_in_group")):
        view = view[: one.start] + view[one.end :]
    return view


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    out: list[Reading] = []
    for part in dict.fromkeys(rule.meaning["part"] for rule in book.of("check")):
        found: Sequence[Mention] = found_as(text, book, part)
        for one in found:
            said = to_int(dict(one.slots).get("数", ""))
            out.append(Reading(one.start, one.end, part if said is None else str(said), one.rule))
    return tuple(sorted(out, key=lambda r: (r.start, r.end)))
