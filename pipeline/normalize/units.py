"""Printed names → units of the register: full name, place, kind. Two spellings of one unit are one unit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..phrases import compiled
from ..recognize.units import LEVELED
from ..recognize.unitwords import Grammar, grammar
from ..rulebook import Rule, RuleBook, names_of
from ..spans import fold
from .regions import Region, Regions
from .unitplaces import NATION, level_within, place_meant

# kinds whose names stand alone: 正荣物业, 人行福州中心支行, 试点城市政府
PROPER = frozenset({"enterprise", "vertical", "township", "government"})


@dataclass(frozen=True, slots=True)
class Printed:
    """A name as the plan prints it, with the level prefix that its list prints once for all (省)."""

    name: str
    is_group: bool = False
    prefix: str = ""

    @property
    def key(self) -> str:
        """What the unit is asked for by; one name may mean two units in two lists."""
        return self.prefix + self.name


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of one place.

    unit_id   the place's code and eight hex digits of the SHA-1 of the register's id, or of the name where the
              register does not know it
    rule      the register's id; superseded_by: what the plan's year should say instead (name, year)
    """

    unit_id: str
    name: str
    short_names: tuple[str, ...]
    kind: str
    level: str | None
    region_code: str | None
    members: tuple[str, ...] = ()
    parent_unit_id: str | None = None
    superseded_by: tuple[str, int] | None = None

    def row(self) -> dict[str, Any]:
        """The contract's row."""
        return {
            "unit_id": self.unit_id,
            "name": self.name,
            "short_names": list(self.short_names),
            "kind": self.kind,
            "level": self.level,
            "region_code": self.region_code,
            "parent_unit_id": self.parent_unit_id,
            "members": list(self.members),
        }


def register(
    names: Sequence[Printed], book: RuleBook, region: Region | None, regions: Regions, year: int | None = None
) -> dict[str, Unit]:
    """Each printed name's key → its unit.

    region   the plan's place. A name with the prefix of its level or with none belongs to it; 市 in a district's plan
             is the city above it; a ministry is the State Council's
    year     the plan's: which of a department's successors is meant, and whether it had one by then
    The members of a group of townships, counties or cities are those of the place, where the register knows them.
    """
    reader = _Reader(book, grammar(book), region, regions, year)
    made = {one.key: reader.unit(one) for one in names}
    return _named_alike(names, made, reader)


def _named_alike(names: Sequence[Printed], made: dict[str, Unit], reader: _Reader) -> dict[str, Unit]:
    # one unit, one name: the first that is printed in full, else the first
    printed: dict[str, list[str]] = {}
    full: dict[str, str] = {}
    for one in names:
        unit = made[one.key]
        printed.setdefault(unit.unit_id, []).append(one.name)
        full.setdefault(unit.unit_id, unit.name)
    return {
        key: replace(
            unit,
            name=full[unit.unit_id],
            short_names=tuple(sorted(set(printed[unit.unit_id]) - {full[unit.unit_id]})),
            parent_unit_id=parent if (parent := reader.parent(key, unit)) in printed else None,
        )
        for key, unit in made.items()
    }


@dataclass(frozen=True)
class _Reader:
    book: RuleBook
    g: Grammar
    region: Region | None
    regions: Regions
    year: int | None

    def unit(self, one: Printed) -> Unit:
        name = fold(one.name)
        if one.is_group:
            return self._group(one.name)
        bare = self.g.bare(name)
        rule, stem, place = self._known(one.prefix + bare) or (None, bare, "")
        if rule is None:
            at = next(iter(self.g.place_ends(one.prefix + bare)), 0)
            place, stem = (one.prefix + bare)[:at], (one.prefix + bare)[at:]
        where = self._where(rule, place, stem)
        kind = (rule.get("kind") if rule else self.g.kind(bare)) or "department"
        full = _full(stem, rule, self.book) if rule else one.name[len(place) - len(one.prefix) :]
        if where is None and not place and kind in LEVELED:
            full = one.name
        title = self._title(full, where, place, kind, rule)
        identity = rule.id if rule and (rule.get("full") or rule.get("stems")) else stem
        if where is None and place and not self._is_level(place):
            # a place that the tables do not know, 金井片区, is one in the plan's own; its level nobody says
            unit = self._made(title, place + identity, kind, self.region, rule)
            return replace(unit, level=None)
        return self._made(title, (place if where is None else "") + identity, kind, where, rule)

    def _where(self, rule: Rule | None, place: str, stem: str) -> Region | None:
        if rule is not None and rule.get("level") == "national":
            return NATION
        inner = level_within(stem, self.g) if rule and not place and rule.get("kind") in LEVELED else ""
        return place_meant(place or inner, self.region, self.regions, self.g, self.book)

    def _is_level(self, place: str) -> bool:
        prefix = self.g.prefix(place)
        return prefix is not None and prefix.word == place

    def _title(self, full: str, where: Region | None, place: str, kind: str, rule: Rule | None) -> str:
        if where is None:
            return place + full
        loose = bool(place) and not self._is_level(place) and fold(where.name or "") != place
        # an enterprise and a place's own rule say their name in full; a department's begins with its place
        proper = (
            self._says_place(full) if rule and rule.get("region") else rule is None and not place and kind in PROPER
        )
        if not where.name or proper:
            return full
        if loose and not fold(where.name).endswith(place):
            return place + full
        own = self.g.prefix(full)
        # 区委, 区政府各部门: the level is the end of the place's name already
        return where.name + full.removeprefix(own.word if own and where.name.endswith(own.word) else "")

    def _says_place(self, full: str) -> bool:
        return bool(self.region and self.region.official and self.region.official in full)

    def _made(self, title: str, identity: str, kind: str, where: Region | None, rule: Rule | None) -> Unit:
        code = where.code if where else None
        digest = hashlib.sha1(identity.encode()).hexdigest()[:8]
        return Unit(
            f"{code or '000000'}-{digest}",
            title,
            (),
            "committee" if kind == "party" else kind,
            where.admin_level if where else None,
            code,
            superseded_by=self._superseded(rule),
        )

    def _group(self, name: str) -> Unit:
        own = name
        if self.region and self.region.name and not name.startswith(self.region.name):
            own = self._title(name, self.region, "", "group", None)
        unit = self._made(own, own, "group", self.region, None)
        return replace(unit, members=self._members(name))

    def _known(self, name: str) -> tuple[Rule, str, str] | None:
        """The rule of a name, its stem, and the place in front of it."""
        national = self.region is None or self.region.admin_level == "national"
        exact = self.g.names.get(name, ())
        for rule in sorted(exact, key=lambda r: (r.get("level") == "national") != national):
            return rule, name, ""
        for at in self.g.place_ends(name):
            for rule in self.g.names.get(name[at:], ()):
                if rule.get("level") != "national":
                    return rule, name[at:], name[:at]
        if found := self.g.registered(name):
            stem = max((n for n in names_of(found[0]) if name.endswith(fold(n))), key=len)
            return found[0], stem, name[: len(name) - len(stem)]
        return None

    def _superseded(self, rule: Rule | None) -> tuple[str, int] | None:
        until = rule.get("until") if rule else None
        if rule is None or not until or self.year is None or self.year <= int(until) + 1:
            return None
        heir = self.book.rule(rule.get("successor", ""))
        return (_title(heir) if heir else "", int(until))

    def parent(self, key: str, unit: Unit) -> str | None:
        """The id of the unit whose name begins this one's: 区交建局 for 区交建局住房发展处."""
        if unit.kind == "group" or self.g.registered(self.g.bare(fold(key))):
            return None
        for end in range(len(key) - 2, 2, -1):
            if self.g.registered(key[:end], loose=False):
                return self.unit(Printed(key[:end])).unit_id
        return None

    def _members(self, name: str) -> tuple[str, ...]:
        view = fold("".join(name.split()))
        if self.region is None:
            return ()
        for rule in self.book.of("unit_part"):
            meant = rule.meaning["part"] == "members" and any(compiled(p.source).search(view) for p in rule.phrases)
            if meant and (found := tuple(self._below(rule.meaning["level"], view))):
                return found
        return ()

    def _below(self, level: str, view: str) -> Iterable[str]:
        # the places one step below the plan's, of the sorts that the name tells: 各乡镇 leaves the 街道 out
        assert self.region is not None
        code = self.region.code
        if level == "township" and self.region.admin_level == "county":
            sorts = tuple(p.word for p in self.g.prefixes if p.level == level and p.word[0] in view)
            return (n for n in self.regions.townships.get(code, ()) if n.endswith(sorts))
        if level == "county" and self.region.admin_level == "city":
            return (n for c, n in self.regions.names.items() if c.startswith(code[:4]) and c != code)
        if level == "city" and self.region.admin_level == "province":
            return (n for c, n in self.regions.names.items() if c[:2] == code[:2] and c[4:] == "00" and c != code)
        return ()


def _full(stem: str, rule: Rule, book: RuleBook) -> str:
    """The official name without its place: 发改委 → 发展和改革委员会."""
    stems, forms = rule.get("stems", ()), rule.get("forms", ())
    if not stems:
        return str(rule.get("full") or stem)
    form = next((f for f in sorted(forms, key=len, reverse=True) if stem.endswith(fold(f))), "")
    if not form:
        return stem
    longer = {p.text: r.get("full") for r in book.of("unit_part") if r.meaning["part"] == "form" for p in r.phrases}
    said, full = stem[: len(stem) - len(form)], str(rule.get("full") or stems[-1])
    # 综合执法与应急管理局 is as full as 综合执法和应急管理局: each place has its own
    return (said if len(said) >= len(full) else full) + str(longer.get(form) or form)


def _title(rule: Rule) -> str:
    # what a clerk calls a department of the register
    stems, forms = rule.get("stems", ()), rule.get("forms", ("",))
    return str(rule.get("full") or "") if not stems else f"{rule.get('full') or stems[-1]}{forms[0]}"
