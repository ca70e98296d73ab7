"""The words of the ledger as a rule book has them: columns, names of sheets, states, lights, how often to report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ...errors import RuleFault, RulesInvalid
from ...rulebook import Rule, RuleBook
from .recurrence import well_formed

Filled = Literal["plan", "people", "suggested", "mark", "hidden"]
EXTRA, OWN = "extra:", "own:"  # columns of the source table; columns that people added

_KEYS = (
    "number", "task", "lead", "responsible", "supporting", "deadline", "due", "kind", "progress", "status", "problem", "proof",
    "next", "change", "section", "order", "place", "role", "id",
)  # fmt: skip
SHEETS = ("overview", "tasks", "units", "months", "deadlines", "findings", "unread", "vanished", "loose", "long")
_ROLES = ("lead", "responsible", "supporting", "guiding")
_WORDS = (
    *(f"ledger-sheet-{name}" for name in SHEETS),
    *(f"ledger-role-{name}" for name in _ROLES),
    "ledger-own-tasks",
    "ledger-group-tasks",
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the task sheet. width: half-width characters; names: other headers that mean it."""

    key: str
    label: str
    width: float
    filled: Filled
    names: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Light:
    """A color and when it is shown. fill, ink: RRGGBB."""

    id: str
    label: str
    when: str
    days: int
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Check:
    """How often tasks of some kinds of deadline are reported."""

    kinds: tuple[str, ...]
    recurrence: str
    until_due: bool


@dataclass(frozen=True)
class Terms:
    """All of them. `statuses`: label → whether it counts as done, in the order of the list."""

    columns: tuple[Column, ...]
    words: Mapping[str, str]
    statuses: Mapping[str, bool]
    lights: tuple[Light, ...]
    checks: tuple[Check, ...]

    def word(self, name: str) -> str:
        """The words that stand for an idea of ours; the idea's own name where the rules have none."""
        return self.words.get(f"ledger-{name}", name)

    def sheet(self, name: str) -> str:
        """The name of a sheet, as Excel takes it."""
        return self.word(f"sheet-{name}")

    def kind(self, name: str | None) -> str:
        """What a kind of deadline is called; nothing for a task without one."""
        return self.word(f"kind-{name}") if name else ""

    def done(self, status: str) -> bool:
        return self.statuses.get("".join(status.split()), False)

    def check(self, kind: str | None) -> Check | None:
        return next((check for check in self.checks if (kind or "unstated") in check.kinds), None)


def terms(book: RuleBook) -> Terms:
    """The terms of a rule book; raises RulesInvalid when a column, a word or the shape of a sheet name is missing."""
    made: Terms = book.made("ledger terms", _terms)
    return made


def labelled(columns: tuple[Column, ...], labels: Mapping[str, str]) -> tuple[Column, ...]:
    """The same columns under the headers that people gave them."""
    return tuple(replace(column, label=labels.get(column.key, column.label)) for column in columns)


def _terms(book: RuleBook) -> Terms:
    rules = book.of("ledger_column")
    faults = _missing(book, rules)
    faults += [
        RuleFault(rule.file, rule.line, rule.id, f"表名 {name} 不合 Excel 的规定", r"不超过 31 字，不含 []:*?/\ ")
        for rule in book.of("ledger_word")
        if rule.id.startswith("ledger-sheet-") and not _sheet_name(name := rule.get("label"))
    ]
    faults += [
        RuleFault(rule.file, rule.line, rule.id, "recurrence 不是 RFC 5545 的重复规则", "例如 FREQ=MONTHLY;INTERVAL=3")
        for rule in book.of("ledger_check")
        if not well_formed(rule.get("recurrence"))
    ]
    if faults:
        raise RulesInvalid(faults)
    return Terms(
        tuple(_column(rule) for rule in rules),
        {rule.id: rule.get("label") for rule in book.of("ledger_word")},
        {rule.get("label"): bool(rule.get("done")) for rule in book.of("ledger_status")},
        tuple(
            Light(r.id, r.get("label"), r.get("when"), r.get("days", 0), r.get("fill"), r.get("ink"))
            for r in book.of("ledger_light")
        ),
        tuple(
            Check(tuple(r.get("kinds")), r.get("recurrence"), r.get("until") == "due") for r in book.of("ledger_check")
        ),
    )


def _missing(book: RuleBook, rules: tuple[Rule, ...]) -> list[RuleFault]:
    have = {rule.get("key") for rule in rules}
    said = {rule.id for rule in book.of("ledger_word")}
    wanted = [("ledger_column", f'key = "{key}"') for key in _KEYS if key not in have]
    wanted += [("ledger_word", f'id = "{word}"') for word in _WORDS if word not in said]
    return [
        RuleFault("ledger.toml", 1, "-", f"缺少 [[{kind}]] {what}", "从随程序的 rules/ledger.toml 抄来这一条")
        for kind, what in wanted
    ]


def _column(rule: Rule) -> Column:
    names = tuple(rule.get("names", ()))
    return Column(
        rule.get("key"), rule.get("label"), float(rule.get("width")), rule.get("filled"), names, rule.get("shown", "")
    )


def _sheet_name(name: str) -> bool:
    return 0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") and name.lower() != "history"
