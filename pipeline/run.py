"""Files → plans → the record → the published tables. One bad file never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path

from .errors import Unreadable
from .model import Ocr
from .plan import Plan
from .store import Record
from .workers import Told, outcomes, silence

# what storing needs; it is loaded while the workers read
_NEEDED = ("pyarrow.parquet", "duckdb", "pipeline.deliver.publish")
_TOGETHER = 100  # plans that are stored at once: the record is not held while files are read
_WAIT = 10.0  # seconds for another taizhang to let go of the record


def read_files(
    files: Sequence[Path],
    rules: Path | None = None,
    meanwhile: Iterable[Callable[[], object]] = (),
    ocr: Ocr = "auto",
    told: Told = silence,
) -> Iterator[Plan | Unreadable]:
    """Each file as a plan, or the reason why it is none; each is read by a worker, within limits (workers/)."""
    return outcomes(files, rules, meanwhile=meanwhile, ocr=ocr, told=told)


def parse_files(
    files: Sequence[Path], outputs: Path, rules: Path | None = None, ocr: Ocr = "auto", told: Told = silence
) -> Iterator[Plan | Unreadable]:
    """Read, store in one transaction a plan, publish once at the end; nothing is written when no file could be read."""
    from .corrections.files import amending

    read: list[Plan] = []
    stored = False
    amend = amending(outputs, rules)
    loading = (partial(import_module, name) for name in _NEEDED)
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
    from .deliver.publish import publish

    now = datetime.now(UTC)
    with Record(outputs, wait=_WAIT) as record:
        for one in read:
            record.save(stamped(one, now))
        if published:
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
