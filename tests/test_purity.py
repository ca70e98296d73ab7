"""The house keeps its floors: pure modules touch nothing outside, and an import only ever goes down.

Reads the syntax trees; imports nothing of what it judges.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "pipeline"

# from the roof down, one line a floor: a module imports only from floors below its own (docs/design.md draws the same)
FLOORS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("commands",),
    ("ingest",),
    ("clerk",),
    ("run", "engines"),
    ("verdict",),
    ("corrections",),
    ("summary", "explain"),
    ("lookback",),
    ("deliver",),
    ("store",),
    ("database",),
    ("lean", "migrations"),
    ("recordsql", "recordrows"),
    ("compare", "align"),
    ("pairing",),
    ("components",),
    ("workers",),
    ("reader",),
    ("regionfiles",),
    ("stages",),
    ("tabulate",),
    ("reading",),
    ("check",),
    ("account",),
    ("link",),
    ("normalize",),
    ("segment",),
    ("recognize",),
    ("extract",),
    ("rulecheck",),
    ("rulefiles",),
    ("rulecache",),
    ("rulebook",),
    ("slots",),
    ("rulekinds", "phrases", "rulesyntax"),
    ("plan",),
    ("schema",),
    ("outline", "owners"),
    ("userfolder", "model", "errors", "spans"),
    ("traditional",),
)
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}

PACKAGES = frozenset({"segment", "recognize", "normalize", "link", "check", "tabulate", "pairing", "compare", "align"})
VALUES = frozenset({"model", "errors", "spans", "traditional", "outline", "owners", "reading", "plan", "schema"})
RULES = frozenset({"rulebook", "slots", "rulekinds", "phrases", "rulesyntax"})
PURE = PACKAGES | VALUES | RULES | {"account", "stages"}
DISK = frozenset({"os", "io", "pathlib", "glob", "shutil", "tempfile", "fileinput", "sqlite3", "duckdb"})
WORLD = frozenset({"sys", "logging", "warnings", "socket", "ssl", "http", "urllib", "requests", "asyncio"})
CHANCE = frozenset({"time", "random", "secrets", "subprocess", "multiprocessing", "threading"})
NO_MODULE = DISK | WORLD | CHANCE
NO_CALL = frozenset({"open", "print", "input", "eval", "exec", "breakpoint"})
NO_METHOD = frozenset({"now", "today", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes"})

# what a pure or lower module does all the same, and why; an entry that is no longer needed fails
ALLOWED = {
    ("recognize/words.py", "logging"): "jieba writes its loading to the log; it is told to be quiet",
    ("recognize/deadlines.py", "normalize"): "readings() tells what a sentence gives, and normalize makes the date",
}


def files() -> list[Path]:
    return sorted(path for path in HOUSE.rglob("*.py") if "_rules" not in path.parts)


def name_of(path: Path) -> str:
    """The floor's name: the module, or the package it stands in; "" for pipeline/__init__.py."""
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def label(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def own_imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, floor's name) of every import of ours, those inside functions too."""
    package = ("pipeline", *path.relative_to(HOUSE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        targets: list[tuple[str, ...]] = []
        if isinstance(node, ast.Import):
            targets = [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            targets = [(*base, alias.name) for alias in node.names]
        for target in targets:
            # `from .. import __version__` takes a name of the package itself
            if target[0] == "pipeline" and len(target) > 1 and target[1] in FLOOR:
                yield node.lineno, target[1]


def impurities(path: Path) -> Iterator[tuple[int, str]]:
    """(line, what) of everything that reaches outside."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name.split(".")[0] in NO_MODULE)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            if node.module.split(".")[0] in NO_MODULE:
                yield node.lineno, node.module
        elif isinstance(node, ast.Name) and node.id in NO_CALL:
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and node.attr in NO_METHOD:
            yield node.lineno, node.attr
        elif isinstance(node, ast.Global):
            yield node.lineno, f"global {', '.join(node.names)}"


@pytest.mark.parametrize("path", [p for p in files() if name_of(p) in PURE], ids=label)
def test_a_pure_module_touches_nothing_outside(path):
    found = [f"{label(path)}:{line} {what}" for line, what in impurities(path) if (label(path), what) not in ALLOWED]
    assert found == []


@pytest.mark.parametrize("path", [p for p in files() if name_of(p)], ids=label)
def test_an_import_only_goes_down(path):
    own = name_of(path)
    assert own in FLOOR, f"{own} has no floor → give it one in FLOORS and in docs/design.md"
    up = [
        f"{label(path)}:{line} imports {other}, which is not below {own}"
        for line, other in own_imports(path)
        if other != own and FLOOR[other] <= FLOOR[own] and (label(path), other) not in ALLOWED
    ]
    assert up == []


def test_nothing_imports_the_command_line():
    assert [label(p) for p in files() if any(other == "cli" for _, other in own_imports(p))] == ["__main__.py"]


def test_only_the_command_line_prints():
    printing = {
        name_of(path)
        for path in files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"cli", "commands"}


def test_every_exception_is_still_needed():
    needed = {(label(p), what) for p in files() for _, what in (*impurities(p), *own_imports(p))}
    assert ALLOWED.keys() <= needed
