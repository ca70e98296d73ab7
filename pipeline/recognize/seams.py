"""Where names that run together part: 区政府办公室区行政审批局. Also at line breaks, which a narrow cell puts anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from ..rulebook import Rule, RuleBook
from .persons import is_person, persons_of
from .unitwords import NAME_LIMIT, Grammar

# a body whose departments bear its name before theirs: 市政府金融办, 高新区管委会财政局
HOLDERS = frozenset({"government", "party"})


def seams(
    words: str, hints: Mapping[int, bool], g: Grammar, known: Set[str], book: RuleBook
) -> Iterator[tuple[int, int, str]]:
    """(start, end, evidence) of every name in a stretch without separators and blanks.

    hints   places where the page has a blank or a line break: place → whether it is a line break
    Each name costs at most NAME_LIMIT looks, whatever the length of the stretch.
    """
    start, way = 0, "separator"
    while start < len(words):
        end, after, then = _first(words, start, hints, g, known, book)
        # a name that the grammar cut off says so on both sides
        yield start, end, then if way == "separator" and then != "end" else way
        start = after
        way = then if then != "end" else way


def _first(
    words: str, start: int, hints: Mapping[int, bool], g: Grammar, known: Set[str], book: RuleBook
) -> tuple[int, int, str]:
    """The end of the name that begins at `start`, where the next one begins, and the evidence."""
    longest = max(_registered_end(words, start, g), g.group_end(words, start))
    depth = 0
    for at in range(start + 1, min(len(words), start + NAME_LIMIT)):
        depth += (words[at - 1] == "(") - (words[at - 1] == ")")
        if depth > 0:
            continue
        left = words[start:at]
        if at in hints:
            if at >= longest and _parts_at_hint(words, start, at, hints, g, known, book):
                return at, at, "paragraph" if hints[at] else "separator"
            continue
        if at - start < 2:
            continue
        link = _link(words, at, g)
        if link and at >= longest and (g.ends_list(left) or persons_of(left, g, book)):
            right = at + link
            if right >= len(words):
                return at, right, "end"
            if opens(words, right, g, known) or g.ends_list(_rest(words, right, hints)):
                return at, right, "separator"
        if at < longest or words[at] == "(":
            continue
        if way := _seam(words, start, at, g, known):
            return at, at, way
    return len(words), len(words), "end"


def _rest(words: str, start: int, hints: Mapping[int, bool]) -> str:
    stop = min((at for at in hints if at > start), default=len(words))
    return words[start:stop]


def _link(words: str, at: int, g: Grammar) -> int:
    """The length of the words that join two names at this place: 和, 以及, 等和, 等."""
    place = at
    for some in (g.endings, g.joiners):
        word = next((w for w in some if words.startswith(w, place)), "")
        place += len(word)
    return place - at


def _registered_end(words: str, start: int, g: Grammar, *, loose: bool = True) -> int:
    """Where the longest registered name that begins at `start` ends, its prefix or place included."""
    longest = min(len(words), start + g.longest_name + 8)
    ends = range(longest, start + 1, -1)
    return next((end for end in ends if g.registered(words[start:end], loose=loose)), start)


def _parts_at_hint(
    words: str, start: int, at: int, hints: Mapping[int, bool], g: Grammar, known: Set[str], book: RuleBook
) -> bool:
    left, right = words[start:at], _rest(words, at, hints)
    joined = left + right
    if not g.closed(left):
        # 包片干部 above 区发改局: what follows is a name by itself, and both together are none that is known
        return bool(g.prefix(right) and g.registered(right)) and len(left) > 2 and not _unfinished(left, right, g)
    if g.registered(joined) and not g.prefix(right):
        return False
    if g.whole(right) or opens(words, at, g, known) or is_person(right, g, book):
        return True
    # 区政府办 above 公室: half a name
    return not g.whole(joined)


def _unfinished(left: str, right: str, g: Grammar) -> bool:
    # 国家税务总局保定 above 市税务局: the place goes on in the next line
    return any(g.registered(left[:n]) for n in range(2, len(left)))


def opens(words: str, at: int, g: Grammar, known: Set[str]) -> str:
    """The evidence that a name begins at this place; "" for none."""
    if words.startswith(g.openers, at):
        return "grammar" if g.group_end(words, at) > at else ""
    prefix = g.prefix(words, at)
    if prefix and (g.group_end(words, at) > at or _head(words, at, len(prefix.word), g)):
        return "grammar"
    rest = words[at:]
    if rest in known and len(rest) >= 4:
        return "registry"
    end = _registered_end(words, at, g, loose=False)
    return "registry" if end - at >= 3 else ""


def _head(words: str, at: int, prefix: int, g: Grammar) -> bool:
    # some head of what follows is a whole name: 区行政审批局…
    first = at + prefix + 2
    return any(g.ends_unit(words[at:end]) for end in range(first, min(len(words), at + NAME_LIMIT) + 1))


def _seam(words: str, start: int, at: int, g: Grammar, known: Set[str]) -> str:
    """The evidence that a name ends and another begins at this place; "" for none."""
    left = words[start:at]
    found = g.registered(g.bare(left))
    if not found and not g.closed(left):
        return ""
    way = opens(words, at, g, known)
    if not way or _in_joint(words, at, g):
        return ""
    if words.startswith(g.openers, at):
        # 平潭综合实验区|各有关单位: of a place's bodies, not a place beside them
        return "" if g.is_place(left) and not g.of_places(words, at) else way
    prefix = g.prefix(words, at)
    if prefix and not found and words.endswith(prefix.not_after, 0, at):
        return ""  # 社区, 园区
    if prefix is None:
        if not found and g.group_end(words, start) == at:
            return ""  # 各镇|党政综合办
        right = g.registered(words[at : _registered_end(words, at, g)])
        own = g.prefix(left)
        if _belongs(found, right, g.kind(left), national=own is not None and own.level == "national"):
            return ""
    return way


def _in_joint(words: str, at: int, g: Grammar) -> bool:
    # 区委区政府信访局: two bodies that have one office
    for joint in g.joints:
        for back in range(1, len(joint)):
            if words.startswith(joint, at - back) and len(words) > at - back + len(joint):
                return True
    return False


def _belongs(left: tuple[Rule, ...], right: tuple[Rule, ...], left_kind: str, *, national: bool) -> bool:
    """Whether a registered name without a prefix goes on with the name before it: 市政府|金融办, 国家税务总局|保定市税务局."""
    kinds = {rule.get("kind") for rule in left} or {left_kind}
    theirs = {rule.get("kind") for rule in right}
    if (national or any(rule.get("level") == "national" for rule in left)) and theirs == {"vertical"}:
        return True
    if right and all(rule.get("alone") is False for rule in right):
        return True
    return bool(kinds & HOLDERS) and "government" not in theirs
