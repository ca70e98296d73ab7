"""Units: one cell into the names it holds. A grammar of prefix and suffix, never a segmenter, decides where names part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from ..phrases import compiled
from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold, trim

NAME_LIMIT = 40  # characters; what is longer is a sentence, not a list of names run together


@dataclass(frozen=True, slots=True)
class UnitMention:
    """One unit as printed. split_by: separator, paragraph, grammar, registry — the evidence for its edges."""

    start: int
    end: int
    is_group: bool
    split_by: str
    rule: str


@dataclass(frozen=True)
class Grammar:
    """The words of rules/units.toml, ready for use; folded."""

    separators: frozenset[str]
    joiners: tuple[str, ...]
    endings: tuple[str, ...]
    prefixes: tuple[str, ...]
    openers: tuple[str, ...]
    suffixes: tuple[str, ...]
    names: Mapping[str, str]  # registry name → unit id
    listed: tuple[str, ...]
    group: tuple[str, ...]
    lead_ins: tuple[str, ...] = ()  # words before a list that are no part of it: 由甲局牵头
    foreign: tuple[str, ...] = ()  # words that no name holds: 的

    def ends_list(self, words: str) -> bool:
        """Whether a list of units may end here: 区发改局等部门."""
        for ending in self.endings:
            if words.endswith(ending) and len(words) > len(ending):
                words = words[: -len(ending)]
                break
        return self.ends_unit(words) or self.is_group(words)

    def begins_list(self, words: str) -> bool:
        """Whether a unit begins here: some head of the words is a whole name."""
        return words.startswith(self.openers) or any(
            self.ends_unit(words[:n]) for n in range(2, min(len(words), NAME_LIMIT) + 1)
        )

    def plausible(self, name: str) -> bool:
        """Whether a stretch of running text can be a unit's name: it ends like one and holds no word of a sentence."""
        if len(name) > NAME_LIMIT or any(word in name for word in (*self.foreign, *self.lead_ins)):
            return False
        return self.is_group(name) or (self.ends_unit(name) and name not in self.suffixes)

    def ends_unit(self, name: str) -> bool:
        bare = name[: name.rfind("(")] if name.endswith(")") and "(" in name[1:] else name
        return bare.endswith(self.suffixes) or bare in self.names

    def begins_unit(self, name: str) -> bool:
        return name.startswith((*self.prefixes, *self.openers)) and (self.ends_unit(name) or self.is_group(name))

    def is_group(self, name: str) -> bool:
        return any(compiled(source).fullmatch(name) for source in self.group)


def grammar(book: RuleBook) -> Grammar:
    """The unit grammar of a rule book, made once."""
    made: Grammar = book.made("unit grammar", _grammar)
    return made


def _grammar(book: RuleBook) -> Grammar:
    words: dict[str, list[str]] = {}
    sources: dict[str, list[str]] = {}
    for rule in book.of("unit_part"):
        part = rule.meaning["part"]
        for phrase in rule.phrases:
            words.setdefault(part, []).append(fold(phrase.text))
            sources.setdefault(part, []).append(phrase.source)

    def of(part: str) -> tuple[str, ...]:
        return tuple(sorted(words.get(part, ()), key=len, reverse=True))

    return Grammar(
        separators=frozenset(of("separator")),
        joiners=of("joiner"),
        endings=of("ending"),
        prefixes=of("prefix"),
        openers=of("opener"),
        suffixes=of("suffix"),
        names={fold(name): rule.id for rule in book.of("unit") for name in rule.get("names")},
        listed=tuple(sources.get("listed", ())),
        group=(*sources.get("group", ()), *sources.get("listed", ())),
        lead_ins=of("lead_in"),
        foreign=tuple(fold(p.text) for r in book.of("responsibility") if r.get("part") == "foreign" for p in r.phrases),
    )


def units(text: str, book: RuleBook, known: Set[str] = frozenset()) -> tuple[UnitMention, ...]:
    """The units of a cell (or of a list out of running text), in reading order; spans exact and disjoint.

    known    names that the same plan prints cleanly apart elsewhere: they part names that run together
    What cannot be decided stays one name; characters are never lost. Blank cells and dashes are nobody.
    source   samples/130607-2022-zhengwu-gongkai, rows 2, 10, 15, 22, 29
    """
    g = grammar(book)
    view = fold(text)
    out: list[UnitMention] = []
    for start, end, by in _pieces(view, g):
        start, end = _without_ending(view, *_without_lead_in(view, *trim(view, start, end), g), g)
        if not any(c.isalnum() for c in view[start:end]):
            continue
        for a, b, way in _names(view, start, end, by, g, known):
            name = "".join(view[a:b].split())
            out.append(UnitMention(a, b, g.is_group(name), way, g.names.get(_bare(name, g), "")))
    return tuple(out)


def _pieces(view: str, g: Grammar) -> Iterator[tuple[int, int, str]]:
    # stretches between separators outside brackets; a line break parts names unless it stands inside one
    kept = [m.span() for source in g.listed for m in compiled(source).finditer(view)]
    start, depth, by = 0, 0, "separator"
    for place, char in enumerate(view):
        if any(a <= place < b for a, b in kept):
            continue
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif depth and char != "\n":
            continue
        elif char == "\n":
            if _whole(view[start:place], g):
                yield start, place, "paragraph"
                start, depth, by = place + 1, 0, "paragraph"
        elif char in g.separators or (char == " " and _whole(view[start:place], g)):
            yield start, place, by
            start, by = place + 1, "separator"
    yield start, len(view), by


def _whole(piece: str, g: Grammar) -> bool:
    name = "".join(piece.split())
    return not name or g.ends_unit(name) or g.is_group(name)


def _without_lead_in(view: str, start: int, end: int, g: Grammar) -> tuple[int, int]:
    word = next((w for w in g.lead_ins if view.startswith(w, start) and end - start > len(w) + 1), "")
    return start + len(word), end


def _without_ending(view: str, start: int, end: int, g: Grammar) -> tuple[int, int]:
    for word in g.endings:
        if view[start:end].endswith(word) and len(word) < end - start:
            return trim(view, start, end - len(word))
    return start, end


def _names(view: str, start: int, end: int, by: str, g: Grammar, known: Set[str]) -> Iterator[tuple[int, int, str]]:
    """The names of one piece: parted by 和/及, or run together with nothing between."""
    piece = view[start:end]
    for joiner in g.joiners:
        at = piece.find(joiner)
        while at > 0:
            left, right = piece[:at], piece[at + len(joiner) :]
            if _whole(left, g) and right and _whole(right.strip(), g) and "(" not in left.replace(")", "("):
                yield from _names(view, *trim(view, start, start + at), by, g, known)
                yield from _names(view, *trim(view, start + at + len(joiner), end), by, g, known)
                return
            at = piece.find(joiner, at + 1)
    cut = _seam(piece, g, known)
    if cut is None:
        yield start, end, by
        return
    at, way = cut
    yield start, start + at, way
    for a, b, then in _names(view, start + at, end, way, g, known):
        yield a, b, then if then in ("grammar", "registry") else way


def _seam(piece: str, g: Grammar, known: Set[str]) -> tuple[int, str] | None:
    """Where the first name of a piece ends if another follows at once, with the evidence; None for one name.

    Names part where one ends with a unit's suffix and a level prefix or a group word begins the next (grammar), or
    where what follows is a name of the plan's own list or of the registry.
    """
    if len(piece) > NAME_LIMIT * 5 or g.is_group(piece):
        return None
    depth = 0
    for at in range(2, len(piece) - 1):
        depth += (piece[at - 1] == "(") - (piece[at - 1] == ")")
        left = piece[:at]
        right = piece[at:]
        if not depth and g.is_group(left) and right.startswith(g.openers):
            return at, "grammar"
        if depth or not g.ends_unit(left) or _party(left):
            continue
        if right.startswith(g.prefixes) and len(right) >= 3 and _starts_name(right, g):
            return at, "grammar"
        if right.startswith(g.openers) and g.is_group(right):
            return at, "grammar"
        if len(right) >= 4 and (right in known or right in g.names) and len(left) >= 4:
            return at, "registry"
    return None


def _starts_name(right: str, g: Grammar) -> bool:
    # some head of what follows is a whole name: 区行政审批局…
    return any(g.ends_unit(right[:n]) for n in range(3, min(len(right), NAME_LIMIT) + 1))


def _party(left: str) -> bool:
    # 区委 before 编办 is the head of one name, not a name before another
    return len(left) <= 2 and left[-1:] not in ("局", "办")


def _bare(name: str, g: Grammar) -> str:
    """A name without its level prefix, when what is left is in the registry."""
    for prefix in g.prefixes:
        if name.startswith(prefix) and name[len(prefix) :] in g.names:
            return name[len(prefix) :]
    return name


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    found = units(text, book)
    if kind == "unit":
        return tuple(Reading(u.start, u.end, u.rule or "unit", u.rule) for u in found)
    return tuple(Reading(u.start, u.end, "group" if u.is_group else "unit", "") for u in found)
