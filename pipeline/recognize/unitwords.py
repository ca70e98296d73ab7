"""What a unit's name is made of: level prefix, place, stem, suffix, and the registry. One name at a time; `units` splits lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..phrases import compiled
from ..rulebook import Rule, RuleBook, names_of
from ..spans import fold

NAME_LIMIT = 40  # characters; what is longer is a sentence, not a list of names run together
PLACED = frozenset({"vertical", "government", "township"})
PLACE_NAME = 6  # characters of a place without 自治 and the like: 阿鲁科尔沁旗
PLACE_LIMIT = 16  # characters of the place in front of a name: 新疆维吾尔自治区伊犁哈萨克自治州


@dataclass(frozen=True, slots=True)
class Ending:
    """A suffix and the characters that make it part of another word: 市场 is no 场."""

    word: str
    kind: str
    weak: bool
    not_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """A level prefix and what makes it part of another word: 市场, 区块链."""

    word: str
    level: str
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]


@dataclass(frozen=True)
class Grammar:
    """The words of rules/units, ready for use; all folded, the longest first. Names are given without blanks."""

    separators: frozenset[str]
    group_separators: frozenset[str]
    joiners: tuple[str, ...]
    endings: tuple[str, ...]
    lead_ins: tuple[str, ...]  # words before a list that are no part of it: 由甲局牵头
    joints: tuple[str, ...]  # 委区政府: two bodies that share an office
    foreign: tuple[str, ...]  # words that no name holds: 的
    prefixes: tuple[Prefix, ...]
    tails: frozenset[str]  # last characters of prefixes
    breaks: frozenset[str]  # characters that no place's name holds: those of 局, 委, 和
    long_places: tuple[str, ...]
    residents: tuple[str, ...]  # 驻: an office in another body
    party_heads: tuple[str, ...]  # 中共, before a place
    suffixes: Mapping[str, tuple[Ending, ...]]  # last character → endings
    openers: tuple[str, ...]
    long_suffixes: tuple[str, ...]
    party_names: tuple[str, ...]
    names: Mapping[str, tuple[Rule, ...]]  # registry name → its rules
    heads: frozenset[str]  # first two characters of registry names
    shorts: frozenset[str]  # beginnings of registry names: 市场监管 for 市场监管局
    run_groups: tuple[str, ...]
    groups: tuple[str, ...]
    place_groups: tuple[str, ...]
    listed: tuple[str, ...]
    nobody: frozenset[str]
    notes: tuple[str, ...]  # what is no part of a name and stands in it: the sound of a character, (qū)
    longest_name: int
    _known: dict[str, tuple[Rule, ...]] = field(default_factory=dict, repr=False, compare=False)

    def prefix(self, name: str, start: int = 0) -> Prefix | None:
        """The level prefix that stands at `start`, none where the word goes on as another word."""
        for one in self.prefixes:
            end = start + len(one.word)
            if name.startswith(one.word, start) and not name.startswith(one.not_before, end):
                return one
        return None

    def bare(self, name: str) -> str:
        """A name without the bracket that follows it: 市交通委(市道运局) → 市交通委."""
        at = name.rfind("(")
        return name[:at] if name.endswith(")") and at > 1 else name

    def registered(self, name: str, *, loose: bool = True) -> tuple[Rule, ...]:
        """The registry's rules for a name, with a level prefix or a place before it, or bare.

        loose   a place may do without its 省, 市, 县: 福建证监局, 江北管委会
        """
        key = f"{name}?" if loose else name
        if key not in self._known:
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[key] = self.names.get(name) or self._placed(name, loose)
        return self._known[key]

    def _placed(self, name: str, loose: bool) -> tuple[Rule, ...]:
        for at in self.place_ends(name):
            if found := self.names.get(name[at:]):
                # 德州|市委: the party's committee is named by its level, and bears no place
                return tuple(r for r in found if r.get("level") != "national" and r.get("kind") != "party")
        for at in (2, 3, 4) if loose and self.prefix(name) is None else ():
            if found := tuple(rule for rule in self.names.get(name[at:], ()) if rule.get("kind") in PLACED):
                return () if self.breaks & set(name[:at]) or name.startswith(self.openers) else found
        return ()

    def place_ends(self, name: str) -> Iterator[int]:
        """Where a level prefix or a place at the head of a name may end: 保定市满城区|财政局, 区|财政局, 中共河北省|委宣传部."""
        if name.startswith(self.openers):
            return
        own = self.prefix(name)
        if own and own.level != "township":
            yield len(own.word)
            return
        last = next((len(word) for word in self.party_heads if name.startswith(word)), 0)
        for at in range(last + 1, min(last + PLACE_LIMIT, len(name) - 1) + 1):
            if name[at - 1] in self.breaks or (own and at > 4) or name[last:at] in self.names:
                return
            if name[at - 1] in self.tails and any(
                name.endswith(one.word, 0, at) and not name.startswith(one.not_before, at) for one in self.prefixes
            ):
                if at - last > PLACE_NAME and not any(word in name[last:at] for word in self.long_places):
                    return
                yield at
                last = at

    def kind(self, name: str) -> str:
        """The kind that the suffix says; "" for a name without one."""
        found = self._ending(self.bare(name))
        return found.kind if found else ""

    def is_suffix(self, word: str) -> bool:
        """Whether a word is one of those that names end with."""
        return any(one.word == word for one in self.suffixes.get(word[-1:], ()))

    def ends_unit(self, name: str) -> bool:
        """Whether a stretch ends like a unit's name, or is one of the registry."""
        bare = self.bare(name)
        return bool(self._ending(bare) or self.registered(bare))

    def _ending(self, name: str) -> Ending | None:
        for one in self.suffixes.get(name[-1:], ()):
            stem = len(name) - len(one.word)
            if stem > 0 and name.endswith(one.word) and not name.endswith(one.not_after, 0, stem):
                own = self.prefix(name)
                stem -= len(own.word) if own and len(own.word) < stem else 0
                if stem >= (2 if one.weak else 1):
                    return one
        return None

    def is_weak(self, name: str) -> bool:
        """Whether nothing but a common last character makes a name of it: 苏州, 阳台区."""
        found = self._ending(self.bare(name))
        return found is None or found.weak

    def is_group(self, name: str) -> bool:
        """Whether a name means units of one sort: 各乡镇, 区直有关单位, 成员单位."""
        return any(compiled(source).fullmatch(name) for source in (*self.run_groups, *self.listed, *self.groups))

    def closed(self, name: str) -> bool:
        """Whether a name surely ends here, whatever follows: a unit, or a group that says of what."""
        return self.ends_unit(name) or any(compiled(s).fullmatch(name) for s in (*self.run_groups, *self.listed))

    def group_end(self, words: str, start: int) -> int:
        """Where the longest group that begins at `start` ends; `start` when none does."""
        ends = [m.end() for s in (*self.run_groups, *self.listed) if (m := compiled(s).match(words, start))]
        return max(ends, default=start)

    def is_place(self, name: str) -> bool:
        """Whether a name is a place and no body of it: 平潭综合实验区."""
        return name[-1:] in self.tails and len(name) > 1 and not self.breaks & set(name) and not self.names.get(name)

    def of_places(self, words: str, start: int) -> bool:
        """Whether the group that begins here means places (各街道), not bodies (各有关单位)."""
        return any(compiled(source).match(words, start) for source in self.place_groups)

    def whole(self, name: str) -> bool:
        """Whether a stretch can stand alone as a unit or a group."""
        return self.ends_unit(name) or self.is_group(name)

    def ends_list(self, words: str) -> bool:
        """Whether a list of units may end here: 区发改局等部门."""
        return self.whole(self.without_ending(words))

    def without_ending(self, words: str) -> str:
        """A stretch without the 等部门 at its end."""
        for ending in self.endings:
            if words.endswith(ending) and len(words) > len(ending):
                return words[: -len(ending)]
        return words

    def begins_list(self, words: str) -> bool:
        """Whether a unit begins here: some head of the words is a whole name."""
        return words.startswith(self.openers) or any(
            self.ends_unit(words[:n]) for n in range(2, min(len(words), NAME_LIMIT) + 1)
        )

    def plausible(self, name: str) -> bool:
        """Whether a stretch of running text can be a unit's name: it ends like one and holds no word of a sentence."""
        if len(name) > NAME_LIMIT or any(word in name for word in self.foreign):
            return False
        return self.whole(name) or name in self.shorts


def _short(suffixes: Mapping[str, list[Ending]]) -> Iterator[str]:
    # 局, 委, 厅, 部, 署: a department ends here
    for some in suffixes.values():
        yield from (one.word for one in some if len(one.word) == 1 and not one.weak)


def grammar(book: RuleBook) -> Grammar:
    """The unit grammar of a rule book, made once."""
    made: Grammar = book.made("unit grammar", _grammar)
    return made


def _grammar(book: RuleBook) -> Grammar:
    parts: dict[str, list[Rule]] = {}
    for rule in book.of("unit_part"):
        parts.setdefault(rule.meaning["part"], []).append(rule)

    def of(part: str) -> tuple[str, ...]:
        found = {fold(phrase.text) for rule in parts.get(part, ()) for phrase in rule.phrases}
        return tuple(sorted(found, key=lambda word: (-len(word), word)))

    def sources(part: str) -> tuple[str, ...]:
        return tuple(phrase.source for rule in parts.get(part, ()) for phrase in rule.phrases)

    names: dict[str, tuple[Rule, ...]] = {}
    for rule in book.of("unit"):
        for name in names_of(rule):
            names[fold(name)] = (*names.get(fold(name), ()), rule)
    suffixes: dict[str, list[Ending]] = {}
    for part in ("suffix", "weak_suffix"):
        for rule in parts.get(part, ()):
            for phrase in rule.phrases:
                word = fold(phrase.text)
                one = Ending(word, rule.get("kind", ""), part != "suffix", tuple(map(fold, rule.not_preceded_by)))
                suffixes.setdefault(word[-1], []).append(one)
    prefixes = [
        Prefix(
            fold(phrase.text),
            rule.meaning["level"],
            tuple(map(fold, rule.not_followed_by)),
            tuple(map(fold, rule.not_preceded_by)),
        )
        for rule in parts.get("prefix", ())
        for phrase in rule.phrases
    ]
    foreign = [fold(p.text) for r in book.of("responsibility") if r.get("part") == "foreign" for p in r.phrases]
    return Grammar(
        separators=frozenset(of("separator")),
        group_separators=frozenset(of("group_separator")),
        joiners=of("joiner"),
        endings=of("ending"),
        lead_ins=of("lead_in"),
        joints=of("joint"),
        foreign=tuple(foreign),
        prefixes=tuple(sorted(prefixes, key=lambda p: -len(p.word))),
        tails=frozenset(p.word[-1] for p in prefixes),
        breaks=frozenset("".join((*_short(suffixes), *of("break")))),
        party_heads=of("party_head"),
        long_places=of("long_place"),
        residents=of("resident"),
        suffixes={last: tuple(sorted(some, key=lambda e: -len(e.word))) for last, some in suffixes.items()},
        openers=of("opener"),
        names=names,
        heads=frozenset(name[:2] for name in names),
        shorts=frozenset(name[:end] for name in names for end in range(2, len(name))),
        run_groups=sources("group_run"),
        groups=sources("group"),
        place_groups=sources("members"),
        listed=sources("listed"),
        party_names=tuple(n for n, rules in names.items() if rules[0].get("kind") == "party"),
        long_suffixes=tuple({e.word for some in suffixes.values() for e in some if len(e.word) > 1}),
        nobody=frozenset(of("nobody")),
        notes=sources("note"),
        longest_name=max(map(len, names), default=0),
    )
