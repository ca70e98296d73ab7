"""Real plans of one subject in two years, labeled by reading line by line (real_pairs.csv): which pairs are one task.

Numbers count the tasks of a plan from 1. open: a reader may say either; it counts for nothing.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline import parse
from pipeline.compare import compare

ROOT = Path(__file__).parent.parent.parent
with open(Path(__file__).parent / "real_pairs.csv", encoding="utf-8", newline="") as sheet:
    LABELS = list(csv.DictReader(sheet))
PAIRS = sorted({(row["old"], row["new"]) for row in LABELS})


@pytest.fixture(scope="module")
def found():
    """(old, new) → the pairs of task numbers that were linked."""
    plans = {path: parse(ROOT / path) for path in {path for pair in PAIRS for path in pair}}
    links = {}
    for old, new in PAIRS:
        made = compare(plans[old], plans[new])
        linked = [link for link in made.links if link.old and link.new]
        links[old, new] = {(made.old_tasks[x.old]["seq"] + 1, made.new_tasks[x.new]["seq"] + 1) for x in linked}
    return links


def labeled(old, new, said):
    rows = [row for row in LABELS if (row["old"], row["new"], row["one_task"]) == (old, new, said)]
    return {(int(row["old_number"]), int(row["new_number"])) for row in rows}


def test_what_is_held_to_be_one_task_is_one(found):
    right = sum(len(found[pair] & labeled(*pair, "yes")) for pair in PAIRS)
    wrong = {pair: sorted(found[pair] - labeled(*pair, "yes") - labeled(*pair, "open")) for pair in PAIRS}
    total = right + sum(map(len, wrong.values()))
    assert right / total >= 0.9, wrong


def test_most_tasks_that_went_on_are_found(found):
    # tasks that share no word are found by no comparison of words
    right = sum(len(found[pair] & labeled(*pair, "yes")) for pair in PAIRS)
    wanted = sum(len(labeled(*pair, "yes")) for pair in PAIRS)
    assert right / wanted >= 0.55, {pair: sorted(labeled(*pair, "yes") - found[pair]) for pair in PAIRS}
