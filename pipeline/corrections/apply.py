"""Plan × corrections → Plan: a correction beats a rule, and what no longer fits is a finding. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..normalize.regions import Region, Regions
from ..normalize.units import Printed, register
from ..plan import Plan
from ..recognize.units import units
from ..rulebook import RuleBook
from ..schema import TABLE
from ..summary import KINDS
from .fit import Place, Places
from .sheet import Row, Sheet
from .values import Correction, PlanCorrections

TOLD = 900_001  # the number of the first finding that tells a correction: apart from those of the rules, whatever these are
CODES = ("corrected", "correction_unfit")  # told anew each time
VERDICTS = {"accept": "核对", "correct": "更正", "reject": "否定", "add": "补记"}
# what a finding of these says of some words is answered once a person has said what they mean
ANSWERED = frozenset(
    {"deadline_unresolved", "deadline_missed", "target_missed", "units_run_together", "units_unread", "unit_unknown"}
)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Applied:
    """A plan with its corrections; those that found no place in it."""

    plan: Plan
    fitting: tuple[Correction, ...] = ()
    unfit: tuple[Correction, ...] = ()


def corrected(plan: Plan, kept: Iterable[PlanCorrections], book: RuleBook, regions: Regions) -> Applied:
    """The plan with the corrections that concern it. The same again changes nothing.

    Every correction that fits and every one that does not is told by a finding; accepted values only where the rules
    have come to read something else.
    """
    document = plan.rows["documents"][0]
    own = [one for file in kept if file.concerns(document) for one in file.items if one.verdict != "withdraw"]
    if not own and not any(row["code"] in CODES for row in plan.rows["findings"]):
        return Applied(plan)
    sheet = Sheet(plan, _naming(plan, book, regions))
    sheet.rows["findings"] = [row for row in sheet.rows["findings"] if row["code"] not in CODES]
    places = Places(plan.rows)
    fitting: list[Correction] = []
    unfit: list[Correction] = []
    for number, one in enumerate(own, TOLD):
        found = _put(one, sheet, places)
        (fitting if found else unfit).append(one)
        if not found or found.code:
            _tell(one, found, sheet, book, number)
    return Applied(sheet.closed(), tuple(fitting), tuple(unfit))


@dataclass(frozen=True, slots=True)
class _Found:
    # where a correction was put, and by which finding it is told ("": by none)
    code: str
    place: Place | None = None


def _put(one: Correction, sheet: Sheet, places: Places) -> _Found | None:
    if one.table == "tasks":
        return _task(one, sheet, places)
    if one.table == "findings":
        return _finding(one, sheet, places)
    place = places.place(one)
    if place is None:
        return None
    rows = sheet.at(one.table, place) if one.verdict == "add" else sheet.near(one.table, place)
    given = dict(one.given) or {name: value for name, value in one.was.items() if name in one.was}
    if one.verdict == "reject":
        sheet.remove(one.table, rows)
        return _Found("corrected", place)
    if one.verdict == "accept" and rows and not any(sheet.differs(one.table, row, given) for row in rows):
        return _Found("", place)
    if one.table == "task_units":
        _units(one, place, rows, given, sheet)
    elif rows:
        for row in rows:
            sheet.give(one.table, row, given)
    else:
        sheet.add(one.table, place, given, _tasks_of(one, place, sheet))
    if one.verdict != "accept":
        _answer(one.table, place, sheet)
    return _Found("accepted_changed" if one.verdict == "accept" else "corrected", place)


def _units(one: Correction, place: Place, rows: Sequence[Row], given: Mapping[str, Any], sheet: Sheet) -> None:
    block_id, start, end = sheet.blocks[place[0]]["block_id"], *place[1:]
    if not rows:
        # split before, or read otherwise by now: what stands inside the words gives way
        inside = [
            row
            for row in sheet.rows["task_units"]
            if row["block_id"] == block_id and start <= row["char_start"] and row["char_end"] <= end
        ]
        names = ["".join(name.split()) for name in given.get("names", ())]
        if inside and ["".join(r["text"].split()) for r in inside[: len(names)]] == names:
            rows = [r for r in inside if r["role"] != given.get("role", r["role"])]
            sheet.give_units(rows, {"role": given.get("role")})
            return
        sheet.remove("task_units", inside)
        sheet.add("task_units", place, given, _tasks_of(one, place, sheet))
        return
    sheet.give_units(rows, given)


def _tasks_of(one: Correction, place: Place, sheet: Sheet) -> list[Row]:
    tasks = sheet.tasks_at(place[0])
    return tasks if one.task else []


def _task(one: Correction, sheet: Sheet, places: Places) -> _Found | None:
    index = places.task(one)
    if index is None:
        # rejected before: its words are still there
        gone = one.verdict == "reject" and places.holds(one.words)
        return _Found("corrected") if gone else None
    task = places_task(index, sheet)
    if task is None:
        return _Found("corrected")
    block = next((i for i, b in enumerate(sheet.blocks) if b["block_id"] in task["block_ids"][:1]), None)
    place = None if block is None else (block, 0, len(sheet.blocks[block]["text"]))
    if one.verdict == "reject":
        sheet.remove_task(task)
        return _Found("corrected", place)
    if one.verdict == "accept" and not sheet.differs("tasks", task, one.given):
        return _Found("", place)
    sheet.give("tasks", task, one.given)
    task["is_ongoing"] = task["deadline_kind"] == "ongoing"
    return _Found("accepted_changed" if one.verdict == "accept" else "corrected", place)


def places_task(index: int, sheet: Sheet) -> Row | None:
    """The task that stood at a place of the plan before any correction; None when one has taken it out."""
    wanted = sheet.task_ids[index]
    return next((task for task in sheet.rows["tasks"] if task["task_id"] == wanted), None)


def _finding(one: Correction, sheet: Sheet, places: Places) -> _Found | None:
    if one.block:
        place = places.place(one)
        rows = sheet.at("findings", place) if place else []
    else:
        place = None
        rows = [r for r in sheet.rows["findings"] if r["block_id"] is None and one.words in (r["message"], r["text"])]
    if one.block and place is None:
        return None
    if one.verdict == "reject":
        sheet.remove("findings", [row for row in rows if row["code"] == one.code])
    # a finding that a person has seen, or that has gone, needs no other
    return _Found("", place)


def _answer(table: str, place: Place, sheet: Sheet) -> None:
    block_id, start, end = sheet.blocks[place[0]]["block_id"], *place[1:]
    gone = [
        row
        for row in sheet.rows["findings"]
        if row["code"] in ANSWERED
        and row["block_id"] == block_id
        and row["char_start"] < end
        and start < row["char_end"]
    ]
    sheet.remove("findings", gone)


def _tell(one: Correction, found: _Found | None, sheet: Sheet, book: RuleBook, number: int) -> None:
    code = found.code if found else "correction_unfit"
    rule = book.rule(code)
    if rule is None or rule.meaning["severity"] == "off":  # a folder of rules that does not tell it
        return
    place = found.place if found else None
    span: dict[str, Any] = {"block_id": None, "char_start": None, "char_end": None, "text": None}
    if place:
        span = {"block_id": sheet.blocks[place[0]]["block_id"], "char_start": place[1], "char_end": place[2]}
        span["text"] = sheet.words(place)
    same = [row for row in sheet.rows["findings"] if row["code"] == code and row["block_id"] == span["block_id"]]
    if code == "accepted_changed" and any(row["char_start"] == span["char_start"] for row in same):
        return
    said = {
        "what": TABLE[one.table].label,
        "words": one.words[:_SHOWN],
        "verdict": VERDICTS[one.verdict],
        "changes": _changes(one),
    }
    sheet.rows["findings"].append(
        {
            "finding_id": sheet.free_id("findings", number),
            "document_id": sheet.rows["documents"][0]["document_id"],
            "code": code,
            "severity": rule.meaning["severity"],
            "message": rule.meaning["message"].format(**said),
            "place": _place(sheet.blocks[place[0]]) if place else None,
            "suggestion": rule.get("suggestion"),
            **span,
        }
    )


def _place(block: Row) -> str:
    page = f"第{block['page']}页 " if block["page"] else ""
    if block["table_index"] is None:
        return f"{page}第{block['seq'] + 1}块"
    return f"{page}表{block['table_index'] + 1}第{block['row_index'] + 1}行第{block['col_index'] + 1}列"


def _changes(one: Correction) -> str:
    labels = {column.name: column.label for column in TABLE[one.table].columns}
    told = [
        f"{labels.get(name, '单位')} {_value(one.was.get(name))} → {_value(value)}"
        for name, value in one.given.items()
        if value != one.was.get(name) and one.verdict != "accept"
    ]
    note = f"（{one.note[:_SHOWN]}）" if one.note else ""
    return (f"：{'，'.join(told)}" if told else "") + note


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return KINDS.get(str(value), str(value)) if value not in (None, "") else "空"


def _naming(plan: Plan, book: RuleBook, regions: Regions) -> Callable[[str], Row]:
    """A unit as printed → its row, as the plan already names it or as the register does."""
    document = plan.rows["documents"][0]
    known = {"".join(row["text"].split()): row for row in plan.rows["task_units"]}
    rows = {row["unit_id"]: row for row in plan.rows["units"]}
    code = document["region_code"]
    region = None
    if code:
        region = Region(
            code, document["region_name"], document["admin_level"], regions.names.get(code, document["region_name"])
        )

    def name(printed: str) -> Row:
        if (own := known.get(printed)) and own["unit_id"] in rows:
            return {**rows[own["unit_id"]], "is_group": own["is_group"]}
        here = book.at(code)
        found = [one for one in units(printed, here) if one.end - one.start == len(printed)]
        group = bool(found and found[0].is_group)
        one = Printed(printed, group, found[0].prefix if found else "")
        [unit] = register([one], here, region, regions, document["plan_year"]).values()
        return {**unit.row(), "is_group": group}

    return name
