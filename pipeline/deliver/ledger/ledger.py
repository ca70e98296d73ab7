"""Ledgers of a plan: the former workbook read, put together with the plan, written in its place, kept where it must be."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...database import refused
from ...errors import one_line
from ...extract.guard import refusal
from ...plan import Plan
from ..whole import write_whole
from .former import Former, read_former
from .lines import Part, columns, lines, shown
from .merge import Merged, merge
from .overview import overview
from .pairing import pair
from .sheets import sheets
from .terms import Terms
from .units import Unit, parts_of
from .write import Workbook, status_range, written

FOLDER = "ledger"
_NAME_BYTES = 150  # of a file's name; a file system takes 255
_ODD = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one workbook.

    grouped   of a unit's tasks those that only a group brings it
    backup    where the former workbook was kept; `unplaced` says why
    """

    path: Path
    tasks: int
    grouped: int = 0
    new: int = 0
    changed: int = 0
    vanished: int = 0
    kept: bool = False
    backup: Path | None = None
    unplaced: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = [f"{self.path}：任务 {self.tasks} 项"]
        if self.grouped:
            said.append(f"其中面向群体的 {self.grouped} 项")
        if self.kept:
            said.append("沿用已填内容")
        said += [
            f"{word} {n} 项"
            for word, n in (("新增", self.new), ("有变化", self.changed), ("已撤销", self.vanished))
            if n
        ]
        if self.backup:
            said.append(f"原工作簿另存为 {self.backup.name}，因为放不回去的有：{'；'.join(self.unplaced)}")
        return one_line("，".join(said))


def ledger(
    plan: Plan, outputs: Path, terms: Terms, as_of: date, unit: Unit | None = None, others: Sequence[Former] = ()
) -> Outcome:
    """Write the ledger of a plan, or of one unit of it, in place of the former one; what people typed goes along.

    others   further workbooks that people worked in (--from), of this plan
    raises   Unreadable when the former workbook cannot be read or is open (it is left as it is), RecordUnavailable when
             the folder refuses
    """
    path = path_of(plan, outputs, unit)
    former, seen = _former(path, terms)
    parts = parts_of(plan, unit, terms) if unit else (Part(plan.rows["tasks"]),)
    heads = columns(plan, terms, unit is not None)
    plans = lines(plan, parts, terms, as_of)
    merged = merge(heads, plans, former, others, terms, unit is None)
    document = plan.rows["documents"][0]
    title = shown(document["title"]) or shown(document["file_name"]) or ""
    whole = unit is None
    book = Workbook(
        title if whole or unit is None else f"{title}　{unit.name}",
        _facts(plan),
        as_of,
        merged,
        plans,
        overview(plan, merged.lines, as_of, terms, status_range(merged.columns, len(merged.lines), terms)),
        sheets(_plan_of(plan, merged, whole), merged.lines, merged.columns, terms, whole),
        plan_name(plan),
        "" if unit is None else unit.key,
    )
    backup = _backup(path, seen, merged)
    _unchanged(path, seen)
    write_whole(path, written(book, terms))
    tasks = sum(line.kind == "task" for line in merged.lines)
    return Outcome(
        path,
        tasks,
        sum(len(part.tasks) for part in parts if part.heading == terms.word("group-tasks")),
        merged.new,
        merged.changed,
        len(merged.vanished),
        former is not None,
        backup,
        tuple(merged.unplaced),
    )


def plan_name(plan: Plan) -> str:
    """What all versions of a plan share; a plan without such a key stands for itself."""
    document = plan.rows["documents"][0]
    return str(
        document["plan_key"] or f"{document['title'] or Path(document['file_name']).stem}-{document['document_id']}"
    )


def path_of(plan: Plan, outputs: Path, unit: Unit | None = None) -> Path:
    """Where the ledger of a plan stands: ledger/PLAN.xlsx; that of a unit: ledger/PLAN/UNIT.xlsx."""
    folder, name = outputs / FOLDER, file_name(plan_name(plan))
    return folder / f"{name}.xlsx" if unit is None else folder / name / f"{file_name(unit.name)}.xlsx"


def file_name(words: str) -> str:
    """Words as a name that every file system takes; what had to be changed or cut is told apart by a digest."""
    clean = _ODD.sub("_", words).strip(" .~$") or "_"
    if _DEVICES.match(clean):
        clean = f"_{clean}"
    short = clean.encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")
    return short if short == words else f"{short}-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:6]}"


def concerns(former: Former, plan: Plan, plans: Container[str]) -> bool:
    """Whether a workbook given by --from is one of this plan's: by its hidden name, else by its tasks.

    plans    the names of all plans that are written
    """
    if former.base.plan in plans:
        return former.base.plan == plan_name(plan)
    rows = [row.words for row in former.rows if row.cells.get("task")]
    return bool(pair(rows, [task["text"] or "" for task in plan.rows["tasks"]]))


def _former(path: Path, terms: Terms) -> tuple[Former | None, bytes]:
    _closed(path)
    if not path.exists():
        return None, b""
    former = read_former(path, terms)
    return former, path.read_bytes()


def _closed(path: Path) -> None:
    # what Excel and WPS, and LibreOffice, put beside a workbook that is open
    for lock in (
        path.with_name(f"~${path.name}"),
        path.with_name(f"~${path.name[2:]}"),
        path.with_name(f".~lock.{path.name}#"),
    ):
        if lock.exists():
            raise refusal(
                path, "unfinished", "工作簿正开着", f"在 Excel 或 WPS 里关闭它再试；确已关闭的，删去 {lock.name}"
            )


def _unchanged(path: Path, seen: bytes) -> None:
    now = path.read_bytes() if path.exists() else b""
    if now != seen:
        raise refusal(path, "unfinished", "工作簿刚刚被人改过", "关闭打开着它的程序后再试")


def _backup(path: Path, seen: bytes, merged: Merged) -> Path | None:
    """The former workbook kept beside the new one when something of it has no place there; the same bytes once."""
    if not seen or not merged.unplaced:
        return None
    digest = hashlib.sha256(seen).hexdigest()[:8]
    backup = path.with_name(f"{path.stem}.备份-{digest}{path.suffix}")
    if not backup.exists():
        write_whole(backup, seen)
    if backup.read_bytes() != seen:
        raise refused(f"{backup} 已有别的内容", "把它移走后再试")
    return backup


def _facts(plan: Plan) -> str:
    document = plan.rows["documents"][0]
    issued = document["issued_on"]
    said = [shown(document["doc_number"]), shown(document["issuer"]), f"{issued:%Y-%m-%d}" if issued else None]
    said.append("整行排序、筛选均可；按“原序”升序即恢复原表顺序")
    return "　".join(part for part in said if part)


def _plan_of(plan: Plan, merged: Merged, whole: bool) -> Plan:
    # of a unit's workbook, the deadlines of its tasks alone
    if whole:
        return plan
    ids = {line.id.partition("#")[0] for line in merged.lines}
    return Plan({**plan.rows, "deadlines": [row for row in plan.rows["deadlines"] if row["task_id"] in ids]})
