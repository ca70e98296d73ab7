"""Every sentence of every rule against the whole book: does it say what its rule claims. Gives faults, raises nothing.

Each recognizer offers `readings(text, book)`: what the whole book reads in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from .errors import RuleFault
from .rulebook import Example, Rule, RuleBook
from .spans import fold


@dataclass(frozen=True, slots=True)
class Reading:
    """What the book makes of one stretch of a sentence; `gives` is the meaning as a short word or date."""

    start: int
    end: int
    gives: str
    rule: str


Reader = Callable[[str, RuleBook, str], tuple[Reading, ...]]

# the kind of rule → the module whose `readings(text, book, kind)` runs its sentences
READERS = {
    "numbering": "pipeline.recognize.numbering",
    "header": "pipeline.recognize.headers",
    "letterhead": "pipeline.recognize.letterhead",
    "meta": "pipeline.recognize.pages",
    "furniture": "pipeline.recognize.pages",
    "deadline": "pipeline.recognize.deadlines",
    "signal": "pipeline.recognize.signals",
    "unit_part": "pipeline.recognize.units",
    "unit": "pipeline.recognize.units",
    "person": "pipeline.recognize.persons",
    "role": "pipeline.recognize.roles",
    "responsibility": "pipeline.recognize.responsibility",
    "lead_rule": "pipeline.recognize.leads",
    "citation": "pipeline.recognize.citations",
    "issuer_code": "pipeline.recognize.citations",
    "target": "pipeline.recognize.targets",
    "obligation": "pipeline.recognize.measures",
}

# one paragraph may be several parts; the place in the document decides, not the words
MANY_READINGS = frozenset({"letterhead"})
# the words of a grammar act together: a name has a prefix and a suffix
ACT_TOGETHER = frozenset({"unit_part", "responsibility", "person"})


def sentence_faults(book: RuleBook) -> tuple[RuleFault, ...]:
    """Faults of all sentences and of phrases that no sentence meets, in file order."""
    faults = [fault for rule in book.rules for fault in _faults(rule, book)]
    return tuple(sorted(faults, key=lambda f: (f.file, f.line)))


def _faults(rule: Rule, book: RuleBook) -> Iterator[RuleFault]:
    if rule.kind not in READERS:
        return
    for example in rule.examples:
        problem = judge(rule, example, book)
        if problem and not example.later:
            yield RuleFault(rule.file, example.line, rule.id, problem, "改正例句或规则")
        elif not problem and example.later:
            yield RuleFault(rule.file, example.line, rule.id, "later 例句已能认出", "移到 hit 中")
    views = [fold(e.text[a:b]) for e in rule.examples if not e.later for a, b in e.spans]
    # a whole sentence too: a pattern may look at what stands beside its words
    views += [fold(e.text) for e in rule.examples if e.spans and not e.later]
    for phrase in rule.phrases:
        if not any(next(phrase.finditer(view), None) for view in views):
            yield RuleFault(rule.file, rule.line, rule.id, f"短语 {phrase.text} 没有例句", "为它补一条 hit 例句")
    for name in (*rule.get("names", ()), *rule.get("stems", ()), *rule.get("forms", ())):
        if not any(fold(name) in "".join(view.split()) for view in views):
            yield RuleFault(rule.file, rule.line, rule.id, f"名称 {name} 没有例句", "为它补一条 hit 例句")
    misses = [fold(e.text) for e in rule.examples if not e.spans]
    for word in (*rule.not_followed_by, *rule.not_preceded_by):
        if not any(fold(word) in text for text in misses):
            yield RuleFault(rule.file, rule.line, rule.id, f"排除词 {word} 没有 miss 例句", "为它补一条 miss 例句")


def judge(rule: Rule, example: Example, book: RuleBook) -> str:
    """What is wrong with one sentence, in Chinese; "" when it comes true.

    A hit: exactly the marked stretches are found, each with its meaning, at least one of them by this rule.
    A miss: this rule finds nothing in it.
    """
    read: Reader = import_module(READERS[rule.kind]).readings
    found = read(example.text, book.at(rule.get("region")), rule.kind)
    if not example.spans:
        own = [r for r in found if r.rule == rule.id]
        return f"不应认出,却认出了 {example.text[own[0].start : own[0].end]}" if own else ""
    if rule.kind in MANY_READINGS:
        found = tuple(r for r in found if r.rule == rule.id)
    want = list(zip(example.spans, example.gives, strict=True))
    got = [((r.start, r.end), r.gives) for r in found]
    if got != want:
        said = "、".join(f"{example.text[r.start : r.end]}={r.gives}[{r.rule}]" for r in found) or "什么也没有"
        meant = "、".join(f"{example.text[a:b]}={gives}" for (a, b), gives in want)
        return f"应认出 {meant},却认出 {said}"
    if rule.kind not in ACT_TOGETHER and all(r.rule != rule.id for r in found):
        return f"认出它的是另一条规则 {'、'.join(sorted({r.rule for r in found}))}"
    return ""
