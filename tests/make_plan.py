"""A small plan made by hand: every column of every table filled with a plausible value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from pipeline.plan import Plan
from pipeline.schema import TABLE


def make_plan(
    name: str = "一号",
    *,
    year: int | None = 2022,
    tasks: int = 3,
    issued_on: date | None = date(2022, 3, 1),
    ingested_at: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    title: str = "某某区2022年政府工作主要目标任务",
    doc_number: str = "某府办发〔2022〕3号",
    cites: str = "关于加快某事的意见",
    plan_key: str = "510108-2022-主要目标任务",
    short_name: str = "区发改局",
) -> Plan:
    """A plan with `tasks` tasks and about 14 rows a task; another `name` is another file, so another document_id."""
    digest = sha256(name.encode()).hexdigest()
    d = digest[:16]
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLE}

    def block(seq: int, text: str, role: str, **cell: int) -> str:
        place = {"table_index": None, "row_index": None, "col_index": None, "row_span": None, "col_span": None} | cell
        rows["blocks"].append(
            {"document_id": d, "block_id": f"{d}-b{seq:05}", "seq": seq, "part": "body", "role": role, "text": text}
            | {"kind": "cell" if cell else "paragraph", "number_label": "一、" if role == "heading" else ""}
            | {"page": 1, "x0": 72.0, "top": 100.0 + seq, "x1": 500.25, "bottom": 112.0 + seq, "continued_at": []}
            | place
        )
        return f"{d}-b{seq:05}"

    def span(block_id: str, text: str, words: str) -> dict[str, Any]:
        start = text.index(words)
        return {"text": words, "block_id": block_id, "char_start": start, "char_end": start + len(words)}

    heading = "稳增长"
    head = block(0, heading, "heading")
    for number, parent in ((0, None), (1, f"{d}-s000")):
        rows["sections"].append(
            {"section_id": f"{d}-s{number:03}", "document_id": d, "parent_section_id": parent, "part": "body"}
            | {"level": number + 1, "label": "一、", "ordinal": 1, "heading": heading, "text": heading}
            | {"path": heading, "block_id": head, "seq": number}
        )
    section = f"{d}-s001"
    seq = 1
    for n in range(tasks):
        text = f"落实《{cites}》，完成投资{n + 1}.5亿元，6月30日前开工。"
        task = f"{d}-t{n:04}"
        place = {"table_index": 0, "row_index": n, "row_span": 1, "col_span": 1}
        first = block(seq, str(n + 1), "task_cell", col_index=0, **place)
        words = block(seq + 1, text, "task_cell", col_index=1, **place)
        who_text = "区发展改革局、区住建局"
        who = block(seq + 2, who_text, "task_cell", col_index=2, **place)
        due = block(seq + 3, "2022年底前，\n并长期坚持", "task_cell", col_index=3, **place)
        seq += 4
        rows["tasks"].append(
            {"task_id": task, "document_id": d, "seq": n, "label": str(n + 1), "origin": "table", "section_id": section}
            | {"section_path": heading, "text": text, "lead_units": ["区发展改革局"], "responsible_units": ["区住建局"]}
            | {"lead_text": "区发展改革局", "responsible_text": "区住建局", "supporting_text": ""}
            | {
                "supporting_units": [],
                "deadline_text": "2022年底前",
                "deadline_kind": "due",
                "starts_on": date(2022, 1, 1),
            }
            | {"due_on": date(2022, 12, 31), "is_ongoing": False, "recurrence": None, "clause_section_id": section}
            | {"block_ids": [first, words, who, due], "page": 1, "extra": {"备注": "=1+1", "项目": "甲"}}
        )
        rows["measures"].append(
            {"measure_id": f"{task}-m0", "task_id": task, "section_id": section, "document_id": d, "seq": n}
            | {"action": "完成", "object": "投资", "obligation": "must"}
            | span(words, text, f"完成投资{n + 1}.5亿元")
        )
        for place_in, unit in enumerate(("区发展改革局", "区住建局")):
            rows["task_units"].append(
                {"task_id": task, "document_id": d, "seq": place_in, "role": ("lead", "responsible")[place_in]}
                | {"unit_id": ("u-fgj", "u-zjj")[place_in], "is_group": False, "split_by": "separator"}
                | span(who, who_text, unit)
            )
        rows["deadlines"].append(
            {"deadline_id": f"{task}-d0", "document_id": d, "task_id": task, "section_id": None, "kind": "due"}
            | {"starts_on": None, "due_on": date(2022, 6, 30), "precision": "day", "duration": "", "working_days": None}
            | {"anchor": "", "recurrence": "", "phase": 1, "year_from": "plan", "rule_id": "by-day"}
            | span(words, text, "6月30日前")
        )
        rows["citations"].append(
            {"citation_id": f"{task}-c0", "document_id": d, "section_id": None, "task_id": task, "title": cites}
            | {"doc_number": None, "issuer_code": None, "year": None, "number": None, "relation": "implements"}
            | {"parent_citation_id": None, "cited_document_id": None}
            | span(words, text, f"《{cites}》")
        )
        rows["targets"].append(
            {"target_id": f"{task}-g0", "document_id": d, "section_id": None, "task_id": task, "subject": "投资"}
            | {"comparator": "eq", "value": Decimal(f"-{n + 1}.5"), "value_high": None, "measure": "亿元"}
            | span(words, text, f"{n + 1}.5亿元")
        )
        rows["links"].append(
            {"link_id": f"{d}-l{n:04}", "from_id": task, "to_id": section, "kind": "clause", "relation": "summary"}
            | {"score": 0.875}
        )
        rows["findings"].append(
            {"finding_id": f"{d}-f{n:04}", "document_id": d, "code": "whole_period", "severity": "info"}
            | {"message": "时限有两种读法", "place": f"表1第{n + 1}行", "suggestion": "请核对", "text": ""}
            | {"block_id": due, "char_start": 0, "char_end": 0}
        )
    for unit_id, full, short, parent in (
        ("u-gov", "某某区人民政府", "区政府", None),
        ("u-fgj", "某某区发展和改革局", short_name, "u-gov"),
        ("u-zjj", "某某区住房和城乡建设局", "区住建局", "u-gov"),
    ):
        rows["units"].append(
            {"unit_id": unit_id, "name": full, "short_names": [short], "kind": "department", "level": "county"}
            | {"region_code": "510108", "parent_unit_id": parent, "members": []}
        )
    rows["documents"].append(
        {"document_id": d, "file_name": f"{name}.docx", "format": "docx", "sha256": digest, "bytes": 12345}
        | {"title": title, "doc_number": doc_number, "issuer": "某某区人民政府办公室", "region_code": "510108"}
        | {"region_name": "某某区", "admin_level": "county", "plan_year": year, "issued_on": issued_on}
        | {"publicity": "主动公开", "page_count": 2, "char_count": 1000, "accounted_ratio": 0.998, "unparsed_chars": 2}
        | {"task_count": tasks, "finding_count": tasks, "plan_key": plan_key, "is_current": True}
        | {"parser_version": "0.1.0", "rules_version": "abc", "ingested_at": ingested_at}
    )
    for table, made in rows.items():
        assert all(set(row) == set(TABLE[table].names) for row in made), table
    return Plan(rows)
