"""A printed document number and title in their normal form: joined over line breaks, without blanks inside."""

from __future__ import annotations

from dataclasses import dataclass

from ..recognize.docnumbers import NumberMention
from ..spans import fold

_MARKS = str.maketrans("", "", "《》<>≪≫«»“”\"'‘’")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """国办函〔2021〕132号: text as printed, issuer_code 国办函, year 2021, number 132; None where it has none."""

    text: str
    issuer_code: str | None
    year: int | None
    number: int | None


def number_of(mention: NumberMention, text: str) -> DocNumber:
    """The parts of one document number; a standard keeps its blank. source: GB/T 9704-2012 7.2.5"""
    printed = text[mention.start : mention.end]
    code = "".join(text[slice(*mention.code)].split()) if mention.code else None
    return DocNumber(
        printed if printed.isascii() else "".join(printed.split()), code or None, mention.year, mention.number
    )


def title_of(text: str, start: int, end: int) -> str | None:
    """The words of a title, joined where a narrow column broke them."""
    return "".join(line.strip() for line in text[start:end].split("\n")) or None


def plain(title: str) -> str:
    """What two ways to print one title have in common: no marks, no blanks, one width."""
    return "".join(fold(title).translate(_MARKS).split())
