"""What holds of every comparison, whatever the plans: no task is lost, relations count what they say."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.compare import compare
from pipeline.compare.groups import common, groups
from pipeline.compare.wording import wording
from pipeline.plan import Plan

PHRASES = "推进 政务公开 加强 管理，完善 制度；2022年 底前 完成 道路 改造。 信息 企业 10个 𠮷"
WORDS = st.sampled_from([*PHRASES.split(), "\n"])
TEXT = st.lists(WORDS, max_size=12).map("".join)
TEXTS = st.lists(TEXT, max_size=6)


def plan(name, year, texts):
    rows = [
        {
            "task_id": f"{name}-t{n}",
            "seq": n,
            "label": str(n + 1),
            "text": text,
            "section_path": "一、",
            "section_id": None,
        }
        | {"lead_units": [], "responsible_units": ["甲局"], "supporting_units": None, "origin": "table"}
        | {"deadline_kind": None, "deadline_text": None, "due_on": None}
        for n, text in enumerate(texts)
    ]
    document = {"document_id": name, "plan_year": year, "plan_key": f"-{year}-"}
    return Plan({"documents": [document], "tasks": rows, "sections": [], "deadlines": []})


@given(TEXTS, TEXTS)
@settings(max_examples=60)
def test_every_task_of_both_plans_is_told_and_relations_are_what_they_say(before, after):
    old, new = plan("a", 2022, before), plan("b", 2023, after)
    made = compare(old, new)
    assert {link.old for link in made.links} - {""} == set(made.old_tasks)
    assert {link.new for link in made.links} - {""} == set(made.new_tasks)
    olds, news = Counter(link.old for link in made.links), Counter(link.new for link in made.links)
    for link in made.links:
        assert (link.relation == "dropped") == (link.new == "") and (link.relation == "new") == (link.old == "")
        if link.relation in ("same", "reworded"):
            assert olds[link.old] == news[link.new] == 1
        if link.relation == "merged":
            assert news[link.new] > 1
        if link.relation == "split":
            assert olds[link.old] > 1
    grouped = [link for group in groups(made) for link in group]
    assert Counter(map(id, grouped)) == Counter(map(id, made.links))
    assert compare(old, new) == made


@given(TEXT, TEXT)
@settings(max_examples=60)
def test_changed_stretches_are_ordered_and_inside_the_text(old, new):
    made = wording(old, new, 1)
    for text, stretches in ((old, made.removed), (new, made.added)):
        places = [place for stretch in stretches for place in stretch]
        assert all(0 <= start < end <= len(text) for start, end in stretches)
        assert places == sorted(places)
    assert wording(old, old, 0).removed == wording(old, old, 0).added == ()


def test_one_task_alone_is_found_again_in_other_words():
    made = compare(plan("a", 2022, ["加强农村道路养护管理。"]), plan("b", 2023, ["强化农村道路养护。"]))
    assert [link.relation for link in made.links] == ["reworded"]


def test_what_all_partners_lack_is_what_went():
    assert common([((0, 4), (6, 9)), ((2, 7),)]) == ((2, 4), (6, 7))
    assert common([()]) == () and common([]) == ()


def test_a_plan_that_does_not_say_its_year_is_of_the_year_of_its_days():
    old, new = (
        plan("a", 2022, ["改造农贸市场。", "新建公园两处。"]),
        plan("b", None, ["改造农贸市场。", "新建公园两处。"]),
    )
    for one, year in ((old, 2022), (new, 2023)):
        for task in one.rows["tasks"]:
            task.update(deadline_kind="due", deadline_text="年底前", due_on=date(year, 12, 31))
    made = compare(old, new)
    assert made.kind == "last_year"
    assert [link.deadline for link in made.links] == ["rolled", "rolled"]
