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
        words = book.rule(found[1])
        given = dict(zip(words.get("words", ()), words.get("values", ()), strict=False)) if words else {}
        return str(given.get(slots.get(found[1], ""), ""))

    return re.sub(r"\{(.+?)\}", value, name)


def code_readings(text: str, book: RuleBook) -> tuple[Reading, ...]:
    """One reading for each code, its bodies joined with 、."""
    out = []
    for number in docnumbers(text, book):
        if number.code and (known := _known(fold(text[slice(*number.code)]), book)):
            out.append(Reading(*number.code, "、".join(name for name, _ in known), known[-1][1]))
    return tuple(out)
