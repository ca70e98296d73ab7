"""What taizhang remembers in a workbook of what it wrote: a sheet that nobody sees. Digests only, no text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .values import Value, said

SHEET = "_taizhang"
NOTE = "文件原为："  # how a comment of ours begins: what the plan says where a person wrote something else
PIECE = 30_000  # characters of one cell
TYPED = "*"  # in place of a digest: a person wrote something else than we suggested


@dataclass
class Base:
    """rows: id of a line → column key → digest of what was written; sheets: name → digests of its rows.

    columns    key → header, as written; widths: key → half-width characters, of the columns whose width is ours
    plan       the plan's key, the same for all versions of it; unit: whose workbook, "" for the whole plan
    """

    plan: str = ""
    unit: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    sheets: dict[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns)


def written(base: Base) -> Iterator[tuple[str, ...]]:
    """The rows of the sheet."""
    head = {"plan": base.plan, "unit": base.unit, "columns": base.columns, "widths": base.widths}
    yield from _said("workbook", "", head)
    for line_id, digests in base.rows.items():
        yield from _said("row", line_id, digests)
    for name, rows in base.sheets.items():
        yield from _said("sheet", name, sorted(rows))


def read(rows: Iterable[Sequence[Value]]) -> Base:
    """What stands in the sheet; a row that is no longer whole is left out, as if it had not been written."""
    base = Base()
    for row in rows:
        texts = [said(value) for value in row]
        if len(texts) < 3:
            continue
        try:
            told = json.loads("".join(texts[2:]))
        except ValueError:
            continue
        if texts[0] == "workbook" and isinstance(told, Mapping):
            base.plan, base.unit = str(told.get("plan", "")), str(told.get("unit", ""))
            base.columns = {str(k): str(v) for k, v in told.get("columns", {}).items()}
            base.widths = {str(k): float(v) for k, v in told.get("widths", {}).items()}
        elif texts[0] == "row" and isinstance(told, Mapping):
            base.rows[texts[1]] = {str(k): str(v) for k, v in told.items()}
        elif texts[0] == "sheet" and isinstance(told, list):
            base.sheets[texts[1]] = frozenset(map(str, told))
    return base


def _said(kind: str, name: str, told: object) -> Iterator[tuple[str, ...]]:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    yield (kind, name, *(text[i : i + PIECE] for i in range(0, len(text), PIECE)))
