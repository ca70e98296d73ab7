"""Slots made of words or of phrases: which mark stands for which, and in which order they are found. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .phrases import Phrase, mark

YEARS = frozenset({"某年"})  # slots that a template may use where a phrase does not say them
_TEMPLATE = re.compile(r"\{([^{}]+)\}")
_NAME = re.compile(r"\{([^\d,{}][^{}]*?)\d*\}")

Slots = Mapping[str, Mapping[str, Any]]


def slot_words(slots: Slots) -> dict[str, tuple[str, ...]]:
    """Slot name → the words a phrase may meet there: its own, or the mark of a slot that has phrases.

    slots   id → stanza of every `[[slot]]`; in its words {月段} is whatever that slot is
    """
    marks = {name: mark(count) for count, name in enumerate(n for n, said in slots.items() if not said.get("words"))}
    return {
        name: (marks[name],)
        if name in marks
        else tuple(marks.get(word[1:-1], word) if word.startswith("{") else word for word in said["words"])
        for name, said in slots.items()
    }


def slot_levels(slots: Slots) -> tuple[tuple[str, ...], ...]:
    """The slots with phrases, in the order of finding: after those that their phrases use and those that `after` names.

    raises   ValueError when slots wait for each other in a ring
    """
    needs = {name: _needs(name, slots, frozenset()) for name, said in slots.items() if not said.get("words")}
    levels: list[tuple[str, ...]] = []
    while needs:
        ready = tuple(name for name, before in needs.items() if not before & needs.keys())
        if not ready:
            raise ValueError(f"空位互相引用:{'、'.join(needs)}")
        needs = {name: before for name, before in needs.items() if name not in ready}
        levels.append(ready)
    return tuple(levels)


def _needs(name: str, slots: Slots, above: frozenset[str]) -> set[str]:
    # through lists of words too: {段} stands for {月段} and {区间}
    said = slots[name]
    lines: Sequence[str] = [*said.get("phrases", ()), *said.get("words", ()), said.get("pattern", "")]
    named = {n for line in lines for n in _NAME.findall(line)} | set(said.get("after", ()))
    inner = {n for n in named if n in slots and slots[n].get("words") and n not in above}
    return named | {n for one in inner for n in _needs(one, slots, above | {name})}


def slot_faults(slots: Slots) -> dict[str, str]:
    """Slot name → what is wrong with it, in Chinese."""
    faults: dict[str, str] = {}
    for name, said in slots.items():
        count = len(said.get("words") or said.get("phrases") or [said.get("pattern")])
        if bool(said.get("words")) == bool(said.get("phrases") or said.get("pattern")):
            faults[name] = "空位应写 words,或写 phrases、pattern"
        elif unknown := set(said.get("after", ())) - slots.keys():
            faults[name] = f"after 里有不认识的空位 {'、'.join(sorted(unknown))}"
        elif said.get("values") and len(said["values"]) != count:
            faults[name] = f"values 有 {len(said['values'])} 个,与前面的 {count} 个对不上"
    try:
        slot_levels(slots)
    except ValueError as ring:
        faults.setdefault(next(iter(slots)), str(ring))
    return faults


def template_faults(phrases: Sequence[Phrase], templates: Sequence[str]) -> list[str]:
    """Slots that a template uses and a phrase does not have, in Chinese; the year may be left out: it is the plan's."""
    wanted = {name for template in templates for name in _TEMPLATE.findall(template)}
    return [
        f"短语 {phrase.text} 里没有 {{{name}}},值却用到它"
        for phrase in phrases
        for name in sorted(wanted)
        if name not in YEARS and f"(?P<{name}>" not in phrase.source
    ]
