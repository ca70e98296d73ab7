"""Which plans of the record a plan answers to: those it cites, else those of the places above it on its subject and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..normalize.regions import holds
from ..pairing import terms
from ..rulebook import RuleBook
from ..rulekinds import LEVELS
from ..spans import fold
from .neutral import neutral, tokens

ALIKE = 0.6  # of the words of the shorter subject, how many the other has
SHORTEST = 8  # characters from which a cited title that stands in another title means it
CITED, PLACED = "引用", "同一主题、同一年度的上级文件"


@dataclass(frozen=True, slots=True)
class Upper:
    """A plan of a level above, and by what it was found."""

    document_id: str
    by: str


def uppers(
    lower: Mapping[str, Any],
    documents: Sequence[Mapping[str, Any]],
    citations: Sequence[Mapping[str, Any]],
    book: RuleBook,
    places: Sequence[str] = (),
) -> tuple[Upper, ...]:
    """One plan for each level above the lower plan that has one, the highest first.

    lower       the row of `documents` of the lower plan
    documents   those of the record
    citations   the rows of the lower plan
    A cited plan comes before one that is only of the same subject and year, a current one before an older version.
    """
    own = subject(lower, book, places)
    found: dict[int, tuple[tuple[bool, bool, str, str], Upper]] = {}
    for one in documents:
        rank = _rank(one)
        if (
            one["document_id"] == lower["document_id"]
            or not one["task_count"]
            or rank is None
            or not _above(one, lower)
        ):
            continue
        cited = any(_means(row, one) for row in citations)
        other = subject(one, book, places)
        alike = len(own & other) >= ALIKE * max(1, min(len(own), len(other)))
        named = any(_means(row, one) and row["relation"] == "implements" for row in citations)
        same_year = one["plan_year"] is not None and one["plan_year"] == lower["plan_year"]
        if (cited and (alike or named)) or (alike and same_year):
            better = (cited, bool(one["is_current"]), str(one["issued_on"] or ""), one["document_id"])
            if rank not in found or better > found[rank][0]:
                found[rank] = better, Upper(one["document_id"], CITED if cited else PLACED)
    return tuple(upper for _, (_, upper) in sorted(found.items()))


def subject(document: Mapping[str, Any], book: RuleBook, places: Sequence[str] = ()) -> frozenset[str]:
    """The terms of a title without its issuer, place, year and what says that it is a plan."""
    title = fold("".join((document["title"] or "").split()))
    for words in (document["issuer"], document["region_name"]):
        title = title.replace(fold("".join((words or "").split())), "") if words else title
    return terms(neutral(tokens(title, book, places, title=True))) or frozenset({title})


def _rank(document: Mapping[str, Any]) -> int | None:
    return LEVELS.index(document["admin_level"]) if document["admin_level"] in LEVELS else None


def _above(one: Mapping[str, Any], lower: Mapping[str, Any]) -> bool:
    rank, own = _rank(one), _rank(lower)
    if rank is None or (own is not None and rank >= own):
        return False
    code = one["region_code"] or ""
    return one["admin_level"] == "national" or bool(code and lower["region_code"] and holds(code, lower["region_code"]))


def _means(row: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Whether a citation names a document: linked by the record, by its number, or by its title inside the full one."""
    if row["cited_document_id"] == document["document_id"]:
        return True
    number = document["doc_number"]
    if number and row["doc_number"]:
        return bool(fold(number) == fold(row["doc_number"]))
    cited, title = (fold("".join((x or "").split())) for x in (row["title"], document["title"]))
    return len(cited) >= SHORTEST and cited in title
