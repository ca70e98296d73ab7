"""Views of equal length and choices between overlapping spans. Nothing here changes a text or an offset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from .traditional import SIMPLIFIED, TRADITIONAL


class Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Stretch)

# full-width ASCII to half-width, the ideographic space, and the dashes and tildes met in real plans (one for one)
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(c): 0x20 for c in "\u3000\xa0\u2002\u2003\u2009\u202f"}  # &nbsp; &ensp; &emsp; of web pages
_FOLD |= {ord(c): ord("-") for c in "‐‑‒–—―─−﹣"}
_FOLD |= {ord(c): ord("~") for c in "〜∼"}
_FOLD |= {ord(a): ord(b) for a, b in zip("﹒﹑﹔﹕﹐﹙﹚﹖﹗", ".、;:,()?!", strict=True)}  # small forms, CNS 11643
_FOLD |= {ord(c): ord("<") for c in "〈＜"}
_FOLD |= {ord(c): ord(">") for c in "〉＞"}
_FOLD |= {ord(hant): ord(hans) for hant, hans in zip(TRADITIONAL, SIMPLIFIED, strict=True)}


def fold(text: str) -> str:
    """The view that patterns are matched on: half-width, simplified, one kind of dash and bracket; `len` never changes.

    >>> fold("２０２２年（一）—〈x〉責任單位")
    '2022年(一)-<x>责任单位'
    """
    return text.translate(_FOLD)


def longest(found: Iterable[T]) -> tuple[T, ...]:
    """Disjoint stretches in reading order: of those that overlap, the earlier start wins, then the longer one."""
    kept: list[T] = []
    for one in sorted(found, key=lambda m: (m.start, -m.end)):
        if one.end > one.start and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return tuple(kept)


def overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether [start, end) touches any of the stretches."""
    return any(start < b and a < end for a, b in taken)


def cover(length: int, taken: Iterable[tuple[int, int]]) -> bytearray:
    """1 for each place inside one of the stretches; `any(cover[a:b])` asks for a stretch without going through all."""
    out = bytearray(length)
    for start, end in taken:
        start, end = max(0, start), min(length, end)
        out[start:end] = b"\1" * max(0, end - start)
    return out


def trim(text: str, start: int, end: int, also: str = "") -> tuple[int, int]:
    """The same stretch without blanks (and the characters of `also`) at its ends."""
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end
