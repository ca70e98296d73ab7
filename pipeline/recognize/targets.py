"""Targets: 不少于200名, 97%以上, 全覆盖. Words and measures come from rules/targets.toml; amounts are exact decimals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..rulebook import Rule, RuleBook
from ..rulecheck import Reading
from ..spans import cover, fold, longest, trim
from .amounts import Amount, amounts
from .subjects import subject_of

CHAIN_LIMIT = 25  # characters from one amount to the next that shares its words: 100名教师、50名校长
# {数量} in the view of the phrases: in Arabic numerals, in Chinese ones, 100%; each with a tail
_ARABIC, _SPOKEN, _TAIL, _WHOLE = "\ue000\ue001\ue002\ue003"
_SLOTS = ("数量", "数量2", "阿量", "阿量2", "全量")
_CHAIN = re.compile(r"[^,。;:!?()<>《》\n]*[、和及与] ?")
_THINGS = re.compile(r"[、和及与]([^,。;:、!?()<>《》\n]{1,15})")  # 专家10名、名校长100名


@dataclass(frozen=True, slots=True)
class TargetMention:
    """One target. subject: the stretch that says what is measured; value_high: the upper end of a range.

    counts  the amount counts things, which stand behind it: 200名教师
    firm    its words say that it is an amount even where a deadline could be read: 压缩至3个工作日内
    """

    start: int
    end: int
    subject: tuple[int, int] | None
    comparator: str
    value: Decimal | None
    value_high: Decimal | None
    measure: str | None
    rule: str
    counts: bool = False
    firm: bool = False


def targets(text: str, book: RuleBook, taken: Sequence[tuple[int, int]] = ()) -> tuple[TargetMention, ...]:
    """The targets of one text, in reading order, disjoint; none inside `taken` (deadlines, citations).

    An amount is a target when words beside it say so (不少于, 达到, 以上, 新建). A measure that the rules do not list makes
    no target: an amount is never passed through as if it were understood. Of 由10个增加到20个 the value is 20.
    """
    view = fold(text)
    found = amounts(view, book, taken)
    signed = _signed(view, found)
    told = list(_said(signed, found, book, taken))
    strong = longest(m for m, weak in told if not weak)
    used = cover(len(view), ((m.start, m.end) for m in strong))
    said = longest([*strong, *(m for m, weak in told if weak and not any(used[m.start : m.end]))])
    made: list[TargetMention] = []
    for target in _chained(signed, said, found, book):
        above = made[-1] if made else None
        edges = (above.end if above else 0, above.subject if above else None)
        own = target.subject or subject_of(signed, target.start, target.end, target.counts, edges, taken, book)
        made.append(replace(target, subject=own))
    return tuple(made)


def _signed(view: str, found: Sequence[Amount]) -> str:
    # the view with a sign for each amount, as long as it was
    out, place = [], 0
    for a in found:
        sign = _WHOLE if a.measure == "%" and a.value == 100 else _SPOKEN if a.spoken else _ARABIC
        out += [view[place : a.start], sign + _TAIL * (a.end - a.start - 1)]
        place = a.end
    return "".join([*out, view[place:]])


def views(text: str, book: RuleBook) -> tuple[str, ...]:
    """What the phrases of the rules are matched on: equal length, every amount a sign."""
    folded = fold(text)
    return (_signed(folded, amounts(folded, book)),)


def _said(
    signed: str, found: Sequence[Amount], book: RuleBook, taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[TargetMention, bool]]:
    by_start = {a.start: a for a in found}
    covered = cover(len(signed), taken)
    for rule in book.of("target"):
        for phrase in rule.phrases:
            for match in phrase.finditer(signed):
                start, end = trim(signed, *match.span())
                if any(covered[start:end]):
                    continue
                # of 由10个增加到20个 the last amount is the aim
                places = [at for slot in _SLOTS if (at := _place(match, slot)) is not None]
                between = _place(match, "题")
                subject = None if between is None else trim(signed, *match.span("题"))
                amount = by_start[max(places)] if places else None
                yield _mention(start, end, amount, rule, subject), bool(rule.get("weak"))


def _place(match: re.Match[str], slot: str) -> int | None:
    at = match.start(slot) if slot in match.re.groupindex else -1
    return at if at >= 0 else None


def _mention(
    start: int, end: int, amount: Amount | None, rule: Rule, subject: tuple[int, int] | None = None
) -> TargetMention:
    comparator, firm = rule.meaning["comparator"], bool(rule.get("firm"))
    if amount is None:
        value = Decimal(rule.meaning["value"]) if rule.get("value") else None
        return TargetMention(start, end, subject, comparator, value, None, rule.get("measure"), rule.id)
    if amount.rough and comparator == "eq":
        comparator = "approx"
    value, high = amount.value, amount.value_high
    return TargetMention(start, end, subject, comparator, value, high, amount.measure, rule.id, amount.counted, firm)


def _chained(
    signed: str, said: Sequence[TargetMention], found: Sequence[Amount], book: RuleBook
) -> Iterator[TargetMention]:
    """The targets that words say, and the amounts that go on from one of them: 100名教师、50名校长; 65%和55%."""
    starts = [a.start for a in found]
    for place, target in enumerate(said):
        yield target
        rule = book.rule(target.rule)
        if rule is None or target.value is None:
            continue
        until = said[place + 1].start if place + 1 < len(said) else len(signed)
        last = target.end
        for amount in found[bisect_left(starts, target.end) :]:
            between = signed[last : amount.start]
            if amount.end > until or amount.spoken or len(between) > CHAIN_LIMIT:
                break
            things = _THINGS.fullmatch(between) if target.subject else None
            if not things and not _CHAIN.fullmatch(between):
                break
            subject = (last + things.start(1), last + things.end(1)) if things else None
            yield _mention(amount.start, amount.end, amount, rule, subject)
            last = amount.end


def readings(text: str, book: RuleBook, kind: str) -> tuple[Reading, ...]:
    out = []
    for t in targets(text, book):
        told = (t.comparator, t.value, t.value_high, t.measure)
        out.append(Reading(t.start, t.end, " ".join(str(x) for x in told if x is not None), t.rule))
    return tuple(out)
