"""The painting of a PDF page → operations, by one regular expression: pdfminer's own lexer takes most of its time.

What is rare (pictures within the painting, names with #, procedures) is left to pdfminer: `Odd`.
"""

from __future__ import annotations

import re
from typing import Any

from pdfminer.psparser import LIT

# ISO 32000-1, 7.2 and 7.3; a bracket that has no partner within a string is told by the scan of `_nested`
TOKEN = re.compile(
    rb"""[\s\x00]*(?:
    (?P<whole>[-+]?[0-9]+(?![0-9.]))
    |(?P<real>[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+))
    |(?P<word>[A-Za-z][^#/%\[\]()<>{}\s]*|['"])
    |\((?P<plain>[^()\\]*)\)
    |\((?P<escaped>[^()\\]*(?:\\.[^()\\]*)*)\)
    |<(?P<hex>[0-9A-Fa-f\s]*)>
    |(?P<open>\[|<<)
    |(?P<close>\]|>>)
    |/(?P<name>[^#/%\[\]()<>{}\s]*)(?!\#)
    |(?P<comment>%[^\r\n]*)
    |(?P<end>\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
_BRACKET = re.compile(rb"[()]|\\.", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_MEANS = {b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r", b"\n": b"", b"\r": b"", b"\r\n": b""}
_PAIR = re.compile(rb"[0-9a-fA-F]{1,2}")
_WORDS: dict[bytes, Any] = {b"true": True, b"false": False}

Operation = tuple[bytes, list[Any]]  # the operator, and what stands before it


class Odd(Exception):
    """Painting that is left to pdfminer."""


def operations(data: bytes) -> list[Operation]:
    """The operations of one painting, in order; numbers, names (pdfminer's), bytes, lists and dictionaries before them.

    Linear in the bytes. Raises Odd.
    """
    out: list[Operation] = []
    stack: list[list[Any]] = []  # open arrays and dictionaries
    marks: list[bytes] = []
    held: list[Any] = []
    names: dict[bytes, Any] = {}
    at = 0
    while True:
        for found in iter(TOKEN.scanner(data, at).match, None):  # type: ignore[attr-defined]
            kind = found.lastgroup
            token = found[found.lastindex]
            at = found.end()
            if kind == "whole":
                held.append(_number(int, token))
            elif kind == "real":
                held.append(_number(float, token))
            elif kind == "word":
                if token in _WORDS:
                    held.append(_WORDS[token])
                elif stack or token == b"BI":
                    raise Odd
                else:
                    out.append((token, held))
                    held = []
            elif kind == "hex":
                held.append(_bytes(token))
            elif kind == "plain":
                held.append(token)
            elif kind == "name":
                held.append(names[token] if token in names else names.setdefault(token, _name(token)))
            elif kind == "open":
                stack.append(held)
                marks.append(token)
                held = []
            elif kind == "close":
                if not stack or (marks.pop() == b"[") != (token == b"]"):
                    raise Odd
                made: Any = held if token == b"]" else _dictionary(held)
                held = stack.pop()
                held.append(made)
            elif kind == "escaped":
                held.append(_ESCAPE.sub(_meant, token))
            elif kind == "end":
                if stack:
                    raise Odd
                return out
        string, at = _nested(data, at)
        held.append(string)


def _number(kind: Any, token: bytes) -> Any:
    try:
        return kind(token)
    except ValueError:  # more digits than Python reads
        raise Odd from None


def _name(token: bytes) -> Any:
    try:
        return LIT(str(token, "utf-8"))
    except UnicodeDecodeError:
        return LIT(token)


def _bytes(digits: bytes) -> bytes:
    # an odd last digit is a byte of its own, as pdfminer has it
    solid = b"".join(digits.split())
    return bytes.fromhex(solid.decode()) if not len(solid) % 2 else bytes(int(x, 16) for x in _PAIR.findall(solid))


def _dictionary(held: list[Any]) -> dict[str, Any]:
    if len(held) % 2:
        raise Odd
    out: dict[str, Any] = {}
    for key, value in zip(held[::2], held[1::2], strict=True):
        name = getattr(key, "name", None)
        if not isinstance(name, str):
            raise Odd
        out[name] = value
    return out


def _meant(found: re.Match[bytes]) -> bytes:
    char = found[1]
    return bytes((int(char, 8) & 255,)) if char[0] in b"01234567" else _MEANS.get(char, char)


def _nested(data: bytes, at: int) -> tuple[bytes, int]:
    # a string with brackets in it, each with its partner, and where it ends
    start = re.compile(rb"[\s\x00]*\(").match(data, at)
    if start is None:
        raise Odd
    depth = 1
    for found in _BRACKET.finditer(data, start.end()):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return _ESCAPE.sub(_meant, data[start.end() : found.start()]), found.end()
    raise Odd
