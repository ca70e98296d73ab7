"""Phrases with slots, {年}年底前, to patterns. The only place where a regular expression is made from a rule.

A phrase is the words themselves. {年} is a slot, [于] may be absent, (底|末) is one or the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

T = TypeVar("T")

_CN = "一二三四五六七八九"
# one character for every slot that has phrases of its own: 2022年11月 is one mark to the phrases that use it
MARKS = "\U000f0000-\U000f00ff"
_FIRST_MARK = 0xF0000
# what a slot takes, on the folded view (half-width digits); Chinese and Arabic numerals alike. A month 13 or a day 32
# is taken too: whether the calendar has it is judged where dates are made
SLOTS: Mapping[str, str] = {
    "年": r"(?:19|20)[0-9]{2}|[一二][一二三四五六七八九〇○Oo零0]{3}",
    "月": rf"[0-9]{{1,2}}|十[{_CN}]?|[{_CN}]",
    "日": rf"[0-9]{{1,2}}|[二三]?十[{_CN}]?|[{_CN}]",
    "季": r"[1-4一二三四]",
    # of bounded length: a run of numerals is tried once from each of its characters
    "数": rf"[0-9]{{1,9}}|[{_CN}两十百]{{1,8}}",
    "小数": r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?",
    "题": r"[^,。;:、!?()<>《》\s]{1,20}?",
    # the words of an event: no time and no number stands in them
    "事": rf"[^,。;:、!?()<>《》\s0-9在于自从{MARKS}]{{1,20}}?",
    # what an office refers to: 按省、市要求
    "据": r"[^,。;:!?()]{0,20}?",
    "中": r"[一二三四五六七八九十百零〇]+",
    "阿": r"[0-9]+",
    # amounts are found first; in the view of a target each one is a sign and its tail, as long as it was
    "数量": r"[\ue000\ue001\ue003]\ue002*(?!\ue002)",
    "阿量": r"[\ue000\ue003]\ue002*(?!\ue002)",
    "全量": r"\ue003\ue002*(?!\ue002)",
    "两位": r"[1-4][0-9]",
}
_DIGIT_SLOTS = frozenset({"年", "月", "日", "季", "数", "小数", "阿", "两位"})
# 1.6月底前: the number of an item may stand before a year or a month, never a part of one
_AFTER_A_POINT = frozenset({"年", "月"})
_CLASS = re.compile(f"\\[[^]]*{MARKS}\\]")  # [^…] of a slot that takes no mark
_CHOICE = re.compile(r"\(([^][(){}]+)\)")  # (底|末): words alone
_SLOT = re.compile(r"\{([^\d,{}][^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase as a pattern. `needles`: every match holds one of them, so that most texts are passed over unmatched."""

    text: str
    source: str
    needles: tuple[str, ...] = ()

    def finditer(self, view: str) -> Iterator[re.Match[str]]:
        """Every match in a folded view, in order."""
        if self._possible(view):
            yield from compiled(self.source).finditer(view)

    def fullmatch(self, view: str) -> re.Match[str] | None:
        return compiled(self.source).fullmatch(view) if self._possible(view) else None

    @property
    def marked(self) -> bool:
        """Whether a slot with phrases of its own stands in it."""
        return any(MARKS[0] <= char <= MARKS[-1] for char in _CLASS.sub("", self.source))

    def _possible(self, view: str) -> bool:
        return not self.needles or any(needle in view for needle in self.needles)


class Shortlist(Generic[T]):
    """Many phrases with what each of them stands for; the characters of a text tell which may be met at all."""

    def __init__(self, each: Iterable[tuple[Phrase, T]]) -> None:
        self._all = tuple(each)
        self._always = tuple(n for n, (phrase, _) in enumerate(self._all) if not phrase.needles)
        self._by_char: dict[str, list[int]] = {}
        for count, (phrase, _) in enumerate(self._all):
            for char in {needle[-1] for needle in phrase.needles}:
                self._by_char.setdefault(char, []).append(count)

    def finditer(self, view: str) -> Iterator[tuple[re.Match[str], T]]:
        """Every match of every phrase in a folded view, phrase by phrase in their order."""
        found = set(self._always)
        for char in self._by_char.keys() & set(view):
            found.update(self._by_char[char])
        for count in sorted(found):
            phrase, meaning = self._all[count]
            if len(phrase.needles) == 1 and phrase.needles[0] not in view:
                continue
            for match in compiled(phrase.source).finditer(view):
                yield match, meaning


def mark(count: int) -> str:
    """The character that stands for the `count`-th slot with phrases of its own."""
    return chr(_FIRST_MARK + count)


@cache
def compiled(source: str) -> re.Pattern[str]:
    """The pattern, compiled when it is first needed."""
    return re.compile(source)


def compile_phrase(
    phrase: str,
    lists: Mapping[str, Sequence[str]] | None = None,
    not_followed_by: Sequence[str] = (),
    not_preceded_by: Sequence[str] = (),
) -> Phrase:
    """A phrase of words, slots, [optional] and (this|that) parts; these marks are half-width, a full-width （ is a word.

    lists    slot name → the words it stands for (`[[slot]]` entries of the rule book); a mark is such a word
    raises   ValueError with a Chinese sentence when a slot is unknown or a bracket has no partner
    """
    from .spans import fold

    body: list[str] = []
    seen: dict[str, int] = {}
    depth: list[str] = []
    needles: tuple[str, ...] = ()
    literal, place = "", 0
    while place < len(phrase):
        char = phrase[place]
        if char == "{":
            end = phrase.find("}", place)
            if end < 0:
                raise ValueError("花括号没有配对")
            name = phrase[place + 1 : end]
            body.append(_slot(name, lists or {}, seen, first=not body))
            if not depth:
                needles = _rarer(needles, tuple(map(fold, (lists or {}).get(name, ()))))
            place, char = end, ""
        elif char in "[(":
            if char == "(" and not depth and (choice := _CHOICE.match(phrase, place)):
                needles = _rarer(needles, tuple(map(fold, choice[1].split("|"))))
            depth.append("]" if char == "[" else ")")
            body.append("(?:")
        elif char in "])":
            if not depth or depth.pop() != char:
                raise ValueError(f"括号没有配对：{phrase}")
            body.append(")?" if char == "]" else ")")
        elif char == "|" and depth:
            body.append("|")
        else:
            body.append(re.escape(fold(char)))
            if not depth:
                literal += fold(char)
                needles = _rarer(needles, (literal,))
                place += 1
                continue
        literal = ""
        place += 1
    if depth:
        raise ValueError(f"括号没有配对：{phrase}")
    return Phrase(phrase, _guarded("".join(body), not_followed_by, not_preceded_by), needles)


def _rarer(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    # which of two demands fewer texts meet: a mark of a slot, then the longer words, then the shorter list
    def worth(needles: tuple[str, ...]) -> tuple[bool, int, int]:
        marks = bool(needles) and all(needle[0] >= mark(0) for needle in needles)
        return marks, min(map(len, needles), default=0), -len(needles)

    return max(one, other, key=worth)


def compile_pattern(
    pattern: str,
    lists: Mapping[str, Sequence[str]] | None = None,
    not_followed_by: Sequence[str] = (),
    not_preceded_by: Sequence[str] = (),
) -> Phrase:
    """One short regular expression; {年} stands for a slot in it too. Raises ValueError when it does not compile."""
    seen: dict[str, int] = {}
    body = _SLOT.sub(lambda m: _slot(m[1], lists or {}, seen, first=m.start() == 0), pattern)
    try:
        re.compile(body)
    except re.error as error:
        raise ValueError(f"正则表达式不成立：{error}") from error
    return Phrase(pattern, _guarded(body, not_followed_by, not_preceded_by))


def _slot(name: str, lists: Mapping[str, Sequence[str]], seen: dict[str, int], first: bool) -> str:
    from .spans import fold

    base = name.rstrip("0123456789")
    seen[base] = seen.get(base, 0) + 1
    group = base if seen[base] == 1 else f"{base}{seen[base]}"
    if base in lists:
        # the longest word first: an alternation takes the first that fits
        body = "|".join(re.escape(fold(word)) for word in sorted(lists[base], key=len, reverse=True))
        return f"(?P<{group}>{body})"
    if base not in SLOTS:
        known = "、".join([*SLOTS, *lists])
        raise ValueError(f"不认识的空位 {{{name}}}，可用的有：{known}")
    if base in _DIGIT_SLOTS:
        # a number is taken whole, and offices put blanks around it: 2022 年 11 月
        before = " ?(?<![0-9])" if not first else "(?<![0-9])" if base in _AFTER_A_POINT else "(?<![0-9.])"
        return rf"{before}(?P<{group}>{SLOTS[base]})(?![0-9]) ?"
    return f"(?P<{group}>{SLOTS[base]})"


def _guarded(body: str, not_followed_by: Sequence[str], not_preceded_by: Sequence[str]) -> str:
    from .spans import fold

    before = "".join(f"(?<!{re.escape(fold(word))})" for word in not_preceded_by)
    after = "|".join(re.escape(fold(word)) for word in not_followed_by)
    return f"{before}(?:{body}){f'(?!{after})' if after else ''}"
