"""taizhang: Chinese government work plans, read into tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .plan import Plan as Plan
    from .reader import parse as parse

__version__ = "0.1.0"
__all__ = ["Plan", "__version__", "parse"]

_HOMES = {"parse": "reader", "Plan": "plan"}


def __getattr__(name: str) -> Any:
    # a cold start pays only for what it uses: nothing is imported until it is asked for
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
