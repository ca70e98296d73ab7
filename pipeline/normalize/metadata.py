"""What a paper says of itself: title, number, issuer, date, year, region. From its letter parts; never from the clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..model import Block, Frame, SourceDocument
from ..outline import LetterPart, Outline
from ..recognize.letterhead import letter_parts
from ..recognize.numbers import to_int
from ..recognize.unitwords import grammar
from ..rulebook import RuleBook
from ..spans import fold
from .regions import Region, Regions, region_of

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?=年|[-~至](?:19|20)[0-9]{2}年)")
_DATE = re.compile(
    r"([0-9〇○零一二三四五六七八九]{4})[年/.-]([0-9一二三四五六七八九十]{1,3})[月/.-]([0-9一二三四五六七八九十]{1,3})"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The columns of `documents` that come from the words of the paper; None where it does not say."""

    title: str | None
    doc_number: str | None
    issuer: str | None
    issued_on: date | None
    publicity: str | None
    plan_year: int | None
    year_from: str | None  # title, body, date
    region: Region | None
    plan_key: str | None

    def frame(self) -> Frame:
        """What relative deadlines count from."""
        return Frame(self.plan_year, self.issued_on)


def metadata(doc: SourceDocument, outline: Outline, book: RuleBook, regions: Regions) -> Metadata:
    """Title, number, issuer, date and year by GB/T 9704; the region from title and issuer by GB/T 2260.

    The year is that of the title, else the one the body names first, else that of the date of issue.
    """
    letter = [p for p in outline.letter if p.annex == 0] or list(outline.letter)
    title = (
        _printed_title(letter, doc.blocks)
        or _first(letter, "meta_title", doc.blocks)
        or _annex_title(outline, doc.blocks)
    )
    number = _first(letter, "doc_number", doc.blocks) or _first(letter, "meta_doc_number", doc.blocks)
    signatures = [_words(p, doc.blocks) for p in letter if p.part == "signature"]
    dates = [d for p in letter if p.part == "date" and (d := read_date(_words(p, doc.blocks)))]
    issued_on = dates[-1] if dates else _meta_date(letter, doc.blocks)
    issuer = (
        _fuller(_issuer(title, signatures, book), _first(letter, "meta_issuer", doc.blocks))
        or _first(letter, "meta_issuer", doc.blocks)
        or _first(letter, "masthead", doc.blocks)
        or _issuer_in(title, book)
    )
    year, year_from = _year(title, doc.blocks, outline, issued_on)
    named = [w for w in (title, issuer, *signatures, _annex_title(outline, doc.blocks)) if w]
    # a county's own page says 县人民政府; where it comes from says which county
    source = _first(letter, "meta_source", doc.blocks)
    region = region_of(named, regions, book) or (region_of([source], regions, book) if source else None)
    return Metadata(
        title,
        "".join(number.split()) if number else None,
        issuer,
        issued_on,
        _first(letter, "publicity", doc.blocks) or _first(letter, "meta_publicity", doc.blocks),
        year,
        year_from,
        region,
        _plan_key(title, region, year),
    )


def read_date(text: str) -> date | None:
    """A printed day, 2021年8月18日, 二〇二一年八月十八日 or 2021-08-18; None when it is no day of the calendar."""
    found = _DATE.search(re.sub(r"\s*([年月日/.-])\s*", r"\1", fold(text)))
    if not found:
        return None
    parts = [to_int(part) for part in found.groups()]
    try:
        return date(*(part or 0 for part in parts))
    except ValueError:
        return None


def _meta_date(letter: Sequence[LetterPart], blocks: Sequence[Block]) -> date | None:
    # the day a page names as that of the paper; that of its publication only where there is no other
    for field in ("meta_issued_on", "meta_published_on"):
        for part in letter:
            if part.part == field and (day := read_date(_words(part, blocks))):
                return day
    return None


def _words(part: LetterPart, blocks: Sequence[Block]) -> str:
    return blocks[part.span.block].text[part.span.start : part.span.end]


def _first(letter: Sequence[LetterPart], name: str, blocks: Sequence[Block]) -> str | None:
    return next((_words(p, blocks) for p in letter if p.part == name), None)


def _joined(title: Sequence[LetterPart], blocks: Sequence[Block]) -> str | None:
    words = "".join("".join(_words(p, blocks).split("\n")).strip() for p in title)
    # a title printed as a citation of itself
    bare = words[1:-1] if words[:1] == "《" and words[-1:] == "》" and words.count("《") == 1 else words
    return bare or None


def _printed_title(letter: Sequence[LetterPart], blocks: Sequence[Block]) -> str | None:
    """The title lines joined; where the page names the title in its metadata, those of them that say just that."""
    lines = [p for p in letter if p.part == "title"]
    named = _plain(_first(letter, "meta_title", blocks))
    whole = _joined(lines, blocks)
    if not named or _plain(whole) == named:
        return whole
    for start in range(len(lines)):
        for end in range(start + 1, len(lines) + 1):
            if _plain(part := _joined(lines[start:end], blocks)) == named:
                return part
    return whole


def _plain(text: str | None) -> str:
    return fold("".join((text or "").split())).strip("《》")


def _fuller(issuer: str | None, named: str | None) -> str | None:
    # 县人民政府 in the title, 通山县人民政府 in the page's metadata
    return named if issuer and named and named.endswith(issuer) else issuer


def _annex_title(outline: Outline, blocks: Sequence[Block]) -> str | None:
    first = min((p.annex for p in outline.letter if p.annex and p.part == "title"), default=0)
    return _joined([p for p in outline.letter if p.annex == first and p.part == "title"], blocks) if first else None


def _issuer(title: str | None, signatures: Sequence[str], book: RuleBook) -> str | None:
    if title:
        found = next((p for p in letter_parts(title, book) if p.part == "issuer"), None)
        if found:
            return title[found.start : found.end]
    return signatures[0] if signatures else None


def _issuer_in(title: str | None, book: RuleBook) -> str | None:
    """The office that a title begins with (某市信访局政务公开任务分解表): the shortest name, with 办公室 behind it."""
    if any(p.part == "subject" for p in letter_parts(title or "", book)):
        return None
    g = grammar(book)
    words = re.split(r"[0-9〇“《]", fold(title or ""))[0]
    for end in range(4, len(words)):
        if g.ends_unit(words[:end]) and not g.ends_unit(words[: end - 1]):
            longer = [n for n in range(end + 1, min(end + 6, len(words))) if g.ends_unit(words[:n])]
            return (title or "")[: longer[-1] if longer and g.is_suffix(words[end : longer[-1]]) else end]
    return None


def _year(
    title: str | None, blocks: Sequence[Block], outline: Outline, issued_on: date | None
) -> tuple[int | None, str | None]:
    if title and (found := _YEAR.search(fold(title))):
        return int(found[1]), "title"
    annex = _annex_title(outline, blocks)
    if annex and (found := _YEAR.search(fold(annex))):
        return int(found[1]), "title"
    if issued_on:
        return issued_on.year, "date"
    for block, part in zip(blocks, outline.parts, strict=True):
        if part == "body" and (found := _YEAR.search(fold(block.text))):
            return int(found[1]), "body"
    return None, None


def _plan_key(title: str | None, region: Region | None, year: int | None) -> str | None:
    """Two versions of one plan share it: region, year, and the title without either."""
    if not title:
        return None
    subject = fold("".join(title.split()))
    for word in (region.name if region else "", f"{year}年" if year else ""):
        subject = subject.replace(fold(word), "") if word else subject
    # 征求意见稿 and 正式稿 are versions of one plan
    subject = re.sub(r"\([^()]*\)$", "", subject)
    return "-".join([region.code if region else "000000", str(year or "0000"), subject])
