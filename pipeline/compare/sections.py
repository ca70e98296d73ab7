"""Sections kept, renamed, dropped, new: by the tasks they share, then by their headings. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..link.likeness import alike, pairs
from ..pairing import assign
from ..plan import Plan, Row
from ..spans import fold
from .values import SectionLink

TASKS, WORDS = 0.6, 0.4  # what a section holds says more than what it is called
LEAST = 0.25


def section_links(old: Plan, new: Plan, ties: Iterable[tuple[str, str]]) -> tuple[SectionLink, ...]:
    """The sections that hold tasks, and those above them, in the order of the new plan, dropped ones last.

    ties    (old task, new task) of every link that has both
    """
    import numpy as np

    first, second = _holding(old), _holding(new)
    votes: Counter[tuple[str, str]] = Counter()
    for before, after in ties:
        votes.update((a, b) for a in first.get(before, ()) for b in second.get(after, ()))
    olds, news = _used(old, first), _used(new, second)
    own = len(news)
    news += _named_alike(new, olds, news)
    mine, theirs = (Counter(s for held in h.values() for s in held) for h in (first, second))
    rated = np.zeros((len(olds), len(news)), np.float32)
    for i, a in enumerate(olds):
        for j, b in enumerate(news):
            if a["level"] == b["level"]:
                shared = votes[a["section_id"], b["section_id"]]
                share = min(1.0, 2 * shared / (mine[a["section_id"]] + theirs[b["section_id"]]))
                rated[i, j] = TASKS * share + WORDS * alike(pairs(fold(a["heading"])), pairs(fold(b["heading"])))
    partner = {j: i for i, j in assign(rated, LEAST)}
    made = []
    for j, b in enumerate(news):
        if j not in partner and j < own:
            made.append(SectionLink("", b["section_id"], "new"))
        elif j in partner:
            a = olds[partner[j]]
            kept = _plain(a["heading"]) == _plain(b["heading"])
            made.append(SectionLink(a["section_id"], b["section_id"], "same" if kept else "renamed"))
    gone = set(range(len(olds))) - set(partner.values())
    return (*made, *(SectionLink(olds[i]["section_id"], "", "dropped") for i in sorted(gone)))


def _named_alike(plan: Plan, olds: list[Row], news: list[Row]) -> list[Row]:
    # a section that has lost its tasks is still there
    wanted = {_plain(s["heading"]) for s in olds} - {_plain(s["heading"]) for s in news}
    return [s for s in plan.rows["sections"] if _plain(s["heading"]) in wanted]


def _plain(heading: str) -> str:
    return "".join(c for c in fold(heading) if c.isalnum())


def _holding(plan: Plan) -> dict[str, tuple[str, ...]]:
    # task → its section and all above it
    parent = {s["section_id"]: s["parent_section_id"] for s in plan.rows["sections"]}
    held = {}
    for task in plan.rows["tasks"]:
        chain, at = [], task["section_id"]
        while at in parent and at not in chain:
            chain.append(at)
            at = parent[at]
        held[task["task_id"]] = tuple(chain)
    return held


def _used(plan: Plan, holding: dict[str, tuple[str, ...]]) -> list[Row]:
    used = {section for chain in holding.values() for section in chain}
    # an item that is itself the task is no section of tasks
    own = {t["section_id"] for t in plan.rows["tasks"] if t["origin"] != "table"}
    counts = Counter(s for chain in holding.values() for s in chain)
    return [
        s
        for s in plan.rows["sections"]
        if s["section_id"] in used and not (s["section_id"] in own and counts[s["section_id"]] == 1)
    ]
