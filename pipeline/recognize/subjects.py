"""What a target measures: the words before its amount (抽检合格率达97%) or behind it (培养200名教师)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..phrases import compiled
from ..rulebook import RuleBook
from ..spans import trim

SUBJECT_LIMIT = 30  # characters on either side of the amount
SHORTEST = 3  # characters of a subject behind its verb
_BOUNDARY = re.compile(r"[,。;:、!?()<>《》\n\ue000-\ue003]")
_BEGINS = re.compile(r"[\u4e00-\u9fffA-Za-z“”\"·]")


def subject_of(
    signed: str,
    start: int,
    end: int,
    counts: bool,
    above: tuple[int, tuple[int, int] | None],
    taken: Sequence[tuple[int, int]],
    book: RuleBook,
) -> tuple[int, int] | None:
    """The stretch that says what is measured, None when nothing beside the amount does.

    signed   the view with its amounts as signs
    counts   whether the amount counts things; they stand behind it
    above    end and subject of the target before this one; 65%和55% share theirs
    """
    before, behind = _before(signed, start, above[0], taken, book), _behind(signed, end, taken)
    if counts and behind:
        return behind
    if above[1] and not signed[above[0] : start].strip("、和及与, "):
        return above[1]
    return before or behind


def _before(
    signed: str, start: int, floor: int, taken: Sequence[tuple[int, int]], book: RuleBook
) -> tuple[int, int] | None:
    low = max(floor, start - SUBJECT_LIMIT, *(b for _, b in taken if b <= start), 0)
    low = max((m.end() for m in _BOUNDARY.finditer(signed, low, start)), default=low)
    a, b = trim(signed, low, start, "的为“”")
    verb: tuple[int, int] | None = None
    # 2022年确保全市…率均: words that lead to the subject, and those between it and the amount
    while led := compiled(_words(book, ("引语", "办"), "[和并及]?(?:{})")).match(signed, a, b):
        done = led[0] in _listed(book, "办")
        if done and 0 < b - led.end() < SHORTEST:
            break  # 覆盖率, 办理时限: a part of the name
        verb = led.span() if done else verb
        a, _ = trim(signed, led.end(), b, "“”")
    while ended := compiled(_words(book, ("尾语",), "(?:{})$")).search(signed, max(a, b - 5), b):
        _, b = trim(signed, a, ended.start())
    # 培训不少于200名: where nothing else is said, what is done
    return (a, b) if a < b else verb


def _listed(book: RuleBook, slot: str) -> frozenset[str]:
    made: frozenset[str] = book.made(
        f"words of {slot}", lambda b: frozenset(rule.get("words") if (rule := b.rule(slot)) else ())
    )
    return made


def _words(book: RuleBook, slots: tuple[str, ...], form: str) -> str:
    def source(b: RuleBook) -> str:
        words = sorted({word for name in slots for word in _listed(b, name)}, key=lambda w: (-len(w), w))
        listed = "|".join(map(re.escape, words))
        return form.format(f"(?:19|20)[0-9]{{2}}年|{listed}" if listed else "(?!)")

    made: str = book.made(f"words beside a subject {form}", source)
    return made


def _behind(signed: str, end: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    high = min(end + SUBJECT_LIMIT, len(signed), *(a for a, _ in taken if a >= end), len(signed))
    stop = _BOUNDARY.search(signed, end, high)
    a, b = trim(signed, end, stop.start() if stop else high, "和及与")
    if a < b and _BEGINS.match(signed[a]) and signed[a] not in "的以左上的和及与等":
        return a, b
    return None
