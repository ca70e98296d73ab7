"""The paragraphs above and below a body by GB/T 9704: title, document number, addressee; signature, date, attachments."""

from __future__ import annotations

from collections.abc import Sequence

from ..outline import LetterPart
from ..recognize.letterhead import PartMention, letter_parts
from ..recognize.numbering import numbering
from ..rulebook import RuleBook
from ..spans import trim
from .lines import Line

TITLE_LINES = 5
LINE_LIMIT = 60  # a line of a title or of a signature; a body paragraph that short ends with a stop
NUMBER_LIMIT = 30  # characters of a document number
STOPS = ".。；;，,：:！？"


def top_parts(lines: Sequence[Line], book: RuleBook, annex: int) -> tuple[LetterPart, ...]:
    """The parts of the paragraphs between the start of a letter (or annex) and its first body paragraph.

    lines    those paragraphs in order; the reading ends at the first one that is no part
    annex    0 for the letter itself
    """
    found: list[LetterPart] = []
    title: list[LetterPart] = []
    closed = False  # the title has come to its kind of document (方案, 通知)
    for line in lines:
        parts = {p.part: p for p in letter_parts(line.text, book) if p.where in ("top", "any")}
        sole = _sole(parts, ("doc_number", "attachment", "annex", "publicity", "masthead", "meta"))
        start, end = trim(line.text, 0, len(line.text))
        if sole:
            found.append(LetterPart(sole.part, line.span(sole.start, sole.end), annex))
            if sole.end < end:
                rest = line.span(*trim(line.text, sole.end, end))
                title.append(LetterPart("title", rest, annex))
                closed = any(p.part == "title" for p in letter_parts(line.text[sole.end : end].strip("《》 "), book))
        elif not closed and (cut := _numbered(line.text, start, end, book)):
            title.append(LetterPart("title", line.span(start, cut[0]), annex))
            found.append(LetterPart("doc_number", line.span(*cut[1:]), annex))
            closed = True
        elif "salutation" in parts and (title or found):
            found.append(LetterPart("salutation", line.span(start, end), annex))
            break
        elif _title_line(line, start, end, book) and not closed and len(title) < TITLE_LINES:
            title.append(LetterPart("title", line.span(start, end), annex))
            closed = "title" in parts
        elif closed and _same(line.text, title, lines):
            found.append(LetterPart("title_again", line.span(start, end), annex))
        elif closed and any(p.part == "date" for p in letter_parts(line.text, book)):
            # 题注: the day of a paper that is not signed
            found.append(LetterPart("date", line.span(start, end), annex))
        elif closed and _bracketed(line.text[start:end]) and numbering(line.text, book) is None:
            found.append(LetterPart("note", line.span(start, end), annex))
        else:
            break
    return tuple(sorted([*found, *_mastheads(title, found, lines)], key=lambda p: p.span))


def _numbered(text: str, start: int, end: int, book: RuleBook) -> tuple[int, int, int] | None:
    """Where a title ends and the document number behind it stands: …的通知某政办〔2022〕2号, …的通知（某政办〔2022〕2号）."""
    if end - start > LINE_LIMIT + NUMBER_LIMIT or text[end - 1] not in "号)）":
        return None
    for place in reversed(range(max(start + 1, end - NUMBER_LIMIT), end)):
        a, b = trim(text, place, end, "()（）")
        number = next((p for p in letter_parts(text[a:b], book) if p.part == "doc_number"), None)
        if number is None or number.end < b - a:
            continue
        stop = trim(text, start, place)[1]
        # in brackets at the end of its line the number proves the title: 2021年重点工作任务（某政发〔2021〕2号）
        bracketed = text[place] in "(（" and text[end - 1] in ")）" and "。" not in text[start:stop]
        if bracketed or any(p.part == "title" for p in letter_parts(text[start:stop], book)):
            return stop, a, b
    return None


def _bracketed(text: str) -> bool:
    # one bracket and nothing else: （试行）, not （一）…（责任单位：…）
    return text[0] in "（(" and text[-1] in "）)" and not any(c in "）)" for c in text[1:-1])


def _mastheads(title: Sequence[LetterPart], found: Sequence[LetterPart], lines: Sequence[Line]) -> list[LetterPart]:
    """The title lines, those of a red head (the issuer alone, above the number or above a title that names it) told apart."""
    numbers = [part.span for part in found if part.part == "doc_number"]
    out = list(title)
    for place, part in enumerate(title[:-1]):
        words, after = (_squeezed([p], lines) for p in title[place : place + 2])
        above_number = any(part.span < number < title[-1].span for number in numbers)
        if not above_number and not (words and after.startswith(words)):
            break
        out[place] = LetterPart("masthead", part.span, part.annex)
    return out


def _same(text: str, title: Sequence[LetterPart], lines: Sequence[Line]) -> bool:
    # a page prints the title as its own heading, too
    return "".join(text.split()).strip("《》") == _squeezed(title, lines).strip("《》")


def _squeezed(parts: Sequence[LetterPart], lines: Sequence[Line]) -> str:
    words = ""
    for part in parts:
        line = next(
            x for x in lines if x.block == part.span.block and x.start <= part.span.start <= x.start + len(x.text)
        )
        words += "".join(line.text[part.span.start - line.start : part.span.end - line.start].split())
    return words


def _sole(parts: dict[str, PartMention], names: Sequence[str]) -> PartMention | None:
    return next((parts[name] for name in names if name in parts), None)


def _title_line(line: Line, start: int, end: int, book: RuleBook) -> bool:
    text = line.text[start:end]
    if not text or len(text) > LINE_LIMIT or text[-1] in STOPS or "。" in text:
        return False
    return not line.number_label and numbering(line.text, book) is None


def end_parts(lines: Sequence[Line], book: RuleBook) -> tuple[LetterPart, ...]:
    """The parts of the paragraphs after a body: attachments, signatures with their date, publicity, copies.

    lines    the body's paragraphs in order, read from the end
    source   GB/T 9704-2012 7.3.4–7.3.6, 7.4
    """
    found: list[LetterPart] = []
    listed: list[LetterPart] = []  # 2.…表 3.…表: attachments, if 附件：1.…表 stands above them
    below_date = False
    for line in reversed(lines):
        start, end = trim(line.text, 0, len(line.text))
        if start == end:
            continue
        span = line.span(start, end)
        parts = {p.part: p for p in letter_parts(line.text, book) if p.where in ("end", "any")}
        sole = _sole(parts, ("date", "publicity", "printed", "copies", "attachment", "contact"))
        if sole:
            if sole.part == "attachment":
                found += listed
            elif listed:
                break
            listed = []
            signed = line.text.rfind("年", start, end) - 4 if sole.part == "date" else start
            found.append(LetterPart(sole.part, line.span(max(signed, start), end)))
            if (cut := trim(line.text, start, signed, "（("))[0] < cut[1]:
                found.append(LetterPart("signature", line.span(*cut)))
            below_date = below_date or sole.part == "date"
        elif _listed_attachment(line.text, book):
            listed.append(LetterPart("attachment", span))
        elif below_date and not listed and _signature(line, start, end):
            found.append(LetterPart("signature", span))
        else:
            break
    return tuple(reversed(found))


def _signature(line: Line, start: int, end: int) -> bool:
    return end - start <= LINE_LIMIT and line.text[end - 1] not in STOPS and not line.number_label


def _listed_attachment(text: str, book: RuleBook) -> bool:
    return numbering(text, book) is not None and len(text) <= LINE_LIMIT and text.rstrip()[-1] not in STOPS
