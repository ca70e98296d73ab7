"""Samples with answers made by reading, and how near a plan comes to them: matched rows by kind, precision and recall."""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.plan import Plan

SAMPLES = Path(__file__).parent.parent / "samples"
ROLES = ("lead_units", "responsible_units", "supporting_units")
TASK = ("label", "section", "text", *ROLES, "deadline_text", "deadline_kind", "due_on")
PAPER = ("title", "doc_number", "issuer", "issued_on", "plan_year", "region_name", "admin_level")


@dataclass(frozen=True)
class Score:
    """Rows that agree, rows that were wanted, rows that were given."""

    right: int
    wanted: int
    given: int

    @property
    def f1(self) -> float:
        """1.0 where nothing was wanted and nothing given."""
        return 2 * self.right / (self.wanted + self.given) if self.wanted + self.given else 1.0


def folders() -> list[Path]:
    """Every sample folder, in the order of their names."""
    return sorted(path.parent for path in SAMPLES.glob("*/about.toml"))


def sources(folder: Path) -> list[Path]:
    """The files of a sample; every one has the same answers."""
    return sorted(folder.glob("source*.*"))


def about(folder: Path) -> dict:
    return tomllib.loads((folder / "about.toml").read_text("utf-8"))


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """The answers of one kind; none where the sample has no such file."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def task_rows(plan: Plan) -> list[dict[str, str]]:
    """The tasks of a plan in the columns of a sample's tasks.csv."""
    return [
        {
            "label": task["label"] or "",
            "section": (task["section_path"] or "").split("/")[-1],
            "text": task["text"],
            **{role: "、".join(task[role]) for role in ROLES},
            "deadline_text": task["deadline_text"] or "",
            "deadline_kind": task["deadline_kind"] or "",
            "due_on": str(task["due_on"] or ""),
        }
        for task in plan.rows["tasks"]
    ]


def paper_row(plan: Plan) -> dict[str, str]:
    document = plan.rows["documents"][0]
    return {name: str(document[name] or "") for name in PAPER}


def plain(words: str) -> str:
    """Words without blanks, in one width: how two readers of one page agree."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def scores(plan: Plan, folder: Path) -> dict[str, Score]:
    """How a plan agrees with the answers of its sample, by kind."""
    want, got = rows(folder, "tasks"), task_rows(plan)
    out = {"tasks": _pairs([plain(t["text"]) for t in want], [plain(t["text"]) for t in got])}
    for name in ("label", "section", "deadline_kind", "due_on"):
        out[name] = _pairs([_keyed(t, name) for t in want], [_keyed(t, name) for t in got])
    for role in ROLES:
        out[role] = _pairs(list(_units(want, role)), list(_units(got, role)))
    sections = [plain(f"{s['label'] or ''}{s['heading']}") for s in plan.rows["sections"]]
    if wanted := rows(folder, "sections"):
        headings = [plain(s["label"] + s["heading"]) for s in wanted]
        # an item that is a task may be listed as a section or not
        out["sections"] = _pairs(headings, [s for s in sections if s in set(headings)] or sections)
    cited = [(c["title"] or "", c["doc_number"] or "") for c in plan.rows["citations"]]
    out["citations"] = _pairs([(c["title"], c["doc_number"]) for c in rows(folder, "citations")], cited)
    paper = about(folder)
    said = {name: str(paper[name]) for name in PAPER if name in paper}
    got_paper = paper_row(plan)
    out["paper"] = _pairs(list(said.items()), [(name, got_paper[name]) for name in said])
    return out


def _keyed(task: dict[str, str], name: str) -> tuple[str, str]:
    return plain(task["text"]), plain(task[name])


def _units(tasks: Iterable[dict[str, str]], role: str) -> Iterable[tuple[str, str]]:
    for task in tasks:
        for unit in filter(None, task[role].split("、")):
            yield plain(task["text"]), plain(unit)


def _pairs(want: Sequence[object], got: Sequence[object]) -> Score:
    agree = Counter(want) & Counter(got)
    return Score(agree.total(), len(want), len(got))
