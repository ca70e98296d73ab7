"""The first sheet: what the plan is, how it was read, how far it is, its tasks by unit, kind and month with charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...plan import Plan
from .cells import put
from .dress import Dress, paper
from .lines import shown
from .look import height
from .openbook import FORMULA
from .sheets import month_of
from .terms import Terms
from .units import plain
from .values import Line, Value, said

_CHARTED = 15  # units in the chart; the table has all
_FONT = {"name": "宋体", "size": 9}
_COLOR = "4472C4"


@dataclass
class Overview:
    """The counts of one workbook. statuses: state → (formula, value); blocks: heading → rows of (words, count)."""

    facts: list[tuple[str, Value]]
    statuses: list[tuple[str, str, int]]
    lights: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    months: list[tuple[str, int]]
    units: list[tuple[Value, ...]]
    roles: Sequence[str] = field(default_factory=tuple)


def overview(plan: Plan, lines: Sequence[Line], as_of: date, terms: Terms, status_range: str) -> Overview:
    """Count the lines of a workbook.

    status_range   where the states stand in the task sheet: the counts of states go with what people fill in
    """
    tasks = [line for line in lines if line.kind in ("task", "own")]
    states = Counter("".join(said(line.cell("status").value).split()) for line in tasks)
    statuses = [(s, f'=COUNTIF({status_range},"{s}")', states[s]) for s in terms.statuses]
    named = "+".join(f'COUNTIF({status_range},"{s}")' for s in terms.statuses)
    rest = len(tasks) - sum(count for _, _, count in statuses)
    statuses.append(("未填或其他", f"={len(tasks)}-({named})", rest))
    lit = Counter(light_of(line, as_of, terms) for line in tasks)
    plans = [line for line in tasks if line.kind == "task"]
    kinds = Counter(said(line.cell("kind").value) or "未写时限" for line in plans)
    months = Counter(month_of(line) for line in plans)
    dated = sorted((month, count) for month, count in months.items() if month)
    undated = [("没有固定日期", months[""])] if months[""] else []
    roles, units = _units(plan, {line.id.partition("#")[0] for line in plans}, terms)
    return Overview(
        _facts(plan, len(plans), as_of),
        statuses,
        [(light.label, lit[light.id]) for light in terms.lights],
        kinds.most_common(),
        [*dated, *undated],
        units,
        roles,
    )


def light_of(line: Line, as_of: date, terms: Terms) -> str:
    """The id of the light that a task shows on a day; "" for none. The sheet's own rules say the same."""
    done = terms.done(said(line.cell("status").value))
    due, after = line.cell("due").value, line.cell("next").value
    for light in terms.lights:
        day = after if light.when == "next" else due
        left = (day - as_of).days if isinstance(day, date) and type(day) is date else None
        shines = done if light.when == "done" else False
        if left is not None and not done:
            shines = left < 0 if light.when == "overdue" else light.when != "done" and left <= light.days
        if shines:
            return light.id
    return ""


def _facts(plan: Plan, tasks: int, as_of: date) -> list[tuple[str, Value]]:
    document = plan.rows["documents"][0]
    grades = Counter(row["severity"] for row in plan.rows["findings"])
    found = "，".join(
        f"{word} {grades[g]}" for g, word in (("error", "错误"), ("warning", "警告"), ("info", "提示")) if grades[g]
    )
    pages = f"，{document['page_count']} 页" if document["page_count"] else ""
    return [
        ("文件标题", shown(document["title"]) or shown(document["file_name"])),
        ("发文字号", shown(document["doc_number"])),
        ("发文机关", shown(document["issuer"])),
        ("成文日期", document["issued_on"]),
        ("地区", shown(document["region_name"])),
        ("计划年度", document["plan_year"]),
        ("统计日期", as_of),
        ("任务数", tasks),
        ("读取的文件", f"{shown(document['file_name'])}（{document['format']}{pages}）"),
        ("全文字数", document["char_count"]),
        ("未解释字数", document["unparsed_chars"]),
        ("已解释比例", document["accounted_ratio"]),
        ("读出问题", found or "无"),
        ("程序和规则", f"taizhang {document['parser_version']}，规则 {document['rules_version']}"),
        ("文件校验值", document["sha256"]),
    ]


def _units(plan: Plan, ids: set[str], terms: Terms) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """The roles that occur, and a row for each unit: name, tasks, then those in each role."""
    counts: dict[str, Counter[str]] = {}
    tasks: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for row in plan.rows["task_units"]:
        if row["task_id"] in ids:
            key = row["unit_id"] or plain(row["text"])
            names.setdefault(key, plain(row["text"]))
            tasks.setdefault(key, set()).add(row["task_id"])
            counts.setdefault(key, Counter())[row["role"]] += 1
    roles = [role for role in ("lead", "responsible", "supporting", "guiding") if any(c[role] for c in counts.values())]
    ordered = sorted(counts, key=lambda key: -len(tasks[key]))
    rows: list[tuple[Value, ...]] = [
        (names[key], len(tasks[key]), *(counts[key][role] for role in roles)) for key in ordered
    ]
    return tuple(terms.word(f"role-{role}") for role in roles), rows


def write_overview(sheet: Any, made: Overview, title: str, dress: Dress) -> list[list[Value]]:
    """Write it; gives the values of its rows, by which they are known again. Formulas count by a word of ours."""
    page = _Page(sheet, dress)
    for n, wide in enumerate(_WIDTHS):
        sheet.set_column(n, n, wide, dress.of())
    sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, "", dress.title())
    sheet.write_string(0, 0, title, dress.title())
    sheet.set_row(0, 30)
    page.grid[0, 0] = title
    page.facts(_TOP, made.facts)
    page.table(_TOP, _KINDS, ("时限类型", "任务数"), made.kinds)
    page.table(_TOP, _MONTHS, ("到期月份", "任务数"), made.months)
    page.states(_TOP, _STATES, made)
    units = _TOP + len(made.facts) + 3
    page.table(units, 0, ("单位", "任务数", *made.roles), made.units)
    right = max(len(made.kinds), len(made.months), len(made.statuses) + len(made.lights) + 2)
    _charts(sheet, made, units, _TOP + right + 2, dress)
    last = max(units + len(made.units), _TOP + right + 2 + 33)
    paper(sheet, 0, len(_WIDTHS), last)
    if last <= _ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    return [[page.grid.get((row, n)) for n in range(len(_WIDTHS))] for row in range(last + 1)]


_TOP, _ONE_PAGE = 2, 64  # rows
_WIDTHS = (24, 9, 9, 9, 9, 9, 3, 18, 9, 3, 18, 9, 3, 20, 9)
_FACTS_TO, _KINDS, _MONTHS, _STATES = 5, 7, 10, 13  # columns from 0


class _Page:
    """The sheet being written, and what was written into it."""

    def __init__(self, sheet: Any, dress: Dress) -> None:
        self.sheet, self.dress = sheet, dress
        self.grid: dict[tuple[int, int], Value] = {}

    def facts(self, top: int, rows: Sequence[tuple[str, Value]]) -> None:
        room = sum(_WIDTHS[1 : _FACTS_TO + 1])
        for row, (name, value) in enumerate(rows, top):
            self.value(row, 0, name)
            self.sheet.merge_range(row, 1, row, _FACTS_TO, "", self.dress.cell(align="left"))
            self.value(row, 1, value, "left")
            self.sheet.set_row(row, max(height([(value, room)])[0], 20))

    def table(self, top: int, left: int, heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        for n, head in enumerate(heads):
            self.sheet.write_string(top, left + n, head, self.dress.header())
            self.grid[top, left + n] = head
        for row, values in enumerate(rows, top + 1):
            for n, value in enumerate(values):
                self.value(row, left + n, value, "center" if n else "left")

    def states(self, top: int, left: int, made: Overview) -> None:
        self.table(top, left, ("完成状态", "任务数"), [(name, None) for name, _, _ in made.statuses])
        for row, (_, formula, value) in enumerate(made.statuses, top + 1):
            self.sheet.write_formula(row, left + 1, formula, self.dress.cell(align="center"), value)
            self.grid[row, left + 1] = FORMULA
        self.table(top + len(made.statuses) + 2, left, ("统计日期的亮灯", "任务数"), made.lights)

    def value(self, row: int, column: int, value: Value, align: str = "left") -> None:
        look = {"align": align, **({"num_format": "0.00%"} if isinstance(value, float) else {})}
        put(self.sheet, row, column, value, look, self.dress)
        self.grid[row, column] = value


def _charts(sheet: Any, made: Overview, units: int, at: int, dress: Dress) -> None:
    name = f"'{sheet.get_name()}'"
    for label, column, rows, offset, wide in (
        ("时限类型", _KINDS, made.kinds, 0, 290),
        ("到期月份", _MONTHS, made.months, 300, 360),
    ):
        if rows:
            chart = _chart(dress, "column", f"任务数：{label}", wide, 250)
            _series(chart, name, _TOP + 1, column, len(rows))
            sheet.insert_chart(at, _KINDS, chart, {"x_offset": offset, "object_position": 3})
    if made.units:
        shown_units = min(_CHARTED, len(made.units))
        chart = _chart(dress, "bar", f"任务数：单位（前 {shown_units} 家）", 660, 70 + 20 * shown_units)
        _series(chart, name, units + 1, 0, shown_units)
        axis = {"reverse": True, "num_font": _FONT, "interval_unit": 1, "line": {"color": "#808080"}}
        chart.set_y_axis({**axis, "major_gridlines": {"visible": False}})
        chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        sheet.insert_chart(at + 13, _KINDS, chart, {"object_position": 3})


def _chart(dress: Dress, kind: str, title: str, wide: int, high: int) -> Any:
    chart = dress.book.add_chart({"type": kind})
    chart.set_title({"name": title, "name_font": {"name": "黑体", "size": 11, "bold": False}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_size({"width": wide, "height": high})
    chart.set_x_axis({"num_font": _FONT, "line": {"color": "#808080"}, "major_gridlines": {"visible": False}})
    light = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_y_axis({"num_font": _FONT, "line": {"none": True}, "min": 0, "major_gridlines": light})
    return chart


def _series(chart: Any, name: str, row: int, column: int, count: int) -> None:
    from xlsxwriter.utility import xl_range_abs

    chart.add_series(
        {
            "categories": f"={name}!{xl_range_abs(row, column, row + count - 1, column)}",
            "values": f"={name}!{xl_range_abs(row, column + 1, row + count - 1, column + 1)}",
            "fill": {"color": f"#{_COLOR}"},
            "gap": 60,
            "data_labels": {"value": True, "font": _FONT},
        }
    )
