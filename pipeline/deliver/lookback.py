"""The workbook of a look back: each task of the former plan, what became of it, and columns for people to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ..compare import Comparison, Link
from ..compare.told import (
    KINDS,
    RELATIONS,
    SECTIONS,
    counts,
    deadline_told,
    moves,
    place_told,
    units_told,
    why_told,
    words_of,
)
from ..plan import Row
from ..rulebook import RuleBook
from ..schema import TABLE
from .grid import Column, Grid, grid_workbook
from .whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "compare"
_TINTS = {"dropped": "FCE4D6", "new": "E2EFDA", "merged": "FFF2CC", "split": "FFF2CC"}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_SHOWN = 900  # characters of one cell: a row is no taller than a page


def write_look_back(made: Comparison, outputs: Path, book: RuleBook) -> Path:
    """Write the workbook into `compare/` of the output folder; gives its path. Same comparison, same bytes."""
    out = BytesIO()
    grid_workbook(out, sheets(made, book), f"{_title(made.new)}回头看")
    return write_whole(outputs / FOLDER / f"{file_stem(made)}.xlsx", out.getvalue())


def file_stem(made: Comparison) -> str:
    """A name a clerk knows the file by, and both ids, so that no two comparisons share it."""
    title = "".join(c for c in _title(made.new) if c.isalnum() or c in "（）()-—")[:40]
    return f"{title}-回头看-{made.old['document_id'][:8]}-{made.new['document_id'][:8]}"


def sheets(made: Comparison, book: RuleBook) -> tuple[Grid, ...]:
    """回头看 to print and fill in, then what is new, the sections, and every link with its reason."""
    own = [Column(r.get("label"), r.get("width"), r.get("filled") == "people") for r in book.of("lookback_column")]
    keys = [rule.get("key") for rule in book.of("lookback_column")]
    head = (f"{_title(made.old)} → {_title(made.new)}（{KINDS[made.kind]}）", f"{counts(made)}。{_moved(made)}")
    rows, tints = [], []
    for values, relation in _old_tasks(made):
        rows.append([values.get(key, "") for key in keys])
        tints.append(_TINTS.get(relation, ""))
    grids = [Grid("回头看", f"{_title(made.old)}回头看", own, rows, head, tints)]
    return (*grids, _added(made), _headings(made), _reasons(made))


def _moved(made: Comparison) -> str:
    found = moves(made)
    return f"时限：{found}。" if found else "时限没有变动。"


def _old_tasks(made: Comparison) -> Iterator[tuple[Mapping[str, str], str]]:
    by_old: dict[str, list[Link]] = {}
    for link in made.links:
        by_old.setdefault(link.old, []).append(link)
    section = None
    for key, task in made.old_tasks.items():
        links = by_old[key]
        if task["section_path"] != section:
            section = task["section_path"]
        relation = links[0].relation
        yield (
            {
                "number": task["label"] or str(task["seq"] + 1),
                "section": section or "",
                "task": _cut(task["text"]),
                "deadline": _deadline(task),
                "units": _units(task),
                "became": RELATIONS[relation],
                "next": _next(made, links),
                "changes": "\n".join(_changes(made, links)),
            },
            relation,
        )


def _next(made: Comparison, links: Sequence[Link]) -> str:
    news = [made.new_tasks[link.new] for link in links if link.new]
    if not news:
        link = links[0]
        near = f"最接近的是{place_told(made.new_tasks[link.nearest])}" if link.nearest else ""
        return f"（无对应任务{'；' + near if near else ''}）"
    if links[0].relation == "same":
        return f"【{place_told(news[0])}】文字未变"
    marks = _CIRCLED if len(news) > 1 else [""]
    said = [f"{mark}【{place_told(task)}】{task['text']}" for mark, task in zip(marks, news, strict=False)]
    return _cut("\n".join(said))


def _changes(made: Comparison, links: Sequence[Link]) -> Iterator[str]:
    yield from dict.fromkeys(filter(None, (deadline_told(made, link) for link in links)))
    yield from dict.fromkeys(phrase for link in links for phrase in units_told(link.units))
    if len(links) == 1 and links[0].relation == "reworded":
        old, new = made.old_tasks[links[0].old], made.new_tasks[links[0].new]
        for word, said in (
            ("删", words_of(old, links[0].wording.removed)),
            ("增", words_of(new, links[0].wording.added)),
        ):
            if said:
                yield _cut(f"{word}：{'、'.join(said)}", 200)
    if links[0].relation == "merged":
        others = [made.old_tasks[x.old] for x in made.links if x.new == links[0].new and x.old != links[0].old]
        yield f"与原{'、'.join(map(place_told, others))}合并"


def _added(made: Comparison) -> Grid:
    labels = {c.name: c.label for c in TABLE["tasks"].columns}
    columns = [Column(labels["label"], 6), Column(labels["section_path"], 28), Column(labels["text"], 60)]
    columns += [Column(labels["deadline_text"], 14), Column(labels["responsible_units"], 24)]
    rows = [
        [t["label"] or str(t["seq"] + 1), t["section_path"] or "", _cut(t["text"]), _deadline(t), _units(t)]
        for link in made.links
        if link.relation == "new"
        for t in (made.new_tasks[link.new],)
    ]
    return Grid("新增任务", f"{_title(made.new)}新增任务", columns, rows)


def _headings(made: Comparison) -> Grid:
    columns = [Column("去向", 10), Column("原章节", 60), Column("新章节", 60)]
    rows = [
        [SECTIONS[link.relation], made.headings.get(link.old, ""), made.headings.get(link.new, "")]
        for link in made.sections
    ]
    return Grid("章节", "章节的沿用与变动", columns, rows)


def _reasons(made: Comparison) -> Grid:
    columns = [Column("去向", 9), Column("相似度", 8), Column("原任务", 9), Column("新任务", 9), Column("依据", 90)]
    columns += [Column("原任务编号", 26), Column("新任务编号", 26)]
    rows = [
        [
            RELATIONS[link.relation],
            f"{link.score:.2f}" if link.old and link.new else "",
            *(place_told(t) if t else "" for t in (made.old_tasks.get(link.old), made.new_tasks.get(link.new))),
            _cut("\n".join(line.strip() for line in why_told(made, link))),
            link.old,
            link.new,
        ]
        for link in made.links
    ]
    return Grid("依据", "每一项对应的依据", columns, rows)


def _deadline(task: Row) -> str:
    words, due = task["deadline_text"] or "", str(task["due_on"] or "")
    return f"{words}\n{due}".strip() if due not in words else words


def _units(task: Row) -> str:
    labels = {c.name: c.label for c in TABLE["tasks"].columns}
    roles = ("lead_units", "responsible_units", "supporting_units")
    named = [(labels[role], task[role]) for role in roles if task[role]]
    if len(named) == 1:
        return "、".join(named[0][1])
    return "\n".join(f"{label}：{'、'.join(names)}" for label, names in named)


def _title(document: Row) -> str:
    return str(document["title"] or Path(document["file_name"]).stem)


def _cut(text: str | None, most: int = _SHOWN) -> str:
    words = text or ""
    return words if len(words) <= most else words[: most - 1] + "…"
