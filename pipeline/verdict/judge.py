"""Findings of a plan beside what an office makes of them: graded anew, waived with a reason. Rows in, rows out; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..plan import Plan, Row
from ..rulebook import RuleBook
from ..spans import fold

GRADES = ("error", "warning", "info")
OFF = "off"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One finding that may stay, and why. words: some of its own or of its sentence; place: as it is told; until: the last day."""

    code: str
    words: str
    place: str
    file: str
    reason: str
    until: date | None = None

    def fits(self, row: Row, name: str) -> bool:
        """Whether it is this finding that is waived."""
        said = _plain(f"{row['text'] or ''} {row['message']}")
        return (
            row["code"] == self.code
            and _plain(self.words) in said
            and self.place in ("", row["place"])
            and self.file in ("", name)
        )

    @property
    def title(self) -> str:
        return " ".join(filter(None, (self.code, self.words, self.place)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One plan. path: the file as it was named; told: findings as graded; waived: findings with the waiver of each."""

    plan: Plan
    path: str
    told: tuple[Row, ...]
    waived: tuple[tuple[Row, Waiver], ...]

    @property
    def document(self) -> Row:
        return self.plan.rows["documents"][0]

    def counts(self) -> dict[str, int]:
        """How many findings of each grade are told."""
        return {grade: sum(row["severity"] == grade for row in self.told) for grade in GRADES}


class Office:
    """What an office makes of findings: grades for all plans, waivers, the day on which a waiver is still good.

    book    asked for only when a waiver is to be told of
    """

    def __init__(
        self, book: Callable[[], RuleBook], as_of: date, grades: Mapping[str, str], waivers: Sequence[Waiver] = ()
    ) -> None:
        self.book, self.as_of, self.grades, self.waivers = book, as_of, grades, tuple(waivers)
        self._used: set[int] = set()

    def judge(self, plan: Plan, path: str, own: Sequence[Waiver] = ()) -> Verdict:
        """The verdict on one plan. own: the waivers beside it, which must all fit."""
        name = plan.rows["documents"][0]["file_name"]
        told: list[Row] = []
        waived: list[tuple[Row, Waiver]] = []
        used: set[int] = set()
        for row in plan.rows["findings"]:
            graded = {**row, "severity": self.grades.get(row["code"], row["severity"])}
            fits = [(own, i) for i, one in enumerate(own) if one.fits(row, name)]
            fits += [(self.waivers, i) for i, one in enumerate(self.waivers) if one.fits(row, name)]
            for group, i in fits:
                (used if group is own else self._used).add(i)
            good = [group[i] for group, i in fits if not self._over(group[i])]
            if good:
                waived.append((graded, good[0]))
            elif graded["severity"] != OFF:
                told.append(graded)
        told += self._about(own, used, name)
        order = sorted(told, key=lambda row: (GRADES.index(row["severity"]), row["finding_id"] or "~"))
        return Verdict(plan, path, tuple(order), tuple(waived))

    def left(self) -> tuple[Row, ...]:
        """Of the waivers for all plans, those that have run out or fitted nothing; asked once all plans are judged."""
        return tuple(self._about(self.waivers, self._used, None))

    def _over(self, waiver: Waiver) -> bool:
        return waiver.until is not None and waiver.until < self.as_of

    def _about(self, waivers: Sequence[Waiver], used: set[int], name: str | None) -> list[Row]:
        rows = []
        for index, waiver in enumerate(waivers):
            code = "waiver_unused" if index not in used else "waiver_expired" if self._over(waiver) else ""
            if code and (row := self._row(code, waiver)):
                rows.append(row)
        return rows

    def _row(self, code: str, waiver: Waiver) -> Row | None:
        rule = self.book().rule(code)
        if rule is None:
            raise KeyError(f"no sentence for the finding {code}")
        severity = self.grades.get(code, rule.meaning["severity"])
        if severity == OFF:
            return None
        message = rule.meaning["message"].format(words=waiver.title, due=waiver.until)
        blank = dict.fromkeys(("finding_id", "document_id", "place", "text", "block_id", "char_start", "char_end"))
        return {**blank, "code": code, "severity": severity, "message": message, "suggestion": rule.get("suggestion")}


def _plain(words: str) -> str:
    return "".join(fold(words).split())
