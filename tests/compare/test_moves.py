"""What moved beside the words of a task: its deadline, its units; and which words changed."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.compare.clauses import own_share
from pipeline.compare.dates import deadline_move
from pipeline.compare.teams import unit_changes
from pipeline.compare.values import Units
from pipeline.compare.wording import same_words, wording


def due(text, day):
    return {"deadline_kind": "due", "deadline_text": text, "due_on": day}


ONGOING = {"deadline_kind": "ongoing", "deadline_text": "持续推进", "due_on": None}
NONE = {"deadline_kind": None, "deadline_text": None, "due_on": None}
YEARLY = {"deadline_kind": "recurring", "deadline_text": "每季度末", "due_on": None}


@pytest.mark.parametrize(
    "old, new, step, move",
    [
        (due("2022年底前", date(2022, 12, 31)), due("2023年底前", date(2023, 12, 31)), 1, "rolled"),
        (due("2025年底前", date(2025, 12, 31)), due("2025年底前", date(2025, 12, 31)), 1, "unchanged"),
        (due("6月底前", date(2022, 6, 30)), due("9月底前", date(2023, 9, 30)), 1, "later"),
        (due("6月底前", date(2022, 6, 30)), due("3月底前", date(2023, 3, 31)), 1, "earlier"),
        (due("6月底前", date(2022, 6, 30)), due("5月底前", date(2022, 5, 31)), 0, "earlier"),
        (due("2月底前", date(2023, 2, 28)), due("2月底前", date(2024, 2, 29)), 1, "rolled"),
        (due("2月底前", date(2024, 2, 29)), due("2月底前", date(2025, 2, 28)), 1, "rolled"),
        (ONGOING, due("年底前", date(2023, 12, 31)), 1, "fixed"),
        (due("年底前", date(2022, 12, 31)), ONGOING, 1, "made_ongoing"),
        (ONGOING, {**ONGOING, "deadline_text": "长期坚持"}, 1, "unchanged"),
        (NONE, NONE, 1, "none"),
        (NONE, ONGOING, 1, "added"),
        (ONGOING, {**NONE, "deadline_kind": "none"}, 1, "removed"),
        (YEARLY, YEARLY, 1, "unchanged"),
        (YEARLY, {**YEARLY, "deadline_text": "每月末"}, 1, "changed"),
    ],
)
def test_a_deadline_moves(old, new, step, move):
    assert deadline_move(old, new, step) == move


def test_units_come_and_go_in_each_role():
    old = {"lead_units": ["区财政局"], "responsible_units": ["区住建局", "区教育局"], "supporting_units": None}
    new = {"lead_units": ["区财政局"], "responsible_units": ["区住建局"], "supporting_units": ["区教育局"]}
    assert unit_changes([old], [new]) == (
        Units("responsible", (), ("区教育局",)),
        Units("supporting", ("区教育局",), ()),
    )


def test_a_merged_task_is_held_against_the_units_of_all_it_was_made_of():
    first = {"lead_units": ["甲局"], "responsible_units": [], "supporting_units": []}
    second = {**first, "lead_units": ["乙局"]}
    assert unit_changes([first, second], [{**first, "lead_units": ["甲局", "乙局"]}]) == ()


@pytest.mark.parametrize(
    "old, new, step, same",
    [
        ("2022年底前，完成整改。", "2023年底前完成整改", 1, True),
        ("到2025年建成", "到2025年建成", 1, True),
        ("２０２２年底前（一）", "2022年底前(一)", 0, True),
        ("完成整改10处", "完成整改20处", 1, False),
        ("2022年底前完成", "2024年底前完成", 1, False),
        ("信息公開", "信息公开", 0, True),
    ],
)
def test_words_are_the_same_but_for_signs_width_script_and_the_year(old, new, step, same):
    assert same_words(old, new, step) is same


def changed(old, new, step=1):
    made = wording(old, new, step)
    return [old[a:b] for a, b in made.removed], [new[a:b] for a, b in made.added]


def test_changed_words_are_told_and_a_moved_clause_is_no_change():
    old = "加强政策解读，2022年底前完成自查；及时回应社会关切。"
    new = "主动回应社会关切；加强政策解读，2023年底前完成自查。"
    assert changed(old, new) == (["及时"], ["主动"])


def test_a_clause_that_came_and_one_that_went_are_told_whole():
    old = "做好预算公开；曝光典型案例。"
    new = "做好预算公开；组织业务培训。"
    assert changed(old, new) == (["曝光典型案例"], ["组织业务培训"])


def test_a_part_is_known_by_clauses_that_its_sibling_has_not():
    whole = "做好政策解读工作，持续提升解读质量，丰富解读形式。"
    sibling = "持续提升解读质量，丰富解读形式。"
    assert own_share("积极做好政策解读工作", whole, [sibling]) == 1.0
    assert own_share("丰富解读形式", whole, [sibling]) == 0.0
