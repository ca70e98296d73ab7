"""What became of each made file: read, or the code of its refusal; and whether the texts it must show are shown."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Unreadable
from pipeline.plan import Plan
from pipeline.workers import outcomes


@dataclass(frozen=True)
class Made:
    """One made file. name: its path below the folder, with escapes where its bytes are no text. must_see and must_not_see: texts."""

    path: Path
    name: str
    group: str
    expect: str
    must_see: tuple[str, ...]
    must_not_see: tuple[str, ...]


def made_files(folder: Path) -> list[Made]:
    """The files that make.py wrote, in the order of its index."""
    out = []
    for name, group, _, expect, see, unseen in json.loads((folder / "index.json").read_text("utf-8")):
        path = Path(os.fsdecode(os.path.join(os.fsencode(folder), _bytes(name))))
        shown = name.encode("utf-8", "backslashreplace").decode().replace("\n", "\\n").replace("\t", "\\t")
        out.append(Made(path, shown, group, expect, _texts(see), _texts(unseen)))
    return out


def _bytes(name: str) -> bytes:
    return bytes.fromhex(name[4:]) if name.startswith("hex:") else os.fsencode(name)


def _texts(words: str) -> tuple[str, ...]:
    return tuple(filter(None, words.split("|")))


def became(files: list[Made]) -> Iterator[tuple[Made, str]]:
    """Each file with what became of it: "read", "read without …", "read with …" what must not be seen, or a refusal's code."""
    for one, outcome in zip(files, outcomes([f.path for f in files], ocr="never"), strict=True):
        yield one, outcome.code if isinstance(outcome, Unreadable) else _read(one, outcome)


def _read(one: Made, plan: Plan) -> str:
    blocks = "\n".join(f"{row['number_label'] or ''}{row['text'] or ''}" for row in plan.rows["blocks"])
    told = "\n".join(f"{row['message']} {row['text']}" for row in plan.rows["findings"])
    # hidden text is kept as a block outside the paper's parts, and a finding says so; it must be nowhere else
    told_of = (
        row
        for table, rows in plan.rows.items()
        if table != "findings"
        for row in rows
        if row.get("part") != "furniture"
    )
    rest = "\n".join(map(str, told_of))
    lost = [words for words in one.must_see if words not in (blocks + told).replace("\n", "") and words not in blocks]
    shown = [words for words in one.must_not_see if words in rest]
    return "read" + "".join(f" without {w}" for w in lost) + "".join(f" with {w}" for w in shown)
