"""The first sheet: what the plan is, how it was read, how far it is, its tasks by unit, kind and month with charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...plan import Plan
from .dress import Dress, paper
from .lines import shown
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
    found = "，".join(f"{word} {grades[g]}" for g, word in (("error", "错误"), ("warning", "警告"), ("info", "提示")) if grades[g])
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
    rows = [(names[key], len(tasks[key]), *(counts[key][role] for role in roles)) for key in ordered]
    return tuple(terms.word(f"role-{role}") for role in roles), rows


def write_overview(sheet: Any, made: Overview, title: str, dress: Dress) -> list[list[Value]]:
    """Write it; gives the values of its rows, by which they are known again. Formulas count by a word of ours."""
    grid: dict[tuple[int, int], Value] = {(0, 0): title}
    for n, wide in enumerate((14, 44, 3, 20, 9, 3, 16, 9, 3, 18, 9)):
        sheet.set_column(n, n, wide, dress.of())
    sheet.merge_range(0, 0, 0, 10, "", dress.title())
    sheet.write_string(0, 0, title, dress.title())
    sheet.set_row(0, 30)
    top = 2
    tables: Mapping[int, tuple[str, Sequence[tuple[str, Value]]]] = {
        3: ("时限类型", made.kinds),
        6: ("到期月份", made.months),
    }
    _table(sheet, grid, top, 0, ("项目", "内容"), made.facts, dress)
    for column, (name, rows) in tables.items():
        _table(sheet, grid, top, column, (name, "任务数"), rows, dress)
    _states(sheet, grid, top, 9, made, dress)
    longest = max(len(made.facts), len(made.kinds), len(made.months), len(made.statuses) + len(made.lights) + 2)
    at = top + longest + 2
    _charts(sheet, made, top, at, dress)
    units = at + 18
    heads = ("单位", "任务数", *made.roles)
    cols = (0, 1, 3, 4, 6, 7)
    for n, head in zip(cols, heads, strict=False):
        sheet.write_string(units, n, head, dress.header())
        grid[units, n] = head
    for row, values in enumerate(made.units, units + 1):
        for n, value in zip(cols, values, strict=False):
            _value(sheet, row, n, value, dress)
            grid[row, n] = value
    paper(sheet, units, 11, units + len(made.units))
    return [[grid.get((r, c)) for c in range(11)] for r in range(units + len(made.units) + 1)]


def _table(
    sheet: Any, grid: dict[tuple[int, int], Value], top: int, left: int, heads: tuple[str, str],
    rows: Sequence[tuple[str, Value]], dress: Dress,
) -> None:
    for n, head in enumerate(heads):
        sheet.write_string(top, left + n, head, dress.header())
        grid[top, left + n] = head
    for row, pair in enumerate(rows, top + 1):
        for n, value in enumerate(pair):
            _value(sheet, row, left + n, value, dress)
            grid[row, left + n] = value


def _states(
    sheet: Any, grid: dict[tuple[int, int], Value], top: int, left: int, made: Overview, dress: Dress
) -> None:
    _table(sheet, grid, top, left, ("完成状态", "任务数"), [(name, None) for name, _, _ in made.statuses], dress)
    for row, (_, formula, value) in enumerate(made.statuses, top + 1):
        sheet.write_formula(row, left + 1, formula, dress.cell(align="center"), value)
        grid[row, left + 1] = FORMULA
    below = top + len(made.statuses) + 2
    _table(sheet, grid, below, left, ("统计日期的亮灯", "任务数"), made.lights, dress)


def _value(sheet: Any, row: int, column: int, value: Value, dress: Dress) -> None:
    from .cells import put

    look: dict[str, Any] = {} if isinstance(value, str) else {"align": "center" if column > 1 else "left"}
    if isinstance(value, float):
        look["num_format"] = "0.00%"
    if isinstance(value, date):
        look |= {"align": "left"}
    put(sheet, row, column, value, look, dress)


def _charts(sheet: Any, made: Overview, top: int, at: int, dress: Dress) -> None:
    name = f"'{sheet.get_name()}'"
    sized = (("时限类型", 3, made.kinds, "column", (0, 330)), ("到期月份", 6, made.months, "column", (1, 330)))
    spots = {0: (at, 0, 0), 1: (at, 1, 250), 2: (at, 6, 30)}
    for label, column, rows, kind, (spot, wide) in sized:
        if rows:
            chart = _chart(dress, kind, f"任务数：{label}", wide)
            _series(chart, name, top + 1, column, len(rows))
            row, col, off = spots[spot]
            sheet.insert_chart(row, col, chart, {"x_offset": off, "object_position": 2})
    if made.units:
        chart = _chart(dress, "bar", f"任务数：单位（前 {min(_CHARTED, len(made.units))} 家）", 400)
        _series(chart, name, at + 19, 0, min(_CHARTED, len(made.units)))
        chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": "#808080"}})
        row, col, off = spots[2]
        sheet.insert_chart(row, col, chart, {"x_offset": off, "object_position": 2})


def _chart(dress: Dress, kind: str, title: str, wide: int) -> Any:
    chart = dress.book.add_chart({"type": kind})
    chart.set_title({"name": title, "name_font": {"name": "黑体", "size": 11, "bold": False}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_size({"width": wide, "height": 340})
    chart.set_x_axis({"num_font": _FONT, "line": {"color": "#808080"}, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"num_font": _FONT, "line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
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
