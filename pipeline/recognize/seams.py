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
    stop = next((at for at in range(start + 1, min(len(words), start + NAME_LIMIT)) if at in hints), start + NAME_LIMIT)
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
    if words.startswith(g.party_heads, at) and _head(words, at, 2, g):
        return "grammar"
    prefix = g.prefix(words, at)
    if prefix and (g.group_end(words, at) > at or _head(words, at, len(prefix.word), g)):
        return "grammar"
    if 4 <= len(words) - at <= NAME_LIMIT and words[at:] in known:
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
    if _same_place(words, start, at, g):
        return "grammar"
    way = opens(words, at, g, known)
    if (
        not way
        or (left in g.party_names and _inside(words, at, g.joints))
        or (not found and _inside(words, at, g.long_suffixes, whole=True))
    ):
        return ""
    if words.startswith(g.openers, at):
        # 平潭综合实验区|各有关单位: of a place's bodies, not a place beside them
        return "" if g.is_place(left) and not g.of_places(words, at) else way
    prefix = g.prefix(words, at)
    if prefix and not found and (words.endswith(prefix.not_after, 0, at) or (g.is_weak(left) and left[-1] in g.tails)):
        return ""  # 社区, 园区; 广州|市税务局
    if prefix is None:
        if not found and g.group_end(words, start) == at:
            return ""  # 各镇|党政综合办
        if _belongs(left, found, words[at : _registered_end(words, at, g)], g):
            return ""
    return way


def _same_place(words: str, start: int, at: int, g: Grammar) -> bool:
    # 河南省科协|河南省新闻工作者协会: the place that the first name bears stands again
    place = max(g.place_ends(words[start:at]), default=0)
    return place > 1 and words.startswith(words[start : start + place], at) and _head(words, at, place, g)


def _inside(words: str, at: int, some: tuple[str, ...], *, whole: bool = False) -> bool:
    # 区委区政府信访局: two bodies that have one office; 省教育委|员会: half a suffix
    for word in some:
        for back in range(1, len(word)):
            end = at - back + len(word)
            if words.startswith(word, at - back) and (whole or len(words) > end):
                return True
    return False


def _belongs(left: str, found: tuple[Rule, ...], right: str, g: Grammar) -> bool:
    """Whether a registered name goes on with the name before it: 市政府|金融办, 国家税务总局|保定市税务局."""
    rules = g.registered(right)
    theirs = {rule.get("kind") for rule in rules}
    own = g.prefix(left)
    national = bool(own and own.level == "national") or any(rule.get("level") == "national" for rule in found)
    if national and theirs == {"vertical"}:
        return True
    if right not in g.names:
        return False
    if all(rule.get("alone") is False for rule in rules) or any(word in left for word in g.residents):
        return True
    if {rule.get("parent") for rule in rules} & {rule.id for rule in found}:
        return True  # 区公安局|交警大队
    kinds = {rule.get("kind") for rule in found} or {g.kind(left)}
    holds = kinds & HOLDERS or left.startswith(g.party_heads) or (not found and left.endswith(g.party_names))
    return bool(holds) and "government" not in theirs
