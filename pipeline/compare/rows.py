"""A comparison as rows of the contract's `links`. Pure."""

from __future__ import annotations

from typing import Any

from .values import Comparison

KINDS = ("version", "last_year")


def link_rows(made: Comparison) -> list[dict[str, Any]]:
    """One row a link, from the new plan's task to the old one's; ids are the same for the same two plans.

    A new task points to the old plan itself, and a dropped one is pointed to by the new plan itself: their ids stand
    where a task is missing, so that no end is empty and both plans are known from every row.
    """
    new, old = made.new["document_id"], made.old["document_id"]
    return [
        {
            "link_id": f"{new}-{old}-{number:06d}",
            "from_id": link.new or new,
            "to_id": link.old or old,
            "kind": made.kind,
            "relation": link.relation,
            "score": link.score,
        }
        for number, link in enumerate(made.links, 1)
    ]
