"""Rule values and the checks on them: dicts → frozen rules, or every fault at once. Pure: reads no file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .errors import RuleFault, RulesInvalid
from .phrases import Phrase, compile_pattern, compile_phrase
from .rulekinds import KINDS, shape_faults
from .slots import slot_faults, slot_words, template_faults

PLACED = "unit of one place"  # where the book keeps them apart from the units of every place
MARKS = (("【", "】"), ("〖", "〗"))  # the second for sentences that hold the first themselves


@dataclass(frozen=True, slots=True)
class Entry:
    """One stanza of a rule file as read: its kind, its keys, and where it stands."""

    kind: str
    data: Mapping[str, Any]
    file: str
    line: int
    lines: tuple[str, ...] = ()  # the stanza's own lines, so that a sentence has a line number

    def line_of(self, words: str) -> int:
        """The line that holds these words, as written in a string of TOML or plainly; the stanza's first without one."""
        written = words.replace("\\", "\\\\").replace('"', '\\"')
        return next((self.line + i for i, text in enumerate(self.lines) if words in text or written in text), self.line)

    def line_of_key(self, key: str) -> int:
        """The line where a key is given its value; the stanza's first when it has none."""
        given = re.compile(rf"\s*{re.escape(key)}\s*=")
        return next((self.line + i for i, text in enumerate(self.lines) if given.match(text)), self.line)


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence of a rule. spans: what must be found ([] for a miss); gives: what each of them means."""

    text: str
    spans: tuple[tuple[int, int], ...]
    gives: tuple[str, ...]
    later: bool
    where: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the phrases that find it, what it means (`meaning`), its sentences and its place."""

    kind: str
    id: str
    phrases: tuple[Phrase, ...]
    meaning: Mapping[str, Any]
    examples: tuple[Example, ...]
    file: str
    line: int
    not_followed_by: tuple[str, ...] = ()
    not_preceded_by: tuple[str, ...] = ()

    def get(self, key: str, default: Any = None) -> Any:
        return self.meaning.get(key, default)


@dataclass(frozen=True)
class RuleBook:
    """All rules, whole. `fingerprint`: 12 hex digits of the SHA-256 of the rule files."""

    rules: tuple[Rule, ...]
    fingerprint: str
    _by_kind: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict, repr=False, compare=False)
    _by_id: Mapping[str, Rule] = field(default_factory=dict, repr=False, compare=False)
    _made: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def at(self, place: str | None) -> RuleBook:
        """The book for the papers of one place (its GB/T 2260 code): with the units that only count there."""
        own = [rule for rule in self.of(PLACED) if _within(place or "", rule.get("region"))]
        if not own:
            return self
        regions = sorted({rule.get("region") for rule in own})
        return self.made(f"at {regions}", lambda _: self._with(own))  # type: ignore[no-any-return]

    def _with(self, own: Sequence[Rule]) -> RuleBook:
        # a place's own rule comes before the general ones
        return replace(self, _by_kind={**self._by_kind, "unit": (*own, *self.of("unit"))}, _made={})

    def of(self, kind: str) -> tuple[Rule, ...]:
        """The rules of one kind, in file order; those of single places left out (`at` has them)."""
        return self._by_kind.get(kind, ())

    def rule(self, rule_id: str) -> Rule | None:
        return self._by_id.get(rule_id)

    def made(self, name: str, make: Any) -> Any:
        """What a recognizer prepares from the book once (an index, a joined pattern), kept with the book."""
        if name not in self._made:
            self._made[name] = make(self)
        return self._made[name]


def build(entries: Sequence[Entry], fingerprint: str = "") -> RuleBook:
    """The rule book, or `RulesInvalid` with every fault of every file.

    Demands known keys, an id used once, a source, sentences with marks, phrases that compile and stand only once.
    Whether the sentences come true is another question: `rulecheck.py`.
    """
    faults: list[RuleFault] = []
    slots = {e.data["id"]: e.data for e in entries if e.kind == "slot" and _fits(e)}
    lists = slot_words(slots)
    rules = [rule for entry in entries if (rule := _rule(entry, lists, faults)) is not None]
    problems = slot_faults(slots)
    named = [r for r in rules if r.kind == "slot" and r.id in problems]
    faults += [RuleFault(r.file, r.line, r.id, problems[r.id], "改正这个空位") for r in named]
    faults += _doubles(rules)
    if faults:
        raise RulesInvalid(sorted(faults, key=lambda f: (f.file, f.line)))
    return gathered(rules, fingerprint)


def gathered(rules: Sequence[Rule], fingerprint: str) -> RuleBook:
    """Rules as a book, in their order; what makes a rule good is for `build`."""
    by_kind: dict[str, list[Rule]] = {}
    for rule in rules:
        by_kind.setdefault(PLACED if rule.kind == "unit" and rule.get("region") else rule.kind, []).append(rule)
    return RuleBook(
        tuple(rules), fingerprint, {k: tuple(v) for k, v in by_kind.items()}, {rule.id: rule for rule in rules}
    )


def _within(place: str, region: str) -> bool:
    # 130600 holds 130607 and its townships
    stem = region.rstrip("0")
    return place.startswith(stem + "0" * (len(stem) % 2))


def _fits(entry: Entry) -> bool:
    return not shape_faults(entry.kind, entry.data)


def _rule(entry: Entry, lists: Mapping[str, Sequence[str]], faults: list[RuleFault]) -> Rule | None:
    from difflib import get_close_matches

    data, rule_id = entry.data, str(entry.data.get("id", "?"))

    def fault(problem: str, remedy: str, words: str = "\0", line: int = 0) -> None:
        faults.append(RuleFault(entry.file, line or entry.line_of(words), rule_id, problem, remedy))

    if entry.kind not in KINDS:
        near = get_close_matches(entry.kind, KINDS, 1)
        fault(f"不认识的条目 [[{entry.kind}]]", f"是不是 [[{near[0]}]]？" if near else f"可用的有：{'、'.join(KINDS)}")
        return None
    misfits = shape_faults(entry.kind, data)
    for key, problem, remedy in misfits:
        fault(problem, remedy, line=entry.line_of_key(key))
    if misfits:
        return None
    guards = tuple(data.get("not_followed_by", ())), tuple(data.get("not_preceded_by", ()))
    phrases: list[Phrase] = []
    for words in data.get("phrases", ()):
        try:
            phrases.append(compile_phrase(words, lists, *guards))
        except ValueError as error:
            fault(str(error), "改正这条短语", words)
    if "pattern" in data:
        try:
            phrases.append(compile_pattern(data["pattern"], lists, *guards))
        except ValueError as error:
            fault(str(error), "改正 pattern", "pattern")
    for problem in _templates(entry.kind, phrases, data):
        fault(problem, "补上这个空位,或改正值")
    common = {"id", "phrases", "pattern", "hit", "miss", "later", "not_followed_by", "not_preceded_by"}
    meaning = {key: value for key, value in data.items() if key not in common}
    examples = tuple(_examples(entry, rule_id, fault))
    return Rule(entry.kind, rule_id, tuple(phrases), meaning, examples, entry.file, entry.line, *guards)


def _templates(kind: str, phrases: Sequence[Phrase], data: Mapping[str, Any]) -> list[str]:
    if kind == "slot" and data.get("phrases") and len(data.get("values", ())) == len(phrases):
        each = zip(phrases, data["values"], strict=True)
        return [problem for phrase, value in each for problem in template_faults([phrase], [value])]
    if kind == "deadline":
        return template_faults(phrases, [data.get(key, "") for key in ("period", "duration", "recurrence")])
    return []


def _examples(entry: Entry, rule_id: str, fault: Any) -> Iterable[Example]:
    for sort in ("hit", "later", "miss"):
        for count, said in enumerate(entry.data.get(sort, ()), 1):
            raw = said if isinstance(said, str) else said["text"]
            line = entry.line_of(raw)
            where = f"{entry.file}:{line}:{rule_id}:{sort}{count}"
            if sort == "miss":
                yield Example(raw, (), (), False, where, line)
                continue
            text, spans = unmark(raw)
            gives = said.get("gives", "")
            each = tuple(map(str, gives)) if isinstance(gives, list) else (str(gives),) * len(spans)
            if told := _unmarked(raw, spans):
                fault(*told, raw)
            elif len(each) != len(spans):
                fault(f"例句标了 {len(spans)} 处，gives 却有 {len(each)} 个", 'gives = ["…", "…"]，一处一个', raw)
            yield Example(text, spans, each, sort == "later", where, line)


def _unmarked(raw: str, spans: Sequence[tuple[int, int]]) -> tuple[str, str] | None:
    """What is wrong with the marks of a sentence, and what to do."""
    opening, closing = MARKS[1] if MARKS[1][0] in raw else MARKS[0]
    if raw.count(opening) > raw.count(closing):
        return f"例句里的 {opening} 没有配对的 {closing}", f"在应认出的文字末尾补上 {closing}"
    if raw.count(opening) < raw.count(closing):
        return f"例句里的 {closing} 没有配对的 {opening}", f"在应认出的文字前面补上 {opening}"
    if spans:
        return None
    other = next((pair for pair in ("[]", "〔〕", "［］", "〖〗") if pair[0] in raw and pair[1] in raw), "")
    remedy = f"{other} 不是标记，换成【】" if other else "把应认出的文字用【】括起来"
    return "例句没有用【】标出应认出的文字", remedy


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A sentence without its marks, and the stretches they enclosed.

    >>> unmark("力争【2025年底前】完成")
    ('力争2025年底前完成', ((2, 9),))
    """
    marks = MARKS[1] if MARKS[1][0] in marked else MARKS[0]
    opening, closing = marks
    text = ""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for char in marked:
        if char == opening and start is None:
            start = len(text)
        elif char == closing and start is not None:
            spans.append((start, len(text)))
            start = None
        else:
            text += char
    return text, tuple(spans)


def marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with its stretches in marks: the inverse of `unmark`.

    >>> marked("力争2025年底前完成", [(2, 9)])
    '力争【2025年底前】完成'
    """
    opening, closing = MARKS[1] if MARKS[0][0] in text or MARKS[0][1] in text else MARKS[0]
    place, out = 0, ""
    for start, end in spans:
        out += f"{text[place:start]}{opening}{text[start:end]}{closing}"
        place = end
    return out + text[place:]


def names_of(rule: Rule) -> tuple[str, ...]:
    """The names of a rule as printed: those it lists, and each of its stems with each of its forms (发改 + 局)."""
    made = [f"{stem}{form}" for stem in rule.get("stems", ()) for form in rule.get("forms", ("",))]
    return tuple(dict.fromkeys((*rule.get("names", ()), *made)))


def _level(rule: Rule) -> str:
    # the State Council's departments and a place's own bear the same names
    return "national" if rule.kind == "unit" and rule.get("level") == "national" else ""


def _doubles(rules: Sequence[Rule]) -> list[RuleFault]:
    faults = []
    seen: dict[tuple[str, str], Rule] = {}
    for rule in rules:
        names = [("id", rule.id)]
        kind = rule.kind + rule.get("part", "") if rule.kind == "unit_part" else rule.kind
        names += [(kind, words) for words in [*(p.text for p in rule.phrases), *names_of(rule)]]
        for sort, words in names:
            # two units of two places may bear one short name; the place decides
            place = "" if sort == "id" else f"{rule.get('region', '')}{rule.get('where', '')}{_level(rule)}"
            key = (f"{sort}@{place}", words)
            if key in seen:
                other = seen[key]
                what = "编号" if sort == "id" else "用语"
                problem = f"{what} {words} 已在 {other.file}:{other.line} [{other.id}] 出现"
                remedy = "给这一条换一个编号" if sort == "id" else "删去其中一处"
                faults.append(RuleFault(rule.file, rule.line, rule.id, problem, remedy))
            seen.setdefault(key, rule)
    return faults
