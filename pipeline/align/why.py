"""Why two clauses belong together: the words they share and those they do not, heading, number, units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..pairing import Weights
from .align import Answer
from .clauses import Clause, Piece
from .weigh import mass

MOST = 10  # words shown of those that are shared, those that say most first


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons of one answer.

    shared      words that both have: those that say most, in the order of the lower clause
    verbatim    pieces of the lower clause that stand word for word in the upper one, as printed
    upper_only  lower_only  stretches that only one of two pieces that say the same has, as printed
    upper_rest  lower_rest  pieces of either clause that the other plan says nowhere, as printed
    headings    words that the two headings share
    number      the label, where both bear the same
    units       units of both, as every level would name them
    """

    shared: tuple[str, ...]
    verbatim: tuple[str, ...]
    upper_only: tuple[str, ...]
    lower_only: tuple[str, ...]
    upper_rest: tuple[str, ...]
    lower_rest: tuple[str, ...]
    headings: tuple[str, ...]
    number: str
    units: tuple[str, ...]


def why(
    one: Clause,
    two: Clause,
    answer: Answer,
    by: Weights,
    said: tuple[frozenset[int], frozenset[int]] = (frozenset(),) * 2,
) -> Why:
    """The reasons of one answer.

    one two   the clause of the upper plan and that of the lower one
    said      the pieces of either that the other plan says (Alignment.upper_said, lower_said)
    """
    best = _best(one, two, answer, by)
    pairs = [(one.pieces[x], two.pieces[y]) for x, y in best]
    common: Iterable[frozenset[str]] = [a.terms & b.terms for a, b in pairs]
    if not pairs:
        common = [_all(one) & _all(two)]
    apart = [_apart(a, b) for a, b in pairs]
    first = _once(words for own, _ in apart for words in own)
    second = _once(words for _, own in apart for words in own)
    return Why(
        _words(frozenset().union(*common), by, two.text),
        _once(b.text for a, b in pairs if b.same and b.same in a.same and b.text != two.heading),
        tuple(w for w in first if w not in second),
        tuple(w for w in second if w not in first),
        _rest(one, said[0]),
        _rest(two, said[1]),
        _words(one.about & two.about, by, two.heading),
        one.label if one.label == two.label else "",
        tuple(sorted(one.bodies & two.bodies)),
    )


def _best(one: Clause, two: Clause, answer: Answer, by: Weights) -> list[tuple[int, int]]:
    # of the pieces of the upper that a piece of the lower is like, the nearest
    best: dict[int, tuple[float, int]] = {}
    for x, y in answer.pieces:
        first, second = one.pieces[x].terms, two.pieces[y].terms
        rated = mass(first & second, by) / max(1e-9, mass(first | second, by))
        best[y] = max(best.get(y, (0.0, -1)), (rated, x))
    return [(x, y) for y, (_, x) in sorted(best.items())]


def _words(common: frozenset[str], by: Weights, text: str) -> tuple[str, ...]:
    # of those that say most, in the order of the text
    words = [t for t in common if not t.startswith("~")] or [t[1:] for t in common]
    return tuple(
        sorted(sorted(words, key=lambda t: (-by[t], t))[:MOST], key=lambda t: (text.find(t) < 0, text.find(t), t))
    )


def _apart(one: Piece, two: Piece) -> tuple[list[str], list[str]]:
    """The stretches that only one of two pieces has, as printed."""
    first, second = [w.same for w in one.words], [w.same for w in two.words]
    only: tuple[list[str], list[str]] = ([], [])
    for what, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if what != "equal":
            only[0].append(_printed(one, a, b))
            only[1].append(_printed(two, c, d))
    return only


def _printed(piece: Piece, start: int, end: int) -> str:
    return piece.text[piece.words[start].start : piece.words[end - 1].end] if end > start else ""


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for w in words if any(c.isalnum() for c in w)))


def _rest(clause: Clause, said: frozenset[int]) -> tuple[str, ...]:
    return _once(p.text for x, p in enumerate(clause.pieces) if x not in said and p.terms and p.text != clause.heading)


def _all(clause: Clause) -> frozenset[str]:
    return clause.about.union(*(p.terms for p in clause.pieces))
