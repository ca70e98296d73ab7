"""What holds for corrections of any value of any plan: found where it was made, the same again changes nothing, keys stay keys."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.corrections.apply import corrected
from pipeline.corrections.fit import Places
from pipeline.corrections.values import EDITABLE, Correction, PlanCorrections, folded, read
from pipeline.plan import Plan
from pipeline.reader import parse
from pipeline.schema import TABLES

TABLES_WITH_WORDS = ("deadlines", "task_units", "citations", "targets", "measures", "findings")
SAMPLES = sorted(
    p
    for p in (Path(__file__).parent.parent.parent / "samples").glob("*/source.*")
    if p.suffix in (".docx", ".html", ".txt")
)


def about(plan: Plan, table: str, row: dict, verdict: str, **given: object) -> Correction:
    """The correction that the page makes of a row: its words, its block, its task, which of equal ones."""
    tasks = {task["task_id"]: task for task in plan.rows["tasks"]}
    if table == "tasks":
        alike = [t["task_id"] for t in tasks.values() if folded(t["text"]) == folded(row["text"])]
        return Correction(table, verdict, row["text"], twin=alike.index(row["task_id"]), task=row["text"], given=given)
    block = next(b for b in plan.rows["blocks"] if b["block_id"] == row["block_id"])
    owner = tasks.get(row.get("task_id"))
    held = owner is not None and block["block_id"] in owner["block_ids"]
    blocks = {
        b
        for task in tasks.values()
        if held and folded(task["text"]) == folded(owner["text"])
        for b in task["block_ids"]
    }
    alike = [
        b["block_id"]
        for b in plan.rows["blocks"]
        if folded(b["text"]) == folded(block["text"]) and (not held or b["block_id"] in blocks)
    ]
    at, nth = -1, -1
    while at < row["char_start"]:
        at, nth = block["text"].index(row["text"], at + 1), nth + 1
    was = {"code": row["code"]} if table == "findings" else {n: row[n] for n in EDITABLE[table] if n in row}
    return Correction(
        table,
        verdict,
        row["text"],
        nth,
        block["text"],
        alike.index(block["block_id"]),
        owner["text"] if held else "",
        {name: value if value is None or isinstance(value, str) else str(value) for name, value in was.items()},
        given,
    )


def spanned(plan: Plan, table: str) -> list[dict]:
    return [row for row in plan.rows[table] if row["char_start"] is not None]


def kept(plan: Plan, items: list[Correction]) -> list[PlanCorrections]:
    file = PlanCorrections("", plan.document.document_id, "", "", tuple(items))
    return [read(file.data())]  # as it comes back from a file


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}{path.suffix}")
def test_every_value_is_found_where_it_was_read(path):
    plan = parse(path)
    places = Places(plan.rows)
    at = {block["block_id"]: index for index, block in enumerate(plan.rows["blocks"])}
    for table in TABLES_WITH_WORDS:
        for row in spanned(plan, table):
            wanted = (at[row["block_id"]], row["char_start"], row["char_end"])
            assert places.place(about(plan, table, row, "accept")) == wanted, row
    for index, row in enumerate(plan.rows["tasks"]):
        assert places.task(about(plan, "tasks", row, "accept")) == index


GIVEN = {
    "deadlines": (
        {"kind": "due", "due_on": "2022-06-30"},
        {"kind": "ongoing"},
        {"kind": "recurring", "recurrence": "FREQ=YEARLY"},
    ),
    "task_units": ({"role": "supporting"}, {"role": "lead"}),
    "citations": ({"title": "别的文件", "relation": "refers"}, {"doc_number": None}),
    "targets": ({"comparator": "ge", "value": "3.5", "measure": "个"},),
    "measures": ({"obligation": "may", "action": "做"},),
    "tasks": ({"deadline_kind": "due", "due_on": "2022-06-30"},),
    "findings": ({},),
}


@pytest.mark.parametrize("seed", range(8))
def test_any_corrections_together_keep_every_law(seed, book, regions):
    chance = random.Random(seed)
    plan = parse(chance.choice(SAMPLES))
    items: dict[object, Correction] = {}
    for table in EDITABLE:
        rows = plan.rows["tasks"] if table == "tasks" else spanned(plan, table)
        for row in chance.sample(rows, min(len(rows), 6)):
            verdict = chance.choice(("accept", "correct", "reject")) if table not in ("tasks", "findings") else "reject"
            given = chance.choice(GIVEN[table]) if verdict == "correct" else {}
            one = about(plan, table, row, verdict, **given)
            items[one.key] = one
    chosen = [one for one in items.values() if one.table != "tasks"] + [
        o for o in items.values() if o.table == "tasks"
    ][:1]
    once = corrected(plan, kept(plan, chosen), book, regions).plan
    texts = {block["block_id"]: block["text"] for block in once.rows["blocks"]}
    for table in TABLES:
        rows = once.rows[table.name]
        keys = [tuple(row[key] for key in table.key) for row in rows]
        assert len(set(keys)) == len(keys)
        once.table(table.name)  # every value fits its column
        for row in rows:
            if row.get("char_start") is not None:
                assert texts[row["block_id"]][row["char_start"] : row["char_end"]] == row["text"]
    tasks = {task["task_id"] for task in once.rows["tasks"]}
    units = {unit["unit_id"] for unit in once.rows["units"]}
    assert all(u["task_id"] in tasks and u["unit_id"] in units for u in once.rows["task_units"])
    assert all(row["task_id"] in tasks | {None} for t in ("deadlines", "citations", "targets") for row in once.rows[t])
    assert once.document.task_count == len(tasks)


@pytest.mark.parametrize("seed", range(8))
def test_any_corrections_again_change_nothing(seed, book, regions):
    chance = random.Random(1000 + seed)
    plan = parse(chance.choice(SAMPLES))
    items: dict[object, Correction] = {}
    for table in TABLES_WITH_WORDS:
        rows = spanned(plan, table)
        for row in chance.sample(rows, min(len(rows), 6)):
            verdict = chance.choice(("accept", "correct", "reject")) if table != "findings" else "reject"
            one = about(plan, table, row, verdict, **(chance.choice(GIVEN[table]) if verdict == "correct" else {}))
            items[one.key] = one
    once = corrected(plan, kept(plan, list(items.values())), book, regions)
    assert once.unfit == ()
    assert corrected(once.plan, kept(plan, list(items.values())), book, regions).plan.rows == once.plan.rows
