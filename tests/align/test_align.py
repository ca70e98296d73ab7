"""What answers what between small plans whose every sentence is known."""

from __future__ import annotations

import os
import random
import time
from datetime import date

import pytest

from pipeline.align import chain, links, places_of, steps, tell, uppers, why
from pipeline.plan import Plan
from tests.align.made import DISTRICT, NATION, PROVINCE, made


@pytest.fixture(scope="module")
def levels(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    return tuple(made(folder, text, name) for text, name in ((NATION, "国"), (PROVINCE, "省"), (DISTRICT, "区")))


@pytest.fixture(scope="module")
def three(levels, book, regions):
    return steps(levels, book, regions)


def found(step):
    up, low = step.upper.clauses, step.lower.clauses
    return {(up[a.upper].label, low[a.lower].label): a.relation for a in step.made.answers}


def labels(clauses, places):
    return [clauses[at].label for at in places]


def test_neighbors_come_first_and_every_pair_of_levels_is_there(three):
    assert [(s.upper.document["file_name"], s.lower.document["file_name"]) for s in three] == [
        ("国.txt", "省.txt"),
        ("省.txt", "区.txt"),
        ("国.txt", "区.txt"),
    ]


def test_days_are_counted_from_issue_to_issue(three):
    assert [step.days for step in three] == [39, 41, 80]


def test_what_is_copied_is_the_same_and_what_is_changed_is_reworded(three):
    assert found(three[0]) == {("一、（一）", "一、（一）"): "same", ("一、（二）", "一、（二）"): "reworded"}
    assert found(three[1])["一、（三）", "一、（二）"] == "reworded"


def test_words_of_the_level_make_no_difference(three):
    step = three[2]  # 各市要公布… and 各乡镇要公布…
    answer = next(a for a in step.made.answers)
    one, two = step.upper.clauses[answer.upper], step.lower.clauses[answer.lower]
    reason = why(one, two, answer, step.made.weights)
    assert "各乡镇要公布骗取税费优惠典型案例" in reason.verbatim
    assert (reason.upper_only, reason.lower_only) == (("加强", "信息公开"), ())


def test_boilerplate_alone_is_no_answer(three):
    step = three[0]
    assert "二、（四）" in labels(step.upper.clauses, step.made.left)
    assert "二、（四）" in labels(step.lower.clauses, step.made.added)


def test_what_the_lower_level_added_and_what_it_left_out(three):
    step = three[0]
    assert labels(step.lower.clauses, step.made.added) == ["一、（三）", "二、（四）"]
    assert labels(step.upper.clauses, step.made.left) == ["一、（三）", "二、（四）"]
    assert labels(three[1].lower.clauses, three[1].made.added) == ["一、（三）"]


def test_a_chain_follows_a_duty_over_a_level_that_left_it_out(three):
    rows = chain(three)
    assert (0, 0, 0) in rows  # 减税降费 on all three levels
    assert (None, 2, 1) in rows  # 白洋淀 begins in the province
    assert (2, None, None) in rows  # 规范性文件库 goes no further
    assert (None, None, 2) in rows  # the notice board is the district's own
    assert len(set(rows)) == len(rows)


def test_links_say_what_is_new_and_what_was_dropped_by_the_other_plans_own_id(three):
    step = three[0]
    rows = links(step)
    assert {r["kind"] for r in rows} == {"upper_level"}
    assert len({r["link_id"] for r in rows}) == len(rows)
    assert all(r["link_id"].startswith(f"{step.lower.key}-l") and r["from_id"][:16] == step.lower.key for r in rows)
    new = [r for r in rows if r["relation"] == "new"]
    dropped = [r for r in rows if r["relation"] == "dropped"]
    assert [r["to_id"] for r in new] == [step.upper.key] * 2 and all(r["score"] is None for r in new)
    assert [r["from_id"] for r in dropped] == [step.lower.key] * 2
    assert all(0 < r["score"] <= 1 for r in rows if r["relation"] in ("same", "reworded"))


def test_a_link_is_explained_by_both_clauses_and_the_words_they_share(levels, three, book, regions):
    row = next(r for r in links(three[0]) if r["relation"] == "reworded" and r["to_id"].endswith("t000002"))
    told = "\n".join(tell(row, levels[0], levels[1], book, regions))
    for words in ("规范流调信息发布和管理", "共有词", "个人隐私", "仅本级有  严格", "间隔  39 天"):
        assert words in told


def test_the_plans_above_are_those_that_are_cited(levels, book, regions):
    documents = [plan.rows["documents"][0] for plan in levels]
    places = places_of(documents, regions)
    above = [
        [(u.document_id, u.by) for u in uppers(d, documents, p.rows["citations"], book, places)]
        for d, p in zip(documents, levels, strict=True)
    ]
    nation, province = (d["document_id"] for d in documents[:2])
    assert above[0] == []
    assert above[1] == [(nation, "引用")]
    # 对照《河北省2022年政务公开工作要点》 stands inside the full title; the nation's plan is of the same subject and year
    assert above[2] == [(nation, "同一主题、同一年度的上级文件"), (province, "引用")]


def test_a_plan_of_another_province_or_subject_is_no_plan_above(levels, book, regions):
    documents = [plan.rows["documents"][0] for plan in levels]
    other = {**documents[1], "region_code": "350000", "region_name": "福建省", "document_id": "f" * 16}
    roads = {**documents[1], "title": "河北省2022年农村公路建设工作要点", "document_id": "e" * 16, "doc_number": None}
    own = {**documents[2]}
    for one in (other, roads):
        assert uppers(own, [one, own], [], book) == ()


def test_a_plan_without_a_date_has_no_days_between(levels, book, regions):
    undated = Plan({**levels[1].rows, "documents": [{**levels[1].rows["documents"][0], "issued_on": None}]})
    assert steps([levels[0], undated], book, regions)[0].days is None
    early = Plan({**levels[1].rows, "documents": [{**levels[1].rows["documents"][0], "issued_on": date(2022, 4, 1)}]})
    assert steps([levels[0], early], book, regions)[0].days == -10


def test_a_plan_without_duties_answers_nothing(levels, book, regions):
    empty = Plan({**levels[1].rows, "tasks": [], "measures": [], "sections": []})
    step = steps([levels[0], empty], book, regions)[0]
    assert (step.made.answers, step.made.added) == ((), ()) and len(step.made.left) == len(step.upper.clauses)
    back = steps([empty, levels[0]], book, regions)[0]
    assert len(back.made.added) == len(back.lower.clauses)


def test_the_same_plans_give_the_same_links_whatever_the_seed_of_hashes(levels, three, book, regions):
    assert [links(s) for s in steps(levels, book, regions)] == [links(s) for s in three]


def big(like: Plan, key: str, count: int, chance: random.Random) -> Plan:
    """A plan of so many tasks of six clauses, drawn from the clauses of another, each of them on a matter of its own."""
    said = [row["text"] for row in like.rows["measures"]]
    characters = sorted({c for text in said for c in text})
    task = like.rows["tasks"][0]
    tasks, measures = [], []
    for number in range(count):
        texts = [chance.choice(said) + "".join(chance.choices(characters, k=4)) for _ in range(6)]
        own = {"task_id": f"{key}-t{number:06d}", "document_id": key, "block_ids": [f"{key}-b{number:06d}"]}
        own |= {"section_id": None, "clause_section_id": None, "text": "，".join(texts), "origin": "table"}
        tasks.append({**task, **own})
        measures += [
            {"measure_id": f"{key}-m{number:06d}{x}", "task_id": own["task_id"], "section_id": None, "text": text}
            for x, text in enumerate(texts)
        ]
    document = {**like.rows["documents"][0], "document_id": key}
    return Plan({**like.rows, "documents": [document], "tasks": tasks, "measures": measures, "sections": []})


@pytest.mark.slow
def test_two_plans_of_two_thousand_tasks_take_less_than_ten_seconds(book, regions):
    from tests.align.paired import plan

    # the short form is a tenth of it in each list, and so is its time: cost is linear in what is said
    count = 2000 if os.environ.get("PROOFS") else 200
    like, chance = plan("samples/130607-2022-zhengwu-gongkai/source.docx"), random.Random(2022)
    one, two = big(like, "a" * 16, count, chance), big(like, "b" * 16, count, chance)
    steps([one, two], book, regions)  # words and rules are loaded
    start = time.process_time()
    step = steps([one, two], book, regions)[0]
    assert time.process_time() - start < 10 * count / 2000 * (1 if count == 2000 else 3)
    assert len(step.lower.clauses) == count
