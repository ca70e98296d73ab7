"""The dashboard 工作计划台账 for Apache Superset, as a file that its Import takes: `python docs/superset/make.py`.

Two datasets over the tables that `taizhang load` puts into PostgreSQL, five charts, three filters. Written for Superset 6;
the same definitions give the same bytes. tests/deliver/test_superset.py imports it into a running Superset (PROOFS=1).
"""

from __future__ import annotations

import sys
import uuid
import zipfile
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))  # as a script, too, the checkout's own package

from pipeline.summary import KINDS

OUT = Path(__file__).with_name("taizhang.zip")
ADDRESS = "postgresql+psycopg2://reader:XXXXXXXXXX@localhost:5432/plans"  # changed after the import
SCHEMA = "taizhang"
DATABASE, DASHBOARD = "台账", "工作计划台账"

_KIND = f"CASE t.deadline_kind {' '.join(f'WHEN {k!r} THEN {v!r}' for k, v in KINDS.items())} ELSE '无时限' END"
TASKS = f"""
SELECT t.task_id, d.document_id, d.title, d.region_name, d.plan_year, t.label, t.text, t.deadline_text,
       {_KIND} AS deadline_kind, t.due_on, t.is_ongoing, c.quarter_label, c.month_label,
       array_to_string(t.lead_units, '、') AS lead_units, array_to_string(t.responsible_units, '、') AS responsible_units
FROM taizhang.tasks t
JOIN taizhang.documents d ON d.document_id = t.document_id AND d.is_current
LEFT JOIN taizhang.calendar c ON c.date = t.due_on
""".strip()
TASK_UNITS = f"""
SELECT tu.task_id, tu.role, coalesce(u.name, tu.text) AS unit, u.kind AS unit_kind, d.region_name, d.plan_year, d.title,
       t.due_on, t.is_ongoing, {_KIND} AS deadline_kind
FROM taizhang.task_units tu
JOIN taizhang.tasks t ON t.task_id = tu.task_id
JOIN taizhang.documents d ON d.document_id = tu.document_id AND d.is_current
LEFT JOIN taizhang.units u ON u.unit_id = tu.unit_id
""".strip()

# name → (SQL, its columns with type and label)
DATASETS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "taizhang_tasks": (
        TASKS,
        {
            "task_id": ("TEXT", "任务编号"),
            "document_id": ("TEXT", "文件编号"),
            "title": ("TEXT", "计划"),
            "region_name": ("TEXT", "行政区划"),
            "plan_year": ("SMALLINT", "计划年度"),
            "label": ("TEXT", "序号"),
            "text": ("TEXT", "工作任务"),
            "deadline_text": ("TEXT", "时限原文"),
            "deadline_kind": ("TEXT", "时限类型"),
            "due_on": ("DATE", "截止日期"),
            "is_ongoing": ("BOOLEAN", "是否持续"),
            "quarter_label": ("TEXT", "到期季度"),
            "month_label": ("TEXT", "到期月份"),
            "lead_units": ("TEXT", "牵头单位"),
            "responsible_units": ("TEXT", "责任单位"),
        },
    ),
    "taizhang_task_units": (
        TASK_UNITS,
        {
            "task_id": ("TEXT", "任务编号"),
            "role": ("TEXT", "角色"),
            "unit": ("TEXT", "单位"),
            "unit_kind": ("TEXT", "单位类别"),
            "region_name": ("TEXT", "行政区划"),
            "plan_year": ("SMALLINT", "计划年度"),
            "title": ("TEXT", "计划"),
            "due_on": ("DATE", "截止日期"),
            "is_ongoing": ("BOOLEAN", "是否持续"),
            "deadline_kind": ("TEXT", "时限类型"),
        },
    ),
}
# both count tasks, never rows
METRIC = {"metric_name": "tasks", "verbose_name": "任务数", "expression": "COUNT(DISTINCT task_id)"}


def only(column: str, operator: str, value: Any) -> dict[str, Any]:
    made = {"expressionType": "SIMPLE", "clause": "WHERE", "subject": column, "operator": operator, "comparator": value}
    return made | {"filterOptionName": f"filter_{column}"}


# name → (dataset, kind of chart, its settings, width of 12)
CHARTS: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "任务总数": ("taizhang_tasks", "big_number_total", {"metric": "tasks", "subheader": "现行计划中的任务"}, 3),
    "时限类型": (
        "taizhang_tasks",
        "pie",
        {"groupby": ["deadline_kind"], "metric": "tasks", "donut": True, "label_type": "key_value"},
        3,
    ),
    "各月到期": (
        "taizhang_tasks",
        "echarts_timeseries_bar",
        {
            "x_axis": "due_on",
            "time_grain_sqla": "P1M",
            "metrics": ["tasks"],
            "groupby": [],
            "adhoc_filters": [only("due_on", "IS NOT NULL", None)],
            "x_axis_time_format": "%Y-%m",
            "row_limit": 1000,
        },
        6,
    ),
    "牵头最多的单位": (
        "taizhang_task_units",
        "table",
        {
            "query_mode": "aggregate",
            "groupby": ["unit"],
            "metrics": ["tasks"],
            "adhoc_filters": [only("role", "==", "lead")],
            "row_limit": 20,
            "order_desc": True,
        },
        5,
    ),
    "到期清单": (
        "taizhang_tasks",
        "table",
        {
            "query_mode": "raw",
            "all_columns": ["due_on", "label", "text", "lead_units", "responsible_units", "region_name", "title"],
            "adhoc_filters": [only("due_on", "IS NOT NULL", None)],
            "order_by_cols": ['["due_on", true]'],
            "table_timestamp_format": "%Y-%m-%d",
            "row_limit": 1000,
        },
        7,
    ),
}
# label of the filter → the column of each dataset
FILTERS = {"计划年度": "plan_year", "行政区划": "region_name", "单位": "unit"}
ROWS = (("任务总数", "时限类型", "各月到期"), ("牵头最多的单位", "到期清单"))


def identity(*names: str) -> str:
    """A UUID that the same names always give, so that an import again replaces and does not double."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("taizhang", *names))))


def files() -> dict[str, dict[str, Any]]:
    """Path in the archive → content, in the form of Superset's own export, version 1.0.0."""
    made: dict[str, dict[str, Any]] = {
        "metadata.yaml": {"version": "1.0.0", "type": "Dashboard", "timestamp": "2026-01-01T00:00:00+00:00"},
        "databases/taizhang.yaml": {
            "database_name": DATABASE,
            "sqlalchemy_uri": ADDRESS,
            "cache_timeout": None,
            "expose_in_sqllab": True,
            "allow_run_async": False,
            "allow_ctas": False,
            "allow_cvas": False,
            "allow_dml": False,
            "allow_file_upload": False,
            "extra": {},
            "impersonate_user": False,
            "uuid": identity("database"),
            "version": "1.0.0",
        },
        "dashboards/taizhang.yaml": _dashboard(),
    }
    for name, (sql, columns) in DATASETS.items():
        made[f"datasets/taizhang/{name}.yaml"] = {
            "table_name": name,
            "main_dttm_col": "due_on",
            "schema": SCHEMA,
            "sql": sql,
            "filter_select_enabled": True,
            "uuid": identity("dataset", name),
            "metrics": [METRIC],
            "columns": [
                {"column_name": c, "verbose_name": label, "type": kind, "is_dttm": kind == "DATE", "is_active": True}
                | {"groupby": True, "filterable": True}
                for c, (kind, label) in columns.items()
            ],
            "version": "1.0.0",
            "database_uuid": identity("database"),
        }
    for number, (name, (dataset, kind, settings, _)) in enumerate(CHARTS.items(), 1):
        made[f"charts/{number}.yaml"] = {
            "slice_name": name,
            "viz_type": kind,
            "params": {"viz_type": kind, **settings},
            "uuid": identity("chart", name),
            "version": "1.0.0",
            "dataset_uuid": identity("dataset", dataset),
        }
    return made


def _dashboard() -> dict[str, Any]:
    place: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": DASHBOARD}},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": [], "parents": ["ROOT_ID"]},
    }
    numbers = {name: number for number, name in enumerate(CHARTS, 1)}
    for at, names in enumerate(ROWS, 1):
        row = f"ROW-{at}"
        place["GRID_ID"]["children"].append(row)
        place[row] = {"type": "ROW", "id": row, "children": [], "parents": ["ROOT_ID", "GRID_ID"]}
        place[row]["meta"] = {"background": "BACKGROUND_TRANSPARENT"}
        for name in names:
            chart = f"CHART-{numbers[name]}"
            place[row]["children"].append(chart)
            place[chart] = {"type": "CHART", "id": chart, "children": [], "parents": ["ROOT_ID", "GRID_ID", row]}
            place[chart]["meta"] = {"chartId": numbers[name], "uuid": identity("chart", name), "sliceName": name}
            place[chart]["meta"] |= {"width": CHARTS[name][3], "height": 30 if at == 1 else 70}
    return {
        "dashboard_title": DASHBOARD,
        "slug": "taizhang",
        "published": True,
        "uuid": identity("dashboard"),
        "position": place,
        "metadata": {"native_filter_configuration": [_filter(label, column) for label, column in FILTERS.items()]},
        "version": "1.0.0",
    }


def _filter(label: str, column: str) -> dict[str, Any]:
    holders = [name for name, (_, columns) in DATASETS.items() if column in columns]
    return {
        "id": f"NATIVE_FILTER-{column}",
        "name": label,
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "targets": [{"column": {"name": column}, "datasetUuid": identity("dataset", holders[0])}],
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False, "searchAllOptions": True},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "description": "",
    }


def write(path: Path) -> None:
    """Write the archive; the same definitions give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files().items():
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
            archive.writestr(zipfile.ZipInfo(f"taizhang/{name}", (2026, 1, 1, 0, 0, 0)), text.encode())


if __name__ == "__main__":
    write(OUT)
    sys.stdout.write(f"{OUT.name}\n")
