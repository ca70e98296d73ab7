"""documents, blocks, sections, tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .. import __version__
from ..link.tasks import Task
from ..model import Place
from ..reading import Reading
from .ids import row_id, span_columns, words

Row = dict[str, Any]


def documents(reading: Reading, rules_version: str) -> list[Row]:
    """One row; `ingested_at` is filled at the edge, where there is a clock."""
    doc, meta = reading.doc, reading.metadata
    region = meta.region
    return [
        {
            "document_id": doc.document_id,
            "file_name": doc.name,
            "format": doc.format,
            "sha256": doc.sha256,
            "bytes": doc.size,
            "title": meta.title,
            "doc_number": meta.doc_number,
            "issuer": meta.issuer,
            "region_code": region.code if region else None,
            "region_name": region.name if region else None,
            "admin_level": region.admin_level if region else None,
            "plan_year": meta.plan_year,
            "issued_on": meta.issued_on,
            "publicity": meta.publicity,
            "page_count": doc.page_count,
            "char_count": reading.account.total,
            "accounted_ratio": reading.account.ratio,
            "unparsed_chars": reading.account.unparsed,
            "task_count": len(reading.tasks),
            "finding_count": len(reading.remarks),
            "plan_key": meta.plan_key,
            "is_current": True,
            "parser_version": __version__,
            "rules_version": rules_version,
            "ingested_at": None,
        }
    ]


def _told(place: Place) -> str:
    box = place.box
    return f"{place.page} {box.x0} {box.top} {box.x1} {box.bottom}"


def blocks(reading: Reading) -> list[Row]:
    doc, outline = reading.doc, reading.outline
    out = []
    for block in doc.blocks:
        cell, box = block.cell, block.box
        out.append(
            {
                "document_id": doc.document_id,
                "block_id": row_id(doc, "blocks", block.seq),
                "seq": block.seq,
                "part": outline.parts[block.seq],
                "kind": block.kind,
                "role": outline.roles[block.seq],
                "text": block.text,
                "number_label": block.number_label or None,
                "table_index": cell.table if cell else None,
                "row_index": cell.row if cell else None,
                "col_index": cell.col if cell else None,
                "row_span": cell.row_span if cell else None,
                "col_span": cell.col_span if cell else None,
                "page": block.page,
                "x0": box.x0 if box else None,
                "top": box.top if box else None,
                "x1": box.x1 if box else None,
                "bottom": box.bottom if box else None,
                "continued_at": [_told(place) for place in block.rest],
            }
        )
    return out


def sections(reading: Reading) -> list[Row]:
    doc = reading.doc
    out = []
    for index, section in enumerate(reading.outline.sections):
        text = "\n".join(words(doc, span) for span in section.text)
        out.append(
            {
                "section_id": row_id(doc, "sections", index),
                "document_id": doc.document_id,
                "parent_section_id": None if section.parent is None else row_id(doc, "sections", section.parent),
                "part": section.part,
                "level": section.level,
                "label": section.label or None,
                "ordinal": section.ordinal or None,
                "heading": words(doc, section.heading),
                "text": text or None,
                "path": "/".join(section.path),
                "block_id": span_columns(doc, section.heading)["block_id"],
                "seq": index,
            }
        )
    return out


def tasks(reading: Reading) -> list[Row]:
    doc = reading.doc
    clause = {link.task: link.section for link in reading.links if link.governs}
    out = []
    for index, task in enumerate(reading.tasks):
        # who guides has no column of its own: named beside those who support; the role stands in task_units
        roles = {"lead": ("lead",), "responsible": ("responsible",), "supporting": ("supporting", "guiding")}
        named = {name: [u.name for u in task.units if u.role in among] for name, among in roles.items()}
        section = None if task.section is None else reading.outline.sections[task.section]
        out.append(
            {
                "task_id": row_id(doc, "tasks", index),
                "document_id": doc.document_id,
                "seq": index,
                "label": task.label or None,
                "origin": task.origin,
                "section_id": None if task.section is None else row_id(doc, "sections", task.section),
                "section_path": "/".join(section.path) if section else None,
                "text": task.text,
                **{f"{role}_units": list(dict.fromkeys(names)) for role, names in named.items()},
                **{
                    f"{name}_text": "\n".join(task.printed[r] for r in among if r in task.printed) or None
                    for name, among in roles.items()
                },
                "deadline_text": task.deadline_text,
                **_deadline_columns(task),
                "clause_section_id": row_id(doc, "sections", clause[index]) if index in clause else None,
                "block_ids": [row_id(doc, "blocks", block) for block in dict.fromkeys(task.blocks)],
                "page": doc.blocks[task.blocks[0]].page if task.blocks else None,
                "extra": [*_extra(task).items()],
            }
        )
    return out


def _deadline_columns(task: Task) -> Mapping[str, Any]:
    # the first phase governs; later phases have rows of their own in `deadlines`
    first = task.stated[0].value if task.stated else None
    return {
        "deadline_kind": first.kind if first else None,
        "starts_on": task.starts_on or (first.starts_on if first else None),
        "due_on": first.due_on if first else None,
        "is_ongoing": any(fact.value.kind == "ongoing" for fact in task.stated),
        "recurrence": first.recurrence if first else None,
    }


def _extra(task: Task) -> dict[str, str]:
    # two columns may bear one header; none may be lost
    out: dict[str, str] = {}
    for header, text in task.extra:
        out[header] = f"{out[header]}\n{text}" if header in out else text
    return out


def unit_order(rows: Sequence[Row]) -> list[Row]:
    """Units once each, in the order of their keys."""
    return [row for _, row in sorted({row["unit_id"]: row for row in rows}.items())]
