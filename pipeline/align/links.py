"""An alignment as rows of the contract's `links`, kind upper_level: from the lower plan's clause to the upper's."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha1
from typing import Any

from .levels import Step

KIND = "upper_level"


def links(step: Step) -> tuple[dict[str, Any], ...]:
    """One row an answer (same, reworded), one a clause that answers nothing (new), one that nothing answers (dropped).

    A clause without a partner is linked with the other plan as a whole: `to_id` of what is new is the upper plan's
    document_id, `from_id` of what was dropped the lower plan's.
    """
    return tuple(
        {
            "link_id": link_id(below, above),
            "from_id": below,
            "to_id": above,
            "kind": KIND,
            "relation": relation,
            "score": score,
        }
        for below, above, relation, score in _ties(step)
    )


def link_id(below: str, above: str) -> str:
    """The key of a link: the lower plan's document, then ten hex digits of the SHA-1 of its two ends."""
    return f"{below[:16]}-l{sha1(f'{KIND} {below} {above}'.encode()).hexdigest()[:10]}"


def _ties(step: Step) -> Iterator[tuple[str, str, str, float | None]]:
    upper, lower, made = step.upper, step.lower, step.made
    for answer in made.answers:
        # six places: the same on every machine
        ends = lower.clauses[answer.lower].key, upper.clauses[answer.upper].key
        yield (*ends, answer.relation, round(answer.score, 6))
    for j in made.added:
        yield lower.clauses[j].key, upper.key, "new", None
    for i in made.left:
        yield lower.key, upper.clauses[i].key, "dropped", None
