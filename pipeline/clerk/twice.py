"""Files read by two rule books: the plans side by side, with what changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import CallWrong, RulesInvalid, Unreadable
from ..extract import extract
from ..extract.extract import NAMED
from ..plan import Plan
from ..reader import knowledge
from ..regionfiles import read_regions
from ..rulebook import RuleBook
from ..rulefiles import default_folder, load
from ..stages import plan
from .diff import Change, diff

# a folder of plans holds other files too (samples/: rows, notes); these endings are plans
ENDINGS = frozenset({*NAMED, ".html", ".htm", ".txt", ".rtf", ".odt", ".ods"})


@dataclass(frozen=True)
class Twice:
    """Files read by two rule books: (old, new, changes) of each, the books, and the files that could not be read."""

    books: tuple[RuleBook, RuleBook]
    read: list[tuple[Plan, Plan, Sequence[Change]]]
    unreadable: list[Unreadable]


def plans_of(folders: Sequence[Path]) -> tuple[Path, ...]:
    """The plans of samples/ (of a checkout) and of the folders given, in the order of their names.

    raises  CallWrong when there is none
    """
    for folder in folders:
        if not folder.exists():
            raise CallWrong(f"没有文件夹 {folder} → 检查路径")
    found: dict[Path, None] = {}
    for folder in (*samples(), *folders):
        every = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        found |= dict.fromkeys(
            f for f in every if f.is_file() and f.suffix.lower() in ENDINGS and f.name[0] not in ".~"
        )
    if not found:
        raise CallWrong("没有可读的文件 → 给出放文件的文件夹：taizhang rules diff OLD NEW FOLDER")
    return tuple(found)


def samples() -> tuple[Path, ...]:
    """The samples of a checkout; nothing in an installed wheel."""
    folder = default_folder().parent / "samples"
    return (folder,) if folder.is_dir() else ()


def read_twice(files: Sequence[Path], old: Path, called: str, new: Path) -> Twice:
    """Read every file once and let both rule books make a plan of it."""
    after = knowledge(new)
    try:
        before = load(old), read_regions(old)
    except RulesInvalid as refused:
        raise CallWrong(
            f"旧规则 {called} 用现在的程序载入不了（{refused.faults[0]}） → 换一个较新的旧规则"
        ) from refused
    out = Twice((before[0], after[0]), [], [])
    for file in files:
        try:
            doc = extract(file)
        except Unreadable as unreadable:
            out.unreadable.append(unreadable)
            continue
        plans = plan(doc, *before), plan(doc, *after)
        out.read.append((*plans, diff(*plans)))
    return out
