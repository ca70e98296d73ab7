"""Plans that are stored together: the record is not held while files are read, and memory holds a few plans at most."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..clerk.diff import diff
from ..errors import Unreadable
from ..extract.guard import refusal
from ..plan import Plan
from ..run import WAIT, document_id, now, renew_links, stamped
from ..store import Record
from . import quarantine
from .events import Event, Read, Refused
from .inbox import Lying
from .seen import Refusal, Seen, Statement, read_after_all, refused

_PLANS = 25
_SECONDS = 5.0
_AWAY = {"missing", "unfinished"}  # taken away, or written again, since it was looked at
# what says how a plan was read, not what stands in it
_HOW = {"parser_version", "rules_version", "ingested_at"}


@dataclass(frozen=True, slots=True)
class Context:
    """What one run is about.

    load      its number
    versions  of the parser and of the rule book
    was       what the record knew before
    """

    outputs: Path
    load: int
    versions: tuple[str, str]
    was: Seen
    reparse: bool


@dataclass
class Batch:
    """Outcomes that wait to be stored, and what became of those that were."""

    context: Context
    read: int = 0
    failed: int = 0
    changed: int = 0
    waiting: list[Lying] = field(default_factory=list)
    _plans: list[tuple[Lying, str, Plan]] = field(default_factory=list)
    _refused: list[tuple[Lying, str, Unreadable]] = field(default_factory=list)
    _since: float = field(default_factory=time.monotonic)

    def add(self, one: Lying, content: str, outcome: Plan | Unreadable) -> None:
        """Take in one outcome of a file that had this content when it was looked at."""
        if isinstance(outcome, Plan):
            if outcome.rows["documents"][0]["sha256"] == content:
                self._plans.append((one, content, outcome))
            else:
                self.waiting.append(one)
        elif outcome.code in _AWAY:
            self.waiting.append(one)
        else:
            self._refused.append((one, content, outcome))

    def is_full(self) -> bool:
        """Whether it is time to store."""
        waiting = len(self._plans) + len(self._refused)
        return waiting >= _PLANS or (waiting > 0 and time.monotonic() - self._since > _SECONDS)

    def store(self) -> Iterator[Event]:
        """Put everything into the record, a transaction a plan, and tell it; raises RecordUnavailable."""
        plans, failed = self._plans, self._refused
        self._plans, self._refused, self._since = [], [], time.monotonic()
        if not plans and not failed:
            return
        told: list[Event] = []
        with Record(self.context.outputs, wait=WAIT) as record:
            times = stamped([plan for _, _, plan in plans], record, now())
            stored: dict[str, Plan] = {}
            for (one, content, _), plan in zip(plans, times, strict=True):
                try:
                    told.append(self._saved(record, one, plan))
                    stored[content] = plan
                except _wrong_rows() as error:  # one bad plan never stops the others; the fault is ours
                    said = f"存入时程序出错（{type(error).__name__}: {str(error)[:200]}）"
                    failed.append((one, content, refusal(one.path, "internal", said)))
            renew_links([document_id(plan) for plan in stored.values()], record)
            notes = read_after_all([content for content in stored if content in self.context.was.refused])
            for one, content, unreadable in failed:
                event, noted = self._quarantined(one, content, unreadable)
                told.append(event)
                notes += noted
            if notes:
                record.write(*notes)
        self.read += len(stored)
        self.failed += len(failed)
        yield from told

    def _saved(self, record: Record, one: Lying, plan: Plan) -> Read:
        document: dict[str, Any] = dict(plan.rows["documents"][0])
        key = document["document_id"]
        before = record.plan(key) if self.context.reparse and document["sha256"] in self.context.was.read else None
        versions = record.query(
            "SELECT file_name FROM documents WHERE plan_key = ? AND is_current AND document_id <> ?",
            document["plan_key"],
            key,
        )
        changes: Counter[str] = Counter()
        if record.save(plan) and before is not None:
            for change in diff(before, record.plan(key)):
                if not change.columns or set(change.columns) - _HOW:
                    kind = "gained" if change.old is None else "lost" if change.new is None else "changed"
                    changes[f"{change.table} {kind}"] += 1
            self.changed += bool(changes)
        [(current,)] = record.query("SELECT is_current FROM documents WHERE document_id = ?", key)
        return Read(
            one.name,
            key,
            document["title"] or "",
            document["plan_year"],
            document["task_count"],
            document["finding_count"],
            versions[0][0] if versions and before is None else "",
            current,
            dict(changes),
        )

    def _quarantined(self, one: Lying, content: str, unreadable: Unreadable) -> tuple[Refused, list[Statement]]:
        context = self.context
        told = Refused(one.name, unreadable.code, unreadable.why, unreadable.remedy, unreadable.place)
        if content in context.was.read:  # it was read once: its rows stay, and it is no matter for the quarantine
            return told, []
        known = context.was.refused.get(content)
        taken = {other.quarantined for key, other in context.was.refused.items() if key != content}
        name = known.quarantined if known else quarantine.free_name(one.name, content, taken)
        quarantine.put(context.outputs, name, one.path, unreadable, "程序 {}，规则 {}".format(*context.versions))
        note = Refusal(content, one.name, unreadable.code, name, *context.versions)
        said = refused(note, unreadable.why, unreadable.remedy, unreadable.place, context.load)
        return replace(told, quarantined=name), said


def _wrong_rows() -> tuple[type[Exception], ...]:
    # what a plan raises whose rows the tables do not take; an interrupted or broken record raises something else
    import duckdb

    return ValueError, TypeError, OverflowError, duckdb.DataError, duckdb.IntegrityError
