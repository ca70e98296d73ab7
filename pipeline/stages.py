"""SourceDocument × RuleBook → Plan: the stages in order, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .account import account
from .check import Paper, check
from .link.citations import cited_documents
from .link.claims import claims
from .link.clauses import clause_links, heading_pairs
from .link.facts import facts
from .link.inline import inline_tasks
from .link.leads import led
from .link.measures import measure_facts
from .link.missed import missed
from .link.statements import statements
from .link.tasks import Task, table_tasks
from .link.unitremarks import unit_remarks
from .model import SourceDocument, Span
from .normalize.metadata import metadata
from .normalize.regions import Regions
from .normalize.units import Printed, register
from .owners import Owners
from .plan import Plan
from .reading import Reading
from .rulebook import RuleBook
from .schema import TABLE
from .segment import segment
from .tabulate import structure, values


def read(doc: SourceDocument, book: RuleBook, regions: Regions) -> Reading:
    """Everything the rules make of one document. Same document and same book give the same values, on any day."""
    outline = segment(doc, book)
    meta = metadata(doc, outline, book, regions)
    book = book.at(meta.region.code if meta.region else None)
    said = {} if outline.rows else statements(outline, doc.blocks, book)
    found = facts(doc.blocks, outline, book, meta.frame(), said)
    tasks = table_tasks(doc.blocks, outline, found, book) or inline_tasks(doc.blocks, outline, said, found, book)
    tasks = led(tasks, doc.blocks, book)
    paired = heading_pairs(outline, doc.blocks)
    links = clause_links(tasks, outline, doc.blocks, paired)
    claimed, noticed = claims(doc.blocks, outline, found, tasks, book)
    accounted = account(doc.blocks, claimed)
    named = dict.fromkeys(Printed(u.name, u.is_group, u.prefix) for task in tasks for u in task.units)
    units = register(tuple(named), book, meta.region, regions, meta.plan_year)
    cited = cited_documents(doc.blocks, outline, found.citations, book)
    paper = Paper(doc, outline, meta, found, cited, tasks, links, paired, accounted, units, book)
    seen = (*noticed, *unit_remarks(tasks, units), *missed(doc.blocks, outline, found, tasks, book))
    return Reading(
        doc=doc,
        outline=outline,
        metadata=meta,
        facts=found,
        citations=cited,
        tasks=tasks,
        measures=measure_facts(doc.blocks, outline, tasks, book),
        links=links,
        units=units,
        account=accounted,
        remarks=check(paper, seen),
        in_section=Owners((s, i) for i, x in enumerate(outline.sections) for s in (x.heading, *x.text)),
        in_task=Owners(_owned(tasks)),
    )


def _owned(tasks: Sequence[Task]) -> Iterator[tuple[Span, int]]:
    # the words of a task, then the other cells of its row; a merged cell is the first row's
    seen: set[Span] = set()
    for index, task in enumerate(tasks):
        for span in (*task.texts, *(cell.span for cell in (task.row.cells if task.row else ()))):
            if span not in seen:
                seen.add(span)
                yield span, index


def plan(doc: SourceDocument, book: RuleBook, regions: Regions) -> Plan:
    """One document as rows of every table of the contract."""
    reading = read(doc, book, regions)
    rows = {
        "documents": structure.documents(reading, book.fingerprint),
        "blocks": structure.blocks(reading),
        "sections": structure.sections(reading),
        "tasks": structure.tasks(reading),
        "measures": values.measures(reading),
        "task_units": values.task_units(reading),
        "units": structure.unit_order([unit.row() for unit in reading.units.values()]),
        "deadlines": values.deadlines(reading),
        "citations": values.citations(reading),
        "targets": values.targets(reading),
        "links": values.links(reading),
        "findings": values.findings(reading, book),
    }
    return Plan({name: [{c: row[c] for c in TABLE[name].names} for row in made] for name, made in rows.items()})
