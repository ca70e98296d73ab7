"""Phrases with slots, {年}年底前, to patterns. The only place where a regular expression is made from a rule.

A phrase is the words themselves. {年} is a slot, [于] may be absent, (底|末) is one or the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

_CN = "一二三四五六七八九"
# what a slot takes, on the folded view (half-width digits); Chinese and Arabic numerals alike
SLOTS: Mapping[str, str] = {
    "年": r"(?:19|20)[0-9]{2}|[一二三四五六七八九〇○Oo零]{4}",
    "月": rf"1[0-2]|0?[1-9]|十[一二]?|[{_CN}]",
    "日": rf"3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[{_CN}]?|[{_CN}]",
    "季": r"[1-4一二三四]",
    "数": rf"[0-9]+|[{_CN}两十百]+",
    "小数": r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?",
    "五年": r"十[一二三四五六七八九]五|[一二三四五六七八九]五",
    "题": r"[^,。;:、!?()<>《》\s]{1,20}?",
    "中": r"[一二三四五六七八九十百零〇]+",
    "阿": r"[0-9]+",
    # amounts are found first; in the view of a target each one is a sign and its tail, as long as it was
    "数量": r"[\ue000\ue001\ue003]\ue002*(?!\ue002)",
    "阿量": r"[\ue000\ue003]\ue002*(?!\ue002)",
    "全量": r"\ue003\ue002*(?!\ue002)",
}
_DIGIT_SLOTS = frozenset({"年", "月", "日", "季", "数", "小数", "阿"})
_SLOT = re.compile(r"\{([^\d,{}][^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase as a pattern. `needle`: words that every match holds, so that most texts are passed over unmatched."""

    text: str
    source: str
    needle: str

    def finditer(self, view: str, words: str | None = None) -> Iterator[re.Match[str]]:
        """Every match in a folded view, in order. `words`: the view without blanks, where phrases may hold some."""
        if self.needle in (view if words is None else words):
            yield from compiled(self.source).finditer(view)

    def fullmatch(self, view: str) -> re.Match[str] | None:
        return compiled(self.source).fullmatch(view) if self.needle in view else None


@cache
def compiled(source: str) -> re.Pattern[str]:
    """The pattern, compiled when it is first needed."""
    return re.compile(source)


def compile_phrase(
    phrase: str,
    lists: Mapping[str, Sequence[str]] | None = None,
    not_followed_by: Sequence[str] = (),
    not_preceded_by: Sequence[str] = (),
    blanks: bool = False,
) -> Phrase:
    """A phrase of words, slots, [optional] and (this|that) parts; these marks are half-width, a full-width （ is a word.

    lists    slot name → the words it stands for (`[[slot]]` entries of the rule book)
    blanks   whether one blank may stand between any two characters (a line break in a narrow cell)
    raises   ValueError with a Chinese sentence when a slot is unknown or a bracket has no partner
    """
    from .spans import fold

    body: list[str] = []
    seen: dict[str, int] = {}
    depth: list[str] = []
    literal, needle, place = "", "", 0
    while place < len(phrase):
        char = phrase[place]
        if char == "{":
            end = phrase.find("}", place)
            if end < 0:
                raise ValueError("花括号没有配对")
            name = phrase[place + 1 : end]
            body.append(_slot(name, lists or {}, seen, first=not body))
            place, char = end, ""
        elif char in "[(":
            depth.append("]" if char == "[" else ")")
            body.append("(?:")
        elif char in "])":
            if not depth or depth.pop() != char:
                raise ValueError(f"括号没有配对：{phrase}")
            body.append(")?" if char == "]" else ")")
        elif char == "|" and depth:
            body.append("|")
        else:
            body.append((" ?" if blanks and any(b not in ("(?:", "|") for b in body) else "") + re.escape(fold(char)))
            if not depth:
                literal += fold(char)
                needle = max(needle, literal, key=len)
                place += 1
                continue
        literal = ""
        place += 1
    if depth:
        raise ValueError(f"括号没有配对：{phrase}")
    return Phrase(phrase, _guarded("".join(body), not_followed_by, not_preceded_by), needle)


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
    return Phrase(pattern, _guarded(body, not_followed_by, not_preceded_by), "")


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
        return rf"{'(?<![0-9.])' if first else ' ?(?<![0-9])'}(?P<{group}>{SLOTS[base]})(?![0-9]) ?"
    return f"(?P<{group}>{SLOTS[base]})"


def _guarded(body: str, not_followed_by: Sequence[str], not_preceded_by: Sequence[str]) -> str:
    from .spans import fold

    before = "".join(f"(?<!{re.escape(fold(word))})" for word in not_preceded_by)
    after = "|".join(re.escape(fold(word)) for word in not_followed_by)
    return f"{before}(?:{body}){f'(?!{after})' if after else ''}"
