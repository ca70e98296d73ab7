"""Task tables whose lines a copy lost: cells stand one a line. They are folded back by header, numbers and vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..outline import Claim, Remark, TaskCell, TaskRow
from ..recognize.deadlines import deadlines
from ..recognize.headers import COLUMNS, header
from ..recognize.numbering import Numeral, numbering
from ..recognize.units import units
from ..rulebook import Rule, RuleBook
from ..spans import fold, trim
from .columns import Column
from .headings import Headings
from .lines import WHAT, WHO_OR_WHEN, Line
from .unitlists import lists_units

WHO = ("lead", "responsible", "supporting", "guiding")
BARS = "|｜│┃"
HEADER_LINES = 3 * COLUMNS  # cells, and the bars and blanks between them
SECTION_RANK = 40  # 一、 and （一） open a section in a table; 1. numbers a task


@dataclass(frozen=True, slots=True)
class LooseTable:
    """What was folded back, and how many lines of the flow it took. roles: of those that are no task's, by block and start."""

    rows: tuple[TaskRow, ...]
    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...]
    taken: int
    roles: Mapping[tuple[int, int], str]


@dataclass
class _Row:
    number: list[Line] = field(default_factory=list)
    what: list[Line] = field(default_factory=list)
    who: list[list[Line]] = field(default_factory=list)
    when: list[Line] = field(default_factory=list)
    section: int | None = None
    last: list[Line] | None = None  # the cell that was read last
    merged: bool = False  # its first column opened a section
    opener: Line | None = None  # the section row that it follows

    @property
    def answered(self) -> bool:
        return bool(self.who or self.when)


def header_run(lines: Sequence[Line], book: RuleBook, start: int = 0) -> tuple[tuple[Line, Rule], ...]:
    """The header cells that stand from a place of a flow on, one a line; () when these are not those of a task table."""
    found: list[tuple[Line, Rule]] = []
    for line in lines[start : start + HEADER_LINES]:
        if line.text.strip() in ("", *BARS):
            continue
        rule = header(line.text, book)
        if rule is None:
            break
        found.append((line, rule))
        if len(found) > COLUMNS:
            return ()
    meanings = {rule.meaning["column"] for _, rule in found}
    fits = len(found) >= 3 and len(meanings) >= 3 and meanings & WHAT and meanings & WHO_OR_WHEN
    return tuple(found) if fits else ()


def loose_table(
    lines: Sequence[Line], headings: Headings, book: RuleBook, ends: Callable[[Line], bool]
) -> LooseTable | None:
    """The task table that a flow of lines begins with; None when it begins with none.

    ends   whether a line is the end of the table (a signature, an annex, a title)
    A row begins at a number or at words behind units and deadlines; words behind a row's deadline without a number of
    their own share its number. source: 竹府办〔2016〕20号 as its page prints it
    """
    heads = header_run(lines, book)
    if not heads:
        return None
    columns = tuple(Column(rule.meaning["column"], "".join(line.text.split())) for line, rule in heads)
    claims = [_claim(line, "table_header") for line, _ in heads]
    start = next(i for i, line in enumerate(lines) if line is heads[-1][0]) + 1
    rows: list[_Row] = []
    tabbed = all(line.text.startswith("\t") for line, _ in heads)
    taken = start
    while taken < len(lines) and not ends(lines[taken]):
        line = lines[taken]
        taken += 1
        if line.text.strip() in BARS:
            continue
        if tabbed and not line.text.startswith("\t") and rows and rows[-1].last is not None:
            rows[-1].last.append(line)  # a further paragraph of the cell above
        else:
            for part in _parted(line, columns, book):
                _take(part, rows, columns, headings, book)
    claims += (_claim(line, "structure") for line in lines[:taken] if line.text.strip() in BARS)
    made = [row for row in (_finished(r, i, columns, book) for i, r in enumerate(_inherited(rows))) if row is not None]
    for row in rows:
        claims += (_claim(line, "label") for line in row.number)
        claims += (_claim(line, "task") for line in row.what)
    first = heads[0][0].trimmed()
    remark = Remark("table_folded", first.block, first.start, first.end, {"count": str(len(made))})
    roles = {(line.block, line.start): "table_header" for line, _ in heads}
    roles |= {(row.opener.block, row.opener.start): "section_row" for row in rows if row.opener}
    return LooseTable(tuple(made), tuple(claims), (remark,), taken, roles)


def _take(line: Line, rows: list[_Row], columns: Sequence[Column], headings: Headings, book: RuleBook) -> None:
    text = line.text.strip()
    meanings = [column.meaning for column in columns]
    current = rows[-1] if rows else None
    numeral = numbering(line.text, book)
    if fold(text).rstrip(".、").isdecimal() and len(text) <= 4:
        if current is None or current.answered or current.number:
            rows.append(_Row([line], section=headings.current))
        else:
            # words above the number: a first column merged over the rows that follow
            for above in current.what:
                headings.merged_line(above)
            current.merged = current.merged or bool(current.what)
            current.number, current.what, current.section = [line], [], headings.current
        return
    if numeral is not None and numeral.rank <= SECTION_RANK:
        headings.row_line(line, numeral)
        rows.append(_Row(section=headings.current, opener=line))
        return
    if current is not None and current.what:
        if "deadline" in meanings and _is_deadline(line, book):
            current.when.append(line)
            current.last = current.when
            return
        if any(column in meanings for column in WHO) and lists_units(line.text, book):
            current.who.append([line])
            current.last = current.who[-1]
            return
    if current is None or current.answered or _next_item(numeral, current, book):
        current = _Row(section=headings.current)
        rows.append(current)
    current.what.append(line)
    current.last = current.what


def _parted(line: Line, columns: Sequence[Column], book: RuleBook) -> tuple[Line, ...]:
    """A line whose last words are a deadline right behind the units (区发改局各乡镇持续推进), as two; any other as one."""
    if not any(column.meaning == "deadline" for column in columns) or "。" in line.text:
        return (line,)
    found = deadlines(line.text, book, stated=True)
    cut = next((m.start for m in found if not line.text[m.end :].strip()), 0)
    if not cut or not lists_units(line.text[:cut], book):
        return (line,)
    return replace(line, text=line.text[:cut]), replace(
        line, start=line.start + cut, text=line.text[cut:], number_label=""
    )


def _next_item(numeral: Numeral | None, current: _Row, book: RuleBook) -> bool:
    # 2.… below a row 1.… whose units are left blank
    above = numbering(current.what[0].text, book) if current.what else None
    return numeral is not None and above is not None and above.style == numeral.style


def _is_deadline(line: Line, book: RuleBook) -> bool:
    found = deadlines(line.text, book, stated=True)
    read = sum(m.end - m.start for m in found)
    return bool(found) and read * 2 > len(line.text.strip())


def _inherited(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Rows with words; one without a number of its own, below one that has it, shares number and units."""
    numbered = any(row.number for row in rows)
    above: _Row | None = None
    for row in rows:
        if not row.what:
            continue
        if numbered and not row.number and above is not None and above.section == row.section:
            row.number = above.number
            row.who = row.who or above.who
        if above is not None and above.section == row.section:
            row.merged = row.merged or above.merged
        above = row
        yield row


def _finished(row: _Row, index: int, columns: Sequence[Column], book: RuleBook) -> TaskRow | None:
    cells: list[TaskCell] = []
    header = {column.meaning: column.header for column in columns}

    def add(meaning: str, lines: Sequence[Line]) -> None:
        cells.extend(TaskCell(meaning, header.get(meaning, ""), line.trimmed()) for line in lines)

    add("number", row.number)
    what = [c.meaning for c in columns if c.meaning in WHAT or c.meaning == "section"]
    if len(what) > 1 and row.merged:
        what = what[1:]
    for place, line in enumerate(row.what):
        add(what[min(place, len(what) - 1)] if len(row.what) > 1 else _main(what), [line])
    who = [c.meaning for c in columns if c.meaning in WHO]
    if len(who) > 1 and len(row.who) != len(who):
        cells += _dealt([line for group in row.who for line in group], who, header, book)
    else:
        for place, group in enumerate(row.who):
            add(who[min(place, len(who) - 1)], group)
    add("deadline", row.when)
    return TaskRow(-1, index, row.section, tuple(cells))


def _dealt(lines: Sequence[Line], who: Sequence[str], header: Mapping[str, str], book: RuleBook) -> Iterator[TaskCell]:
    """Units of several columns that ran together: the named ones up to the first group are the first column's."""
    named = True
    for line in lines:
        found = units(line.text, book)
        cut = next((u.start for u in found if u.is_group), len(line.text)) if named else 0
        named = named and cut == len(line.text)
        for meaning, start, end in ((who[0], 0, cut), (who[1], cut, len(line.text))):
            span = line.span(*trim(line.text, start, end, "、，,；;"))
            if span.start < span.end:
                yield TaskCell(meaning, header.get(meaning, ""), span)


def _main(what: Sequence[str]) -> str:
    # one stretch of words alone in its row is the task, whatever other columns the header names
    return next((meaning for meaning in ("task", "detail", "name") if meaning in what), what[0])


def _claim(line: Line, role: str) -> Claim:
    span = line.trimmed()
    return Claim(span.block, span.start, span.end, role)
