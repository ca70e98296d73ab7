"""The workbooks that people keep: ledger."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CallWrong, RecordUnavailable, Unreadable, one_line
from .common import FAILED, GOOD, Commands, folder_of_outputs

if TYPE_CHECKING:
    from ..deliver.ledger.former import Former
    from ..deliver.ledger.terms import Terms
    from ..deliver.ledger.units import Unit
    from ..plan import Plan


def add(commands: Commands) -> None:
    """Put the commands of this group into the parser."""
    made = commands.add("ledger", "台账 workbooks: each plan as its annex prints it, to be filled in and kept", _ledger)
    made.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="plans; default: the current ones of the record"
    )
    folder_of_outputs(made)
    made.add_argument(
        "--unit", action="append", default=[], metavar="NAME", help="a workbook of this unit's tasks alone"
    )
    made.add_argument("--units", action="store_true", help="a workbook for every unit, beside that of the plan")
    made.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day from which lights and next reports count; default: today"
    )
    made.add_argument(
        "--from",
        dest="filled",
        action="append",
        default=[],
        type=Path,
        metavar="WORKBOOK",
        help="take over what people typed into this workbook, too",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2022-10-31") from None


def _ledger(args: argparse.Namespace) -> int:
    from ..deliver.ledger.former import read_former
    from ..deliver.ledger.ledger import plan_name
    from ..deliver.ledger.terms import terms
    from ..reader import knowledge

    words = terms(knowledge(args.rules)[0])
    as_of = args.as_of or date.today()
    filled = [read_former(path, words) for path in args.filled]
    plans, failed = _plans(args)
    _known(plans, args.unit)
    of_plan = _concerned(filled, plans)
    for former in filled:
        if not any(former in formers for formers in of_plan.values()):
            print(one_line(f"{former.name}：里面的任务和哪一份计划都对不上，没有用到"), file=sys.stderr)
            failed = True
    empty = True
    for plan in plans:
        empty = False
        for unit in _units(plan, args.unit, args.units):
            failed |= not _written(plan, args.outputs, words, as_of, unit, of_plan.get(plan_name(plan), []))
    if empty and not args.files:
        print(one_line(f"{args.outputs} 的记录里还没有计划 → 先运行 taizhang parse"), file=sys.stderr)
    return FAILED if failed or empty else GOOD


def _written(plan: Plan, outputs: Path, words: Terms, as_of: date, unit: Unit | None, others: list[Former]) -> bool:
    from ..deliver.ledger.ledger import ledger, path_of

    if not plan.rows["tasks"] and not path_of(plan, outputs, unit).exists():
        name = plan.rows["documents"][0]["file_name"]
        print(one_line(f"{name}：没有读出任务，不写台账 → 用 taizhang check 看读取情况"), file=sys.stderr)
        return True
    try:
        print(ledger(plan, outputs, words, as_of, unit, others))
    except (Unreadable, RecordUnavailable) as error:
        print(error, file=sys.stderr)
        return False
    return True


class _Recorded:
    """The current plans of a record, one in memory at a time; may be gone through again."""

    def __init__(self, outputs: Path) -> None:
        self.outputs = outputs

    def __iter__(self) -> Iterator[Plan]:
        from ..store import Record

        with Record(self.outputs, read_only=True) as record:
            current = [row["document_id"] for row in record.documents() if row["is_current"]]
        for document_id in current:
            # nobody else is kept from the record while a workbook is written
            with Record(self.outputs, read_only=True) as record:
                plan = record.plan(document_id)
            yield plan


def _plans(args: argparse.Namespace) -> tuple[Iterable[Plan], bool]:
    """The plans to write, one a ledger; whether some file could not be read."""
    from ..corrections.files import amending
    from ..deliver.ledger.ledger import plan_name
    from ..run import read_files

    if not args.files:
        return _Recorded(args.outputs), False
    failed = False
    chosen: dict[str, Plan] = {}
    amend = amending(args.outputs, args.rules)
    for outcome in read_files(args.files, args.rules):
        if isinstance(outcome, Unreadable):
            print(outcome, file=sys.stderr)
            failed = True
            continue
        outcome = amend(outcome)
        name = plan_name(outcome)
        left = chosen.get(name)
        # of two versions of one plan the one issued last, else the one named last
        if left is None or _issued(outcome) >= _issued(left):
            chosen[name] = outcome
        else:
            left = outcome
        if left is not None:
            kept, other = chosen[name].rows["documents"][0]["file_name"], left.rows["documents"][0]["file_name"]
            print(one_line(f"{other} 与 {kept} 是同一份计划，台账按 {kept} 写"), file=sys.stderr)
    return list(chosen.values()), failed


def _concerned(filled: list[Former], plans: Iterable[Plan]) -> dict[str, list[Former]]:
    """Name of a plan → the workbooks given by --from that are of it."""
    from ..deliver.ledger.ledger import concerns, plan_name

    if not filled:
        return {}
    names = {plan_name(plan) for plan in plans}
    return {plan_name(plan): [former for former in filled if concerns(former, plan, names)] for plan in plans}


def _issued(plan: Plan) -> date:
    return plan.rows["documents"][0]["issued_on"] or date.min


def _known(plans: Iterable[Plan], names: list[str]) -> None:
    """Raises CallWrong for the name of a unit that no plan names."""
    from ..deliver.ledger.units import find, units

    if not names:
        return
    every = [unit for plan in plans for unit in units(plan)]
    for name in names:
        if not find(every, name):
            from difflib import get_close_matches

            have = list(dict.fromkeys(unit.name for unit in every))
            near = get_close_matches(name, have, 3, 0.3) or have[:5]
            raise CallWrong(one_line(f"没有一份计划提到“{name}”；计划里有：{'、'.join(near)}"))


def _units(plan: Plan, names: list[str], every: bool) -> list[Unit | None]:
    """Whose workbooks of a plan are to be written; None is the whole plan's."""
    from ..deliver.ledger.units import find, units

    if every:
        return [None, *units(plan)]
    if not names:
        return [None]
    known = units(plan)
    return list(dict.fromkeys(unit for name in names for unit in find(known, name)))
