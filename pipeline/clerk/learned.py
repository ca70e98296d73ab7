"""Corrections → rule stanzas, as `rules suggest` prints them: what a person said of some words, said for all plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from ..corrections.values import Correction, PlanCorrections
from ..deliver.unmatched import Unmatched, sentence
from ..rulebook import RuleBook
from .stanzas import read_by, stanza

LOOKS_LIKE = {"deadlines": "deadline", "targets": "target", "task_units": "unit"}
# kinds of deadlines whose sentences give the kind itself; the others give dates, which the check works out
PLAIN = frozenset({"ongoing", "immediate", "indefinite", "none", "event"})


def learned(kept: Iterable[PlanCorrections], book: RuleBook) -> str:
    """The text that `correct --suggest` prints: a stanza for each wording, and the sentences that a rule should miss."""
    lines: list[str] = []
    seen: set[tuple[str, str]] = set()
    for file in kept:
        for one in file.items:
            kind = LOOKS_LIKE.get(one.table, "")
            if not kind or (kind, one.words) in seen or not one.words.strip():
                continue
            if said := list(_said(one, kind, file, book)):
                seen.add((kind, one.words))
                lines += ["", *said]
    head = "# 由人工更正起草的规则：粘贴到所注的文件末尾，把“请填”改好，存盘后运行 taizhang rules check"
    return "\n".join([head, *lines]) if lines else "# 存下的更正里没有可以变成规则的"


def _said(one: Correction, kind: str, file: PlanCorrections, book: RuleBook) -> Iterator[str]:
    start = _start(one)
    if start is None:
        return
    told = sentence(one.block, start, start + len(one.words))
    words = "".join(one.words.split())
    unread = Unmatched(kind, words, 1, 1, file.file_name, file.document_id, "", told)
    reader = book.rule(read_by(unread, book))
    if one.verdict == "reject":
        if reader:
            plain = told.replace("【", "").replace("】", "")
            yield f"# {reader.file}:{reader.line} 的规则 {reader.id} 误读了“{words}”：把这一句加进它的 miss"
            yield f'#   "{plain}"'
        return
    if one.verdict not in ("correct", "add") or not _changes(one):
        return
    if reader:
        yield f"# 现在由 {reader.file}:{reader.line} 的规则 {reader.id} 读；先收紧那一条，或把下面的意思改进它"
    free = next(name for number in count(1) if book.rule(name := f"learned-{kind}-{number}-{_mark(words)}") is None)
    yield stanza(unread, free, book, _known(one))


def _known(one: Correction) -> dict[str, object]:
    known = {name: value for name, value in one.given.items() if name in ("kind", "comparator") and value}
    if known.get("kind") in PLAIN:
        known["gives"] = known["kind"]
    return known


def _changes(one: Correction) -> bool:
    # a role is said by the column, not by the words
    names: Sequence[str] = one.given.get("names", ())
    if one.table == "task_units":
        return one.verdict == "add" and len(names) < 2
    return any(value != one.was.get(name) for name, value in one.given.items())


def _mark(words: str) -> str:
    # the same words get the same id
    import hashlib

    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:4]


def _start(one: Correction) -> int | None:
    at = -1
    for _ in range(one.nth + 1):
        at = one.block.find(one.words, at + 1)
    return at if at >= 0 else None
