"""pyarrow kept from importing pandas where nobody asks for a frame: a quarter of a second of every cold start."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from types import ModuleType


class _NoPandas:
    # a finder that knows no pandas; it stands in the path for one call
    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        if name == "pandas":
            raise ImportError(name)


@cache
def without_pandas() -> None:
    """Let pyarrow look for pandas now, and not find it.

    pyarrow imports pandas once, at its first array, only to ask whether a list is a Series. It imports it again as soon
    as somebody wants a frame, so nothing is lost. Where pandas is loaded already nothing is done.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow as pa

    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([], pa.int8())
    finally:
        sys.meta_path.remove(finder)
