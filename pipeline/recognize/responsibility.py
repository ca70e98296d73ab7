"""Responsibility in running text: the stretches of a paragraph that state who does it, and by when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest, trim
from .numbering import numerals
from .roles import Cue, RolePart, cues
from .sounds import placed, without_notes
from .statement import Labelled, Match, Statement, of_part, statement

BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "〖": "〗"}
CLOSED_BY = {")": "(", "]": "[", "】": "【", "〕": "〔", "〗": "〖"}
LONGEST = 800  # characters of one statement
NEAR = 20  # characters beside a bracket that are looked at
MOST = 8  # labels in one chain, and places where a chain is cut short
DEEPEST = 4  # brackets within brackets that are tried


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One statement. start, end: the whole stretch with its brackets and labels, to be cut from the task's text.

    parts      the unit lists with their roles
    deadlines  the stretches that state a time: the words after 完成时限：, the last item of a bracket
    others     labels that give neither, with their words: 适用范围：全省
    rule       the rule whose words made it a statement; "" for a bracket of nothing but names
    """

    start: int
    end: int
    parts: tuple[RolePart, ...]
    deadlines: tuple[tuple[int, int], ...]
    rule: str = ""
    others: tuple[Labelled, ...] = ()


def responsibility(text: str, book: RuleBook) -> tuple[Responsibility, ...]:
    """The statements of one paragraph, in reading order, disjoint.

    A bracket that says nothing else and closes a sentence; 责任单位：… up to its full stop, with the labels that follow
    at once; 该目标责任单位为…; a last sentence of nothing but units and roles. A bracket or a clause that tells of
    somebody's duties (由甲部牵头的机制) is none.
    source   国发〔2019〕3号, 国办发〔2018〕128号, 闽政办〔2019〕政务公开, 穗府〔2012〕
    """
    view, places = without_notes(fold(text), book)
    found = list(_bracketed(view, book))
    found += _sentences(view, book)
    found += _labelled(view, book, found)
    taken = longest(found)
    last = _last(view, book)
    if last and not any(last.start < one.end and one.start < last.end for one in taken):
        taken = longest([*taken, last])
    return taken if len(view) == len(text) else tuple(_placed(one, places) for one in taken)


def _placed(one: Responsibility, places: Sequence[int]) -> Responsibility:
    return Responsibility(
        *placed(one.start, one.end, places),
        tuple(RolePart(part.role, *placed(part.start, part.end, places), part.rule) for part in one.parts),
        tuple(placed(a, b, places) for a, b in one.deadlines),
        one.rule,
        tuple(_labelled_at(other, places) for other in one.others),
    )


def _labelled_at(other: Labelled, places: Sequence[int]) -> Labelled:
    start, label_end = placed(other.start, other.label_end, places)
    return Labelled(start, label_end, placed(other.start, other.end, places)[1])


def _made(start: int, end: int, said: Statement) -> Responsibility:
    rule = said.cue.rule.id if said.cue else ""
    return Responsibility(start, end, said.parts, said.deadlines, rule, said.others)


# ── brackets ──


def _bracketed(view: str, book: RuleBook) -> Iterator[Responsibility]:
    place = 0
    for depth, start, end in _pairs(view):
        if start < place or depth > DEEPEST or end - start > LONGEST:
            continue
        said = _bracket(view, start, end, book)
        if said:
            yield said
            place = end


def _pairs(view: str) -> list[tuple[int, int, int]]:
    """(depth, start, end) of every bracket, outer ones first; one that nothing closes runs to the end of its line."""
    made: list[tuple[int, int, int]] = []
    open_at: list[int] = []
    for place, char in enumerate(view):
        if char in BRACKETS:
            open_at.append(place)
        elif char in CLOSED_BY and open_at:
            start = open_at.pop()
            made.append((len(open_at), start, place + 1))
    if open_at:
        line = view.find("\n", open_at[0])
        made.append((0, open_at[0], len(view) if line < 0 else line))
    return sorted(made, key=lambda m: (m[1], -m[2]))


def _bracket(view: str, start: int, end: int, book: RuleBook) -> Responsibility | None:
    inside = (start + 1, end - 1 if view[end - 1] in CLOSED_BY else end)
    before = view[max(0, start - NEAR) : start].rstrip()
    after = view[end : end + NEAR].lstrip(" ")
    closes = not after or after[0] in "。;!,\n" or before[-1:] in ("", "。", ";", "!", "\n", ":")
    words = view[slice(*inside)]
    label = next(iter(_heads(words, book)), None)
    if label is not None:
        said = statement(view, *inside, book, strict=False, closed=True)
        return _made(start, end, said) if said else None
    if not closes and not (after[0].isdigit() or after[0] in "(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨"):
        return None
    said = statement(view, *inside, book)
    if said is None:
        return None
    if said.cue is None:
        # nothing but names: only at the end of the paragraph, after a full stop
        alone = not after.strip("。;") and before[-1:] in ("。", "!", ";")
        if not alone or any(p.role != "responsible" for p in said.parts):
            return None
    return _made(start, end, said)


def _heads(words: str, book: RuleBook) -> Iterator[Cue | Match]:
    # a label that the words begin with
    start = len(words) - len(words.lstrip())
    every: tuple[Cue | Match, ...] = (*cues(words, book), *of_part(words, book, "due_label"))
    for one in every:
        side = one.side if isinstance(one, Cue) else "label"
        if side == "label" and one.start == start:
            yield one


# ── labels ──


def _labelled(view: str, book: RuleBook, taken: Sequence[Responsibility]) -> Iterator[Responsibility]:
    """Labels with a colon, one after another, each with its list up to a full stop."""
    labels = [c for c in cues(view, book) if c.side == "label" and (view[c.end - 1] == ":" or _alone(view, c))]
    heads: tuple[Cue | Match, ...] = longest([*labels, *of_part(view, book, "due_label")])
    starts = [head.start for head in heads]
    numbers = [n.start for n in numerals(view, book)] if heads else []
    busy = sorted((one.start, one.end) for one in taken)
    place = 0
    for index, head in enumerate(heads):
        before = bisect_right(busy, (head.start, len(view))) - 1
        if head.start < place or (before >= 0 and head.start < busy[before][1]):
            continue
        end = _list_end(view, head.end, starts, numbers)
        for following in heads[index + 1 : index + MOST]:
            if following.start < end or view[end : following.start].strip(" \n;,、。|"):
                break
            end = _list_end(view, following.end, starts, numbers)
        said = _chain(view, head.start, end, book)
        if said:
            place = end
            yield said


def _alone(view: str, cue: Cue) -> bool:
    # 牵头单位 区发改局 as a line of its own
    line = view.rfind("\n", 0, cue.start) + 1
    return not view[line : cue.start].strip() and view[cue.end - 1] == " "


def _list_end(view: str, start: int, heads: Sequence[int], numbers: Sequence[int]) -> int:
    """Where the words of a label end: at a full stop, a line's end, the next label or the next item's number."""
    limit = start + LONGEST
    ends = [at for c in "。\n" if (at := view.find(c, start, limit)) >= 0]
    ends += heads[bisect_left(heads, start) :][:1]
    here = bisect_right(numbers, start)
    ends += [n for n in numbers[here : here + MOST] if view[n - 1] not in "、,("][:1]
    end = min([*ends, limit, len(view)])
    return end + 1 if view[end : end + 1] == "。" else end


def _chain(view: str, start: int, end: int, book: RuleBook) -> Responsibility | None:
    """The labels of [start, end) as one statement, cut short where running text begins."""
    for _ in range(MOST):
        a, b = trim(view, start, end)
        said = statement(view, a, b, book, strict=False)
        if said and said.cue and _listed(view, said, book):
            return _made(a, b, said)
        end = max(view.rfind(c, start, b) for c in ",;")
        if end <= start:
            break
    return None


def _listed(view: str, said: Statement, book: RuleBook) -> bool:
    # every list is one that could stand in a unit cell: names, no clauses
    return all(statement(view, p.start, p.end, book) or "、" in view[p.start : p.end] for p in said.parts)


# ── sentences ──


def _sentences(view: str, book: RuleBook) -> Iterator[Responsibility]:
    """该目标责任单位为市经委。"""
    for head in of_part(view, book, "sentence"):
        if view[max(0, head.start - NEAR) : head.start].rstrip(" ")[-1:] not in ("", "。", ";", "\n", ")"):
            continue
        limit = min(len(view), head.end + LONGEST)
        end = min([at for c in "。;\n" if (at := view.find(c, head.end, limit)) >= 0] + [limit])
        said = statement(view, head.end, end, book)
        if said and not said.parts[0].rule:
            role, rule = head.rule.meaning["role"], head.rule.id
            parts = tuple(p if p.rule else RolePart(role, p.start, p.end, rule) for p in said.parts)
            end += view[end : end + 1] in ("。", ";")
            yield Responsibility(head.start, end, parts, said.deadlines, rule)


def _last(view: str, book: RuleBook) -> Responsibility | None:
    """区发改局牵头，区财政局配合。 as the last sentence, or as a paragraph of its own."""
    end = len(view.rstrip())
    inner = len(view[:end].rstrip("。; "))
    start = max(view.rfind(c, 0, inner) for c in "。;!\n") + 1
    start, inner = trim(view, start, inner)
    if not 2 < inner - start < LONGEST:
        return None
    said = statement(view, start, inner, book)
    if said is None or said.cue is None or said.cue.side == "label":
        return None
    return _made(start, end, said)


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    made = []
    for one in responsibility(text, book):
        said = dict.fromkeys(part.role for part in one.parts)
        gives = "+".join((*said, *(["due"] if one.deadlines else []), *(["other"] if one.others else [])))
        made.append(Reading(one.start, one.end, gives, one.rule))
    return tuple(made)
