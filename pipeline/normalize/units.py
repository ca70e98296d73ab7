"""Printed names → units of the register: full name, place, kind. Two spellings of one unit are one unit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..recognize.units import Grammar, grammar
from ..rulebook import RuleBook
from ..spans import fold
from .regions import Region, Regions

# the level that a prefix names → the level of the office
LEVELS = {"national": "national", "province": "province", "city": "city", "county": "county", "township": "township"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of one place. unit_id: the place's code and eight hex digits of the SHA-1 of the full name."""

    unit_id: str
    name: str
    short_names: tuple[str, ...]
    kind: str
    level: str | None
    region_code: str | None
    members: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        """The contract's row."""
        return {
            "unit_id": self.unit_id,
            "name": self.name,
            "short_names": list(self.short_names),
            "kind": self.kind,
            "level": self.level,
            "region_code": self.region_code,
            "parent_unit_id": None,
            "members": list(self.members),
        }


def register(
    names: Sequence[tuple[str, bool]], book: RuleBook, region: Region | None, regions: Regions
) -> dict[str, Unit]:
    """Each printed name (with whether it is a group) → its unit.

    A name with the prefix of the paper's own level (区 in a plan of 满城区) or with none belongs to the paper's place.
    The members of a group of townships are those of the place, where the register knows them.
    """
    g = grammar(book)
    found: dict[str, tuple[str, str, str | None, tuple[str, ...]]] = {}
    shorts: dict[str, list[str]] = {}
    for printed, is_group in names:
        full, kind, level = _full(fold(printed), printed, is_group, book, g, region)
        members = _members(printed, region, regions) if is_group else ()
        found[printed] = (full, kind, level, members)
        shorts.setdefault(full, []).append(printed)
    code = region.code if region else None
    return {
        printed: Unit(
            f"{code or '000000'}-{hashlib.sha1(full.encode()).hexdigest()[:8]}",
            full,
            tuple(sorted(set(shorts[full]) - {full})),
            kind,
            level,
            code,
            members,
        )
        for printed, (full, kind, level, members) in found.items()
    }


def _full(
    view: str, printed: str, is_group: bool, book: RuleBook, g: Grammar, region: Region | None
) -> tuple[str, str, str | None]:
    if is_group:
        return _placed(printed, region), "group", region.admin_level if region else None
    prefix = next((p for p in g.prefixes if view.startswith(p) and len(view) > len(p) + 1), "")
    own = bool(region and region.name and (not prefix or region.name.endswith(prefix)))
    stem = view[len(prefix) :] if prefix else view
    rule = book.rule(g.names.get(stem, ""))
    kind = rule.get("kind") if rule else _kind(view, book)
    level = region.admin_level if region and own else None
    if own and region and region.name:
        return region.name + (rule.meaning["full"] if rule else printed[len(prefix) :]), kind, level
    return (prefix + rule.meaning["full"] if rule else printed), kind, level


def _placed(printed: str, region: Region | None) -> str:
    return f"{region.name}{printed}" if region and region.name else printed


def _kind(view: str, book: RuleBook) -> str:
    best = ("", "department")
    for rule in book.of("unit_part"):
        if rule.meaning["part"] == "suffix":
            for phrase in rule.phrases:
                if view.endswith(fold(phrase.text)) and len(phrase.text) > len(best[0]):
                    best = (phrase.text, rule.get("kind", "department"))
    return best[1]


def _members(printed: str, region: Region | None, regions: Regions) -> tuple[str, ...]:
    # 各乡（镇）政府 of a county: its townships
    townships = {"乡", "镇", "街"}
    if region is None or not townships & set(printed):
        return ()
    return tuple(regions.townships.get(region.code, ()))
