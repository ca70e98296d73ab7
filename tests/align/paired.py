"""The labeled sheet: pairs of clauses of two plans, read by hand, and what the program made of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline import parse
from pipeline.align import Clause, Step, steps
from pipeline.reader import knowledge

ROOT = Path(__file__).parent.parent.parent
SHEET = Path(__file__).parent / "pairs.csv"


@dataclass
class Figures:
    """right, wrong: answers that the labels have or have not; missed: labeled answers that were not found."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    relation_right: int = 0

    @property
    def precision(self) -> float:
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        return len(self.right) / max(1, len(self.right) + len(self.missed))


def plans(use: str) -> Iterator[tuple[str, str, dict[tuple[str, str], str]]]:
    """(upper file, lower file, labels) of one use: tuning, or held (kept aside)."""
    found: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
    with SHEET.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["use"] == use:
                labels = found.setdefault((row["upper"], row["lower"]), {})
                key = (row["upper_label"].replace("/", ""), row["lower_label"].replace("/", ""))
                # what is surely an answer stays one
                labels[key] = labels.get(key, row["relation"]) if row["relation"] == "open" else row["relation"]
    for (upper, lower), labels in found.items():
        yield upper, lower, {key: relation for key, relation in labels.items() if key[0] != "*"}


@cache
def aligned(upper: str, lower: str) -> Step:
    book, regions = knowledge()
    return steps([plan(upper), plan(lower)], book, regions)[0]


@cache
def plan(name: str):
    return parse(ROOT / name)


def figures(use: str) -> Figures:
    made = Figures()
    for upper, lower, labels in plans(use):
        measure(aligned(upper, lower), labels, made)
    return made


def measure(step: Step, labels: dict[tuple[str, str], str], made: Figures) -> None:
    wanted = {
        (place(one, step.upper.clauses), place(two, step.lower.clauses)): relation
        for (one, two), relation in labels.items()
    }
    for answer in step.made.answers:
        label = wanted.pop((answer.upper, answer.lower), "no")
        name = f"{step.upper.clauses[answer.upper].label} ← {step.lower.clauses[answer.lower].label}"
        if label == "no":
            made.wrong.append(name)
        elif label != "open":
            made.right.append(name)
            made.relation_right += (label == "same") == (answer.relation == "same")
    made.missed += [str(key) for key, label in wanted.items() if label != "open"]


def place(label: str, clauses: tuple[Clause, ...]) -> int:
    """The clause with a label as the sheet writes it: whole, or its last part where that is enough."""
    whole = [at for at, clause in enumerate(clauses) if clause.label == label]
    ends = [
        at
        for at, clause in enumerate(clauses)
        if clause.label.endswith(label) and not clause.label.removesuffix(label)[-1:].isdigit()
    ]
    found = whole or ends
    assert len(found) == 1, f"{label} is {len(found)} clauses"
    return found[0]
