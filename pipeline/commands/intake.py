"""The commands over an inbox: ingest, watch."""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import one_line
from ..model import MODES
from .common import FAILED, GOOD, Commands, folder_of_outputs
from .progress import Course

if TYPE_CHECKING:
    from ..ingest.events import Event, Load

_INBOX = Path("inbox")


def add(commands: Commands) -> None:
    """Put the commands of this group into the parser."""
    ingest = commands.add("ingest", "every new or changed file in the inbox, once; a second run does nothing", _ingest)
    ingest.add_argument(
        "--reparse", action="store_true", help="every file again with the present rules; tells what changed"
    )
    watch = commands.add("watch", "the same, as files arrive, until Ctrl-C", _watch)
    watch.add_argument(
        "--every",
        type=float,
        default=300.0,
        metavar="SECONDS",
        help="look through the inbox also when the system tells of no change; default: 300",
    )
    for made in (ingest, watch):
        made.add_argument("inbox", nargs="?", type=Path, default=_INBOX, metavar="DIR", help="default: inbox")
        folder_of_outputs(made)
        made.add_argument(
            "--settle",
            type=float,
            default=2.0,
            metavar="SECONDS",
            help="a file touched in the last SECONDS is waited for; default: 2",
        )
        made.add_argument("--ocr", choices=MODES, default="auto", help="as for parse; default: auto")
        made.add_argument("--json", action="store_true", help="for machines: one JSON object a line")


def _ingest(args: argparse.Namespace) -> int:
    from ..ingest import ingest

    with Course(sys.stderr) as course:
        events = ingest(
            args.inbox,
            args.outputs,
            args.rules,
            reparse=args.reparse,
            settle=args.settle,
            ocr=args.ocr,
            told=course.page,
        )
        with closing(events):
            return FAILED if _told(events, args, course) else GOOD


def _watch(args: argparse.Namespace) -> int:
    from ..ingest.watch import stopped_by_signal, watch

    stop = threading.Event()
    stopped_by_signal(stop)
    try:
        with Course(sys.stderr) as course:
            events = watch(
                args.inbox,
                args.outputs,
                args.rules,
                settle=args.settle,
                ocr=args.ocr,
                every=args.every,
                stop=stop,
                told=course.page,
            )
            with closing(events):
                _told(events, args, course)
    except BaseException:
        # what is interrupted in the middle of its work may say something else; what is stored is whole
        if not stop.is_set():
            raise
    if not args.json:
        print("已停止")
    return GOOD


def _told(events: Iterable[Event], args: argparse.Namespace, course: Course) -> int:
    """Print what happens; how many files could not be read."""
    from ..ingest.events import Load, Read, Step

    changes: Counter[str] = Counter()
    failed = 0
    for event in events:
        if isinstance(event, Step):
            course.at(event.done, event.total)
            continue
        if isinstance(event, Load):
            failed += event.failed
            course.end()
        if isinstance(event, Read):
            changes.update(event.changes)
        if args.json:
            said = {"event": type(event).__name__.lower(), **asdict(event)}
            print(json.dumps(said, ensure_ascii=False), flush=True)
        else:
            _say(event, args, changes, course)
        if isinstance(event, Load):
            changes.clear()
    return failed


def _say(event: Event, args: argparse.Namespace, changes: Counter[str], course: Course) -> None:
    from ..ingest.events import Refused, Trouble, Watching

    watched = args.run is _watch
    stream = sys.stderr if isinstance(event, Refused | Trouble) else sys.stdout
    for line in _lines(event, args, changes):
        at = time.strftime("%m-%d %H:%M:%S ") if watched and not isinstance(event, Watching) else ""
        course.say(at + one_line(line), stream)


def _lines(event: Event, args: argparse.Namespace, changes: Counter[str]) -> list[str]:
    from ..ingest.events import Load, Watching

    if isinstance(event, Watching):
        return [f"守候 {args.inbox}：放进文件即收，Ctrl-C 结束"]
    if not isinstance(event, Load):
        return [_one(event, args)]
    if event.load_id is None and args.run is _watch:
        return []  # a watch that finds nothing says nothing
    reread = [f"重读后的变化：{'、'.join(_counts(changes)) or '没有'}"] if getattr(args, "reparse", False) else []
    return [*reread, _whole(event)]


def _one(event: Event, args: argparse.Namespace) -> str:
    """One event as one line."""
    from ..ingest.events import Read, Refused, Same, Trouble, Waiting

    if isinstance(event, Read):
        year = f"{event.plan_year} 年，" if event.plan_year else ""
        said = f"收入 {event.file}：{event.title or '无标题'}（{year}任务 {event.tasks} 项）"
        if event.replaces and event.current:
            said += f"，取代 {event.replaces}"
        elif not event.current:
            said += "，不是现行版本"
        return said + (f"，变化：{'、'.join(_counts(event.changes))}" if event.changes else "")
    if isinstance(event, Refused):
        at = f" {event.place}" if event.place else ""
        kept = f"（副本和说明在 {args.outputs / 'quarantine'}）" if event.quarantined else ""
        return f"{event.file}{at}: [{event.code}] {event.why} → {event.remedy}{kept}"
    if isinstance(event, Same):
        return f"同一文件 {event.file}：内容与 {event.same_as} 相同，不重复收"
    if isinstance(event, Waiting):
        return f"等待 {event.file}：还在写入，下次再收"
    assert isinstance(event, Trouble)
    return event.message


def _whole(load: Load) -> str:
    kept = f"；隔离中 {load.quarantined} 份" if load.quarantined else ""
    if load.load_id is None:
        return f"没有新文件：{load.seen} 份都已收过{kept}（{load.seconds:.1f} 秒）"
    parts = [f"收入 {load.read}", f"读不了 {load.failed}", f"已收过 {load.skipped}", f"等待 {load.waiting}"]
    out = "表格已更新" if load.published else "表格没有变化"
    return f"共 {load.seen} 份：{'，'.join(parts)}；{out}{kept}（{load.seconds:.1f} 秒）"


def _counts(changes: Mapping[str, int]) -> list[str]:
    """`tasks gained` → 2 as 任务 增 2, a table after another in the contract's order."""
    from ..schema import TABLES

    words = {"gained": "增", "lost": "减", "changed": "改"}
    out = []
    for table in TABLES:
        said = [f"{word} {n}" for kind, word in words.items() if (n := changes.get(f"{table.name} {kind}", 0))]
        if said:
            out.append(f"{table.label} {' '.join(said)}")
    return out
