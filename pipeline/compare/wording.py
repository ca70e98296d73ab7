"""Whether two texts say the same, and which words changed: clause by clause, so that a moved clause is no change. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ..link.likeness import alike, pairs
from ..pairing import assign
from ..recognize.words import Word, words
from ..spans import fold
from .values import Stretch, Wording

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_CLAUSE = re.compile(r"[^，；。：;,:\n]+")
ALIKE = 0.25  # two clauses are two wordings of one


def same_words(old: str, new: str, step: int) -> bool:
    """Whether two texts are one but for signs, blanks, width and script, and years that rolled on with the plan's."""
    before, after = _plain(old), _plain(new)
    return len(before) == len(after) and all(
        a == b or (i % 2 == 1 and int(a) + step == int(b)) for i, (a, b) in enumerate(zip(before, after, strict=True))
    )


def _plain(text: str) -> list[str]:
    # words at even places, years at odd ones
    return ["".join(c for c in part if c.isalnum()) for part in _YEAR.split(fold(text))]


def wording(old: str, new: str, step: int) -> Wording:
    """The stretches that are gone and those that came, without signs at their edges; a year that rolled on is none."""
    befores, afters = _clauses(old), _clauses(new)
    left, right = [_bare(c) for c in befores], [_bare(c) for c in afters]
    removed, added = [], []
    partner = dict(_partners(left, right))
    for i, clause in enumerate(befores):
        if i not in partner:
            removed.append(_stretch(clause))
            continue
        other = afters[partner[i]]
        for tag, a, b, c, d in SequenceMatcher(
            None, _keys(clause, step), _keys(other, 0), autojunk=False
        ).get_opcodes():
            if tag != "equal":
                removed += [_stretch(clause[a:b])] if b > a else []
                added += [_stretch(other[c:d])] if d > c else []
    added += [_stretch(clause) for j, clause in enumerate(afters) if j not in partner.values()]
    return Wording(_sorted(removed), _sorted(added))


def _clauses(text: str) -> list[list[Word]]:
    # the words of each clause, with their places in the whole text
    out = []
    for found in _CLAUSE.finditer(text):
        base = found.start()
        own = [Word(w.text, w.flag, base + w.start, base + w.end) for w in words(found[0]) if _said(w.text)]
        if own:
            out.append(own)
    return out


def _said(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _bare(clause: Sequence[Word]) -> frozenset[str]:
    return pairs(fold("".join(w.text for w in clause)))


def _keys(clause: Sequence[Word], step: int) -> list[str]:
    return [_YEAR.sub(lambda m: str(int(m[1]) + step), fold(w.text)) for w in clause]


def _partners(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> tuple[tuple[int, int], ...]:
    import numpy as np

    if not left or not right:
        return ()
    rated = np.array([[alike(a, b) for b in right] for a in left], np.float32)
    # of clauses that are alike the one at the same place
    near = np.array([[1 - abs(i / len(left) - j / len(right)) for j in range(len(right))] for i in range(len(left))])
    return assign(np.where(rated >= ALIKE, rated + 0.01 * near, 0).astype(np.float32), ALIKE)


def _stretch(clause: Sequence[Word]) -> Stretch:
    return clause[0].start, clause[-1].end


def _sorted(found: Sequence[Stretch]) -> tuple[Stretch, ...]:
    return tuple(sorted(set(found)))
