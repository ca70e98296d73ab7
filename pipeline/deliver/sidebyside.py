"""The page of a comparison: the old plan beside the new one, task by task, as one HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..compare import Comparison, Link
from ..compare.groups import common, groups
from ..compare.told import KINDS, MOVES, RELATIONS, deadline_told, place_told, units_told, why_told
from ..plan import Row
from ..schema import TABLE
from .lookback import FOLDER, file_stem
from .shell import page
from .whole import write_whole

STYLES, SCRIPTS = ("compare.css",), ("compare.js",)


def write_side_by_side(made: Comparison, outputs: Path) -> Path:
    """Write the page into `compare/` of the output folder; gives its path. Same comparison, same bytes."""
    return write_whole(outputs / FOLDER / f"{file_stem(made)}.html", side_by_side(made))


def side_by_side(made: Comparison) -> bytes:
    """The page as UTF-8: a row for each task, or for the tasks that were merged and split together."""
    title = f"{made.new['title'] or made.new['file_name']}：与原计划对照"
    data = {
        "title": title,
        "kind": KINDS[made.kind],
        "old": _paper(made.old),
        "new": _paper(made.new),
        "relations": RELATIONS,
        "moves": {name: words for name, words in MOVES.items() if words},
        "rows": [_row(made, group) for group in groups(made)],
    }
    return page(title, STYLES, SCRIPTS, data)


def _paper(document: Row) -> dict[str, Any]:
    return {name: document[name] for name in ("title", "file_name", "plan_year", "doc_number", "issued_on")}


def _row(made: Comparison, group: Sequence[Link]) -> dict[str, Any]:
    olds, news = (
        list(dict.fromkeys(filter(None, ends))) for ends in zip(*((x.old, x.new) for x in group), strict=True)
    )
    return {
        "relation": group[0].relation,
        "moves": sorted({link.deadline for link in group} - {"none"}),
        "old": [_task(made.old_tasks[key], common(x.wording.removed for x in group if x.old == key)) for key in olds],
        "new": [_task(made.new_tasks[key], common(x.wording.added for x in group if x.new == key)) for key in news],
        "changes": list(dict.fromkeys(words for link in group for words in _changes(made, link))),
        "why": [why_told(made, link) for link in group],
        "score": round(min(link.score for link in group), 2),
    }


def _changes(made: Comparison, link: Link) -> list[str]:
    return [*filter(None, [deadline_told(made, link)]), *units_told(link.units)]


def _task(task: Row, marked: Sequence[tuple[int, int]]) -> dict[str, Any]:
    labels = {column.name: column.label for column in TABLE["tasks"].columns}
    roles = ("lead_units", "responsible_units", "supporting_units")
    return {
        "place": place_told(task),
        "path": task["section_path"] or "",
        "text": task["text"],
        "marked": _utf16(task["text"], marked),
        "deadline": " ".join((task["deadline_text"] or "").split()),
        "units": [[labels[role], task[role]] for role in roles if task[role]],
    }


def _utf16(text: str, marked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    # a script counts in halves of UTF-16
    def at(place: int) -> int:
        return place + sum(c > "\uffff" for c in text[:place])

    return [(at(start), at(end)) for start, end in marked]
