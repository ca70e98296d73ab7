"""Stanzas for the commonest words that no rule reads, by the file they belong into; printed, never written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from ..deliver.unmatched import Unmatched
from ..rulebook import RuleBook
from .stanzas import nearest, read_by, stanza


def suggest(words: Sequence[Unmatched], book: RuleBook, limit: int) -> str:
    """The text that `rules suggest` prints: at most `limit` stanzas, each under the file it belongs into."""
    unread = [one for one in words if not read_by(one, book)]
    if not unread:
        known = f"（{len(words)} 个词已经有了规则，重新 parse 即可）" if words else ""
        return f"# 没有未解释的词{known}"
    chosen = unread[:limit]
    free = {one.looks_like: _free(one.looks_like, book) for one in chosen}
    by_file: dict[str, list[str]] = {}
    for one in chosen:
        made = stanza(one, next(free[one.looks_like]), book)
        by_file.setdefault(_file(one, book), []).append(made)
    lines = [
        f"# 未解释的词 {len(unread)} 个，这里是最常见的 {len(chosen)} 个：粘贴到所注的文件末尾，把“请填”改好，存盘"
    ]
    for file, stanzas in by_file.items():
        lines += ["", f"# ──── {file} ────", "\n\n".join(stanzas)]
    return "\n".join(lines)


def _free(kind: str, book: RuleBook) -> Iterator[str]:
    """Ids that no rule has yet."""
    return (name for number in count(1) if book.rule(name := f"new-{kind}-{number}") is None)


def _file(one: Unmatched, book: RuleBook) -> str:
    """Where the rule most like it stands; without one, where most rules of its kind do."""
    if near := nearest(one.words, book, one.looks_like):
        return near.file
    files = Counter(rule.file for rule in book.of(one.looks_like)).most_common(1)
    return files[0][0] if files else f"{one.looks_like}s.toml"
