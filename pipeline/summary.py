"""What a terminal shows of one plan: a few lines, Chinese, for the one who ran the command."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from .errors import one_line
from .plan import Plan

KINDS = {
    "due": "限期",
    "window": "时段",
    "within": "时长内",
    "recurring": "定期",
    "ongoing": "持续",
    "event": "事件",
    "immediate": "立即",
    "indefinite": "不定期",
    "none": "未填",
    "unresolved": "未解释",
    "ignored": "不是时限",  # what a rule may say; no row has it
}
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}


def summary(plan: Plan, outputs: Path) -> str:
    """Title, year, tasks, units, deadlines by kind, findings, where the files are."""
    document, rows = plan.rows["documents"][0], plan.rows
    units = Counter(row["role"] for row in rows["task_units"])
    kinds = Counter(row["kind"] for row in rows["deadlines"])
    grades = Counter(row["severity"] for row in rows["findings"])
    lines = [
        f"{document['title'] or document['file_name']}",
        f"  文件    {document['file_name']}（{document['format']}，{document['document_id']}）",
        f"  年度    {document['plan_year'] or '未注明'}  地区 {document['region_name'] or '未注明'}",
        f"  章节    {len(rows['sections'])}  任务 {len(rows['tasks'])}  引用文件 {len(rows['citations'])}"
        f"  指标 {len(rows['targets'])}  措施 {len(rows['measures'])}",
        f"  单位    {len(rows['units'])} 家："
        f"牵头 {units['lead']} 次，责任 {units['responsible']} 次，配合 {units['supporting']} 次",
        f"  时限    {'，'.join(f'{KINDS[k]} {n}' for k, n in sorted(kinds.items())) or '无'}",
        f"  字数    {document['char_count']}，未解释 {document['unparsed_chars']}"
        f"（已解释 {document['accounted_ratio']:.2%}）",
        f"  问题    {'，'.join(f'{SEVERITIES[g]} {grades[g]}' for g in SEVERITIES if grades[g]) or '无'}",
        f"  输出    {outputs}/parquet  {outputs}/csv  {outputs}/taizhang.duckdb",
    ]
    return "\n".join(map(one_line, lines))
