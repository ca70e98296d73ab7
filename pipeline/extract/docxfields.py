"""Fields of Word that print words without storing a result: EQ, which draws ① around a digit and pinyin above a name."""

from __future__ import annotations

import re

from .numerals import numeral

_RINGS = "○◯〇"
_RAISED = re.compile(r"\\s\s*\\up\s*\d*\s*\Z", re.IGNORECASE)
_OVER = re.compile(r"\\o\b", re.IGNORECASE)
_FRACTION = re.compile(r"\\f\b", re.IGNORECASE)
_PLAIN = re.compile(r"\s*\\[*a-zA-Z][^()\\]*|\"[^\"]*\"")
DEPTH = 10


def field_words(code: str) -> str:
    """What an EQ field shows as plain words; "" for every other field, whose result is stored.

    >>> field_words(r"eq \\o\\ac(○,3)"), field_words(r"EQ \\* jc2 \\o\\ad(\\s\\up 9(pin),拼)"), field_words("PAGE")
    ('③', '拼', '')
    """
    head, _, rest = code.strip().partition(" ")
    return _shown(rest, DEPTH).strip() if head.lower() == "eq" else ""


def _shown(text: str, depth: int) -> str:
    at = text.find("(")
    if at < 0 or depth <= 0:
        return _PLAIN.sub("", text)
    end = _closing(text, at)
    before, inside, behind = text[:at], text[at + 1 : end], text[end + 1 :]
    after = _shown(behind, depth) if behind else ""
    if _RAISED.search(before):
        return after  # a reading above the words
    parts = [_shown(part, depth - 1).strip() for part in _parted(inside)]
    if _OVER.search(before) and len(parts) == 2 and parts[0] in _RINGS and parts[1].isdecimal():
        return numeral(int(parts[1]), "decimalEnclosedCircle") + after
    return ("/" if _FRACTION.search(before) else "").join(parts) + after


def _closing(text: str, at: int) -> int:
    depth = 0
    for n in range(at, len(text)):
        depth += (text[n] == "(") - (text[n] == ")")
        if not depth:
            return n
    return len(text)


def _parted(text: str) -> list[str]:
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char in ",;" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts
