"""Which place a paper speaks for: GB/T 2260 code, name as printed, level. From its title and issuer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..recognize.unitwords import grammar
from ..rulebook import RuleBook
from ..spans import fold

NAME_LIMIT = 15  # characters of the longest name of a place
_AUTONOMOUS = re.compile(r"^(.{2,3}?)(?:[^族]{1,4}族)+(自治[州县区旗])$")


@dataclass(frozen=True, slots=True)
class Region:
    """One place. name: as the paper prints it (保定市满城区); None for the whole country. official: its own name."""

    code: str
    name: str | None
    admin_level: str  # national, province, city, county, township
    official: str


@dataclass(frozen=True, slots=True)
class Regions:
    """The tables of places. codes: name → the codes that bear it; townships: county code → names, read when asked."""

    codes: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    townships: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def level_of(code: str) -> str:
    """The level that a code of GB/T 2260 (six digits) or GB/T 10114 (nine) says."""
    if len(code) > 6:
        return "township"
    if code.endswith("0000"):
        return "national" if code == "100000" else "province"
    return "city" if code.endswith("00") else "county"


def spellings(name: str) -> tuple[str, ...]:
    """A name and its customary short form: 湘西土家族苗族自治州, 湘西自治州."""
    found = _AUTONOMOUS.match(name)
    return (name, found[1] + found[2]) if found else (name,)


def region_above(region: Region, word: str, level: str, regions: Regions) -> Region | None:
    """The place that a level word (省, 市, 区) means in the papers of a place: itself, or one that holds it.

    A word for a level below the paper's own names no one place: 县财政局 in a city's plan.
    """
    if region.name and region.name.endswith(word):
        return region
    if region.admin_level == "national":
        return None
    codes = {"province": region.code[:2] + "0000", "city": region.code[:4] + "00", "county": region.code[:6]}
    code = codes.get(level, "")
    if level == "city" and code not in regions.names:
        code = region.code[:2] + "0000"  # the districts of 北京市 have no city of their own between
    name = regions.names.get(code)
    no_such = level == "county" and level_of(code) != level
    if name is None or len(code) != 6 or no_such or not holds(code, region.code):
        return None
    return Region(code, name, level_of(code), name)


def holds(above: str, below: str) -> bool:
    """Whether the place of one code is, or has in it, the place of the other."""
    stem = above.rstrip("0")
    return below.startswith(stem + "0" * (len(stem) % 2))


def region_of(candidates: Sequence[str], regions: Regions, book: RuleBook) -> Region | None:
    """The place of the first candidate text that names one; the finest of names that follow each other (市 before 区).

    A name that several places bear counts only where the name before it decides which.
    """
    special = {fold(n): r for r in book.of("region") for n in r.get("names")}
    for text in candidates:
        view = fold("".join(text.split()))
        for start in range(len(view)):
            if found := _at(view, start, regions, special):
                return found
    return None


def region_called(name: str, regions: Regions, book: RuleBook) -> Region | None:
    """The place that a bare name means (泰州: 泰州市), where it is one place; name: as it is printed."""
    bare = fold("".join(name.split()))
    words = {prefix.word for prefix in grammar(book).prefixes if len(prefix.word) == 1}
    codes = {code for word in words for code in regions.codes.get(bare + word, ())}
    # 吉林: the province has the city in it, and a name that means both means the greater
    greatest = min(codes, default="", key=lambda code: len(code.rstrip("0")))
    if not greatest or not all(holds(greatest, code) for code in codes):
        return None
    return Region(greatest, name, level_of(greatest), regions.names[greatest])


def _at(view: str, start: int, regions: Regions, special: Mapping[str, object]) -> Region | None:
    code, place = "", start
    while True:
        step = _longest(view, place, code, regions)
        if step is None:
            break
        code, place = step
    for length in range(min(NAME_LIMIT, len(view) - start), 1, -1):
        rule = special.get(view[start : start + length])
        if rule is not None and start + length > place:
            meaning = rule.meaning  # type: ignore[attr-defined]
            national = meaning["level"] == "national"
            name = view[start : start + length]
            return Region(meaning["code"], None if national else name, meaning["level"], name)
    if not code:
        return None
    return Region(code, view[start:place], level_of(code), regions.names[code])


def _longest(view: str, start: int, above: str, regions: Regions) -> tuple[str, int] | None:
    for length in range(min(NAME_LIMIT, len(view) - start), 1, -1):
        codes = regions.codes.get(view[start : start + length], ())
        stem = above.rstrip("0") if above else ""
        # a province's or city's code ends in zeros; an odd one cut is put back
        stem = stem + "0" * (-len(stem) % 2)
        own = [c for c in codes if c != above and c.startswith(stem)]
        if len(own) == 1:
            return own[0], start + length
    return None
