"""The command over two plans: compare."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CallWrong, Unreadable
from .common import FAILED, GOOD, Commands, folder_of_outputs

if TYPE_CHECKING:
    from ..compare import Comparison

_ID = re.compile("[0-9a-f]{6,16}")  # a document id, or how one begins
_LINES = 40  # tasks that a terminal is shown; the workbook has all


def add(commands: Commands) -> None:
    """Put the commands of this group into the parser."""
    compare = commands.add("compare", "what became of every task from one plan to the next", _compare)
    compare.add_argument(
        "old", nargs="?", metavar="OLD", help="last year's plan or the earlier version: a file or an id"
    )
    compare.add_argument("new", nargs="?", metavar="NEW", help="the plan that follows; without both: all of the record")
    compare.add_argument("--json", action="store_true", help="for machines, instead of the summary")
    folder_of_outputs(compare)


def _compare(args: argparse.Namespace) -> int:
    from ..compare.asjson import as_json
    from ..compare.told import told
    from ..deliver.lookback import write_look_back
    from ..deliver.sidebyside import write_side_by_side
    from ..lookback import look_back, pairs_of
    from ..reader import knowledge
    from ..run import WAIT, publish_record
    from ..store import Record

    if args.old and not args.new:
        raise CallWrong("只给了一份计划 → 再给一份：taizhang compare 旧 新；两份都不给，则比较已入库的计划")
    ids = _named(args) if args.old else None
    if args.old and ids is None:
        return FAILED
    book, _ = knowledge(args.rules)
    if ids is None:
        with Record(args.outputs, read_only=True) as record:
            wanted = pairs_of(record)
    else:
        wanted = (ids,)
    made: list[Comparison] = []
    written: list[tuple[Path, Path]] = []
    if wanted:
        with Record(args.outputs, wait=WAIT) as record:
            for old_id, new_id in wanted:
                one = look_back(record, old_id, new_id)
                made.append(one)
                written.append((write_look_back(one, args.outputs, book), write_side_by_side(one, args.outputs)))
            publish_record(record, args.outputs)
    if args.json:
        print(json.dumps([as_json(one) for one in made], ensure_ascii=False, indent=1))
        return GOOD
    for one, paths in zip(made, written, strict=True):
        _notice(one)
        print(told(one, _LINES))
        print("\n".join(f"  输出    {path}" for path in paths))
    if not made:
        print("库中没有同一计划的两个版本，也没有同一地区、同一主题、前后两年的计划 → 指定两份：taizhang compare 旧 新")
    return GOOD


def _named(args: argparse.Namespace) -> tuple[str, str] | None:
    """Document ids of OLD and NEW, files read and stored first; None when one could not be read."""
    from ..run import parse_files
    from ..store import Record

    said = (args.old, args.new)
    files = list(dict.fromkeys(Path(name) for name in said if not _ID.fullmatch(name) or Path(name).is_file()))
    ids: dict[str, str] = {}
    for file, outcome in zip(files, parse_files(files, args.outputs, args.rules), strict=True):
        if isinstance(outcome, Unreadable):
            print(outcome, file=sys.stderr)
        else:
            ids[str(file)] = outcome.rows["documents"][0]["document_id"]
    if len(ids) < len(files):
        return None
    found = [ids.get(str(Path(name))) for name in said]
    if None in found:
        with Record(args.outputs, read_only=True) as record:
            known = [row["document_id"] for row in record.documents()]
        for place, name in enumerate(said):
            if found[place] is None:
                among = [one for one in known if one.startswith(name)]
                if len(among) != 1:
                    why = "有好几份" if among else "没有"
                    raise CallWrong(f"库中{why}编号是 {name} 的文件 → 编号见 documents 表；文件请写路径")
                found[place] = among[0]
    old, new = found
    if old == new:
        raise CallWrong("两份是同一个文件 → 给出旧、新两份不同的计划")
    return str(old), str(new)


def _notice(made: Comparison) -> None:
    # only a notice: who compares backwards may want to
    before, after = made.old["plan_year"], made.new["plan_year"]
    if before and after and before > after:
        print(f"注意：旧件是 {before} 年的，新件是 {after} 年的 → 次序可能写反了", file=sys.stderr)
    for name, tasks in ((made.old["file_name"], made.old_tasks), (made.new["file_name"], made.new_tasks)):
        if not tasks:
            print(f"注意：{name} 里没有读出任务 → 先看 taizhang check", file=sys.stderr)
