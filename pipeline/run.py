"""Files → plans → the record → the published tables. One bad file never stops the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from .errors import Unreadable
from .extract import extract
from .extract.guard import refusal
from .plan import Plan
from .reader import knowledge
from .stages import plan
from .store import Record


def read_files(files: Sequence[Path], rules: Path | None = None) -> Iterator[Plan | Unreadable]:
    """Each file as a plan, or the reason why it is none."""
    book, regions = knowledge(rules)
    for file in files:
        try:
            yield plan(extract(file), book, regions)
        except Unreadable as unreadable:
            yield unreadable
        except Exception as error:  # one bad file never stops the others; the line says that the fault is ours
            yield refusal(file, "internal", f"读取时程序出错（{type(error).__name__}: {error}）")


def parse_files(files: Sequence[Path], outputs: Path, rules: Path | None = None) -> Iterator[Plan | Unreadable]:
    """Read, store in one transaction a plan, publish once at the end; nothing is written when no file could be read."""
    from .deliver.publish import publish

    read: list[Plan] = []
    for outcome in read_files(files, rules):
        if isinstance(outcome, Plan):
            read.append(outcome)
        yield outcome
    if not read:
        return
    now = datetime.now(UTC)
    with Record(outputs) as record:
        for one in read:
            record.save(stamped(one, now))
        publish(record, outputs)


def stamped(one: Plan, now: datetime) -> Plan:
    """The plan with the time of its storing; the only column that is not a function of the file and the rules."""
    documents = [{**row, "ingested_at": now} for row in one.rows["documents"]]
    return Plan({**one.rows, "documents": documents})


def recorded(outputs: Path) -> Iterator[Plan]:
    """The plans of the record, in the order of their ids."""
    with Record(outputs, read_only=True) as record:
        for document in record.documents():
            yield record.plan(document["document_id"])
