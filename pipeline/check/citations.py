"""Cited documents: without a number, with two, with a year that is not theirs, not yet issued when the plan was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..link.citations import CitationFact
from ..normalize.citations import plain
from ..outline import Remark
from ..recognize.checkwords import found_as
from ..spans import fold
from .paper import Paper, remark

FIRST = 1949  # no number of the People's Republic is older
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def citations(paper: Paper) -> Iterator[Remark]:
    """Remarks on the citations, once for each document."""
    issued = paper.metadata.issued_on.year if paper.metadata.issued_on else _plan_year(paper)
    numbers: dict[str, CitationFact] = {}
    for fact in paper.citations:
        if fact.title and fact.number and not _blank(fact):
            numbers.setdefault(plain(fact.title), fact)
    told: set[str] = set()
    for fact in paper.citations:
        key = plain(fact.title or paper.words(fact.span))
        for one in _of_one(fact, key, paper, issued, numbers):
            if f"{one.code} {key}" not in told:
                told.add(f"{one.code} {key}")
                yield one


def _plan_year(paper: Paper) -> int | None:
    return paper.metadata.plan_year if paper.metadata.year_from == "title" else None


def _of_one(
    fact: CitationFact, key: str, paper: Paper, issued: int | None, numbers: dict[str, CitationFact]
) -> Iterator[Remark]:
    words = {"words": fact.title or paper.words(fact.span)}
    number = fact.number
    if (
        (number is None or _blank(fact))
        and fact.parent is None
        and key not in numbers
        and found_as(key, paper.book, "numbered_paper")
    ):
        yield remark("citation_without_number", fact.span, **words)
    named = _year_of(fact.title or "", paper)
    year = number.year if number and number.issuer_code else None
    if year and issued and year > issued:
        yield remark("citation_not_yet_issued", fact.span, year=str(year), issued=str(issued), **words)
    elif year and (year < FIRST or (named and abs(year - named) > 1)):
        yield remark("citation_wrong_year", fact.span, number=number.text if number else "", year=str(named), **words)
    elif year is None and issued and named and named > issued:
        yield remark("citation_not_yet_issued", fact.span, year=str(named), issued=str(issued), **words)
    first = numbers.get(key)
    if number and first and first.number and plain(first.number.text) != plain(number.text):
        yield remark("citation_two_numbers", fact.span, number=number.text, other=first.number.text, **words)


def _blank(fact: CitationFact) -> bool:
    # 国办发〔2021〕号: the place of the number is left empty
    return fact.number is not None and bool(fact.number.issuer_code) and fact.number.number is None


def _year_of(title: str, paper: Paper) -> int | None:
    # the year that a yearly paper bears (2022年政务公开工作要点); 2030年前 and 2035年远景目标 say what is planned for
    found = found_as(title, paper.book, "yearly_paper")
    years = _YEARS.findall(fold(title[found[0].start : found[0].end])) if found else []
    return int(years[0]) if years else None
