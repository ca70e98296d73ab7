"""The real plan, end to end, against rows that were made by reading it (samples/130607-2022-zhengwu-gongkai/*.csv)."""

import csv
from pathlib import Path

import pytest

import pipeline
from pipeline.schema import TABLES

SAMPLE = Path(__file__).parent.parent / "samples" / "130607-2022-zhengwu-gongkai"
TYPED = SAMPLE / "source.docx"
NUMBERED = SAMPLE / "source_autonum.docx"
COUNTED = SAMPLE / "source_autoseq.docx"
OLD = SAMPLE / "source.doc"
PAGED = SAMPLE / "source.ofd"
PAGE = SAMPLE / "source.html"
LINES = SAMPLE / "source.txt"


def gold(name):
    with open(SAMPLE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(
    scope="module",
    params=[TYPED, NUMBERED, COUNTED, OLD, PAGED, PAGE, LINES],
    ids=["typed", "numbered", "counted", "old", "paged", "page", "lines"],
)
def plan(request):
    return pipeline.parse(request.param)


@pytest.fixture(scope="module")
def typed():
    return pipeline.parse(TYPED)


def written_down(plan):
    """The task rows with the columns of tasks.csv."""
    return [
        {
            "label": task["label"],
            "section": task["section_path"].split("/")[-1],
            "text": task["text"],
            "lead_units": "、".join(task["lead_units"]),
            "responsible_units": "、".join(task["responsible_units"]),
            "supporting_units": "、".join(task["supporting_units"]),
            "deadline_text": task["deadline_text"],
            "deadline_kind": task["deadline_kind"],
            "due_on": str(task["due_on"] or ""),
        }
        for task in plan.rows["tasks"]
    ]


def test_every_task_row_is_as_a_reader_wrote_it_down(plan):
    assert written_down(plan) == gold("tasks")


def test_the_leads_are_51_units_in_36_cells(plan):
    leads = [row for row in plan.rows["task_units"] if row["role"] == "lead"]
    assert len(leads) == 51
    assert sum(len(task["lead_units"]) for task in plan.rows["tasks"]) == 51


def test_a_task_that_goes_on_never_has_a_day(plan):
    ongoing = [task for task in plan.rows["tasks"] if task["is_ongoing"]]
    assert len(ongoing) == 22
    assert all(task["due_on"] is None for task in ongoing)


def test_deadlines_inside_the_text_are_found_with_their_kind_and_place(plan):
    label = {task["task_id"]: f"任务{task['label']}" for task in plan.rows["tasks"]}
    heading = {s["section_id"]: f"{s['label']}{s['heading']}" for s in plan.rows["sections"]}
    stated = {row for task in plan.rows["tasks"] for row in task["block_ids"] if task["deadline_text"]}
    got = {
        (label.get(d["task_id"]) or heading[d["section_id"]], d["kind"], d["text"], str(d["due_on"] or ""))
        for d in plan.rows["deadlines"]
        if d["block_id"] not in stated or d["text"] not in ("持续推进", "2022年底前")
    }
    assert got == {(d["where"], d["kind"], d["text"], d["due_on"]) for d in gold("deadlines_in_text")}


def test_citations_keep_their_nesting_and_their_numbers(plan):
    title = {c["citation_id"]: c["title"] for c in plan.rows["citations"]}
    got = {(c["title"], c["doc_number"] or "", title.get(c["parent_citation_id"], "")) for c in plan.rows["citations"]}
    assert got == {(c["title"], c["doc_number"], c["nested_in"]) for c in gold("citations")}


def test_no_date_comes_out_of_a_number_that_only_looks_like_one(plan):
    texts = [d["text"] for d in plan.rows["deadlines"]]
    assert not [t for t in texts if "（" in t or "第一时间" in t or "号" in t or "12345" in t]


def test_every_row_answers_the_section_it_was_made_from(plan):
    sections = {s["section_id"]: s for s in plan.rows["sections"]}
    for task in plan.rows["tasks"]:
        own = sections[task["section_id"]]
        clause = sections[task["clause_section_id"]]
        assert clause["part"] == "body"
        upper = clause if clause["level"] == 2 else sections[clause["parent_section_id"]]
        assert upper["label"] == own["label"], task["label"]


def test_the_contradiction_between_body_and_annex_is_found(plan):
    found = [f for f in plan.rows["findings"] if f["code"] == "clause_conflict"]
    assert len(found) == 1
    assert "2022年11月底前" in found[0]["message"] and "任务 13" in found[0]["message"]


def test_the_reworded_heading_is_found(plan):
    found = [f for f in plan.rows["findings"] if f["code"] == "heading_drift"]
    assert [f["text"] for f in found] == ["加强公开平台建设"]
    assert "着力加强公开平台建设" in found[0]["message"]


def test_the_cells_whose_units_run_together_are_named(plan):
    label = {block: task["label"] for task in plan.rows["tasks"] for block in task["block_ids"]}
    found = [f for f in plan.rows["findings"] if f["code"] == "units_run_together"]
    assert [label[f["block_id"]] for f in found] == ["15", "22", "23", "28", "29"]


def test_nothing_of_the_paper_is_unaccounted_for(plan):
    document = plan.rows["documents"][0]
    assert (document["accounted_ratio"], document["unparsed_chars"]) == (1.0, 0)


def test_the_paper_says_who_and_when(plan):
    document = plan.rows["documents"][0]
    assert document["title"] == "保定市满城区2022年政务公开工作要点及分工方案"
    assert (document["plan_year"], document["region_code"], document["region_name"], document["admin_level"]) == (
        2022,
        "130607",
        "保定市满城区",
        "county",
    )
    assert (document["doc_number"], document["issuer"], document["issued_on"]) == (None, None, None)


def test_every_span_reads_back(plan):
    text = {block["block_id"]: block["text"] for block in plan.rows["blocks"]}
    checked = 0
    for table in TABLES:
        if "char_start" not in table.names or table.name == "findings":
            continue
        for row in plan.rows[table.name]:
            assert text[row["block_id"]][row["char_start"] : row["char_end"]] == row["text"], (table.name, row)
            checked += 1
    assert checked > 300


def test_every_row_has_the_columns_of_its_table_and_an_id_used_once(plan):
    for table in TABLES:
        rows = plan.rows[table.name]
        assert all(tuple(row) == table.names for row in rows), table.name
        keys = [tuple(row[k] for k in table.key) for row in rows]
        assert len(keys) == len(set(keys)), table.name


def test_the_frame_and_the_table_say_the_same(typed):
    assert typed.frame("tasks").shape == (36, len(typed.table("tasks").schema))
    assert str(typed.tasks[3].due_on) == "2022-12-31"
