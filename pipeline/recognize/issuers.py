"""Whose code stands in a document number: 国办发 → 国务院办公厅, 冀政办字 → 河北省人民政府办公厅. From rules/issuers.toml."""

from __future__ import annotations

import re

from ..rulebook import RuleBook
from ..rulecheck import Reading
from ..spans import fold
from .docnumbers import docnumbers


def issuers_of(code: str, book: RuleBook) -> tuple[str, ...]:
    """The bodies that number their papers with this code, full names, in the order of the rules; () when unknown.

    Two bodies can share one code (宁政发: 宁夏回族自治区 and 南京市); a reader has to decide between them.

    source: the bodies' own papers; see rules/issuers.toml
    """
    view = "".join(fold(code).split())
    return tuple(dict.fromkeys(name for name, _ in _known(view, book)))


def _known(view: str, book: RuleBook) -> list[tuple[str, str]]:
    out = []
    for rule in book.of("issuer_code"):
        for phrase in rule.phrases:
            if found := phrase.fullmatch(view):
                slots = {k: v for k, v in found.groupdict().items() if v}
                out.append((_filled(rule.meaning["issuer"], slots, book), rule.id))
    return out


def _filled(name: str, slots: dict[str, str], book: RuleBook) -> str:
    # {省} stands for the value that its word list gives beside the word
    def value(found: re.Match[str]) -> str:
        rule, word = book.rule(found[1]), slots.get(found[1], "")
        words: list[str] = rule.get("words", []) if rule else []
        values: list[str] = rule.get("values", words) if rule else []
        return values[words.index(word)] if word in words else word

    return re.sub(r"\{(.+?)\}", value, name)


def code_readings(text: str, book: RuleBook) -> tuple[Reading, ...]:
    return tuple(
        Reading(*n.code, name, rule)
        for n in docnumbers(text, book)
        if n.code
        for name, rule in _known(fold(text[slice(*n.code)]), book)
    )
