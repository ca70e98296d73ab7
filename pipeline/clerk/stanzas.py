"""One stanza for words that no rule reads: ready to paste, the sentence bracketed, what only the clerk knows left open."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from types import MappingProxyType

from ..deliver.unmatched import Unmatched
from ..phrases import compile_phrase
from ..recognize.deadlines import views
from ..rulebook import Rule, RuleBook, marked, unmark
from ..rulecheck import found_in
from ..rulekinds import DEADLINE_KINDS, KINDS, TO_FILL
from ..slots import slot_words
from ..spans import fold, overlaps
from ..summary import KINDS as KINDS_SHOWN

PLAIN = str.maketrans("()[]{}|", "（）［］｛｝｜")  # half-width they are marks of a phrase, full-width plain words
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
NOTHING: Mapping[str, object] = MappingProxyType({})
LIKE = 0.5  # how alike words must be for their rule to be a hint


@dataclass(frozen=True, slots=True)
class Draft:
    """What a stanza says: (key, value, note) in order, the sentence with its marked stretches and their meanings."""

    keys: Sequence[tuple[str, object, str]]
    text: str
    spans: Sequence[tuple[int, int]]
    gives: Sequence[str]
    hints: Sequence[str] = ()


def stanza(one: Unmatched, rule_id: str, book: RuleBook, known: Mapping[str, object] = NOTHING) -> str:
    """The stanza as text that `rules check` takes once every 请填 is filled.

    known    what somebody has said already: key → value, and `gives`
    """
    draft = _said_by(_DRAFTS[one.looks_like](one, rule_id, book), known)
    gives = draft.gives[0] if len(draft.gives) == 1 else list(draft.gives)
    sentence = f"[{{ text = {_toml(marked(draft.text, draft.spans))}, gives = {_toml(gives)} }}]"
    note = "可先不填，rules check 会说该写什么" if TO_FILL in draft.gives else ""
    keys = [
        ("id", _toml(rule_id), "编号，可改成有含义的英文"),
        *((key, _toml(value), said) for key, value, said in draft.keys),
        ("hit", sentence, note),
        ("source", _toml(f"{one.file_name} {one.place}"), ""),
    ]
    width = max(len(key) for key, _, _ in keys)
    lines = [f"{key:{width}} = {value}{f'  # {said}' if said else ''}" for key, value, said in keys]
    times = f"{one.count} 次，{one.documents} 份文件" if one.documents > 1 else f"{one.count} 次"
    head = [f"“{one.words}”：{times}，首见 {one.file_name} {one.place}", *draft.hints]
    return "\n".join([*(f"# {line}" for line in head), f"[[{one.looks_like}]]", *lines])


def _said_by(draft: Draft, known: Mapping[str, object]) -> Draft:
    keys = [(key, known.get(key, value) if value == TO_FILL else value, note) for key, value, note in draft.keys]
    gives = [str(known.get("gives", given)) if given == TO_FILL else given for given in draft.gives]
    return replace(draft, keys=keys, gives=gives)


def read_by(one: Unmatched, book: RuleBook) -> str:
    """The rule that has come to read the words since the run that missed them; "" where none has."""
    text, spans = unmark(one.sentence)
    for reading in found_in(text, book, one.looks_like):
        if overlaps(reading.start, reading.end, spans) and reading.rule:
            return reading.rule
    return ""


def nearest(words: str, book: RuleBook, kind: str) -> Rule | None:
    """The rule of a kind whose sentences mark the words most like these; None where none is like them."""
    seen = SequenceMatcher(b=_shape(words), autojunk=False)
    best, found = LIKE, None
    for rule in book.of(kind):
        for example in rule.examples:
            for start, end in example.spans:
                other = _shape(example.text[start:end])
                seen.set_seq1(other)
                if seen.real_quick_ratio() <= best or seen.quick_ratio() <= best:
                    continue
                # how it ends says more of what it means than how it begins
                score = seen.ratio() + (0.1 if other[-1:] == _shape(words)[-1:] else 0)
                if score > best:
                    best, found = score, rule
    return found


def _deadline(one: Unmatched, rule_id: str, book: RuleBook) -> Draft:
    kinds = "、".join(f"{kind} {KINDS_SHOWN[kind]}" for kind in DEADLINE_KINDS if kind in KINDS_SHOWN)
    phrase = _generalized(one.words, book)
    draft = _said(one, book, [("kind", TO_FILL, kinds)], phrase)
    hints = [f"若是 due 或 window，再写一行 period = {_toml(slot)}" for slot in re.findall(r"\{.+?\}", phrase)[:1]]
    return replace(draft, hints=[*draft.hints, *hints])


def _target(one: Unmatched, rule_id: str, book: RuleBook) -> Draft:
    keys = [("comparator", TO_FILL, _choices("target", "comparator"))]
    phrase = NUMBER.sub("{小数}", _plain(one.words))
    draft = _said(one, book, keys, phrase)
    measure = NUMBER.split(fold(one.words))[-1]
    lists = "或".join(f"{rule.file}:{rule.line} 的词表 {rule.id}" for rule in _measures(book))
    hints = [f"若 {measure} 只是没见过的计量单位：不用这一条，把它加进 {lists}"] if lists else []
    return replace(draft, hints=[*hints, *draft.hints])


def _measures(book: RuleBook) -> list[Rule]:
    """The lists that hold the measures which the sentences of targets give, the fullest first; two at most."""
    given = Counter(
        gives.split(" ")[-1] for rule in book.of("target") for example in rule.examples for gives in example.gives
    )
    held = {rule.id: sum(given[word] for word in rule.get("words", ())) for rule in book.of("slot")}
    return [rule for rule in sorted(book.of("slot"), key=lambda rule: -held[rule.id]) if held[rule.id]][:2]


def _unit(one: Unmatched, rule_id: str, book: RuleBook) -> Draft:
    parts = book.of("unit_part")
    prefixes = [p.text for rule in parts if rule.get("part") == "prefix" for p in rule.phrases]
    prefixes.sort(key=len, reverse=True)
    prefix = next((p for p in prefixes if one.words.startswith(p) and len(one.words) > len(p) + 1), "")
    kinds = dict.fromkeys(kind for rule in (*parts, *book.of("unit")) if (kind := rule.get("kind")))
    keys = [
        ("names", [one.words.removeprefix(prefix)], "各种写法，不带级别"),
        ("full", TO_FILL, "全称，不带地名和级别"),
        ("kind", TO_FILL, _choices("unit", "kind") or "、".join(kinds)),
    ]
    # the name alone: its cell may hold others, which the sentence would have to mark too
    return Draft(
        keys,
        one.words,
        [(0, len(one.words))],
        [rule_id],
        ["若只有本地有这个单位：写进 places/区划代码.toml，并加一行 region"],
    )


def _header(one: Unmatched, rule_id: str, book: RuleBook) -> Draft:
    near = nearest(one.words, book, "header")
    column = near.meaning["column"] if near else TO_FILL
    text, spans = unmark(one.sentence)
    keys = [
        ("column", column, "请核对" if near else _choices("header", "column")),
        ("names", [_plain(one.words)], ""),
    ]
    hints = (
        [f"若与 {near.id} 同义，也可不加这一条：把它写进 {near.file}:{near.line} 的 names，并照旁边补例句"]
        if near
        else []
    )
    return Draft(keys, text, spans, [column], hints)


_DRAFTS: dict[str, Callable[[Unmatched, str, RuleBook], Draft]] = {
    "deadline": _deadline,
    "target": _target,
    "unit": _unit,
    "header": _header,
}


def _said(one: Unmatched, book: RuleBook, keys: Sequence[tuple[str, object, str]], phrase: str) -> Draft:
    """A phrase with its sentence; what the book reads beside the words is marked too, with its meaning."""
    text, spans = unmark(one.sentence)
    own = [(*span, TO_FILL) for span in spans]
    beside = [
        (r.start, r.end, r.gives) for r in found_in(text, book, one.looks_like) if not overlaps(r.start, r.end, spans)
    ]
    every = sorted([*own, *beside])
    return Draft(
        [*keys, ("phrases", [phrase], "")],
        text,
        [(a, b) for a, b, _ in every],
        [gives for _, _, gives in every],
        list(_hint(nearest(one.words, book, one.looks_like))),
    )


def _hint(rule: Rule | None) -> Iterator[str]:
    if rule:
        said = "，".join(
            f"{key} = {_toml(value)}" for key, value in rule.meaning.items() if key not in ("source", "note")
        )
        yield f"相近的规则 {rule.id}（{rule.file}）：{said}"


def _generalized(words: str, book: RuleBook) -> str:
    """The words as a phrase, each time in them as the slot that reads it, where the phrase then still reads the words."""
    slots = {rule.id: rule.meaning for rule in book.of("slot")}
    lists = slot_words(slots)
    marks = {lists[name][0]: f"{{{name}}}" for name, said in slots.items() if not said.get("words")}
    seen = views(words, book)[-1]
    phrase = "".join(marks.get(char, char.translate(PLAIN)) for char in seen)
    try:
        return phrase if compile_phrase(phrase, lists).fullmatch(seen) else _plain(words)
    except ValueError:
        return _plain(words)


def _plain(words: str) -> str:
    return "".join(fold(words).split()).translate(PLAIN)


def _shape(words: str) -> str:
    return NUMBER.sub("0", "".join(fold(words).split()))


def _choices(kind: str, key: str) -> str:
    check = KINDS[kind].keys[key]
    return "、".join(check) if isinstance(check, tuple) else ""


def _toml(value: object) -> str:
    # a JSON string is a TOML string
    return json.dumps(value, ensure_ascii=False)
