"""Links that belong together: an old task with all that it became, a new one with all that it was made of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .values import Comparison, Link, Stretch


def groups(made: Comparison) -> tuple[tuple[Link, ...], ...]:
    """Every link in exactly one group, in the order of the links; most groups are one link."""
    at: dict[str, int] = {}
    found: list[list[Link]] = []
    for link in made.links:
        ends = [end for end in (link.old, link.new) if end]
        known = sorted({at[end] for end in ends if end in at})
        place = known[0] if known else len(found)
        if not known:
            found.append([])
        for other in known[1:]:
            found[place] += found[other]
            at |= {end: place for moved in found[other] for end in (moved.old, moved.new)}
            found[other] = []
        found[place].append(link)
        at |= dict.fromkeys(ends, place)
    return tuple(tuple(group) for group in found if group)


def common(many: Iterable[Sequence[Stretch]]) -> tuple[Stretch, ...]:
    """The characters that lie in a stretch of each; what all partners lack is what changed."""
    lists = list(many)
    kept = set[int].intersection(*({n for a, b in one for n in range(a, b)} for one in lists)) if lists else set()
    out: list[Stretch] = []
    for n in sorted(kept):
        if out and out[-1][1] == n:
            out[-1] = (out[-1][0], n + 1)
        else:
            out.append((n, n + 1))
    return tuple(out)
