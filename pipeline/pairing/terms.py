"""The terms of a text: its words and its pairs of neighboring characters; a year is none, since it rolls on."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from ..recognize.words import words
from ..spans import fold

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?:年度?)?(?![0-9])")
_RUN = re.compile(r"[0-9A-Za-z.%]+|\w")


@lru_cache(maxsize=65536)
def terms(text: str) -> frozenset[str]:
    """Words of two characters and more, and character pairs (marked ~); a text of one character is its own term."""
    view = _YEAR.sub(" ", fold(text))
    runs = _RUN.findall(view)
    pairs = {f"~{one}{other}" for one, other in pairwise(runs)}
    found = {w.text for w in words(view) if len(w.text) > 1 and w.text.strip()}
    return frozenset(pairs | {w for w in found if any(c.isalnum() for c in w)}) or frozenset(runs)
