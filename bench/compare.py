"""How long two plans of many tasks take to compare, and what each threshold would find: python bench/compare.py [TASKS].

Prints seconds for plans of TASKS tasks (default 2000): tasks of the samples with other words, and tasks all worded alike
(the hard case). Then, for each least likeness, how many tasks of next years' plans made from the samples get the
relation and the partners they have (tests/make_next_year.py), and how many pairs of real plans labeled by reading are
found and wrong (tests/compare/real_pairs.csv).
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipeline import parse
from pipeline.compare import compare
from pipeline.plan import Plan
from tests.compare.test_made_years import outcome, share, strangers
from tests.compare.test_real_years import PAIRS, ROOT, labeled
from tests.gold import folders, sources
from tests.make_next_year import lookalikes, next_year, reworded

LEASTS = (0.14, 0.16, 0.18, 0.20, 0.22, 0.25, 0.30)
SEEDS = range(100, 103)  # not those of the tests


def many(count: int, alike: bool) -> Plan:
    """A plan of so many tasks."""
    rng = random.Random(1)
    rows: list = []
    seed = 0
    known = [] if alike else [t for f in folders() for t in parse(sources(f)[0]).rows["tasks"] if len(t["text"]) < 400]
    while len(rows) < count:
        seed += 1
        more = lookalikes(seed).rows["tasks"] if alike else rng.sample(known, len(known))
        rows += [{**task, "text": reworded(task["text"], 3, rng)} for task in more]
    tasks = [
        {**task, "task_id": f"{0:016x}-t{n:06}", "seq": n, "section_id": None} for n, task in enumerate(rows[:count])
    ]
    return Plan({**lookalikes(1).rows, "tasks": tasks})


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    for alike in (False, True):
        old = many(count, alike)
        new, _ = next_year(old, [], 1)
        began, used = time.perf_counter(), time.process_time()
        made = compare(old, new)
        took, used = time.perf_counter() - began, time.process_time() - used
        what = f"{count} × {len(new.rows['tasks'])} tasks{' worded alike' if alike else ''}"
        print(f"{what}: {took:.1f} s ({used:.1f} s of one processor), {len(made.links)} links")
    samples = [f for f in folders() if len(parse(sources(f)[0]).rows["tasks"]) >= 8]
    made_years = [
        (old, *next_year(old, strangers(folder), seed))
        for folder in samples
        for old in (parse(sources(folder)[0]),)
        for seed in SEEDS
    ]
    alike_years = [
        (old, *next_year(old, lookalikes(seed + 1000).rows["tasks"], seed))
        for seed in SEEDS
        for old in (lookalikes(seed),)
    ]
    plans = {path: parse(ROOT / path) for pair in PAIRS for path in pair}
    print("least  made years  worded alike  real pairs found  wrong")
    for least in LEASTS:
        shares = []
        for years in (made_years, alike_years):
            counts = sum(
                (outcome(old, new, truth, least) for old, new, truth in years), start=type(outcome(*years[0]))()
            )
            shares.append(share(counts))
        found = wrong = wanted = 0
        for pair in PAIRS:
            result = compare(plans[pair[0]], plans[pair[1]], least)
            linked = [x for x in result.links if x.old and x.new]
            numbers = {(result.old_tasks[x.old]["seq"] + 1, result.new_tasks[x.new]["seq"] + 1) for x in linked}
            yes, either = labeled(*pair, "yes"), labeled(*pair, "open")
            found, wanted, wrong = found + len(numbers & yes), wanted + len(yes), wrong + len(numbers - yes - either)
        print(f"{least:.2f}   {shares[0]:.3f}       {shares[1]:.3f}         {found} of {wanted}          {wrong}")


if __name__ == "__main__":
    main()
