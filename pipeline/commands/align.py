"""The command over levels: align."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CallWrong, Unreadable
from .common import FAILED, GOOD, Commands, folder_of_outputs
from .progress import progress

if TYPE_CHECKING:
    from ..align import Step
    from ..plan import Plan
    from ..store import Record

_ID = re.compile(r"[0-9a-f]{6,16}")  # a document id, or how one begins
_UNFIT = re.compile(r"[^\w.-]+")  # what a file's name is better without


def add(commands: Commands) -> None:
    """Put the command into the parser."""
    made = commands.add(
        "align", "which upper-level clause each task answers; what was added, what was left out", _align
    )
    made.add_argument(
        "plans",
        nargs="+",
        metavar="PLAN",
        help="files or document ids, from the highest level down; one alone: the plans above it are found in the record",
    )
    folder_of_outputs(made)
    made.add_argument("--json", action="store_true", help="for machines")


def _align(args: argparse.Namespace) -> int:
    from ..align import KIND, links, steps
    from ..deliver.alignbook import write_workbook
    from ..deliver.aligntext import as_json, summary
    from ..reader import knowledge
    from ..run import WAIT, publish_record
    from ..store import Record

    ids = _document_ids(args.plans, args.outputs, args.rules)
    if ids is None:
        return FAILED
    book, regions = knowledge(args.rules)
    with Record(args.outputs, read_only=True) as record:
        plans = [_recorded(record, one) for one in ids]
        if len({plan.document.document_id for plan in plans}) < len(plans):
            raise CallWrong("同一份文件写了两次 → 从上到下各写一份，或只写本级文件")
        found = _above(plans[0], record, args.rules) if len(plans) == 1 else {}
        plans = [*(record.plan(one) for one in found), *plans]
    made = steps(plans, book, regions)
    with Record(args.outputs, wait=WAIT) as record:
        for step in made:
            record.put_links(step.lower.key, step.upper.key, (KIND,), links(step))
        publish_record(record, args.outputs)
    place = write_workbook(made, args.outputs / "align" / _name(made))
    print(as_json(made) if args.json else summary(made, found, place))
    return GOOD


def _document_ids(named: Sequence[str], outputs: Path, rules: Path | None) -> list[str] | None:
    """The documents that were named, files read and recorded first; None when one of them could not be read."""
    from ..run import parse_files

    files = [Path(name) for name in named if not _ID.fullmatch(name) or Path(name).exists()]
    read: dict[Path, str] = {}
    failed = False
    for path, outcome in zip(files, progress(parse_files(files, outputs, rules), len(files), sys.stderr), strict=True):
        if isinstance(outcome, Unreadable):
            failed = True
            print(outcome, file=sys.stderr)
        else:
            read[path] = outcome.document.document_id
    return None if failed else [read.get(Path(name), name) for name in named]


def _recorded(record: Record, name: str) -> Plan:
    known = [row["document_id"] for row in record.documents() if row["document_id"].startswith(name)]
    if len(known) != 1:
        why = f"不止一份文件的编号以 {name} 开头 → 写完整的编号" if known else None
        raise CallWrong(why or f"记录里没有文件编号 {name} → 写文件路径，或先运行 taizhang parse")
    return record.plan(known[0])


def _above(lower: Plan, record: Record, rules: Path | None) -> dict[str, str]:
    """The plans of the record above this one, the highest first, and by what each was found."""
    from ..align import places_of, uppers
    from ..reader import knowledge

    book, regions = knowledge(rules)
    own, documents = lower.rows["documents"][0], record.documents()
    found = uppers(own, documents, lower.rows["citations"], book, places_of([own, *documents], regions))
    if not found:
        raise CallWrong(
            "记录里没有找到它的上级文件 → 先用 taizhang parse 读入上级文件，或写明：taizhang align 上级文件 本级文件"
        )
    return {one.document_id: one.by for one in found}


def _name(made: Sequence[Step]) -> str:
    lowest = next(step.lower for step in reversed(made))
    stem = _UNFIT.sub("_", Path(lowest.document["file_name"]).stem)[:60]
    return f"{stem}-{lowest.key[:6]}-对照表.xlsx"
