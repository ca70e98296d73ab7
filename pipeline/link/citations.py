"""The cited documents of one paper: not the paper itself, and a short name stands for what it was said of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..model import Block, Span
from ..normalize.citations import DocNumber, number_of, plain, title_of
from ..outline import Outline
from ..recognize.citations import CitationMention
from ..recognize.relations import relations
from ..recognize.wording import joined
from ..rulebook import RuleBook
from ..spans import fold, overlaps
from .facts import Citations

_QUOTES = {"“": "”", '"': '"', "「": "」", "‘": "’"}


@dataclass(frozen=True, slots=True)
class CitationFact:
    """One citation with its place. parent: index of the citation whose title it stands in.

    title, number    those of the document that is meant, also where only its short name (《条例》) is printed
    year             that of the number, else that of the edition
    """

    span: Span
    title: str | None
    number: DocNumber | None
    year: int | None
    relation: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class _Meant:
    # the document that a name stands for; own: the paper itself
    title: str | None
    number: DocNumber | None
    own: bool = False


@dataclass(slots=True)
class _Names:
    # what has been cited and named so far
    short: dict[str, _Meant] = field(default_factory=dict)
    quoted: dict[str, str] = field(default_factory=dict)  # “行动方案” → 行动方案
    by_kind: dict[str, dict[str, _Meant]] = field(default_factory=dict)  # 条例 → the titles that end so


def cited_documents(
    blocks: Sequence[Block], outline: Outline, found: Mapping[int, Citations], book: RuleBook
) -> tuple[CitationFact, ...]:
    """The citations of a paper in reading order, outer titles before those inside.

    Left out: the paper's own title and number, what it issues itself, forms and newspapers. A short name (以下简称《条例》)
    is read as the document that it was given to, from there on; 《条例》 alone also as the one document cited so far
    whose title ends so.
    """
    numbers = [p.span for p in outline.letter if p.part in ("doc_number", "meta_doc_number")]
    own = {plain(blocks[s.block].text[s.start : s.end]) for s in numbers} | _own_titles(blocks, outline, book)
    names = _Names()
    out: list[CitationFact] = []
    for block in blocks:
        mentions = found[block.seq].mentions if block.seq in found else ()
        meant = [_meant(m, block.text, own, names, book) for m in mentions]
        place: dict[int, int] = {}
        later = sorted(_quoted(block.text, names, [(m.start, m.end) for m in mentions], book), key=lambda q: q[0])
        for index, (mention, one) in enumerate(zip(mentions, meant, strict=True)):
            while later and later[0][0] < mention.start:
                out.append(_fact(block.seq, *later.pop(0)))
            printed = (s for s in numbers if s.block == block.seq)
            if mention.silent or one.own or any(s.start < mention.end and mention.start < s.end for s in printed):
                continue
            parent = None if mention.parent is None else place.get(mention.parent)
            place[index] = len(out)
            out.append(_fact(block.seq, mention.start, mention.end, one, mention.relation, mention.edition, parent))
        out += [_fact(block.seq, *rest) for rest in later]
    return tuple(out)


def _fact(
    block: int, start: int, end: int, one: _Meant, relation: str, edition: int | None = None, parent: int | None = None
) -> CitationFact:
    year = one.number.year if one.number and one.number.year else edition
    return CitationFact(Span(block, start, end), one.title, one.number, year, relation, parent)


def _meant(mention: CitationMention, text: str, own: set[str], names: _Names, book: RuleBook) -> _Meant:
    """The document that one mention means; what the mention teaches of names is kept in `names`."""
    title = title_of(text, mention.title_start, mention.title_end)
    number = number_of(mention.number, text) if mention.number else None
    key = plain(title) if title else ""
    known = names.short.get(key) or _of_kind(key, names, book)
    if known:
        one = _Meant(known.title or title, number or known.number, known.own)
    else:
        told = (key, plain(number.text) if number else "")
        one = _Meant(title, number, any(word and word in own for word in told))
    if mention.short:
        short = text[slice(*mention.short)]
        names.short[plain(short)] = one
        mark = text[mention.short[0] - 1]
        if mark in _QUOTES:
            names.quoted[f"{mark}{short}{_QUOTES[mark]}"] = plain(short)
    if key and not known and (kind := _kind(key, book)):
        names.by_kind.setdefault(kind, {})[key] = one
    return one


def _kind(key: str, book: RuleBook) -> str | None:
    # 中华人民共和国政府信息公开条例 → 条例
    return next((m[0] for m in joined(book, "kind").finditer(key) if m.end() == len(key)), None)


def _of_kind(key: str, names: _Names, book: RuleBook) -> _Meant | None:
    if not key or _kind(key, book) != key:
        return None
    earlier = names.by_kind.get(key, {})
    return next(iter(earlier.values())) if len(earlier) == 1 else None


def _quoted(
    text: str, names: _Names, taken: Sequence[tuple[int, int]], book: RuleBook
) -> Iterator[tuple[int, int, _Meant, str]]:
    # 按照“行动方案”要求: a short name that was given in quotation marks
    for words, short in names.quoted.items():
        start = text.find(words)
        while start >= 0:
            end = start + len(words)
            meant = names.short[short]
            if not meant.own and not overlaps(start, end, taken):
                [(relation, _)] = relations(fold(text), [(start, end)], book)
                yield start, end, meant, relation
            start = text.find(words, end)


def _own_titles(blocks: Sequence[Block], outline: Outline, book: RuleBook) -> set[str]:
    """The titles of the letter and its annexes, and of what the letter's title issues: 关于印发《甲》的通知 → 甲."""
    lines: dict[int, list[str]] = {}
    for p in outline.letter:
        if p.part in ("title", "meta_title"):
            own = lines.setdefault(p.annex if p.part == "title" else -1, [])
            own.append(plain(blocks[p.span.block].text[p.span.start : p.span.end]))
    out: set[str] = set()
    tail = joined(book, "tail")
    issuing = [phrase for rule in book.of("citation") if rule.get("own") for phrase in rule.phrases]
    for title in ("".join(words) for words in lines.values()):
        out.add(title)
        for start in [m.end() for phrase in issuing for m in phrase.finditer(title)]:
            ends = [m.start() for m in tail.finditer(title, start) if m.end() == len(title)]
            out |= {title[start:end] for end in [*ends, len(title)]}
    return out - {""}
