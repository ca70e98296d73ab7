"""No rule is there for nothing: take one out, and its own sentences are read differently."""

from __future__ import annotations

import pytest

from pipeline.errors import RulesInvalid
from pipeline.rulebook import Rule, RuleBook, gathered
from pipeline.rulecheck import ACT_TOGETHER, READERS, found_in
from pipeline.rulefiles import load

# rules whose sentences mean the same without them, and why they stay; one that is missed after all must go from here
DOUBLED = {
    "refers": "a title of which nothing is said refers too",
    "title-tail": "no sentence of the short form that sentences have tells it",
    "supporting": "a table that lost its lines is read by the very words, not by the pattern",
    "guiding": "a table that lost its lines is read by the very words, not by the pattern",
    "group-separator": "how far a prefix printed once reaches is in full names, not in where they stand",
    "group-of-bodies": "a wider pattern finds its groups too; what it adds is where a run of names ends",
}
# words of the unit grammar that say what a name means; sentences say only where it stands
MEANINGS = {"form", "members"}
# the words of a grammar act together: what one of them does is seen in the sentences of all
TOGETHER = ("unit_part", "unit", "person", "role", "responsibility", "narrative")


def rules() -> list[Rule]:
    try:
        return [rule for rule in load().rules if rule.kind in READERS]
    except RulesInvalid:  # tests/test_rules.py tells why
        return []


def without(book: RuleBook, rule: Rule) -> RuleBook:
    return gathered([other for other in book.rules if other.id != rule.id], "without one")


def read(text: str, book: RuleBook, kind: str) -> list[tuple[int, int, str]]:
    """What the book makes of a sentence, whichever rule does it."""
    return [(r.start, r.end, r.gives) for r in found_in(text, book, kind)]


def missed(rule: Rule, book: RuleBook) -> bool:
    rest = without(book, rule)
    others = [other for kind in TOGETHER for other in book.of(kind)] if rule.kind in ACT_TOGETHER else []
    for one in (rule, *others):
        region = one.get("region")  # a place's own units are read in its papers alone
        for example in one.examples:
            if read(example.text, rest.at(region), one.kind) != read(example.text, book.at(region), one.kind):
                return True
    return False


def excused(rule: Rule) -> bool:
    return rule.id in DOUBLED or rule.get("part") in MEANINGS


@pytest.mark.parametrize(
    "rule", [r for r in rules() if not excused(r)], ids=lambda rule: f"{rule.file}:{rule.line}:{rule.id}"
)
def test_a_rule_taken_out_is_missed(rule, book):
    assert missed(rule, book), "without this rule all its sentences mean the same → sharpen one, or drop the rule"


def test_every_excuse_is_still_needed(book):
    excuses = [rule for key in DOUBLED if (rule := book.rule(key))]
    assert [rule.id for rule in excuses if missed(rule, book)] == []


def test_the_book_without_a_rule_no_longer_knows_it(book):
    rule = book.of("deadline")[0]
    rest = without(book, rule)
    assert rest.rule(rule.id) is None
    assert len(rest.rules) == len(book.rules) - 1
