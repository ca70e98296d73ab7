"""The workbooks that people keep: ledger."""

from __future__ import annotations

import argparse
import sys
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
    from ..deliver.ledger.ledger import concerns, plan_name
    from ..deliver.ledger.terms import terms
    from ..reader import knowledge

    words = terms(knowledge(args.rules)[0])
    as_of = args.as_of or date.today()
    failed = False
    filled: list[Former] = []
    for path in args.filled:
        filled.append(read_former(path, words))
    plans, failed = _plans(args)
    wanted = _wanted(plans, args.unit, args.units)
    names = {plan_name(plan) for plan in plans}
    for former in filled:
        if not any(concerns(former, plan, names) for plan in plans):
            print(f"{one_line(former.name)}：里面的任务和哪一份计划都对不上，没有用到", file=sys.stderr)
            failed = True
    for plan, units in wanted:
        others = [former for former in filled if concerns(former, plan, names)]
        for unit in units:
            failed |= not _written(plan, args.outputs, words, as_of, unit, others)
    return FAILED if failed or not plans else GOOD


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


def _plans(args: argparse.Namespace) -> tuple[list[Plan], bool]:
    """The plans to write, one a ledger; whether some file could not be read."""
    from ..deliver.ledger.ledger import plan_name
    from ..run import read_files, recorded

    if not args.files:
        return [plan for plan in recorded(args.outputs) if plan.rows["documents"][0]["is_current"]], False
    failed = False
    chosen: dict[str, Plan] = {}
    for outcome in read_files(args.files, args.rules):
        if isinstance(outcome, Unreadable):
            print(outcome, file=sys.stderr)
            failed = True
            continue
        name = plan_name(outcome)
        before = chosen.get(name)
        # of two versions of one plan the one issued last, else the one named last
        if before is None or _issued(outcome) >= _issued(before):
            before, chosen[name] = chosen.get(name), outcome
            left = before
        else:
            left = outcome
        if left is not None:
            kept, other = chosen[name].rows["documents"][0]["file_name"], left.rows["documents"][0]["file_name"]
            print(one_line(f"{other} 与 {kept} 是同一份计划，台账按 {kept} 写"), file=sys.stderr)
    return list(chosen.values()), failed


def _issued(plan: Plan) -> date:
    return plan.rows["documents"][0]["issued_on"] or date.min


def _wanted(plans: list[Plan], names: list[str], every: bool) -> list[tuple[Plan, list[Unit | None]]]:
    """For each plan whose workbooks are to be written; None is the whole plan's. Raises CallWrong for an unknown unit."""
    from ..deliver.ledger.units import find, units

    if not names and not every:
        return [(plan, [None]) for plan in plans]
    known = [(plan, units(plan)) for plan in plans]
    for name in names:
        if not any(find(all_units, name) for _, all_units in known):
            from difflib import get_close_matches

            have = list(dict.fromkeys(unit.name for _, all_units in known for unit in all_units))
            near = get_close_matches(name, have, 3, 0.3) or have[:5]
            raise CallWrong(one_line(f"没有一份计划提到“{name}”；计划里有：{'、'.join(near)}"))
    out: list[tuple[Plan, list[Unit | None]]] = []
    for plan, all_units in known:
        chosen = [unit for name in names for unit in find(all_units, name)]
        if every:
            chosen = [*all_units]
        out.append((plan, [*([None] if every else []), *dict.fromkeys(chosen)]))
    return out
