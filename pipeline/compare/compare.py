"""Plan × Plan → Comparison: every task kept, reworded, merged, split, dropped or new, and what moved with it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ..pairing import Likeness, items_of, likeness, shared_terms
from ..plan import Plan, Row
from .dates import deadline_move
from .relate import LEAST, Tie, relate
from .sections import section_links
from .teams import unit_changes
from .values import Comparison, Kind, Link, Relation, Why, Wording
from .wording import same_words, wording

MASK = "〇"  # stands for a deadline: a task whose day alone moved is the same task


def compare(old: Plan, new: Plan, least: float = LEAST) -> Comparison:
    """What became of every task of the old plan in the new one, and what the new plan added.

    old     last year's plan, or the earlier version
    least   below this likeness two tasks are two tasks
    returns the same for the same two plans, on any day and any machine
    """
    before, after = old.rows["documents"][0], new.rows["documents"][0]
    rated = likeness(items_of(old), items_of(new))
    ties = relate(rated, least)
    olds, news = old.rows["tasks"], new.rows["tasks"]
    step = _step(before, after, [(olds[tie.old]["due_on"], news[tie.new]["due_on"]) for tie in ties])
    said = tuple(_masked(plan) for plan in (old, new))
    links = list(_links(ties, rated, olds, news, said, step))
    linked = {tie.old for tie in ties}, {tie.new for tie in ties}
    links += [_alone(rated, new=j) for j in range(len(news)) if j not in linked[1]]
    gone = [_alone(rated, old=i) for i in range(len(olds)) if i not in linked[0]]
    return Comparison(
        _kind(before, after, step),
        before,
        after,
        {t["task_id"]: t for t in olds},
        {t["task_id"]: t for t in news},
        _ordered(links, gone, olds, news),
        section_links(old, new, [(link.old, link.new) for link in links if link.old]),
        {s["section_id"]: f"{s['label'] or ''}{s['heading']}" for p in (old, new) for s in p.rows["sections"]},
    )


def _step(old: Row, new: Row, days: Iterable[tuple[date | None, date | None]]) -> int:
    # the years between the plans; where one does not say its own, as many as most of its days have moved
    if old["plan_year"] and new["plan_year"]:
        return int(new["plan_year"] - old["plan_year"])
    moved = Counter(after.year - before.year for before, after in days if before and after)
    return min(moved, key=lambda step: (-moved[step], abs(step)), default=0)


def _kind(old: Row, new: Row, step: int) -> Kind:
    same = old["plan_key"] and old["plan_key"] == new["plan_key"]
    return "version" if same or step == 0 else "last_year"


def _links(
    ties: Sequence[Tie],
    rated: Likeness,
    olds: Sequence[Row],
    news: Sequence[Row],
    said: tuple[Mapping[str, str], ...],
    step: int,
) -> Iterator[Link]:
    into: dict[int, list[Row]] = {}  # new task → the old ones that it was made of
    out: dict[int, list[Row]] = {}  # old task → the new ones that it became
    for tie in ties:
        into.setdefault(tie.new, []).append(olds[tie.old])
        out.setdefault(tie.old, []).append(news[tie.new])
    for tie in ties:
        old, new = olds[tie.old], news[tie.new]
        same = same_words(old["text"], new["text"], step) or same_words(
            said[0][old["task_id"]], said[1][new["task_id"]], step
        )
        kept: Relation = "same" if same else "reworded"
        yield Link(
            old["task_id"],
            new["task_id"],
            "merged" if tie.relation == "merged" else "split" if tie.relation == "split" else kept,
            round(tie.score, 6),
            deadline_move(old, new, step),
            # in a merger the units of all old tasks count, in a split those of all parts
            unit_changes(into[tie.new], out[tie.old]),
            wording(old["text"], new["text"], step) if old["text"] != new["text"] else Wording(),
            _why(rated, tie.old, tie.new),
        )


def _alone(rated: Likeness, old: int | None = None, new: int | None = None) -> Link:
    # a task without a counterpart, and which one of the other plan comes nearest
    row = rated.text[old] if new is None else rated.text[:, new]
    at = int(row.argmax()) if row.size and row.max() > 0 else None
    if new is None:
        assert old is not None
        near = ("", None) if at is None else (rated.new[at].key, _why(rated, old, at))
        return Link(rated.old[old].key, "", "dropped", nearest=near[0], why=near[1])
    near = ("", None) if at is None else (rated.old[at].key, _why(rated, at, new))
    return Link("", rated.new[new].key, "new", nearest=near[0], why=near[1])


def _why(rated: Likeness, i: int, j: int) -> Why:
    return Why(
        shared_terms(rated.old[i], rated.new[j], rated.weights),
        text=round(float(rated.text[i, j]), 6),
        old_held=round(float(rated.old_held[i, j]), 6),
        new_held=round(float(rated.new_held[i, j]), 6),
        section=round(float(rated.section[i, j]), 6),
        units=round(float(rated.units[i, j]), 6),
        label=bool(rated.label[i, j]),
    )


def _masked(plan: Plan) -> dict[str, str]:
    # task → its text without the days that stand in it
    days: dict[str, list[str]] = {}
    for row in plan.rows["deadlines"]:
        if row["task_id"] and row["due_on"]:
            days.setdefault(row["task_id"], []).append(row["text"])
    out = {}
    for task in plan.rows["tasks"]:
        text = task["text"] or ""
        for day in sorted(days.get(task["task_id"], ()), key=len, reverse=True):
            text = text.replace(day, MASK)
        out[task["task_id"]] = text
    return out


def _ordered(links: Sequence[Link], gone: Sequence[Link], olds: Sequence[Row], news: Sequence[Row]) -> tuple[Link, ...]:
    # a dropped task stands after the new task of the one before it
    before = {t["task_id"]: n for n, t in enumerate(olds)}
    after = {t["task_id"]: n for n, t in enumerate(news)}
    place: dict[int, int] = {}
    for link in links:
        if link.old:
            place[before[link.old]] = max(place.get(before[link.old], -1), after[link.new])
    at: list[tuple[tuple[int, int, int], Link]] = [
        ((after[link.new], 0, before.get(link.old, -1)), link) for link in links
    ]
    last = -1
    for n in range(len(olds)):
        last = place.get(n, last)
        place[n] = last
    at += [((place[before[link.old]], 1, before[link.old]), link) for link in gone]
    return tuple(link for _, link in sorted(at, key=lambda pair: pair[0]))
