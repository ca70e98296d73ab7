"""Words with their part of speech and place: jieba's dictionary and algorithm, by rjieba (Rust) where it is installed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from ..userfolder import cache_folder

# 2019-00007, 97.5%: the two cut a run of digits and signs at different places, and no verb stands in it
_RUN = re.compile(r"[0-9A-Za-z.%+/_#&@-]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its part of speech (v verb, n noun, …, the tags of jieba's dictionary) and its stretch of the text."""

    text: str
    flag: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words of one text, without gaps; a run of digits, Latin letters and signs is one word.

    tests/recognize/test_words.py holds rjieba to the cuts and tags of jieba. The tag is the one of the dictionary; a
    word that it does not have is x.
    """
    return _placed(fast(text) if _rjieba() is not None else reference(text))


def _placed(cut: Iterable[tuple[str, str]]) -> tuple[Word, ...]:
    out: list[Word] = []
    place = 0
    for signs, run in groupby(cut, key=lambda pair: bool(_RUN.fullmatch(pair[0]))):
        pairs = list(run)
        if signs:
            pairs = [("".join(word for word, _ in pairs), pairs[0][1])]
        for word, flag in pairs:
            out.append(Word(word, flag, place, place + len(word)))
            place += len(word)
    return tuple(out)


def fast(text: str) -> list[tuple[str, str]]:
    """The words and tags by rjieba; what it guesses of words outside the dictionary is left out."""
    rjieba = _rjieba()
    return [(word, flag if rjieba.has_word(word) else _tag(word)) for word, flag in rjieba.tag(text)]


@cache
def _rjieba() -> Any:
    try:
        import rjieba
    except ImportError:  # no wheel for this machine
        return None
    return rjieba


def reference(text: str) -> list[tuple[str, str]]:
    """The same by jieba itself: its cut, each word with the tag of its dictionary."""
    jieba, tags = _jieba()
    return [(word, tags.get(word) or _tag(word)) for word in jieba.cut(text)]


def _tag(word: str) -> str:
    if not _RUN.fullmatch(word):
        return "x"
    return "m" if word[0].isdigit() else "eng"


@cache
def _jieba() -> tuple[Any, dict[str, str]]:
    """jieba, ready, and the tags of its words. Its cache is unmarshalled, so it lies where only the user writes."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    if not jieba.dt.initialized:
        if folder := cache_folder():
            jieba.dt.tmp_dir = str(folder)
        else:
            # no folder of the user's own: the dictionary is read afresh, nothing is kept
            jieba.dt.FREQ, jieba.dt.total = jieba.dt.gen_pfdict(jieba.dt.get_dict_file())
            jieba.dt.initialized = True
        jieba.dt.initialize()
    return jieba, jieba.posseg.dt.word_tag_tab
