"""Every sentence of every rule against the whole book: does it say what its rule claims. Gives faults, raises nothing.

Each recognizer offers `readings(text, book)`: what the whole book reads in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from .errors import RuleFault
from .rulebook import Example, Rule, RuleBook, marked
from .rulekinds import TO_FILL
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
    "bare_number": "pipeline.recognize.numbering",
    "sentence_opener": "pipeline.recognize.numbering",
    "header": "pipeline.recognize.headers",
    "row": "pipeline.recognize.rowwords",
    "letterhead": "pipeline.recognize.letterhead",
    "meta": "pipeline.recognize.pages",
    "furniture": "pipeline.recognize.pages",
    "toc": "pipeline.recognize.pages",
    "deadline": "pipeline.recognize.deadlines",
    "signal": "pipeline.recognize.signals",
    "unit_part": "pipeline.recognize.units",
    "unit": "pipeline.recognize.units",
    "person": "pipeline.recognize.persons",
    "role": "pipeline.recognize.roles",
    "responsibility": "pipeline.recognize.responsibility",
    "lead_rule": "pipeline.recognize.leads",
    "narrative": "pipeline.recognize.narrative",
    "citation": "pipeline.recognize.citations",
    "citation_part": "pipeline.recognize.citations",
    "issuer_code": "pipeline.recognize.citations",
    "target": "pipeline.recognize.targets",
    "obligation": "pipeline.recognize.measures",
    "check": "pipeline.recognize.checkwords",
    "level_word": "pipeline.recognize.levels",
    "boilerplate": "pipeline.recognize.levels",
}

# one text may be several of these; the place in the document decides, not the words
MANY_READINGS = frozenset({"letterhead", "check"})
# the words of a grammar act together: a name has a prefix and a suffix
ACT_TOGETHER = frozenset({"unit_part", "responsibility", "citation_part", "person"})


def sentence_faults(book: RuleBook) -> tuple[RuleFault, ...]:
    """Faults of all sentences and of phrases that no sentence meets, in file order."""
    faults = [fault for rule in book.rules for fault in _faults(rule, book)]
    return tuple(sorted(faults, key=lambda f: (f.file, f.line)))


def _faults(rule: Rule, book: RuleBook) -> Iterator[RuleFault]:
    if rule.kind not in READERS:
        return
    for example in rule.examples:
        told = _verdict(rule, example, book)
        if told and not example.later:
            yield RuleFault(rule.file, example.line, rule.id, *told)
        elif not told and example.later:
            yield RuleFault(rule.file, example.line, rule.id, "later 例句已能认出", "移到 hit 中")
    # what the recognizer matches phrases on
    look = getattr(import_module(READERS[rule.kind]), "views", lambda text, book: (fold(text),))
    texts = [e.text[a:b] for e in rule.examples if not e.later for a, b in e.spans]
    # a whole sentence too: a pattern may look at what stands beside its words
    texts += [e.text for e in rule.examples if e.spans and not e.later]
    views = [view for text in texts for view in look(text, book)]
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
    told = _verdict(rule, example, book)
    return told[0] if told else ""


def found_in(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    """What the whole book reads in a text as rules of this kind do; nothing for a kind that has no sentences."""
    if kind not in READERS:
        return ()
    read: Reader = import_module(READERS[kind]).readings
    return read(text, book, kind)


def _verdict(rule: Rule, example: Example, book: RuleBook) -> tuple[str, str] | None:
    """(problem, remedy) of one sentence."""
    found = found_in(example.text, book.at(rule.get("region")), rule.kind)
    if not example.spans:
        own = next((r for r in found if r.rule == rule.id), None)
        if own is None:
            return None
        words = example.text[own.start : own.end]
        return f"不应认出，却认出了“{words}”", "收紧短语，或加排除词 not_followed_by、not_preceded_by"
    if rule.kind in MANY_READINGS:
        found = tuple(r for r in found if r.rule == rule.id)
    if [(r.start, r.end) for r in found] != list(example.spans):
        return _elsewhere(rule, example, found, book)
    if rule.kind not in ACT_TOGETHER and all(r.rule != rule.id for r in found):
        return f"认出它的是另一条规则：{_named(found, book)}", "把例句移到那一条，或给那一条加排除词"
    for reading, gives in zip(found, example.gives, strict=True):
        if gives != reading.gives:
            words = example.text[reading.start : reading.end]
            if gives in ("", TO_FILL):
                return f"“{words}”的 gives 还没有填", f'若意思对，写 gives = "{reading.gives}"；不对，改规则的意思'
            problem = f"“{words}”的意思是 {reading.gives}，例句写的是 {gives}"
            return problem, "改正 gives，或改正规则的意思"
    return None


def _elsewhere(rule: Rule, example: Example, found: Sequence[Reading], book: RuleBook) -> tuple[str, str]:
    # other stretches are found than those marked
    meant = marked(example.text, example.spans)
    if not found:
        return f"什么也没有认出，应为：{meant}", "看短语与例句的写法是否一致"
    problem = f"认出的是：{marked(example.text, [(r.start, r.end) for r in found])}，应为：{meant}"
    if others := [r for r in found if r.rule != rule.id and r.rule]:
        return f"{problem}；另有规则 {_named(others, book)}", "改正例句的标记，或给那一条加排除词"
    return problem, "改正例句的标记，或改短语"


def _named(found: Sequence[Reading], book: RuleBook) -> str:
    rules = [(r.rule, book.rule(r.rule)) for r in found]
    said = [f"{key}（{rule.file}:{rule.line}）" if rule else key or "（没有编号）" for key, rule in rules]
    return "、".join(dict.fromkeys(said))
