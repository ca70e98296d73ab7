"""Rule files read from a folder: the edge where TOML becomes entries. Nothing is loaded at import."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from .errors import RuleFault, RulesInvalid
from .rulebook import Entry, RuleBook, build
from .rulecache import kept
from .rulesyntax import HEADING, syntax_faults


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
    said: list[tuple[str, bytes]] = []
    digest = hashlib.sha256()
    for file in files:
        name = file.relative_to(folder).as_posix()
        try:
            data = file.read_bytes()
        except OSError as error:
            faults.append(RuleFault(name, 1, "-", f"文件读不了（{error.strerror}）", "检查文件权限"))
            continue
        digest.update(name.encode() + b"\0" + data + b"\0")
        said.append((name, data))
    fingerprint = digest.hexdigest()[:12]
    if faults:
        return _built(said, faults, fingerprint)
    return kept(fingerprint, lambda: _built(said, (), fingerprint))


def _built(said: Sequence[tuple[str, bytes]], faults: Sequence[RuleFault], fingerprint: str) -> RuleBook:
    faults = list(faults)
    entries: list[Entry] = []
    for name, data in said:
        made, wrong = read(name, data)
        entries += made
        faults += wrong
    try:
        book = build(entries, fingerprint)
    except RulesInvalid as refused:
        raise RulesInvalid(sorted([*faults, *refused.faults], key=lambda f: (f.file, f.line))) from None
    if faults:
        raise RulesInvalid(faults)
    return book


def read(name: str, data: bytes) -> tuple[list[Entry], list[RuleFault]]:
    """The entries of one file and its faults. Notepad's BOM is taken off, Windows' line ends are taken as they are.

    Where the file is no TOML, each stanza is read by itself, so that one fault hides no other.
    """
    text, faults = _decoded(name, data)
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if HEADING.match(line)]
    message = ""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
    else:
        kinds = Counter(_kind(lines[start]) for start in starts)
        if kinds == {kind: len(said) if isinstance(said, list) else 0 for kind, said in tables.items()}:
            return _entries(name, tables, lines, starts), faults
    if not starts and message:
        # prose, a table, another kind of file: one fault, not one a line
        return [], (faults or syntax_faults(name, text, 1, message))[:1]
    entries: list[Entry] = []
    broken: list[RuleFault] = []
    bounds = [*dict.fromkeys([0, *starts]), len(lines)]
    for start, end in pairwise(bounds):
        made, wrong = _stanza(name, lines[start:end], start)
        entries += made
        broken += wrong
    # pieces that are good by themselves and make no whole: what the reader said of the file
    return entries, [*faults, *(broken or syntax_faults(name, text, 1, message))]


def _decoded(name: str, data: bytes) -> tuple[str, list[RuleFault]]:
    faults = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text, looks = data.decode("utf-8", "replace"), "文件不是 UTF-8 编码"
        for coding, called in (("utf-16", "UTF-16（记事本的“Unicode”）"), ("gb18030", "GBK（记事本的“ANSI”）")):
            if coding != "utf-16" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                try:
                    text, looks = data.decode(coding), f"{looks}，像是 {called}"
                    break
                except UnicodeDecodeError:
                    continue
        faults = [RuleFault(name, line, "-", looks, "用记事本打开，另存为，编码选 UTF-8")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), faults


def _kind(line: str) -> str:
    """What a line [[kind]] opens; "" for a heading of another shape."""
    heading = HEADING.match(line)
    return heading[2] if heading and (heading[1], heading[3]) == ("[[", "]]") else ""


def _stanza(name: str, lines: list[str], start: int) -> tuple[list[Entry], list[RuleFault]]:
    """One stanza (or what stands before the first) read by itself; `start` counts from 0."""
    heading = HEADING.match(lines[0])
    if heading and not _kind(lines[0]):
        problem, remedy = f"{lines[0].strip()} 不是条目的开头", f"每条以 [[{heading[2]}]] 开头"
        return [], [RuleFault(name, start + 1, "-", problem, remedy)]
    try:
        tables = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        return [], syntax_faults(name, "\n".join(lines), start + 1, str(error))
    if not heading and tables:
        # keys before the first stanza
        at = next((n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), 0)
        return [], [
            RuleFault(name, start + at + 1, "-", "这一行不属于任何条目", "每条以 [[条目]] 开头，例如 [[deadline]]")
        ]
    if not heading:
        return [], []
    return [Entry(kind, stanzas[0], name, start + 1, tuple(lines)) for kind, stanzas in tables.items()], []


def _entries(name: str, tables: dict[str, Any], lines: list[str], starts: list[int]) -> list[Entry]:
    stanzas = {kind: iter(said) for kind, said in tables.items()}
    ends = [*starts[1:], len(lines)]
    return [
        Entry(kind := _kind(lines[start]), next(stanzas[kind]), name, start + 1, tuple(lines[start:end]))
        for start, end in zip(starts, ends, strict=True)
    ]
