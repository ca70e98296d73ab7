"""task_units, deadlines, citations, targets, measures, links, findings."""

from __future__ import annotations

from typing import Any

from ..model import Span
from ..reading import Reading
from ..rulebook import RuleBook
from .ids import paragraph_numbers, place_of, row_id, span_columns, words

Row = dict[str, Any]


def task_units(reading: Reading) -> list[Row]:
    """One row for each unit of each task; a merged cell's units stand in the row of every task that it reaches."""
    doc = reading.doc
    out: list[Row] = []
    for index, task in enumerate(reading.tasks):
        for unit in task.units:
            out.append(
                {
                    "task_id": row_id(doc, "tasks", index),
                    "document_id": doc.document_id,
                    "seq": len(out),
                    "role": unit.role,
                    "text": words(doc, unit.span),
                    "unit_id": reading.units[unit.prefix + unit.name].unit_id,
                    "is_group": unit.is_group,
                    "split_by": unit.split_by,
                    **span_columns(doc, unit.span),
                }
            )
    return out


def deadlines(reading: Reading) -> list[Row]:
    """Every deadline once at its place; a merged cell's deadline names the first task that it governs."""
    doc = reading.doc
    out: list[Row] = []
    governed: dict[Span, int] = {}
    for index, task in enumerate(reading.tasks):
        for fact in task.stated:
            governed.setdefault(fact.span, index)
    for fact in reading.facts.deadlines:
        owner = governed.get(fact.span) if fact.stated else reading.in_task.at(fact.span)
        value = fact.value
        out.append(
            {
                "deadline_id": row_id(doc, "deadlines", len(out)),
                **_owners(reading, fact.span, owner),
                "text": words(doc, fact.span),
                "kind": value.kind,
                "starts_on": value.starts_on,
                "due_on": value.due_on,
                "precision": value.precision,
                "duration": value.duration,
                "working_days": value.working_days,
                "anchor": value.anchor,
                "recurrence": value.recurrence,
                "phase": fact.phase,
                "year_from": value.year_from,
                "rule_id": value.rule_id or None,
                **span_columns(doc, fact.span),
            }
        )
    return out


def citations(reading: Reading) -> list[Row]:
    doc = reading.doc
    return [
        {
            "citation_id": row_id(doc, "citations", index),
            **_owners(reading, fact.span, reading.in_task.at(fact.span)),
            "title": fact.title,
            "doc_number": fact.number.text if fact.number else None,
            "issuer_code": fact.number.issuer_code if fact.number else None,
            "year": fact.year,
            "number": fact.number.number if fact.number else None,
            "relation": fact.relation,
            "parent_citation_id": None if fact.parent is None else row_id(doc, "citations", fact.parent),
            "cited_document_id": None,
            "text": words(doc, fact.span),
            **span_columns(doc, fact.span),
        }
        for index, fact in enumerate(reading.citations)
    ]


def targets(reading: Reading) -> list[Row]:
    doc = reading.doc
    out: list[Row] = []
    for fact in reading.facts.targets:
        value, text = fact.value, doc.blocks[fact.span.block].text
        out.append(
            {
                "target_id": row_id(doc, "targets", len(out)),
                **_owners(reading, fact.span, reading.in_task.at(fact.span)),
                "text": words(doc, fact.span),
                "subject": text[slice(*value.subject)] if value.subject else None,
                "comparator": value.comparator,
                "value": value.value,
                "value_high": value.value_high,
                "measure": value.measure,
                **span_columns(doc, fact.span),
            }
        )
    return out


def measures(reading: Reading) -> list[Row]:
    doc = reading.doc
    return [
        {
            "measure_id": row_id(doc, "measures", index),
            "task_id": None if fact.task is None else row_id(doc, "tasks", fact.task),
            "section_id": None if fact.section is None else row_id(doc, "sections", fact.section),
            "document_id": doc.document_id,
            "seq": index,
            "text": words(doc, fact.span),
            "action": fact.value.action or None,
            "object": fact.value.object or None,
            "obligation": fact.value.obligation,
            **span_columns(doc, fact.span),
        }
        for index, fact in enumerate(reading.measures)
    ]


def links(reading: Reading) -> list[Row]:
    doc = reading.doc
    return [
        {
            "link_id": row_id(doc, "links", index),
            "from_id": row_id(doc, "tasks", link.task),
            "to_id": row_id(doc, "sections", link.section),
            "kind": "clause",
            "relation": link.relation,
            # six places: the same on every machine
            "score": round(link.score, 6),
        }
        for index, link in enumerate(reading.links)
    ]


def findings(reading: Reading, book: RuleBook) -> list[Row]:
    """Remarks with the severity and the Chinese sentence that rules/findings.toml gives their code."""
    doc, numbers = reading.doc, paragraph_numbers(reading.doc)
    out: list[Row] = []
    for remark in reading.remarks:
        rule = book.rule(remark.code)
        if rule is None:
            raise KeyError(f"no sentence for the finding {remark.code}")
        filled = dict(remark.words)
        span = None if remark.block is None else Span(remark.block, remark.start, remark.end)
        place = filled.get("place") or ""
        if span and not place:
            place = place_of(doc.blocks[span.block], numbers[span.block])
        out.append(
            {
                "finding_id": row_id(doc, "findings", len(out)),
                "document_id": doc.document_id,
                "code": remark.code,
                "severity": rule.meaning["severity"],
                "message": rule.meaning["message"].format_map(_Blank(filled)),
                "place": place or None,
                "text": words(doc, span) if span else None,
                "suggestion": rule.get("suggestion"),
                **span_columns(doc, span),
            }
        )
    return out


class _Blank(dict[str, str]):
    # a sentence may name a word that a remark does not carry
    def __missing__(self, key: str) -> str:
        return ""


def _owners(reading: Reading, span: Span, task: int | None) -> Row:
    doc = reading.doc
    section = reading.in_section.at(span)
    if task is not None and section is None:
        section = reading.tasks[task].section
    return {
        "document_id": doc.document_id,
        "task_id": None if task is None else row_id(doc, "tasks", task),
        "section_id": None if section is None else row_id(doc, "sections", section),
    }
