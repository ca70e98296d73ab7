"""Times in words: 2022年11月, 3个工作日, 每季度 become one mark each, so that a rule says {月段}底前 and means every month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..phrases import MARKS, Shortlist
from ..rulebook import RuleBook
from ..slots import slot_levels, slot_words
from ..spans import fold, longest
from .numbers import to_int

_BLANK = re.compile(r"\s+")
_NO_MARK = re.compile(f"[{MARKS}]")
# characters of times that a page converted by machine prints in their traditional form
_PLAIN = str.maketrans("個後內時長續從開號週兩達節據結現發辦實動進", "个后内时长续从开号周两达节据结现发办实动进")
_TEMPLATE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class View:
    """A text as the rules meet it.

    words          folded, without blanks (one stays between two digits), each time one mark
    starts, ends   for every character of `words`, the stretch of `text` it stands for
    codes          place of a mark → what it means (`values` of its slot): 2022-11, P3D, FREQ=MONTHLY
    """

    text: str
    words: str
    starts: Sequence[int]
    ends: Sequence[int]
    codes: Mapping[int, str]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of `words` as a stretch of `text`."""
        return self.starts[start], self.ends[end - 1]

    def slots(self, match: re.Match[str], book: RuleBook) -> tuple[tuple[str, str], ...]:
        """What a match put into its slots: the code of a mark, the value of a word, a numeral as a number, else the words."""
        out = []
        for name, said in match.groupdict().items():
            if said is None:
                continue
            place = match.start(name)
            if place in self.codes and match.end(name) == place + 1:
                out.append((name, self.codes[place]))
            elif (value := _values(book).get(name.rstrip("0123456789"), {}).get(said)) is not None:
                out.append((name, value))
            elif (number := to_int(said)) is not None:
                out.append((name, str(number)))
            elif said.strip():
                start, end = self.place(*match.span(name))
                out.append((name, self.text[start:end].strip()))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class _Time:
    start: int
    end: int
    mark: str
    code: str


def plain(text: str) -> View:
    """The text folded and without blanks, its times as they are.

    A line break in a narrow cell (2022年⏎底前) and blanks around numbers (2022 年 12 月) hide nothing.
    """
    view = _NO_MARK.sub("\0", fold(text).translate(_PLAIN))
    starts: list[int] = []
    place = 0
    for blank in _BLANK.finditer(view):
        a, b = blank.span()
        starts += range(place, a)
        if a and b < len(view) and view[a - 1].isdigit() and view[b].isdigit():
            starts.append(a)  # 2022 12: two numbers, not one
        place = b
    if not place:
        return View(text, view, range(len(view)), range(1, len(view) + 1), {})
    starts += range(place, len(view))
    words = "".join(" " if view[i].isspace() else view[i] for i in starts)
    return View(text, words, starts, [i + 1 for i in starts], {})


def times(view: View, book: RuleBook) -> View:
    """The view with its times as marks, level by level: 某年 before 月段, which uses it.

    raises   nothing; cost is linear in the text
    """
    for level in book.made("times", _levels):
        found = longest(_found(view, level, book))
        if found:
            view = _marked(view, found)
    return view


def filled(template: str, slots: Mapping[str, str]) -> str:
    """A template with what its slots say; a slot that nothing was said in is `_`: the plan's own.

    >>> filled("{某年}-{月}", {"月": "11"})
    '_-11'
    """
    return _TEMPLATE.sub(lambda m: slots.get(m[1], "_"), template)


def _found(view: View, level: Shortlist[tuple[str, str]], book: RuleBook) -> Iterator[_Time]:
    for match, (mark, template) in level.finditer(view.words):
        slots = dict(view.slots(match, book)) if "{" in template else {}
        yield _Time(*match.span(), mark, filled(template, slots))


def _marked(view: View, found: Sequence[_Time]) -> View:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    codes: dict[int, str] = {}
    place = 0
    for time in (*found, None):
        stop = time.start if time else len(view.words)
        for index in range(place, stop):
            if index in view.codes:
                codes[len(starts) + index - place] = view.codes[index]
        words.append(view.words[place:stop])
        starts += view.starts[place:stop]
        ends += view.ends[place:stop]
        if time:
            codes[len(starts)] = time.code
            words.append(time.mark)
            start, end = view.place(time.start, time.end)
            starts.append(start)
            ends.append(end)
            place = time.end
    return View(view.text, "".join(words), starts, ends, codes)


def _levels(book: RuleBook) -> tuple[Shortlist[tuple[str, str]], ...]:
    rules = {rule.id: rule for rule in book.of("slot")}
    said = {name: {**rule.meaning, "phrases": [p.text for p in rule.phrases]} for name, rule in rules.items()}
    marks = slot_words(said)
    levels = []
    for names in slot_levels(said):
        level = []
        for name in names:
            values = rules[name].get("values") or [""] * len(rules[name].phrases)
            for phrase, value in zip(rules[name].phrases, values, strict=True):
                level.append((phrase, (marks[name][0], value)))
        levels.append(Shortlist(level))
    return tuple(levels)


def _values(book: RuleBook) -> Mapping[str, Mapping[str, str]]:
    made: Mapping[str, Mapping[str, str]] = book.made("values of words", _word_values)
    return made


def _word_values(book: RuleBook) -> Mapping[str, Mapping[str, str]]:
    return {
        rule.id: dict(zip(map(fold, rule.meaning["words"]), rule.meaning["values"], strict=True))
        for rule in book.of("slot")
        if rule.get("words") and rule.get("values")
    }
