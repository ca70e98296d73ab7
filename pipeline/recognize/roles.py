"""Roles: which part of a cell, a bracket or a sentence names the lead, the responsible, the supporting units."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import fold, longest, trim
from .leads import rule_stretches
from .unitwords import Grammar, grammar

EDGES = "、,;。: "
STOPS = ";。"
ITEM = 120  # characters of one item of a list
PAUSES = ",\n"
_NAME = re.compile(r"[^\s、,;。:()]{1,12}")  # what a name can go on with


@dataclass(frozen=True, slots=True)
class RolePart:
    """A stretch that lists units of one role; the words that give the role are outside it. role "person": no units."""

    role: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give a role. side: label before the units, after them, between two lists, mark at one unit, edge."""

    start: int
    end: int
    rule: Rule
    side: str


def roles(text: str, book: RuleBook, default: str) -> tuple[RolePart, ...]:
    """The unit lists of one text with their roles, in reading order.

    default   the role of the column or bracket, for units that no word gives a role. Beside a unit that is named as
              the lead, the others of a lead column are responsible.
    """
    return tuple(part for part in role_parts_of(text, book, default) if part.role != "person")


def role_parts_of(text: str, book: RuleBook, default: str) -> tuple[RolePart, ...]:
    """The same with the persons that a label names: 责任人：张三."""
    view = fold(text)
    for start, end in rule_stretches(view, book):
        # who leads in the whole paper is said beside the units, and names none
        view = view[:start] + "、" * (end - start) + view[end:]
    return tuple(role_parts(view, cues(view, book), book, default))


def cues(view: str, book: RuleBook) -> tuple[Cue, ...]:
    """The words that give a role, in a folded view: those of the rules that stand where such words can stand."""
    g = grammar(book)
    found = longest(
        Cue(match.start(), match.end(), rule, rule.meaning["side"])
        for rule in book.of("role")
        for phrase in rule.phrases
        for match in phrase.finditer(view)
    )
    kept: list[Cue] = []
    for cue in found:
        if cue.side == "label":
            end = cue.end
            while view[end : end + 1] in (" ", ":"):
                end += 1
            cue = Cue(cue.start, end, cue.rule, "label")
        if cue.side != "mark" and view[cue.start - 1 : cue.start] == "(" and view[cue.end : cue.end + 1] == ")":
            kept.append(Cue(cue.start, cue.end, cue.rule, "mark"))
        elif cue.side == "mark" or _in_place(view, cue, kept, g):
            kept.append(cue)
    return tuple(kept)


def _in_place(view: str, cue: Cue, before: Sequence[Cue], g: Grammar) -> bool:
    # 就业指导中心 and 各责任单位 are names: neither does a name end before the word, nor does anything end after it
    place = before[-1].end if before else 0
    left = max(place, max(view.rfind(c, place, cue.start) for c in "、,;。():") + 1)
    lines = view[left : cue.start].split()
    head = lines[-1] if lines and view[cue.start - 1 : cue.start].strip() else ""
    rest = view[cue.end : cue.end + 1]
    if not head and lines and cue.side != "label" and rest.strip("、,;。)"):
        return False  # a narrow cell breaks a name before its 监督
    if cue.side == "label" and view[cue.end - 1] == ":":
        return True
    if cue.side == "between" and not head:
        return cue.end - cue.start > 1 and bool(before)
    if head and g.registered(head + view[cue.start : cue.end], loose=False):
        return False
    if not head and cue.side == "after" and _heads_a_name(view, cue, g):
        return False
    if not head or g.ends_list(head):
        return cue.side != "label" or bool(view[cue.end : cue.end + 1].strip("、,;。)"))
    return cue.side == "after" and (not rest or rest in "、,;。)\n ")


def _heads_a_name(view: str, cue: Cue, g: Grammar) -> bool:
    # 监督检查局, 指导科, 落实办: the word and what follows it are one name, unless a name begins behind it (指导各镇)
    found = _NAME.match(view, cue.end)
    words = found[0] if found else ""
    ends = [n for n in range(1, len(words) + 1) if g.ends_unit(view[cue.start : cue.end + n])]
    if not ends:
        return False
    rest = words[: ends[0]]
    return not (g.registered(rest) or g.is_group(rest) or g.prefix(rest))


def role_parts(view: str, found: Sequence[Cue], book: RuleBook, default: str) -> Iterator[RolePart]:
    """The parts of a folded view between its cues."""
    walk = _Walk(view, grammar(book), default)
    for cue in sorted([*found, *_edges(view, found)], key=lambda c: (c.start, c.end)):
        walk.take(cue)
    walk.flush(len(view))
    yield from walk.parts


_EDGE = Rule("role", "", (), {"role": ""}, (), "", 0)


def _edges(view: str, found: Sequence[Cue]) -> Iterator[Cue]:
    # a bracket with a role word in it is no part of a name: 区发改局（区财政局配合）
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for place, char in enumerate(view):
        if char == "(":
            open_at.append(place)
        elif char == ")" and open_at:
            pairs.append((open_at.pop(), place))
        elif char == ")":
            pairs.append((-1, place))
    pairs += [(place, len(view)) for place in open_at]
    inside = sorted(cue.start for cue in found if cue.side != "mark")
    for start, end in pairs:
        first = bisect_right(inside, start)
        if (first < len(inside) and inside[first] < end) or start < 0 or end == len(view):
            yield from (Cue(p, p + 1, _EDGE, "edge") for p in (start, end) if 0 <= p < len(view))


@dataclass
class _Walk:
    """One pass over the cues of a view; `place`: where the list that no cue has claimed yet begins."""

    view: str
    g: Grammar
    default: str
    parts: list[RolePart] = field(default_factory=list)
    place: int = 0
    role: str = ""
    rule: str = ""
    said: bool = False  # a word after or between units has given a role since the last label

    def __post_init__(self) -> None:
        self.role = self.default

    def take(self, cue: Cue) -> None:
        if cue.start < self.place:
            return
        getattr(self, f"_{cue.side}")(cue)

    def flush(self, end: int, role: str = "", rule: str = "") -> None:
        """The pending list gets a role; the lists that a label names twice get both."""
        for one in (role or self.role).split("+"):
            self._add(self.place, end, one, rule or self.rule)

    def _edge(self, cue: Cue) -> None:
        self.flush(cue.start)
        self.place = cue.end

    def _label(self, cue: Cue) -> None:
        self.flush(cue.start)
        other = cue.rule.get("other")
        self.role = cue.rule.meaning["role"] + (f"+{other}" if other else "")
        self.rule, self.said = cue.rule.id, False
        self.place = cue.end

    def _after(self, cue: Cue) -> None:
        cut = self._boundary(cue)
        if cut > self.place:
            self.flush(cut)
            self.place = cut
        self.flush(cue.start, cue.rule.meaning["role"], cue.rule.id)
        self._rest(cue.rule.meaning["role"], cue.rule.id)
        self.place = self._past_duty(cue.end)

    def _between(self, cue: Cue) -> None:
        self.flush(cue.start, cue.rule.meaning["role"], cue.rule.id)
        self.role, self.rule, self.said = cue.rule.meaning["other"], cue.rule.id, True
        self.place = cue.end

    def _mark(self, cue: Cue) -> None:
        # （牵头） or ★ gives its role to the one unit that it stands at
        bracket = self.view[cue.start - 1 : cue.start] == "("
        start, end = cue.start - bracket, cue.end + bracket
        before = max([self.place, *(self.view.rfind(c, self.place, start) + 1 for c in "、,;。\n")])
        if self.view[before:start].strip():
            self.flush(before)
            self.place = before
            self.flush(start, cue.rule.meaning["role"], cue.rule.id)
            self.place = end
        else:
            after = _stop(self.view, end, "、,;。\n")
            self.flush(start)
            self.place = end
            self.flush(after, cue.rule.meaning["role"], cue.rule.id)
            self.place = after
        self._rest(cue.rule.meaning["role"], "")

    def _rest(self, role: str, rule: str) -> None:
        # who is named after 牵头 without a word of its own: not a second lead
        self.role = "responsible" if role == "lead" and self.default == "lead" else self.default
        self.rule, self.said = "", True

    def _boundary(self, cue: Cue) -> int:
        # 甲局，乙局配合: the first list is not supporting; 甲局牵头，乙局，丙局配合: both are
        if self.said:
            return self.place
        stop = max(self.view.rfind(c, self.place, cue.start) for c in STOPS)
        if stop >= 0 and self.view[stop + 1 : cue.start].strip():
            return stop + 1
        if cue.rule.meaning["role"] == self.default:
            return self.place
        pauses = [at for c in PAUSES if (at := self.view.find(c, self.place, cue.start)) >= 0]
        first = min(pauses, default=-1)
        if self.rule or cue.rule.meaning["role"] == "supporting":
            return first + 1 if first >= 0 and self.view[first + 1 : cue.start].strip() else self.place
        return self.place

    def _past_duty(self, place: int) -> int:
        # 区发改局负责项目申报，…: what is done is no unit
        end = _stop(self.view, place, "、,;。\n()")
        duty = self.view[place:end].strip()
        return place if not duty or self.g.begins_list(duty) else end

    def _add(self, start: int, end: int, role: str, rule: str) -> None:
        # brackets that belong to a name stay with it: 市交通委（市道运局）
        odd = self.view.count("(", start, end) != self.view.count(")", start, end)
        start, end = trim(self.view, start, end, EDGES + "()" if odd else EDGES)
        for word in self.g.lead_ins:
            if self.view.startswith(word, start) and end - start > len(word) + 1:
                start, end = trim(self.view, start + len(word), end, EDGES)
                break
        if any(c.isalnum() for c in self.view[start:end]):
            self.parts.append(RolePart(role, start, end, rule))


def _stop(view: str, start: int, marks: str) -> int:
    # the first of the marks, within what one item may be long
    limit = min(len(view), start + ITEM)
    return min(at for c in marks if (at := view.find(c, start, limit)) >= 0 or (at := limit))


def leftovers(text: str, taken: Sequence[tuple[int, int]], book: RuleBook) -> tuple[tuple[int, int], ...]:
    """Stretches of a unit cell that are neither a name, nor a role word, nor what separates names."""
    g = grammar(book)
    view = fold(text)
    used = [*taken, *rule_stretches(view, book), *((cue.start, cue.end) for cue in cues(view, book))]
    out, place = [], 0
    for start, end in [*sorted(used), (len(view), len(view))]:
        gap = view[place:start]
        rest = gap
        for word in (*g.joiners, *g.endings, *g.lead_ins):
            rest = rest.replace(word, " " * len(word))
        # a dash or 无 alone in its cell says that nobody is named
        if any(c.isalnum() for c in rest) and used:
            out.append(trim(view, place, start))
        place = max(place, end)
    return tuple(out)


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    view = fold(text)
    said: dict[tuple[int, int], tuple[str, str]] = {}
    for part in role_parts(view, cues(view, book), book, ""):
        role, _ = said.get((part.start, part.end), ("", ""))
        said[part.start, part.end] = (f"{role}+{part.role}" if role else part.role, part.rule)
    # a list without a word for its role is a reading where another list has one
    found = tuple(Reading(start, end, role, rule) for (start, end), (role, rule) in said.items())
    return found if any(r.rule for r in found) else ()
