"""What makes the tests of ingest quick: files are read here, without processes of their own (those are tested in tests/workers,
and by what runs the command), and tables are published only where a test asks for `real_tables`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Unreadable
from pipeline.ingest import intake
from pipeline.plan import Plan
from pipeline.run import state
from pipeline.store import Record
from pipeline.workers.worker import outcome


def read_here(files: Sequence[Path], rules: Path | None, *more: Any) -> Iterator[Plan | Unreadable]:
    """As `run.read_files`, in this process."""
    yield from (outcome(file, rules) for file in files)


def publish_nothing(record: Record, outputs: Path) -> None:
    """As `run.publish_record`, with an empty package."""
    (outputs / "datapackage.json").write_text('{"resources": []}')
    (outputs / "unmatched.csv").write_text("")
    record.write(("UPDATE meta SET value = ? WHERE name = 'published'", (state(record.changes()),)))


@pytest.fixture
def real_tables() -> None:
    """Asked for by a test that looks at what is published."""


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "read_files", read_here)
    if "real_tables" not in request.fixturenames and "scene" not in request.fixturenames:
        monkeypatch.setattr(intake, "publish_record", publish_nothing)
