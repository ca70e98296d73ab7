"""Units: one cell into the names it holds. A grammar of prefix and suffix, never a segmenter, decides where names part."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from ..phrases import compiled
from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, trim
from .persons import persons_of
from .seams import seams
from .unitwords import Grammar, grammar

# kinds whose names may hold their level: 区委, 团市委
LEVELED = frozenset({"party", "committee"})


@dataclass(frozen=True, slots=True)
class UnitMention:
    """One unit as printed. split_by: separator, paragraph, grammar, registry — the evidence for its edges.

    prefix   the level prefix that its list prints once for all: 省 for 财政厅 in 省发展改革委、财政厅
    """

    start: int
    end: int
    is_group: bool
    split_by: str
    rule: str
    prefix: str = ""
    is_person: bool = False


def units(text: str, book: RuleBook, known: Set[str] = frozenset()) -> tuple[UnitMention, ...]:
    """The units of a cell (or of a list out of running text), in reading order; spans exact and disjoint.

    known    names that the same plan prints cleanly apart elsewhere: they part names that run together
    What cannot be decided stays one name; characters are never lost. Blank cells and dashes are nobody.
    source   samples/130607-2022-zhengwu-gongkai, rows 2, 10, 15, 22, 29
    """
    return tuple(one for one in names(text, book, known) if not one.is_person)


def persons(text: str, book: RuleBook) -> tuple[UnitMention, ...]:
    """The persons of a unit cell: 张三, 李某某副区长, and 高兆霞 in 区交建局高兆霞."""
    return tuple(one for one in names(text, book) if one.is_person)


def names(text: str, book: RuleBook, known: Set[str] = frozenset()) -> tuple[UnitMention, ...]:
    """Units and persons of a cell, in reading order."""
    g = grammar(book)
    view = fold(text)
    out: list[UnitMention] = []
    level = _Level(g, any(c in view for c in g.separators - g.group_separators))
    for start, end, by in _items(view, g):
        start, end = _edges(view, start, end, g)
        if not any(c.isalnum() for c in view[start:end]):
            continue
        level.open(view, start)
        for one in _item(view, start, end, by, g, book, known):
            out.append(level.given(one, view))
    return tuple(out)


def _items(view: str, g: Grammar) -> Iterator[tuple[int, int, str]]:
    # stretches between separators outside brackets and outside groups that hold separators: 各区、县级市
    kept = [m.span() for source in g.listed for m in compiled(source).finditer(view)]
    inside = {place for a, b in kept for place in range(a, b)}
    inside |= _bracketed(view)
    start = 0
    for place, char in enumerate(view):
        if char in g.separators and place not in inside:
            yield start, place, "separator"
            start = place + 1
    yield start, len(view), "separator"


def _bracketed(view: str) -> set[int]:
    open_at: list[int] = []
    inside: set[int] = set()
    for place, char in enumerate(view):
        if char in "([":
            open_at.append(place)
        elif char in ")]" and open_at:
            start = open_at.pop()
            if not open_at:
                inside.update(range(start, place + 1))
    return inside


def _edges(view: str, start: int, end: int, g: Grammar) -> tuple[int, int]:
    start, end = trim(view, start, end, "-—")
    word = next((w for w in g.lead_ins if view.startswith(w, start) and end - start > len(w) + 1), "")
    start, end = trim(view, start + len(word), end)
    odd = view.count("(", start, end) - view.count(")", start, end)
    if odd < 0 and view[end - 1] == ")":
        end -= 1
    elif odd > 0 and view[start] == "(":
        start += 1
    return trim(view, start, end)


def _item(
    view: str, start: int, end: int, by: str, g: Grammar, book: RuleBook, known: Set[str]
) -> Iterator[UnitMention]:
    """The names of one item, blanks and line breaks inside it taken as hints; endings (等部门) left out."""
    noted = {i for s in g.notes for m in compiled(s).finditer(view, start, end) for i in range(*m.span())}
    places = [i for i in range(start, end) if not view[i].isspace() and i not in noted]
    words = "".join(view[i] for i in places)
    gaps = {n: view[places[n - 1] + 1 : places[n]] for n in range(1, len(places)) if places[n] > places[n - 1] + 1}
    hints = {n: "\n" in gap for n, gap in gaps.items() if any(c.isspace() for c in gap)}
    for a, b, way in seams(words, hints, g, known, book):
        b = a + len(g.without_ending(words[a:b]))
        name = words[a:b]
        if name in g.nobody or not any(c.isalnum() for c in name):
            continue
        found = g.registered(g.bare(name))
        group = not found and g.is_group(name)
        # a note behind its last character belongs to the name as printed
        stop = next(i for i in range(places[b - 1] + 1, end + 1) if i not in noted)
        mention = UnitMention(places[a], stop, group, by if way == "separator" else way, found[0].id if found else "")
        # a name that the registry knows may still have a person in brackets behind it
        plain = group or (found and not name.endswith(")"))
        cut = None if plain else persons_of(name, g, book, alone=words == name)
        if cut is None:
            yield mention
        else:
            if cut:
                yield replace(mention, end=places[a + cut - 1] + 1, rule=_rule_of(name[:cut], g))
            inner = name[cut] == "("
            first, stop = places[a + cut + inner], places[b - 2] + 1 if inner else stop
            yield replace(mention, start=first, end=stop, is_person=True, rule="")


def _rule_of(name: str, g: Grammar) -> str:
    return next((rule.id for rule in g.registered(g.bare(name))), "")


class _Level:
    """The level prefix that a list prints once: for the names of one 、-group, until ， or a prefix of another's own."""

    def __init__(self, g: Grammar, grouped: bool) -> None:
        self.g = g
        self.grouped = grouped  # ， parts groups only where 、 parts names
        self.prefix = ""

    def open(self, view: str, start: int) -> None:
        before = view[:start].rstrip()[-1:]
        if before in self.g.group_separators and self.grouped:
            self.prefix = ""

    def given(self, one: UnitMention, view: str) -> UnitMention:
        name = "".join(view[one.start : one.end].split())
        if one.is_person or one.is_group:
            return one
        own = self.g.prefix(name)
        if own and own.level != "national":
            self.prefix = own.word
            return one
        if own or not self.prefix or not self._takes_prefix(name):
            return one
        return replace(one, prefix=self.prefix)

    def _takes_prefix(self, name: str) -> bool:
        # a department's bare name; not one that begins with a place or a body of its own
        found = self.g.names.get(self.g.bare(name), ())
        if found:
            # 团市委 says its own
            own = any(self.g.prefix(name, at) for at in range(len(name) - 1) if found[0].get("kind") in LEVELED)
            return not own and any(r.get("level") != "national" and r.get("kind") != "government" for r in found)
        return self.g.kind(name) in ("department", "office", "committee") and not any(self.g.place_ends(name))


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    found = units(text, book)
    if kind == "unit":
        return tuple(Reading(u.start, u.end, u.rule or "unit", u.rule) for u in found)
    return tuple(Reading(u.start, u.end, _sort(u, text, book), "") for u in found)


def _sort(unit: UnitMention, text: str, book: RuleBook) -> str:
    # what stands between separators is kept as a unit whatever it is; the words of the grammar make it one
    name = "".join(fold(text[unit.start : unit.end]).split())
    return "group" if unit.is_group else "unit" if grammar(book).ends_unit(name) else "unknown"
