"""Inbox → record → published tables: each content once, one transaction a plan, published once at the end."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from .. import __version__
from ..corrections.files import amending
from ..database import FILE
from ..errors import CallWrong, Unreadable
from ..model import Ocr
from ..plan import Plan
from ..rulefiles import load
from ..run import NEEDED, WAIT, now, publish_record, read_files, renew_links
from ..store import Record
from ..workers import Told, silence
from . import quarantine
from .alone import alone
from .batch import Batch, Context
from .events import Event, Load, Refused, Same, Step, Waiting
from .inbox import SETTLE, Lying, lying
from .leftovers import sweep
from .look import Looked, is_due, is_out, look, nothing_to_do
from .seen import NOTHING, TIDY, Seen, begun, ended, moves, next_load, refusals, seen

_AGAIN = {"crashed", "internal"}  # may be the machine's doing: read once more before it is believed


def ingest(
    inbox: Path,
    outputs: Path,
    rules: Path | None = None,
    *,
    reparse: bool = False,
    settle: float = SETTLE,
    ocr: Ocr = "auto",
    command: str = "ingest",
    told: Told = silence,
) -> Generator[Event, None, None]:
    """Read what is new in an inbox, by content, and publish once at the end; the last event is the `Load`.

    reparse  every file again with the present rule book
    settle   seconds in which nobody may have touched a file
    command  what is written into `loads`
    told     hears of each page before it is recognized
    raises   CallWrong (no such inbox), RulesInvalid, RecordUnavailable; what was stored until then stays
    """
    began = time.monotonic()
    is_inbox(inbox)
    inbox = inbox.resolve()
    found, closed = lying(inbox, outputs)
    was = _known(inbox, outputs)
    if not reparse and nothing_to_do(found, was, outputs, lambda: load(rules).fingerprint):
        yield from (_unopened(one, inbox) for one in closed)
        kept = len(was.refused.keys() - was.read.keys())
        yield Load(None, len(found), 0, len(closed), len(found), 0, kept, 0, False, time.monotonic() - began)
        return
    book = load(rules)  # a book with faults is refused before anything is written
    with alone(outputs, WAIT):
        sweep(outputs)
        with Record(outputs, wait=WAIT) as record:
            was = seen(record, str(inbox))
            quarantine.drop(outputs, {one.quarantined for one in was.refused.values()} - quarantine.inside(outputs))
            number = next_load(record)
            found, closed = lying(inbox, outputs)
        # the record is free while files are waited for and read
        looked = look(found, closed, was, inbox, settle)
        todo = _todo(looked, was, outputs, book.fingerprint, reparse)
        versions = __version__, book.fingerprint
        with Record(outputs, wait=WAIT) as record:
            still = [one.name for one in looked.waiting]
            record.write(
                begun(number, command, str(inbox), now(), versions),
                *moves(was, looked.now, still, str(inbox), number),
                TIDY,
            )
            context = Context(outputs, number, versions, replace(was, refused=refusals(record)), reparse)
        yield from (_unopened(one, inbox) for one in looked.closed)
        yield from _same(looked, was)
        batch = Batch(context)
        yield from _read(todo, looked, batch, rules, ocr, told)
        yield from (Waiting(one.name) for one in (*looked.waiting, *batch.waiting))
        yield replace(_finished(context, looked, batch), seconds=time.monotonic() - began)


def is_inbox(inbox: Path) -> None:
    """Raises CallWrong when there is no such folder."""
    if inbox.is_file():
        raise CallWrong(f"{inbox} 是文件，这里要文件夹 → 读单个文件用 taizhang parse {inbox}")
    if not inbox.is_dir():
        raise CallWrong(f"没有收件夹 {inbox} → 先建立它（mkdir {inbox}），或给出放文件的文件夹")


def _known(inbox: Path, outputs: Path) -> Seen:
    if not (outputs / FILE).exists():
        return NOTHING
    with Record(outputs, read_only=True) as record:
        return seen(record, str(inbox))


def _todo(looked: Looked, was: Seen, outputs: Path, rules_version: str, reparse: bool) -> list[tuple[Lying, str]]:
    """The files to read, each content once: in the order in which they were written, so that of two versions of a plan
    the later one comes later, however the runs are cut."""
    there = quarantine.inside(outputs)
    out = []
    for content, names in looked.contents().items():
        if not reparse:
            if content in was.read:
                continue
            if content in was.refused and not is_due(was.refused[content], there, rules_version):
                continue
        # the name under which it was read, as long as it lies there
        known = was.read.get(content)
        name = next((one for one in names if one.rpartition("/")[2] == known), names[0])
        out.append((looked.now[name][0], content))
    return sorted(out, key=lambda one: (one[0].mtime_ns, one[0].name))


def _same(looked: Looked, was: Seen) -> Iterator[Event]:
    before = {content: name for name, (_, content) in sorted(was.files.items(), reverse=True)}
    for content, names in looked.contents().items():
        first = before.get(content) or was.gone.get(content) or was.read.get(content) or names[0]
        fresh = [name for name in names if was.files.get(name, (None, ""))[1] != content]
        yield from (Same(name, first) for name in fresh if name != first)


def _read(
    todo: Sequence[tuple[Lying, str]], looked: Looked, batch: Batch, rules: Path | None, ocr: Ocr, told: Told
) -> Iterator[Event]:
    loading = (partial(import_module, name) for name in NEEDED)
    amend = amending(batch.context.outputs, rules)
    done = 0
    again: list[tuple[Lying, str]] = []
    for last, files in ((False, todo), (True, again)):
        paths = [one.path for one, _ in files]
        with contextlib.closing(read_files(paths, rules, loading, ocr, told)) as outcomes:
            for (one, content), outcome in zip(list(files), outcomes, strict=True):
                if isinstance(outcome, Unreadable) and outcome.code in _AGAIN and not last:
                    again.append((one, content))
                    continue
                done += 1
                yield Step(done, len(todo))
                batch.add(one, content, amend(outcome) if isinstance(outcome, Plan) else outcome)
                if batch.is_full():
                    yield from batch.store()
    yield from batch.store()


def _finished(context: Context, looked: Looked, batch: Batch) -> Load:
    outputs, number = context.outputs, context.load
    waiting = len(looked.waiting) + len(batch.waiting)
    failed = len(looked.closed) + batch.failed
    seen_files = len(looked.now) + len(looked.waiting)
    skipped = len(looked.now) - batch.read - batch.failed - len(batch.waiting)
    with Record(outputs, wait=WAIT) as record:
        record.write(TIDY)
        if context.was.broken:  # what was stored then may not have been looked back over
            renew_links([key for pair in record.joined() for key in pair[:2]], record)
        state = seen(record, "")
        if publishing := not is_out(state, outputs):
            publish_record(record, outputs)
        kept = [one.quarantined for content, one in state.refused.items() if content not in state.read]
        quarantine.sync(outputs, kept)
        record.write(ended(number, now(), (seen_files, batch.read, failed, skipped, waiting)))
    return Load(number, seen_files, batch.read, failed, skipped, waiting, len(kept), batch.changed, publishing, 0.0)


def _unopened(one: Unreadable, inbox: Path) -> Refused:
    with contextlib.suppress(ValueError):
        return Refused(Path(one.path).relative_to(inbox).as_posix(), one.code, one.why, one.remedy, one.place)
    return Refused(one.path, one.code, one.why, one.remedy, one.place)
