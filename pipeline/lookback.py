"""The look back over the record: pairs of its plans compared, their links stored; made anew when a plan is read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .compare import Comparison, compare
from .compare.pairs import document_pairs
from .compare.rows import KINDS, link_rows
from .compare.told import why_told

if TYPE_CHECKING:
    from .store import Record


def look_back(record: Record, old_id: str, new_id: str) -> Comparison:
    """Compare two recorded plans and put the links into the record; raises KeyError when it has not both."""
    made = compare(record.plan(old_id), record.plan(new_id))
    record.put_links(new_id, old_id, KINDS, link_rows(made))
    return made


def reasons(record: Record, row: Mapping[str, Any]) -> list[str]:
    """Why a stored link between two plans is what it is, a line a reason; the plans are compared again."""
    made = compare(record.plan(row["to_id"][:16]), record.plan(row["from_id"][:16]))
    rows = {one["link_id"]: link for one, link in zip(link_rows(made), made.links, strict=True)}
    link = rows.get(row["link_id"])
    return why_told(made, link) if link else ["这条关联已经过时 → 再运行 taizhang compare"]


def pairs_of(record: Record) -> tuple[tuple[str, str], ...]:
    """(old, new) of every look back that the record allows: versions of one plan, and plans of two years."""
    return document_pairs(record.documents())


def renew(record: Record, document_ids: Iterable[str]) -> None:
    """Compare again what was compared before and of which a plan has been read anew: its tasks may be others now."""
    known = {row["document_id"] for row in record.documents()}
    for new_id, old_id, kind in record.joined(document_ids):
        if kind in KINDS:
            if {new_id, old_id} <= known:
                look_back(record, old_id, new_id)
            else:
                record.put_links(new_id, old_id, KINDS, ())
