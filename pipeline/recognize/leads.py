"""Who leads where no unit is named as the lead: said once, true for the whole paper."""

from __future__ import annotations

from dataclasses import dataclass

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest
from .sounds import placed, without_notes

NEAR = 20  # characters of a bracket behind the rule: 下同


@dataclass(frozen=True, slots=True)
class LeadRule:
    """leads: `first` — of the units of a task the first named leads; `all` — without a lead, the responsible lead."""

    start: int
    end: int
    leads: str
    rule: str


def first_leads(text: str, book: RuleBook) -> LeadRule | None:
    """The rule on the lead that a text states: 排在第一位的部门为牵头部门，下同.

    source   国发〔2019〕3号; 杭州市2020年政府工作报告重点工作责任分解
    """
    view, places = without_notes(fold(text), book)
    found = next(iter(lead_rules(view, book)), None)
    return found and LeadRule(*placed(found.start, found.end, places), found.leads, found.rule)


def lead_rules(view: str, book: RuleBook) -> tuple[LeadRule, ...]:
    """All of them in a folded view, in reading order."""
    return longest(
        LeadRule(match.start(), match.end(), rule.meaning["leads"], rule.id)
        for rule in book.of("lead_rule")
        for phrase in rule.phrases
        for match in phrase.finditer(view)
    )


def rule_stretches(view: str, book: RuleBook) -> tuple[tuple[int, int], ...]:
    """Where a folded view states such a rule, the bracket that holds nothing else included."""
    made = []
    for one in lead_rules(view, book):
        close = view.find(")", one.end, one.end + NEAR)
        whole = view[one.start - 1 : one.start] == "(" and close >= 0 and "(" not in view[one.end : close]
        made.append((one.start - 1, close + 1) if whole else (one.start, one.end))
    return tuple(made)


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    return tuple(Reading(m.start, m.end, m.leads, m.rule) for m in lead_rules(fold(text), book))
