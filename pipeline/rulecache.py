"""A rule book that was built once is kept in the user's cache folder: a cold start then reads no TOML.

The name of a kept book is its fingerprint and that of the code that built it; a change of either builds it anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from .rulebook import RuleBook
from .userfolder import cache_folder

KEPT = 8  # books; the oldest go
BUILDERS = ("phrases", "rulebook", "rulekinds", "slots", "spans")


def kept(fingerprint: str, build: Callable[[], RuleBook]) -> RuleBook:
    """The book of a fingerprint, from the cache or built and put there. A cache that cannot be used costs nothing.

    raises   what `build` raises; a book with faults is never kept
    """
    folder = cache_folder()
    if folder is None:
        return build()
    file = folder / f"rules-{fingerprint}-{_builders()}.pickle"
    with contextlib.suppress(Exception):  # missing, cut short, of another Python: it is built anew
        book = pickle.loads(file.read_bytes())
        if isinstance(book, RuleBook) and book.fingerprint == fingerprint:
            return book
    book = build()
    with contextlib.suppress(OSError):
        fresh = file.with_name(f".{file.name}.{os.getpid()}.tmp")
        fresh.write_bytes(pickle.dumps(book))
        fresh.replace(file)
        _sweep(folder)
    return book


def _builders() -> str:
    digest = hashlib.sha256()
    for name in BUILDERS:
        spec = find_spec(f"{__package__}.{name}")
        if spec and spec.origin:
            digest.update(Path(spec.origin).read_bytes())
    return digest.hexdigest()[:8]


def _sweep(folder: Path) -> None:
    books = sorted(folder.glob("rules-*.pickle"), key=lambda path: path.stat().st_mtime)
    for path in books[:-KEPT]:
        path.unlink(missing_ok=True)
