"""Files → plans → the record → the published tables. One bad file never stops the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path

from . import __version__
from .errors import Unreadable
from .model import Ocr
from .plan import Plan
from .schema import SCHEMA_VERSION
from .store import Record
from .workers import Told, outcomes, silence

# what storing needs; it is loaded while the workers read
NEEDED = ("pyarrow.parquet", "duckdb", "pipeline.deliver.publish")
_TOGETHER = 100  # plans that are stored at once: the record is not held while files are read
WAIT = 10.0  # seconds for another taizhang to let go of the record


def read_files(
    files: Sequence[Path],
    rules: Path | None = None,
    meanwhile: Iterable[Callable[[], object]] = (),
    ocr: Ocr = "auto",
    told: Told = silence,
) -> Generator[Plan | Unreadable, None, None]:
    """Each file as a plan, or the reason why it is none; each is read by a worker, within limits (workers/)."""
    yield from outcomes(files, rules, meanwhile=meanwhile, ocr=ocr, told=told)


def parse_files(
    files: Sequence[Path], outputs: Path, rules: Path | None = None, ocr: Ocr = "auto", told: Told = silence
) -> Iterator[Plan | Unreadable]:
    """Read, store in one transaction a plan, publish once at the end; nothing is written when no file could be read."""
    from .corrections.files import amending

    read: list[Plan] = []
    stored = False
    loading = (partial(import_module, name) for name in NEEDED)
    amend = amending(outputs, rules)
    for outcome in read_files(files, rules, loading, ocr, told):
        if isinstance(outcome, Plan):
            outcome = amend(outcome)
        yield outcome
        if isinstance(outcome, Plan):
            read.append(outcome)
        if len(read) >= _TOGETHER:
            _store(read, outputs)
            read, stored = [], True
    if read or stored:
        _store(read, outputs, published=True)


def _store(read: Sequence[Plan], outputs: Path, published: bool = False) -> None:
    with Record(outputs, wait=WAIT) as record:
        for one in stamped(read, record, now()):
            record.save(one)
        renew_links([document_id(one) for one in read], record)
        if published:
            publish_record(record, outputs)


def now() -> datetime:
    """The time that is written down: the clock's, or SOURCE_DATE_EPOCH (seconds since 1970) where a run must be repeatable."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(said), UTC) if said.isdecimal() else datetime.now(UTC)


def stamped(read: Sequence[Plan], record: Record, time: datetime) -> Iterator[Plan]:
    """The plans with the time at which each first came; the only column that is not a function of the file and the rules.

    A document that is read again keeps its time, and of two that are new the later one has a later time, so that a new
    rule book makes no old version the current one, and neither does a run that was broken off.
    """
    known, last = record.came([document_id(one) for one in read])
    for one in read:
        key = document_id(one)
        if key not in known:
            known[key] = last = max(round(time.timestamp() * 1_000_000), last + 1)
        came = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=known[key])
        yield Plan({**one.rows, "documents": [{**row, "ingested_at": came} for row in one.rows["documents"]]})


def publish_record(record: Record, outputs: Path) -> None:
    """Publish the tables, and have the record know which state of it is out."""
    from .deliver.publish import publish

    publish(record, outputs)
    record.write(("UPDATE meta SET value = ? WHERE name = 'published'", (state(record.changes()),)))


def state(changes: int) -> str:
    """What is out when a record with so many changes is published by this program."""
    return f"{changes} {SCHEMA_VERSION} {__version__}"


def document_id(one: Plan) -> str:
    """The key of a plan."""
    return str(one.rows["documents"][0]["document_id"])


def renew_links(ids: Sequence[str], record: Record) -> None:
    """Look back again over the links between two plans that touch one of these documents."""
    if record.joined(ids):  # looking back loads what plain reading does not need
        from .lookback import renew

        renew(record, ids)


def recorded(outputs: Path) -> Iterator[Plan]:
    """The plans of the record, in the order of their ids."""
    with Record(outputs, read_only=True) as record:
        for document in record.documents():
            yield record.plan(document["document_id"])
