"""outputs/corrections/: one file a plan, apart from the record, so that it can be copied, read and versioned by itself."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RecordUnavailable, one_line

if TYPE_CHECKING:
    from ..plan import Plan
    from .apply import Applied
    from .values import PlanCorrections

FOLDER = "corrections"
BYTES = 64 * 1024 * 1024  # of one file; a plan of thousands of tasks, every value corrected, has less
_UNSAFE = re.compile(r"[^\w-]+")


def read_file(path: Path, remedy: str = "用核对页的“存为文件”重新存一次") -> PlanCorrections:
    """The corrections of a file; raises RecordUnavailable, one line with the remedy, for a file that holds none."""
    from .values import read

    try:
        if path.stat().st_size > BYTES:
            raise ValueError("文件太大")
        return read(json.loads(path.read_text("utf-8-sig")))
    except OSError as error:
        why, remedy = f"打不开（{error.strerror or error}）", "检查路径和读权限"
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        why = "不是 JSON 文件"
    except ValueError as error:
        why = str(error)
    raise RecordUnavailable(one_line(f"{path}: {why} → {remedy}"))


def kept(outputs: Path) -> tuple[PlanCorrections, ...]:
    """All corrections of an output folder, by file name; raises RecordUnavailable for a file that was spoiled."""
    folder = outputs / FOLDER
    if not folder.is_dir():
        return ()
    return tuple(read_file(path, "改好它，或把它移走") for path in sorted(folder.glob("*.json")))


def keep(outputs: Path, files: Iterable[PlanCorrections]) -> tuple[PlanCorrections, ...]:
    """Put corrections to those kept: a later one takes the place of one about the same value, a withdrawn one goes.

    returns  the plans' corrections as they are now kept; raises RecordUnavailable
    """
    from ..deliver.whole import write_whole

    made: dict[Path, PlanCorrections] = {}
    for file in files:
        path = outputs / FOLDER / _name(file)
        before = made.get(path) or (read_file(path) if path.exists() else replace(file, items=()))
        items = {one.key: one for one in (*before.items, *file.items)}
        made[path] = replace(file, items=tuple(one for one in items.values() if one.verdict != "withdraw"))
    for path, file in made.items():
        text = json.dumps(file.data(), ensure_ascii=False, indent=1) + "\n"
        write_whole(path, text.encode("utf-8", "replace"))
    return tuple(made.values())


def amending(outputs: Path, rules: Path | None = None) -> Callable[[Plan], Plan]:
    """What puts the corrections kept in a folder over each plan; costs nothing where there are none."""
    files = kept(outputs)
    return (lambda plan: amended(plan, files, rules).plan) if files else (lambda plan: plan)


def amended(plan: Plan, files: Sequence[PlanCorrections], rules: Path | None) -> Applied:
    """A plan with the corrections that concern it, by the rule book of a folder."""
    from ..reader import knowledge
    from .apply import corrected

    return corrected(plan, files, *knowledge(rules))


def _name(file: PlanCorrections) -> str:
    identity = file.plan_key or file.document_id
    words = _UNSAFE.sub("_", identity).strip("_-").encode()[:120].decode("utf-8", "ignore")
    return f"{words}-{hashlib.sha256(identity.encode()).hexdigest()[:8]}.json"
