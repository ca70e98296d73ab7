"""outputs/review/: the page of each plan and the overview of all, whole files only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from ..plan import Plan
from ..rulebook import RuleBook
from .overview import overview, plan_line, plan_lines
from .pagepictures import pictures
from .review import page_name, review
from .whole import write_whole

FOLDER = "review"


class Kept(Protocol):
    """The corrections of a plan (corrections.values.PlanCorrections)."""

    def concerns(self, document: Mapping[str, Any]) -> bool: ...
    def data(self) -> dict[str, Any]: ...


class Reviews:
    """The pages of one run; `count` of them are written so far."""

    def __init__(
        self, outputs: Path, book: RuleBook, kept: Sequence[Kept], editable: Mapping[str, Mapping[str, object]]
    ) -> None:
        self._folder = outputs / FOLDER
        self._outputs, self._book, self._kept, self._editable = outputs, book, kept, editable
        self._lines: dict[str, dict[str, Any]] = {}

    @property
    def count(self) -> int:
        return len(self._lines)

    def write(self, plan: Plan, source: Path | None = None) -> Path:
        """The page of a plan; with its source file, pictures of its pages where it has any. Raises RecordUnavailable."""
        document = plan.rows["documents"][0]
        own = [row for file in self._kept if file.concerns(document) for row in file.data()["corrections"]]
        shown = pictures(source, str(document["format"])) if source else ()
        name = page_name(plan)
        data = review(plan, self._book, shown, own, self._editable, back=True)
        self._lines[name] = plan_line(plan, name)
        return write_whole(self._folder / name, data)

    def overview(self) -> Path:
        """index.html: the plans of this run and those of the record; raises RecordUnavailable."""
        from ..database import FILE
        from ..store import Record

        lines = list(self._lines.values())
        if (self._outputs / FILE).exists():
            with Record(self._outputs, read_only=True) as record:
                names = {d["document_id"]: page_name(Plan({"documents": [d]})) for d in record.documents()}
                others = {key: name for key, name in names.items() if name not in self._lines}
                made = {key: name if (self._folder / name).exists() else "" for key, name in others.items()}
                lines += plan_lines(record, made) if made else []
        return write_whole(self._folder / "index.html", overview(lines))
