"""No rule is there for nothing: take one out, and its own sentences are read differently."""

from __future__ import annotations

import pytest

from pipeline.errors import RulesInvalid
from pipeline.rulebook import RuleBook, gathered
from pipeline.rulecheck import READERS, found_in
from pipeline.rulefiles import load


def rules():
    try:
        return [rule for rule in load().rules if rule.kind in READERS]
    except RulesInvalid:  # tests/test_rules.py tells why
        return []


def without(book: RuleBook, rule) -> RuleBook:
    return gathered([other for other in book.rules if other.id != rule.id], "without one")


def read(text: str, book: RuleBook, kind: str) -> list[tuple[int, int, str]]:
    """What the book makes of a sentence, whichever rule does it."""
    return [(r.start, r.end, r.gives) for r in found_in(text, book, kind)]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.file}:{rule.line}:{rule.id}")
def test_a_rule_taken_out_is_missed(rule, book):
    rest = without(book, rule)
    sentences = [example.text for example in rule.examples if not example.later]
    assert any(read(text, rest, rule.kind) != read(text, book, rule.kind) for text in sentences), (
        "without this rule all its sentences mean the same → sharpen a sentence, or drop the rule"
    )


def test_the_book_without_a_rule_no_longer_knows_it(book):
    rule = book.of("deadline")[0]
    rest = without(book, rule)
    assert rest.rule(rule.id) is None
    assert len(rest.rules) == len(book.rules) - 1
