"""A printed document number → issuer's code, year, number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..spans import fold

_YEAR = re.compile(r"[〔\[(﹝【] *((?:19|20)[0-9]{2}) *[〕\])﹞】]")
_NUMBER = re.compile(r"([0-9]{1,5}) *号")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """国办函〔2021〕132号: text as printed, issuer_code 国办函, year 2021, number 132; None where it has none."""

    text: str
    issuer_code: str | None
    year: int | None
    number: int | None


def number_of(text: str) -> DocNumber:
    """The parts of one document number. source: GB/T 9704-2012 7.2.5"""
    view = fold(text)
    year, number = _YEAR.search(view), _NUMBER.search(view)
    code = text[: year.start()].strip() if year else None
    return DocNumber(text.strip(), code or None, int(year[1]) if year else None, int(number[1]) if number else None)
