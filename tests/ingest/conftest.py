"""Files are read here, without processes of their own: those are tested in tests/workers, and by what runs the command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Unreadable
from pipeline.ingest import intake
from pipeline.plan import Plan
from pipeline.workers.worker import outcome


def read_here(files: Sequence[Path], rules: Path | None, *more: Any) -> Iterator[Plan | Unreadable]:
    """As `run.read_files`, in this process."""
    yield from (outcome(file, rules) for file in files)


@pytest.fixture(autouse=True)
def without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "read_files", read_here)
