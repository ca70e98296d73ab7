"""Rule files read from a folder: the edge where TOML becomes entries. Nothing is loaded at import."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from .errors import RuleFault, RulesInvalid
from .rulebook import Entry, RuleBook, build

_STANZA = re.compile(r"^\s*\[\[\s*([\w-]+)\s*\]\]")


def default_folder() -> Path:
    """The rules that ship with taizhang: inside the wheel, or beside the package in a checkout."""
    here = Path(__file__).resolve().parent
    shipped = here / "_rules"
    return shipped if shipped.is_dir() else here.parent / "rules"


def load(folder: Path | None = None) -> RuleBook:
    """The rule book of a folder. Raises `RulesInvalid` with every fault of every file at once."""
    folder = folder or default_folder()
    files = sorted(folder.rglob("*.toml")) if folder.is_dir() else []
    if not files:
        raise RulesInvalid([RuleFault(str(folder), 0, "-", "文件夹里没有规则文件", "用 --rules 指向放 .toml 的文件夹")])
    faults: list[RuleFault] = []
    entries: list[Entry] = []
    digest = hashlib.sha256()
    for file in files:
        name = file.relative_to(folder).as_posix()
        data = file.read_bytes()
        digest.update(name.encode() + b"\0" + data + b"\0")
        try:
            entries += read(name, data)
        except RulesInvalid as refused:
            faults += refused.faults
    try:
        book = build(entries, digest.hexdigest()[:12])
    except RulesInvalid as refused:
        raise RulesInvalid(sorted([*faults, *refused.faults], key=lambda f: (f.file, f.line))) from None
    if faults:
        raise RulesInvalid(faults)
    return book


def read(name: str, data: bytes) -> tuple[Entry, ...]:
    """The entries of one file. Notepad's BOM is taken off; a file that is no TOML is one fault with its line."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        tables = tomllib.loads(text)
    except UnicodeDecodeError:
        raise RulesInvalid([RuleFault(name, 1, "-", "文件不是 UTF-8 编码", "用 UTF-8 另存")]) from None
    except tomllib.TOMLDecodeError as error:
        raise RulesInvalid([_syntax_fault(name, text, str(error))]) from None
    lines = text.split("\n")
    starts = [(m[1], n) for n, line in enumerate(lines) if (m := _STANZA.match(line))]
    return tuple(_entries(name, tables, lines, starts))


def _entries(name: str, tables: dict[str, object], lines: list[str], starts: list[tuple[str, int]]) -> Iterator[Entry]:
    made: list[Entry] = []
    for kind, stanzas in tables.items():
        places = [n for k, n in starts if k == kind]
        if not isinstance(stanzas, list) or len(places) != len(stanzas):
            problem, remedy = f"{kind} 不是一条条的条目", f"每条以 [[{kind}]] 开头"
            raise RulesInvalid([RuleFault(name, 1, "-", problem, remedy)])
        for stanza, start in zip(stanzas, places, strict=True):
            end = next((n for _, n in starts if n > start), len(lines))
            made.append(Entry(kind, stanza, name, start + 1, tuple(lines[start:end])))
    yield from sorted(made, key=lambda entry: entry.line)


def _syntax_fault(name: str, text: str, message: str) -> RuleFault:
    found = re.search(r"line (\d+)", message)
    lines = text.split("\n")
    line = int(found[1]) if found else len(lines)
    words = lines[line - 1] if line <= len(lines) else ""
    # a Chinese input method gives these where TOML wants its own; inside a "text" they are fine
    outside = re.sub(r'"[^"]*"|\'[^\']*\'', "", words)
    wrong = next((c for c in "“”‘’,=[]" if c in outside), "")
    if wrong:
        return RuleFault(name, line, "-", f"这里用了中文标点 {wrong}", "换成英文标点(半角)")
    return RuleFault(name, line, "-", f"写法不合 TOML:{message}", "看这一行的引号、逗号和括号是否成对")
