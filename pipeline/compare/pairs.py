"""Which documents of a record are looked back on from which. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from ..link.likeness import alike, pairs
from ..plan import Row

SUBJECT = 0.5  # 政务公开工作要点 and 政务公开工作要点及分工方案 are one subject


def document_pairs(documents: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """(old, new) document ids: every version with the one before it, every current plan with that of the year before.

    The plan of the year before is the current one of the same region whose subject (the title without region and year)
    is most alike.
    """
    held = [d for d in documents if d["task_count"]]
    return tuple(sorted({*_versions(held), *_years(held)}, key=lambda pair: (pair[1], pair[0])))


def _versions(documents: Iterable[Row]) -> Iterable[tuple[str, str]]:
    by_key: dict[str, list[Row]] = {}
    for one in documents:
        if one["plan_key"]:
            by_key.setdefault(one["plan_key"], []).append(one)
    for versions in by_key.values():
        order = [d["document_id"] for d in sorted(versions, key=_age)]
        yield from pairwise(order)


def _age(document: Row) -> tuple[Any, ...]:
    # the order by which the record knows the current one
    issued, came = document["issued_on"], document["ingested_at"]
    return (document["is_current"], issued is not None, issued, came is not None, came, document["document_id"])


def _years(documents: Sequence[Row]) -> Iterable[tuple[str, str]]:
    current = [d for d in documents if d["is_current"] and d["plan_key"] and d["plan_year"] and d["region_code"]]
    at: dict[tuple[str, int], list[Row]] = {}
    for one in current:
        at.setdefault((one["region_code"], one["plan_year"]), []).append(one)
    for one in current:
        subject = pairs(_subject(one))
        rated = [
            (alike(subject, pairs(_subject(other))), other["document_id"])
            for other in at.get((one["region_code"], one["plan_year"] - 1), ())
        ]
        share, found = max(rated, default=(0.0, ""))
        if share >= SUBJECT:
            yield found, one["document_id"]


def _subject(document: Row) -> str:
    return str(document["plan_key"]).split("-", 2)[-1]
