"""The letter: what it counts, attaches, cites."""

from __future__ import annotations

from collections import Counter

from pipeline.reading import Reading
from tests.faults.plant import Harm, edited, fault, rewritten, slip, words


def running(reading: Reading):
    """Body paragraphs that are plain text."""
    return [
        b for b in reading.doc.blocks
        if reading.outline.roles[b.seq] == "text" and reading.outline.parts[b.seq] == "body" and b.text.rstrip().endswith("。")
    ]  # fmt: skip


@fault
def count_in_letter_wrong(reading, rng):
    found = running(reading)
    if not found or len(reading.tasks) < 5:
        return None
    block = rng.choice(found[:3])
    # a number that counts the headings of one level would be right, too
    right = {
        len(reading.tasks),
        *Counter(s.style for s in reading.outline.sections).values(),
        len({i for i, _ in enumerate(reading.outline.sections)} - {s.parent for s in reading.outline.sections}),
    }
    above = {s.parent for s in reading.outline.sections}
    right |= set(Counter(s.part for i, s in enumerate(reading.outline.sections) if i not in above).values())
    right |= {len({(t.section, t.label) for t in reading.tasks})}
    said = len(reading.tasks) + rng.choice((1, 2, -1, -3, 10)) + 97 * (rng.random() < 0.3)
    while said in right:
        said += 1
    made = rng.choice(
        (
            "现将分解表印发给你们，共{n}项任务，请抓好落实。",
            "本方案共{n}项重点任务。",
            "工作分解为{n}项具体任务。",
            "明确了5个方面{n}项工作任务。",
        )
    )
    doc = rewritten(reading.doc, {block.seq: block.text.rstrip() + made.format(n=said)})
    return Harm(doc, ("count_differs",), (block.seq,), ("duty_without_row",), what=str(said))


@fault
def attachment_renamed(reading, rng):
    parts = [p for p in reading.outline.letter if p.part == "attachment"]
    titles = [p for p in reading.outline.letter if p.part == "title" and p.annex]
    if not parts or not titles or any(r.code == "attachment_title" for r in reading.remarks):
        return None
    part = rng.choice(parts)
    text = words(reading, part.span)
    how = rng.choice(("word", "year", "slip"))
    made = {
        "word": text.replace("方案", "任务表").replace("分解表", "清单").replace("清单", "目录"),
        "year": text.replace("2022年", "2021年").replace("2021年政", "2020年政").replace("2016年", "2015年"),
        "slip": slip(text, rng, range(len(text) - 8, len(text))),
    }[how]
    if made == text:
        return None
    doc = edited(reading.doc, part.span.block, part.span.start, part.span.end, made)
    return Harm(doc, ("attachment_title",), tuple(p.span.block for p in titles), what=made)


def with_number(reading: Reading):
    for fact in reading.citations:
        text = words(reading, fact.span)
        # the number as it is printed beside the title
        if fact.number and fact.number.issuer_code and fact.number.year and f"{fact.number.year}" in text:
            yield fact, text


@fault
def citation_number_removed(reading, rng):
    found = [
        (f, t)
        for f, t in with_number(reading)
        if f.title and f.title.rstrip("》").endswith(("通知", "意见", "决定", "函"))
    ]
    found = [(f, t) for f, t in found if "》" in t and sum(g.title == f.title for g in reading.citations) == 1]
    if not found:
        return None
    fact, text = rng.choice(found)
    cut = text.rindex("》") + 1
    doc = edited(reading.doc, fact.span.block, fact.span.start + cut, fact.span.end, "")
    return Harm(doc, ("citation_without_number",), (fact.span.block,))


@fault
def citation_number_broken(reading, rng):
    """（国办发〔2021〕号）: the number itself left blank."""
    found = [
        (f, t) for f, t in with_number(reading) if f.number.number and f.title and f.title.rstrip("》").endswith("通知")
    ]
    found = [(f, t) for f, t in found if sum(g.title == f.title for g in reading.citations) == 1]
    if not found:
        return None
    fact, text = rng.choice(found)
    at = text.rindex(str(fact.number.number))
    made = text[:at] + text[at + len(str(fact.number.number)) :]
    doc = edited(reading.doc, fact.span.block, fact.span.start, fact.span.end, made)
    return Harm(doc, ("citation_without_number",), (fact.span.block,), what=made[-20:])


@fault
def citation_year_later(reading, rng):
    found = list(with_number(reading))
    year = reading.metadata.issued_on.year if reading.metadata.issued_on else reading.metadata.plan_year
    if not found or not year:
        return None
    fact, text = rng.choice(found)
    at = text.rindex(str(fact.number.year))
    made = text[:at] + str(year + rng.randint(1, 8)) + text[at + 4 :]
    doc = edited(reading.doc, fact.span.block, fact.span.start, fact.span.end, made)
    return Harm(doc, ("citation_not_yet_issued",), (fact.span.block,))


@fault
def citation_year_wrong(reading, rng):
    """The number of a yearly paper bears another year: 2021年…要点 〔2012〕12号."""
    found = [
        (f, t) for f, t in with_number(reading) if f.title and f"{f.number.year}年" in f.title and "要点" in f.title
    ]
    if not found:
        return None
    fact, text = rng.choice(found)
    at = text.rindex(str(fact.number.year))
    made = text[:at] + str(fact.number.year - rng.randint(2, 9)) + text[at + 4 :]
    doc = edited(reading.doc, fact.span.block, fact.span.start, fact.span.end, made)
    return Harm(doc, ("citation_wrong_year",), (fact.span.block,))


@fault
def own_number_of_another_year(reading, rng):
    parts = [p for p in reading.outline.letter if p.part == "doc_number"]
    signed = [p for p in reading.outline.letter if p.part == "date"]
    year = reading.metadata.issued_on.year if reading.metadata.issued_on else None
    if not parts or not signed or str(year) not in words(reading, parts[0].span):
        return None
    text = words(reading, parts[0].span).replace(str(year), str(year - rng.randint(1, 3)))
    doc = edited(reading.doc, parts[0].span.block, parts[0].span.start, parts[0].span.end, text)
    return Harm(doc, ("own_number_year",), (parts[0].span.block,))
