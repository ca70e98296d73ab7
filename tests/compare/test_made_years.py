"""A next year's plan made from a real one by known operations: relation and partner of every task are found again."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipeline import parse
from pipeline.compare import compare
from pipeline.compare.relate import LEAST
from tests.gold import folders, sources
from tests.make_next_year import lookalikes, next_year

PROOFS = bool(os.environ.get("PROOFS"))
SEEDS = range(20) if PROOFS else range(2)
SHORT = ("130607-2022-zhengwu-gongkai", "350128-2016-lixiang-guapai", "100000-2018-wufei-chengshi")
FOLDERS = [folder for folder in folders() if PROOFS or folder.name in SHORT]


@cache
def sample(folder: Path):
    return parse(sources(folder)[0])


def strangers(folder: Path):
    """Tasks of plans of the same field: what a new year's plan might well have added."""
    open_government = "gongkai" in folder.name
    others = [f for f in FOLDERS if f != folder and ("gongkai" in f.name) == open_government] or [
        f for f in FOLDERS if f != folder
    ]
    return [task for other in others for task in sample(other).rows["tasks"] if len(task["text"]) < 600]


def outcome(old, new, truth, least=LEAST) -> Counter:
    """How many tasks got the relation and the partners they have, and which did not."""
    made = compare(old, new, least)
    place = {key: n for n, key in enumerate(made.old_tasks)}
    got = {key: ("", set()) for key in made.new_tasks}
    for link in made.links:
        if link.new:
            got[link.new] = (link.relation, got[link.new][1] | ({place[link.old]} if link.old else set()))
    counts = Counter()
    for (relation, partners), (said, found) in zip(truth.new, got.values(), strict=True):
        counts["right" if (said, found) == (relation, set(partners)) else f"{relation} told as {said}"] += 1
    dropped = {place[link.old] for link in made.links if link.relation == "dropped"}
    counts["right"] += len(dropped & truth.dropped)
    counts["dropped not told"] += len(truth.dropped - dropped)
    return counts


def share(counts: Counter) -> float:
    return counts["right"] / counts.total()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_became_of_each_task_of_a_sample_is_found(folder):
    plan = sample(folder)
    if len(plan.rows["tasks"]) < 8:
        pytest.skip("too few tasks to merge, split and drop some")
    counts = Counter()
    for seed in SEEDS:
        counts += outcome(plan, *next_year(plan, strangers(folder), seed))
    assert share(counts) >= 0.95, counts


def test_tasks_that_are_all_worded_alike_are_kept_apart():
    counts = Counter()
    for seed in SEEDS:
        plan = lookalikes(seed)
        counts += outcome(plan, *next_year(plan, lookalikes(seed + 1000).rows["tasks"], seed))
    # half a task of nothing but common phrases belongs nowhere, and a dropped task and a new one that share both phrases
    # and half of their subject may be taken for one: for a reader too
    assert share(counts) >= 0.85, counts


def test_a_second_version_of_a_plan_is_found_again():
    plan = sample(next(f for f in FOLDERS if f.name == SHORT[0]))
    counts = Counter()
    for seed in SEEDS:
        counts += outcome(plan, *next_year(plan, [], seed, roll=False))
    assert share(counts) >= 0.95, counts


def test_a_plan_and_itself_are_the_same():
    plan = sample(next(f for f in FOLDERS if f.name == SHORT[0]))
    made = compare(plan, plan)
    assert made.kind == "version"
    assert {(link.relation, link.deadline, link.units, link.score) for link in made.links} <= {
        ("same", move, (), 1.0) for move in ("none", "unchanged")
    }
    assert {link.relation for link in made.sections} == {"same"}
