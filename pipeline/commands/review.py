"""The commands by which people check a plan: review (the page), correct (what they decided, read back)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CallWrong, RecordUnavailable, Unreadable, one_line
from .common import FAILED, GOOD, Commands, folder_of_outputs
from .progress import progress

if TYPE_CHECKING:
    from ..corrections.values import PlanCorrections
    from ..plan import Plan


def add(commands: Commands) -> None:
    """Put the commands of this group into the parser."""
    review = commands.add(
        "review", "one HTML page a plan: the source beside what was read from it; an overview", _review
    )
    review.add_argument("files", nargs="*", type=Path, metavar="FILE", help="plans; default: all plans of the record")
    folder_of_outputs(review)
    review.add_argument("--no-pictures", action="store_true", help="leave the pictures of pages out")
    correct = commands.add("correct", "corrections saved by the page: kept, and put over what the rules read", _correct)
    correct.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files saved by the review page")
    folder_of_outputs(correct)
    correct.add_argument("--suggest", action="store_true", help="print rule stanzas made of the corrections kept")


def _review(args: argparse.Namespace) -> int:
    from ..corrections.files import kept
    from ..corrections.values import EDITABLE
    from ..deliver.reviews import Reviews
    from ..reader import knowledge
    from ..run import read_files, recorded

    files = kept(args.outputs)
    pages = Reviews(args.outputs, knowledge(args.rules)[0], files, EDITABLE)
    failed = 0
    if args.files:
        outcomes = zip(args.files, read_files(args.files, args.rules), strict=True)
        for file, outcome in progress(outcomes, len(args.files), sys.stderr):
            if isinstance(outcome, Unreadable):
                failed += 1
                print(outcome, file=sys.stderr)
                continue
            plan = _amended(outcome, files, args.rules)
            print(one_line(str(pages.write(plan, None if args.no_pictures else file))))
    else:
        for plan in recorded(args.outputs):
            print(one_line(str(pages.write(plan))))
    if pages.count:
        print(one_line(str(pages.overview())))
    return FAILED if failed else GOOD


def _amended(plan: Plan, files: Sequence[PlanCorrections], rules: Path | None) -> Plan:
    from ..corrections.files import amended

    return amended(plan, files, rules).plan if files else plan


def _correct(args: argparse.Namespace) -> int:
    from ..corrections.files import keep, kept, read_file

    if args.suggest:
        from ..clerk.learned import learned
        from ..reader import knowledge

        print(learned(kept(args.outputs), knowledge(args.rules)[0]))
        return GOOD
    if not args.files:
        raise CallWrong("没有给出更正文件 → taizhang correct corrections.json；或用 --suggest 把已存的更正变成规则")
    read, failed = [], 0
    for file in args.files:
        try:
            read.append(read_file(file))
        except RecordUnavailable as refused:
            failed += 1
            print(refused, file=sys.stderr)
    for file in keep(args.outputs, read):
        print(one_line(f"{file.title or file.file_name}：存有更正 {len(file.items)} 条"))
    withdrawn = sum(one.verdict == "withdraw" for file in read for one in file.items)
    if withdrawn:
        print(f"撤回 {withdrawn} 条：重新 parse 原文件后恢复规则的读法")
    unfit = _put_over(read, args.outputs, args.rules) if read else 0
    return FAILED if failed or unfit else GOOD


def _put_over(read: Sequence[PlanCorrections], outputs: Path, rules: Path | None) -> int:
    """The recorded plans that the corrections concern, stored and published anew; how many corrections fit nowhere."""
    from ..corrections.files import amended, kept
    from ..database import FILE
    from ..run import WAIT, publish_record
    from ..store import Record

    if not (outputs / FILE).exists():
        print("台账记录还没有这些计划：parse 时采用")
        return 0
    files, unfit = kept(outputs), 0
    with Record(outputs, wait=WAIT) as record:
        for document in record.documents():
            if not any(file.concerns(document) for file in read):
                continue
            made = amended(record.plan(document["document_id"]), files, rules)
            record.save(made.plan)
            print(one_line(f"  {document['file_name']}：采用 {len(made.fitting)} 条，找不到原处 {len(made.unfit)} 条"))
            for one in made.unfit:
                print(one_line(f"    {one.table}“{one.words[:40]}” → 对照原文重新核对"))
            unfit += len(made.unfit)
        publish_record(record, outputs)
        known = record.documents()
    for file in read:
        if not any(file.concerns(document) for document in known):
            print(one_line(f"{file.title or file.file_name}：台账记录里没有这份计划，parse 时采用"))
    return unfit
