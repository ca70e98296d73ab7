"""One stretch that may state who is responsible, read whole: unit lists with their roles, deadlines, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..rulebook import Rule, RuleBook
from ..spans import longest, trim
from .deadlines import deadlines
from .leads import rule_stretches
from .roles import Cue, RolePart, cues, role_parts
from .units import names
from .unitwords import Grammar, grammar

MASK = "、"


@dataclass(frozen=True, slots=True)
class Match:
    """Words of rules/responsibility.toml."""

    start: int
    end: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Labelled:
    """Words behind a label that gives neither a role nor a time: 适用范围：全省. label_end: where the label stops."""

    start: int
    label_end: int
    end: int

    def moved(self, by: int) -> Labelled:
        return Labelled(self.start + by, self.label_end + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Statement:
    """Who, by when. Offsets count from the start of the view; `cue`: the first word that gives a role, if any."""

    parts: tuple[RolePart, ...]
    deadlines: tuple[tuple[int, int], ...]
    cue: Cue | None
    others: tuple[Labelled, ...] = ()


def of_part(view: str, book: RuleBook, part: str) -> tuple[Match, ...]:
    """The words of one part of rules/responsibility.toml in a folded view."""
    by_part: Mapping[str, tuple[Rule, ...]] = book.made("responsibility words", _by_part)
    return longest(
        Match(found.start(), found.end(), rule)
        for rule in by_part.get(part, ())
        for phrase in rule.phrases
        for found in phrase.finditer(view)
    )


def _by_part(book: RuleBook) -> Mapping[str, tuple[Rule, ...]]:
    made: dict[str, tuple[Rule, ...]] = {}
    for rule in book.of("responsibility"):
        made[rule.meaning["part"]] = (*made.get(rule.meaning["part"], ()), rule)
    return made


def statement(
    view: str, start: int, end: int, book: RuleBook, *, strict: bool = True, closed: bool = False
) -> Statement | None:
    """The stretch [start, end) of a folded view as a statement of responsibility; None when it is none.

    strict   every word has to be a unit's name, a word for a role, a deadline or a note; else only the names have to
             look like names, and what is done may stand beside them
    closed   the stretch is a whole bracket: behind a known label others may stand, whose words are kept as they are
    """
    words = view[start:end]
    notes = [(m.start, m.end) for m in of_part(words, book, "note")]
    notes += rule_stretches(words, book)
    words = _mask(words, notes)
    others = tuple(_others(words, book)) if closed else ()
    words = _mask(words, ((one.start, one.end) for one in others))
    dated = tuple(_due(words, book))
    words = _mask(words, dated)
    labels = {(m.start, m.end) for m in of_part(view[start:end], book, "due_label")}
    due = tuple(stretch for stretch in dated if stretch not in labels)
    found = cues(words, book)
    g = grammar(book)
    parts: list[RolePart] = []
    used = [(cue.start, cue.end) for cue in found]
    for part in role_parts(words, found, book, "responsible"):
        if part.role == "person":
            used.append((part.start, part.end))
            continue
        found_here = names(words[part.start : part.end], book)
        used += [(part.start + u.start, part.start + u.end) for u in found_here if u.is_person]
        spans = [(part.start + u.start, part.start + u.end) for u in found_here if not u.is_person]
        if not spans or not all(g.plausible("".join(words[a:b].split())) for a, b in spans[: None if strict else 1]):
            return None
        parts.append(part)
        used += spans
    if not parts or (strict and _unread(words, used, g)):
        return None
    return Statement(
        tuple(RolePart(p.role, start + p.start, start + p.end, p.rule) for p in parts),
        tuple((start + a, start + b) for a, b in due),
        found[0] if found else None,
        tuple(one.moved(start) for one in others),
    )


def _others(words: str, book: RuleBook) -> Iterator[Labelled]:
    known = [(c.start, c.end) for c in cues(words, book) if c.side == "label" and words[c.end - 1] == ":"]
    known += [(m.start, m.end) for m in of_part(words, book, "due_label")]
    if not known:
        return
    place = min(known)[1]
    for label in of_part(words, book, "other_label"):
        if label.start < place or any(label.start < b and a < label.end for a, b in known):
            continue
        stops = [at for c in ";。\n" if (at := words.find(c, label.end)) >= 0]
        stops += [max(words.rfind(c, 0, a) for c in ",、") for a, _ in known if a > label.end]
        end = min([len(words), *(at for at in stops if at >= label.end)])
        place = end
        yield Labelled(*trim(words, label.start, label.end, ":"), trim(words, label.end, end)[1])


def _mask(words: str, stretches: Iterable[tuple[int, int]]) -> str:
    for a, b in stretches:
        words = words[:a] + MASK * (b - a) + words[b:]
    return words


def _due(words: str, book: RuleBook) -> Iterator[tuple[int, int]]:
    labels = of_part(words, book, "due_label")
    sides = cues(words, book) if labels else ()
    stops = sorted([*(m.start for m in labels), *(c.start for c in sides if c.side == "label")])
    place = 0
    for label in labels:
        yield from _plain(words, place, label.start, book)
        end = min([at for c in ";。\n" if (at := words.find(c, label.end)) >= 0] + [len(words)])
        end = min([end, *(s for s in stops if s >= label.end)])
        a, b = trim(words, label.end, end, ",、;。:")
        yield label.start, label.end
        if a < b:
            yield a, b
        place = end
    yield from _plain(words, place, len(words), book)


def _plain(words: str, start: int, end: int, book: RuleBook) -> Iterator[tuple[int, int]]:
    # 甲局负责，6月底前完成: an item that says a time and nothing else, or one with a time at its end or its head
    for a, b in _items(words, start, end):
        said = words[a:b]
        mentions = deadlines(said, book, stated=True)
        if not mentions:
            continue
        free = [i for i in range(len(said)) if not any(m.start <= i < m.end for m in mentions)]
        filled = {i for m in of_part(said, book, "filler") for i in range(m.start, m.end)}
        solid = [i for i in free if i not in filled and said[i].isalnum()]
        first, last = mentions[0], mentions[-1]
        if not solid:
            yield a, b
        elif max(solid) < first.start:
            yield a + first.start, b
        elif min(solid) >= last.end:
            # 甲局负责，11月30日前完成全部检查: what is done by then belongs to it, a unit does not
            rest = said[last.end :].strip()
            own = a > start and not cues(rest, book) and not grammar(book).plausible("".join(rest.split()))
            yield a, b if own else a + last.end


def _items(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth = 0
    for place in range(start, end):
        depth += (words[place] == "(") - (words[place] == ")")
        if words[place] in ",;。\n" and depth <= 0:
            a, b = trim(words, start, place, "()")
            yield a, b
            start = place + 1
    yield trim(words, start, end, "()")


def _unread(words: str, used: Iterable[tuple[int, int]], g: Grammar) -> bool:
    rest = _mask(words, used)
    for word in (*g.endings, *g.joiners, *g.lead_ins):
        rest = rest.replace(word, MASK * len(word))
    return any(c.isalnum() for c in rest)
