"""Answers against labels made by hand: of what is found nearly nothing is wrong, and most of what is there is found."""

from __future__ import annotations

import pytest

from tests.align.paired import aligned, figures, plans


@pytest.mark.parametrize("use, recall", [("tuning", 0.75), ("held", 0.95)])
def test_what_is_found_is_right_and_most_is_found(use, recall):
    made = figures(use)
    assert made.precision >= 0.95, made.wrong
    assert made.recall >= recall, made.missed
    assert made.relation_right == len(made.right)


def test_the_sheet_says_of_every_pair_which_clauses_it_means():
    for use in ("tuning", "held"):
        for upper, lower, labels in plans(use):
            step = aligned(upper, lower)
            assert all(len(key) == 2 and relation in ("same", "adapted", "open") for key, relation in labels.items())
            assert step.upper.clauses and step.lower.clauses


def test_plans_of_different_subjects_answer_each_other_nowhere():
    unrelated = [(u, low) for use in ("tuning", "held") for u, low, labels in plans(use) if not labels]
    assert len(unrelated) == 10
    assert [pair for pair in unrelated if aligned(*pair).made.answers] == []


def test_the_province_answers_every_clause_of_the_nation_and_adds_its_gazette():
    step = next(aligned(u, low) for u, low, labels in plans("held") if "fujian-2016" in low and labels)
    assert [step.upper.clauses[i].label for i in step.made.left] == []
    assert [step.lower.clauses[j].heading for j in step.made.added] == ["认真办好政府公报"]
