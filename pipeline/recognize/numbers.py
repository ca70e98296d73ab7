"""Chinese and Arabic numerals to integers: 二〇二二 → 2022, 二十一 → 21, １２ → 12."""

from __future__ import annotations

from ..spans import fold

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "o": 0, "两": 2, "元": 1}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10000}


LONGEST = 18  # digits; what is longer counts nothing, and a run of thousands would be refused by int()


def to_int(text: str) -> int | None:
    """The value of one numeral, Arabic (any width) or Chinese (place by place, or with 十百千); None when it is none.

    >>> to_int("二〇二二"), to_int("二十一"), to_int("十"), to_int("１２"), to_int("一百零三")
    (2022, 21, 10, 12, 103)
    """
    view = "".join(fold(text).split())
    if len(view) > LONGEST:
        return None
    if view.isascii() and view.isdigit():
        return int(view)
    if not view or any(c not in _DIGITS and c not in _TENS for c in view):
        return None
    if not any(c in _TENS for c in view):
        return int("".join(str(_DIGITS[c]) for c in view))
    total, digit = 0, 0
    for char in view:
        if char in _TENS:
            total += (digit or (1 if not total else 0)) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
