"""The recognizers as spaCy components: nlp.add_pipe("taizhang_deadlines"), _units, _citations, _targets.

Beside any pipeline of the user's own; they need nothing of it but the text. Imported only when spaCy asks for a
factory by name (entry points in pyproject.toml), so that nothing else pays for spaCy.

What a component finds stands in `doc.spans[NAME]`, in reading order. A recognizer reads characters, a span is made of
tokens: where the words do not end where a token does, the span takes the whole token (alignment = "expand"; "contract"
leaves it out, "strict" gives no span then). The exact place and the value are `span._.taizhang`, and of all that was
found, with or without a span, `doc._.taizhang[NAME]`: a mapping with `text`, `start`, `end` (characters of the doc) and
the columns of docs/contract.md; dates are ISO text, so that a Doc can be stored and sent to another process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from .model import Frame
from .normalize.citations import number_of, title_of
from .normalize.deadlines import resolve
from .reader import knowledge
from .recognize.citations import citations, masks
from .recognize.deadlines import deadlines
from .recognize.narrative import narrative
from .recognize.responsibility import responsibility
from .recognize.targets import targets
from .recognize.units import units
from .rulebook import RuleBook

Value = dict[str, Any]
Found = Iterator[tuple[str, int, int, Value]]  # label, start, end, columns
Find = Callable[[str, RuleBook, Doc], Found]  # one paragraph → everything found in it
ALIGNMENTS = ("expand", "contract", "strict")


class Component:
    """One recognizer over the paragraphs of a Doc. Raises RulesInvalid (a rule book with faults), ValueError."""

    def __init__(self, name: str, find: Find, rules: str | None, alignment: str) -> None:
        if alignment not in ALIGNMENTS:
            raise ValueError(f"alignment is one of {', '.join(ALIGNMENTS)}, not {alignment}")
        self.name, self.find, self.alignment = name, find, alignment
        self.book, _ = knowledge(Path(rules) if rules else None)

    def __call__(self, doc: Doc) -> Doc:
        found: list[Value] = []
        spans: list[Span] = []
        for first, paragraph in _paragraphs(doc.text):
            for label, start, end, columns in self.find(paragraph, self.book, doc):
                place = {"text": paragraph[start:end], "start": first + start, "end": first + end}
                span = doc.char_span(
                    first + start,
                    first + end,
                    label=label,
                    alignment_mode=self.alignment,
                    # by this the span finds its value again: two units may share a token
                    span_id=f"{self.name}:{len(found)}",
                )
                found.append(place | columns)
                spans += [span] if span is not None else []
        doc.spans[self.name] = spans
        doc.user_data.setdefault("taizhang", {})[self.name] = found
        return doc


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    place = 0
    for line in text.split("\n"):
        yield place, line
        place += len(line) + 1


def _of_doc(doc: Doc) -> Mapping[str, list[Value]]:
    found: Mapping[str, list[Value]] = doc.user_data.get("taizhang", {})
    return found


def _of_span(span: Span) -> Value | None:
    name, _, index = span.id_.rpartition(":")
    found = _of_doc(span.doc).get(name)
    return found[int(index)] if found is not None and index.isdecimal() else None


if not Doc.has_extension("taizhang"):
    Doc.set_extension("taizhang", getter=_of_doc)
    Span.set_extension("taizhang", getter=_of_span)
    # what relative deadlines of this one text count from, before the components' own settings
    Doc.set_extension("taizhang_year", default=None)
    Doc.set_extension("taizhang_issued_on", default=None)


@Language.factory(
    "taizhang_deadlines",
    default_config={"rules": None, "alignment": "expand", "stated": False, "year": None, "issued_on": None},
)
def make_deadlines(
    nlp: Language,
    name: str,
    rules: str | None,
    alignment: str,
    stated: bool,
    year: int | None,
    issued_on: str | None,
) -> Component:
    """Deadlines with their meaning; the label is the kind (due, ongoing, …).

    stated      every text states a deadline, as a cell of a deadline column does: 持续推进 is one then
    year        the plan's year, for 年底前; without one a date needs its year printed
    issued_on   the plan's date of issue (2022-06-15), what 即日起 counts from
    Both may differ from text to text: `doc._.taizhang_year`, `doc._.taizhang_issued_on`, set before the component runs.
    """

    def find(text: str, book: RuleBook, doc: Doc) -> Found:
        said = doc._.taizhang_issued_on or issued_on
        frame = Frame(doc._.taizhang_year or year, date.fromisoformat(said) if said else None)
        for mention in deadlines(text, book, stated=stated, taken=masks(text, book)):
            value = asdict(resolve(mention, text, book, frame))
            days = {key: day.isoformat() for key, day in value.items() if isinstance(day, date)}
            plain = {key: None if value[key] == "" else value[key] for key in value}
            yield value["kind"], mention.start, mention.end, plain | days

    return Component(name, find, rules, alignment)


@Language.factory("taizhang_units", default_config={"rules": None, "alignment": "expand", "listed": False})
def make_units(nlp: Language, name: str, rules: str | None, alignment: str, listed: bool) -> Component:
    """Units with their role; the label is the role, or unit.

    listed   every text is a list of units, as a cell of a unit column is; else units are those that a statement of
             responsibility names (（牵头单位：…）, 由…牵头)
    """

    def find(text: str, book: RuleBook, doc: Doc) -> Found:
        for role, first, last in [("", 0, len(text))] if listed else _lists(text, book):
            for unit in units(text[first:last], book):
                columns = {"role": role or None, "is_group": unit.is_group, "split_by": unit.split_by}
                rule = {"rule_id": unit.rule or None}
                yield role or "unit", first + unit.start, first + unit.end, columns | rule

    return Component(name, find, rules, alignment)


def _lists(text: str, book: RuleBook) -> list[tuple[str, int, int]]:
    stated = responsibility(text, book)
    parts = [part for one in stated for part in one.parts]
    parts += [p for p in narrative(text, book) if not any(s.start < p.end and p.start < s.end for s in stated)]
    return sorted(((p.role, p.start, p.end) for p in parts), key=lambda part: part[1])


@Language.factory("taizhang_citations", default_config={"rules": None, "alignment": "expand"})
def make_citations(nlp: Language, name: str, rules: str | None, alignment: str) -> Component:
    """Cited documents; the label is the relation (implements, forwards, refers, repeals)."""

    def find(text: str, book: RuleBook, doc: Doc) -> Found:
        for cited in citations(text, book):
            number = number_of(cited.number, text) if cited.number else None
            columns = {
                "title": title_of(text, cited.title_start, cited.title_end),
                "doc_number": number.text if number else None,
                "issuer_code": number.issuer_code if number else None,
                "year": number.year if number else None,
                "number": number.number if number else None,
                "relation": cited.relation,
            }
            if not cited.silent:
                yield cited.relation, cited.start, cited.end, columns

    return Component(name, find, rules, alignment)


@Language.factory("taizhang_targets", default_config={"rules": None, "alignment": "expand"})
def make_targets(nlp: Language, name: str, rules: str | None, alignment: str) -> Component:
    """Targets; the label is the comparator (ge, le, …). Amounts are text, exact to the last digit."""

    def find(text: str, book: RuleBook, doc: Doc) -> Found:
        taken = list(masks(text, book))
        taken += [(m.start, m.end) for m in deadlines(text, book, stated=False, taken=taken)]
        for target in targets(text, book, taken):
            columns = {
                "comparator": target.comparator,
                "value": None if target.value is None else str(target.value),
                "value_high": None if target.value_high is None else str(target.value_high),
                "measure": target.measure,
                "subject": text[slice(*target.subject)] if target.subject else None,
                "rule_id": target.rule,
            }
            yield target.comparator, target.start, target.end, columns

    return Component(name, find, rules, alignment)
