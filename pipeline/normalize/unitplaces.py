"""Which place a unit's name means in one plan: 市 in a district's paper, 福建 in 福建证监局, 金井片区 within the plan's own."""

from __future__ import annotations

from ..recognize.unitwords import Grammar
from ..rulebook import RuleBook
from ..spans import fold
from .regions import Region, Regions, holds, level_of, region_above, region_of

NATION = Region("100000", None, "national", "")


def place_meant(place: str, region: Region | None, regions: Regions, g: Grammar, book: RuleBook) -> Region | None:
    """The region that a prefix or a place's name means in the papers of `region`; the plan's own for no place at all.

    place   what stands before a unit's name, folded; the 省, 市 or 县 of a place may be left out
    None where the word names no one place: 县 in a city's plan, a name that several places bear.
    """
    if not place:
        return region
    prefix = g.prefix(place)
    if prefix and prefix.word == place:
        if prefix.level == "national":
            return NATION
        return region_above(region, prefix.word, prefix.level, regions) if region else None
    if region and region.name and fold(region.name) == place:
        return region
    for name in (place, *(place + one.word for one in g.prefixes if len(one.word) == 1 and one.level != "township")):
        if found := _named(name, region, regions, book):
            return region if region and region.code == found.code else found
    return None


def _named(name: str, region: Region | None, regions: Regions, book: RuleBook) -> Region | None:
    # of the places that bear a name, the one that the plan's place holds or is held by
    codes = regions.codes.get(name, ())
    near = [c for c in codes if region and (holds(region.code, c) or holds(c, region.code))]
    if len(near) == 1 or len(codes) == 1:
        code = (near or codes)[0]
        return Region(code, name, level_of(code), regions.names[code])
    found = region_of([name], regions, book) if not codes else None
    return found if found and found.name and fold(found.name) == name else None


def level_within(name: str, g: Grammar) -> str:
    """The level word that a registered name holds: 市 in 团市委, 区 in 区委; "" for none."""
    for at in range(len(name) - 1):
        prefix = g.prefix(name, at)
        if prefix and prefix.level not in ("national", "township") and len(prefix.word) == 1:
            return prefix.word
    return ""
