"""The titles of one text: what stands between 《 and 》, to any depth, with wrong, doubled or missing marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

TITLE_LIMIT = 150  # an opening mark without a partner swallows no paragraph

# other signs that serve as title marks, one for one on the folded view (〈 and ＜ are < there)
_MARKS = str.maketrans("≪«⟪‹﹤⟨≫»⟫›﹥⟩", "《《《<<<》》》>>>")
# << and >> are one mark each; a title holds no full stop
_TOKEN = re.compile(r"<<|>>|[《》<>。]")
_OUTER, _INNER, _OUTER_END, _INNER_END, _STOP = "《", "<", "》", ">", "。"


@dataclass(frozen=True, slots=True)
class Title:
    """One title: the stretch with its marks, the stretch of the words, the index of the title it stands in."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    start: int
    end: int


def titles(view: str, text: str, tail: Callable[[int], int]) -> tuple[Title, ...]:
    """The titles of a text in reading order, each outer one before those inside it.

    view     the folded text; `text` itself tells 〈 from a sign of comparison
    tail     place → end of the words that close a title behind an inner one (的通知), or the place itself
    """
    found = list(dict.fromkeys(_pairs(view, text, tail)))
    found = [f for f in found if any(c.isalnum() for c in view[f[2] : f[3]])]
    found.sort(key=lambda f: (f[0], -f[1]))
    out: list[Title] = []
    open_now: list[int] = []  # the titles around this place, outermost first
    for start, end, inner_start, inner_end in found:
        while open_now and out[open_now[-1]].end < end:
            open_now.pop()
        if open_now and out[open_now[-1]].inner_start == start and out[open_now[-1]].inner_end == end:
            # 《《A》》: one title with doubled marks
            above = out[open_now[-1]]
            out[open_now[-1]] = Title(above.start, above.end, inner_start, inner_end, above.parent)
            continue
        out.append(Title(start, end, inner_start, inner_end, open_now[-1] if open_now else None))
        open_now.append(len(out) - 1)
    return tuple(out)


def _tokens(view: str) -> list[_Token]:
    marked = view.translate(_MARKS)
    kinds = {"<<": _OUTER, ">>": _OUTER_END}
    return [_Token(kinds.get(m[0], m[0]), *m.span()) for m in _TOKEN.finditer(marked)]


def _pairs(view: str, text: str, tail: Callable[[int], int]) -> Iterator[tuple[int, int, int, int]]:
    tokens = _tokens(view)
    opened: list[_Token] = []
    closed_inside = 0  # where the last title inside the open ones ends
    for place, token in enumerate(tokens):
        while opened and token.start - opened[0].start > TITLE_LIMIT:
            opened.pop(0)
        after = tokens[place + 1].kind if place + 1 < len(tokens) else _STOP
        if token.kind == _STOP:
            yield from _left_open(opened, closed_inside, tail)
            opened.clear()
        elif token.kind == _OUTER or (token.kind == _INNER and (opened or text[token.start] in "〈⟨")):
            opened.append(token)
        elif opened and token.kind == _OUTER_END:
            if opened[-1].kind == _INNER and len(opened) > 1 and after != _OUTER_END:
                # 《A〈B的通知》: the inner mark was left open; its title ends before the words that close the outer
                inner = opened.pop()
                if (end := _before_tail(view, inner.end, token.start, tail)) > inner.end:
                    yield inner.start, end, inner.end, end
                while len(opened) > 1 and opened[-1].kind == _INNER:
                    opened.pop()
            # 《A〈B》C》: the next mark closes again, so this one closes the inner title
            one = opened.pop()
            yield one.start, token.end, one.end, token.start
            closed_inside = token.end
        elif opened and token.kind == _INNER_END:
            if opened[-1].kind == _OUTER and len(opened) == 1 and after == _OUTER_END:
                continue  # 《A〉B》: a closing mark too many
            one = opened.pop()
            yield one.start, token.end, one.end, token.start
            closed_inside = token.end
    yield from _left_open(opened, closed_inside, tail)


def _left_open(
    opened: list[_Token], closed_inside: int, tail: Callable[[int], int]
) -> Iterator[tuple[int, int, int, int]]:
    # 《A《B》的通知: the outer mark was never closed, but the words behind the inner title say where it ends
    if opened and closed_inside > opened[-1].end and opened[-1].kind == _OUTER:
        end = tail(closed_inside)
        if closed_inside < end <= opened[-1].start + TITLE_LIMIT:
            yield opened[-1].start, end, opened[-1].end, end


def _before_tail(view: str, start: int, end: int, tail: Callable[[int], int]) -> int:
    place = view.rfind("的", start, end)
    return place if place > start and tail(place) == end else start
