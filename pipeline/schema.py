"""The tables of the contract as Arrow schemas, with their Chinese labels, keys and foreign keys. The only place where a column is named.

Source: docs/contract.md. The order of columns is frozen by SCHEMA_VERSION.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its ASCII name, its type (a key of `arrow_type`), its Chinese label, and the table.column it points to."""

    name: str
    type: str
    label: str
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `sort` orders the rows of a published file; `key` is the primary key."""

    name: str
    label: str
    columns: tuple[Column, ...]
    sort: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _columns(*lines: str) -> tuple[Column, ...]:
    # "name type label [→ table.column]"
    made = []
    for line in lines:
        head, _, refers = line.partition("→")
        name, kind, label = head.split()
        made.append(Column(name, kind, label, refers.strip()))
    return tuple(made)


_DOCUMENT = "document_id string 文件编号 → documents.document_id"
_TASK = "task_id string 任务编号 → tasks.task_id"
_SECTION = "section_id string 章节编号 → sections.section_id"
_STARTS = "starts_on date 开始日期 → calendar.date"
_DUE = "due_on date 截止日期 → calendar.date"
_SPAN = ("block_id string 文字块编号 → blocks.block_id", "char_start int32 起始字符", "char_end int32 结束字符")

TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "文件",
        _columns(
            "document_id string 文件编号",
            "file_name string 文件名",
            "format string 格式",
            "sha256 string 校验值",
            "bytes int64 字节数",
            "title string 标题",
            "doc_number string 发文字号",
            "issuer string 发文机关",
            "region_code string 行政区划代码",
            "region_name string 行政区划",
            "admin_level string 行政级别",
            "plan_year int16 计划年度",
            "issued_on date 成文日期 → calendar.date",
            "publicity string 公开方式",
            "page_count int32 页数",
            "char_count int32 字符数",
            "accounted_ratio float64 已解释比例",
            "unparsed_chars int32 未解释字符数",
            "task_count int32 任务数",
            "finding_count int32 问题数",
            "plan_key string 计划标识",
            "is_current bool 是否现行",
            "parser_version string 程序版本",
            "rules_version string 规则版本",
            "ingested_at timestamp 入库时间",
        ),
        ("document_id",),
        ("document_id",),
    ),
    Table(
        "blocks",
        "文字块",
        _columns(
            "document_id string 文件编号 → documents.document_id",
            "block_id string 文字块编号",
            "seq int32 阅读顺序",
            "part string 部分",
            "kind string 类别",
            "role string 作用",
            "text string 文字",
            "number_label string 自动编号",
            "table_index int32 表序号",
            "row_index int32 行号",
            "col_index int32 列号",
            "row_span int32 跨行数",
            "col_span int32 跨列数",
            "page int32 页码",
            "x0 float64 左",
            "top float64 上",
            "x1 float64 右",
            "bottom float64 下",
            "continued_at strings 续接处",
        ),
        ("document_id", "seq"),
        ("block_id",),
    ),
    Table(
        "sections",
        "章节",
        _columns(
            "section_id string 章节编号",
            _DOCUMENT,
            "parent_section_id string 上级章节编号 → sections.section_id",
            "part string 部分",
            "level int8 层级",
            "label string 序号",
            "ordinal int16 序数",
            "heading string 标题",
            "text string 正文",
            "path string 标题路径",
            "block_id string 文字块编号 → blocks.block_id",
            "seq int32 顺序",
        ),
        ("document_id", "seq"),
        ("section_id",),
    ),
    Table(
        "tasks",
        "任务",
        _columns(
            "task_id string 任务编号",
            _DOCUMENT,
            "seq int32 顺序",
            "label string 序号",
            "origin string 来源",
            _SECTION,
            "section_path string 章节路径",
            "text string 工作任务",
            "lead_units strings 牵头单位",
            "responsible_units strings 责任单位",
            "supporting_units strings 配合单位",
            "lead_text string 牵头单位原文",
            "responsible_text string 责任单位原文",
            "supporting_text string 配合单位原文",
            "deadline_text string 时限原文",
            "deadline_kind string 时限类型",
            _STARTS,
            _DUE,
            "is_ongoing bool 是否持续",
            "recurrence string 重复规则",
            "clause_section_id string 对应正文章节 → sections.section_id",
            "block_ids strings 文字块编号",
            "page int32 页码",
            "extra map 其他列",
        ),
        ("document_id", "seq"),
        ("task_id",),
    ),
    Table(
        "measures",
        "措施",
        _columns(
            "measure_id string 措施编号",
            _TASK,
            _SECTION,
            _DOCUMENT,
            "seq int32 顺序",
            "text string 措施",
            "action string 动作",
            "object string 对象",
            "obligation string 约束程度",
            *_SPAN,
        ),
        ("document_id", "seq"),
        ("measure_id",),
    ),
    Table(
        "task_units",
        "任务单位",
        _columns(
            _TASK,
            _DOCUMENT,
            "seq int32 顺序",
            "role string 角色",
            "text string 单位原文",
            "unit_id string 单位编号 → units.unit_id",
            "is_group bool 是否群体",
            "split_by string 拆分依据",
            *_SPAN,
        ),
        ("document_id", "seq"),
        ("task_id", "seq"),
    ),
    Table(
        "units",
        "单位",
        _columns(
            "unit_id string 单位编号",
            "name string 全称",
            "short_names strings 简称",
            "kind string 类别",
            "level string 级别",
            "region_code string 行政区划代码",
            "parent_unit_id string 上级单位编号 → units.unit_id",
            "members strings 成员",
        ),
        ("unit_id",),
        ("unit_id",),
    ),
    Table(
        "deadlines",
        "时限",
        _columns(
            "deadline_id string 时限编号",
            _DOCUMENT,
            _TASK,
            _SECTION,
            "text string 时限原文",
            "kind string 类型",
            _STARTS,
            _DUE,
            "precision string 精度",
            "duration string 时长",
            "working_days bool 是否工作日",
            "anchor string 起算点",
            "recurrence string 重复规则",
            "phase int8 阶段",
            "year_from string 年份来源",
            "rule_id string 规则",
            *_SPAN,
        ),
        ("document_id", "deadline_id"),
        ("deadline_id",),
    ),
    Table(
        "citations",
        "引用文件",
        _columns(
            "citation_id string 引用编号",
            _DOCUMENT,
            _SECTION,
            _TASK,
            "title string 文件名称",
            "doc_number string 发文字号",
            "issuer_code string 机关代字",
            "year int16 年份",
            "number int32 顺序号",
            "relation string 关系",
            "parent_citation_id string 上级引用编号 → citations.citation_id",
            "cited_document_id string 被引文件编号 → documents.document_id",
            "text string 原文",
            *_SPAN,
        ),
        ("document_id", "citation_id"),
        ("citation_id",),
    ),
    Table(
        "targets",
        "指标",
        _columns(
            "target_id string 指标编号",
            _DOCUMENT,
            _SECTION,
            _TASK,
            "text string 原文",
            "subject string 指标名称",
            "comparator string 比较",
            "value decimal 数值",
            "value_high decimal 数值上限",
            "measure string 计量单位",
            *_SPAN,
        ),
        ("document_id", "target_id"),
        ("target_id",),
    ),
    Table(
        "links",
        "关联",
        _columns(
            "link_id string 关联编号",
            "from_id string 起点编号",
            "to_id string 终点编号",
            "kind string 类型",
            "relation string 关系",
            "score float64 相似度",
        ),
        ("link_id",),
        ("link_id",),
    ),
    Table(
        "findings",
        "问题",
        _columns(
            "finding_id string 问题编号",
            _DOCUMENT,
            "code string 代码",
            "severity string 严重程度",
            "message string 说明",
            "place string 位置",
            "text string 原文",
            "suggestion string 建议",
            *_SPAN,
        ),
        ("document_id", "finding_id"),
        ("finding_id",),
    ),
)

TABLE: dict[str, Table] = {table.name: table for table in TABLES}

# days for time slicers: worked out from the record when it is published, not kept in it
CALENDAR = Table(
    "calendar",
    "日历",
    _columns(
        "date date 日期",
        "year int16 年",
        "half int8 半年",
        "quarter int8 季度",
        "month int8 月",
        "dekad int8 旬",
        "iso_year int16 周所属年",
        "iso_week int8 周",
        "weekday int8 星期",
        "is_workday bool 是否工作日",
        "half_label string 半年名称",
        "quarter_label string 季度名称",
        "month_label string 月份名称",
        "dekad_label string 旬名称",
        "weekday_label string 星期名称",
    ),
    ("date",),
    ("date",),
)

PUBLISHED: tuple[Table, ...] = (*TABLES, CALENDAR)


def arrow_type(kind: str) -> pa.DataType:
    """The Arrow type of a column type of this module."""
    import pyarrow as pa

    return {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "map": pa.map_(pa.string(), pa.string()),
        "bool": pa.bool_(),
        "int8": pa.int8(),
        "int16": pa.int16(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "decimal": pa.decimal128(28, 6),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
    }[kind]


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of one table; Chinese labels in the field metadata, the schema version in its own."""
    import pyarrow as pa

    [table] = [table for table in PUBLISHED if table.name == name]
    fields = [pa.field(c.name, arrow_type(c.type), metadata={"label": c.label}) for c in table.columns]
    return pa.schema(fields, metadata={"label": table.label, "schema_version": str(SCHEMA_VERSION)})
