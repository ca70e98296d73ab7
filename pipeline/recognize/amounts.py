"""Amounts: 200名, 1.5万亿元, 30%—40%, 三个, 三分之二. The measures that count come from rules/targets.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..phrases import compiled
from ..rulebook import RuleBook
from ..spans import cover
from .numbers import LONGEST, to_int

_CN = "一二三四五六七八九十百千两"
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_FRACTION = rf"[{_CN}0-9]+分之(?:{_ARABIC}|[{_CN}]+)"
_SCALE = "万亿|千万|百万|十万|[十百千万亿]"
# behind 第, + or a letter stands a name (第6版, 1+2+N, H5, 3·15); behind 每 what is counted by (每千人)
_NOT_BEFORE = r"(?<![0-9A-Za-z第每+·./_-])"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount. value is exact; of a range value and value_high; measure as printed, its scale (万, 亿) included.

    A fraction that has no exact decimal counts its parts: 三分之二 is 2 of the measure 1/3.
    spoken   in Chinese numerals, which are often no amount (一个, 三项); rough   多 or 余 stands behind the number
    """

    start: int
    end: int
    value: Decimal
    value_high: Decimal | None
    measure: str
    counted: bool
    spoken: bool
    rough: bool


def amounts(view: str, book: RuleBook, taken: Sequence[tuple[int, int]] = ()) -> tuple[Amount, ...]:
    """The amounts of a folded text whose measure the rules list, in reading order, disjoint; none inside `taken`."""
    counts, measures = (tuple(_words(book, name)) for name in ("量词", "计量"))
    source: str = book.made("amounts", lambda _: _pattern((*counts, *measures)))
    out = []
    covered = cover(len(view), taken)
    for found in compiled(source).finditer(view):
        if any(covered[slice(*found.span())]):
            continue
        low, high = _value(found["low"]), _value(found["high"]) if found["high"] else None
        parts = _parts(found["low"])
        if low is None or (found["high"] and high is None) or not (found["unit"] or parts):
            continue
        measure = parts or (found["scale"] or "") + "".join(found["unit"].split())
        # 一分, 三个 say little without a word of comparison; 两小时 and 三分之二 are amounts
        spoken = not found["low"][0].isdigit() and not parts and (found["unit"] in counts or len(found["unit"]) == 1)
        start, end = found.start(), found.start() + len(found[0].rstrip())
        out.append(Amount(start, end, low, high, measure, found["unit"] in counts, spoken, bool(found["rough"])))
    return tuple(out)


def _words(book: RuleBook, name: str) -> list[str]:
    rule = book.rule(name)
    return list(rule.get("words")) if rule else []


def _pattern(units: Sequence[str]) -> str:
    unit = "|".join(re.escape(word) for word in sorted(units, key=len, reverse=True))
    number = f"{_FRACTION}|{_ARABIC}|[{_CN}]+"
    return (
        rf"{_NOT_BEFORE}(?P<low>{number})"
        rf"(?: ?(?:{_SCALE})?(?:{unit})? ?(?:-{{1,2}}|~|至|到) ?(?P<high>{_ARABIC}|[{_CN}]+))?"
        rf" ?(?P<rough>[多余])?(?P<scale>{_SCALE})?[多余]? ?(?P<unit>(?:{unit})(?![A-Za-z0-9])(?:\([^()]{{1,4}}\))?)?"
    )


def _value(said: str) -> Decimal | None:
    said = said.split("分之")[-1]
    # what the tables cannot hold exactly (28 digits, 6 of them behind the point) is no amount
    if len(said) > LONGEST or len(said.partition(".")[2]) > 6:
        return None
    if said[0].isdigit():
        return Decimal(said.replace(",", ""))
    whole = to_int(said)
    return None if whole is None else Decimal(whole)


def _parts(said: str) -> str:
    # 百分之九十 → %, 三分之二 → 1/3
    if "分之" not in said:
        return ""
    whole = to_int(said.split("分之")[0])
    return {100: "%", 1000: "‰"}.get(whole or 0, f"1/{whole}")
