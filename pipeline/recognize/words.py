"""Words with their part of speech and place. jieba's dictionary and algorithm; rjieba (Rust) does the same work faster."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its part of speech (v verb, n noun, …, the ICTCLAS tags) and its stretch of the text."""

    text: str
    flag: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words of one text, without gaps. tests/recognize/test_words.py holds both cutters to each other."""
    out, place = [], 0
    for word, flag in _cut(text):
        out.append(Word(word, flag, place, place + len(word)))
        place += len(word)
    return tuple(out)


def _cut(text: str) -> list[tuple[str, str]]:
    fast = _fast()
    return fast.tag(text) if fast is not None else reference(text)


@cache
def _fast() -> Any:
    try:
        import rjieba
    except ImportError:  # no wheel for this machine
        return None
    return rjieba


def reference(text: str) -> list[tuple[str, str]]:
    """The same by jieba itself."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    return [(pair.word, pair.flag) for pair in jieba.posseg.cut(text)]
