"""Marks as the page prints them: recognition writes , for ，; among ideographs the full-width mark is meant (GB/T 15834)."""

from __future__ import annotations

FULL = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_OPEN = {"(": ")"}


def fullwidth(text: str) -> str:
    """The text, of equal length, with full-width marks where an ideograph or a full-width mark stands beside them.

    A pair of brackets is changed as one. 1,000 and 9:00 stay.
    """
    out = list(text)
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            start = opened.pop()
            if (
                wide(_beside(out, start, -1))
                or wide(_beside(text, start, 1))
                or wide(_beside(text, at, 1))
                or wide(_beside(out, at, -1))
            ):
                out[start], out[at] = "（", "）"
        elif char in FULL and (wide(_beside(out, at, -1)) or wide(_beside(text, at, 1))):
            out[at] = FULL[char]
    for at in opened:
        if wide(_beside(out, at, -1)) or wide(_beside(out, at, 1)):
            out[at] = "（"
    return _quoted("".join(out))


def wide(char: str) -> bool:
    """An ideograph or a full-width mark."""
    return "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or char in ("“", "”", "‘", "’", "…", "—", "〇")


def _beside(text: str | list[str], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(text) and text[at] == " ":
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _quoted(text: str) -> str:
    # straight quotation marks by turns
    out = list(text)
    inside = False
    for at, char in enumerate(text):
        if char in "“”":
            inside = char == "“"
        elif char == '"' and (wide(_beside(text, at, -1)) or wide(_beside(text, at, 1))):
            out[at] = "”" if inside else "“"
            inside = not inside
    return "".join(out)
