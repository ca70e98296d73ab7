"""Deadline phrases: how many are read rightly, and microseconds a phrase, ours and the peers' in one run.

    python bench/deadlines.py [--peers PYTHON] [--misses] [PHRASES.csv]

The phrases are cells of a plan of 2022, issued on 2022-06-15. Ours is right only where every column is; a peer where
one of its candidates has the days, the period or the duration, and where it says nothing of a phrase without a day.
Peers run in an interpreter of their own (--peers, or the variable PEERS), since they are no dependency of ours; one that
is not there is named with its install line.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
YEAR, ISSUED = 2022, date(2022, 6, 15)
TIMES = 5
KINDS = ("due", "window", "within", "recurring")  # the others claim no date

# what anyone makes of a phrase: (starts_on, due_on, duration, recurrence), "" for what it does not say
Claim = tuple[str, str, str, str]
Reader = Callable[[str], list[Claim]]


def ours() -> Reader:
    from pipeline.link.facts import stated_deadlines
    from pipeline.model import Frame, Span
    from pipeline.rulefiles import load

    book, frame = load(), Frame(YEAR, ISSUED)

    def read(phrase: str) -> list[Claim]:
        found = [fact.value for fact in stated_deadlines(Span(0, 0, len(phrase)), phrase, book, frame)]
        # the kind goes along: ours is held to every column
        return [
            (f"{v.starts_on or ''}", f"{v.due_on or ''}", v.duration or "", v.recurrence or "", v.kind, v.working_days)
            for v in found
        ]  # type: ignore[misc]

    return read


def jionlp() -> Reader:
    from jionlp import ner

    base = {"year": ISSUED.year, "month": ISSUED.month, "day": ISSUED.day}
    every = {("year", 1): "YEARLY", ("month", 1): "MONTHLY", ("day", 7): "WEEKLY", ("day", 1): "DAILY"}

    def read(phrase: str) -> list[Claim]:
        out: list[Claim] = []
        for found in ner.extract_time(phrase, time_base=base, with_parsing=True):
            said = found["detail"]["time"]
            if found["type"] == "time_period":
                [(unit, count), *_] = said["delta"].items()
                if (unit, count) == ("year", 0.5):
                    unit, count = "month", 6
                known = every.get((unit, count))
                rule = f"FREQ={known}" if known else f"FREQ={every[(unit, 1)]};INTERVAL={count}"
                out.append(("", "", "", rule))
            elif isinstance(said, list):
                start, end = (part[:10] if part[:1].isdigit() else "" for part in said)
                out.append((start, end, "", ""))
        return out

    return read


def recognizers() -> Reader:
    from datetime import datetime

    from recognizers_date_time import Culture, recognize_datetime

    reference = datetime(ISSUED.year, ISSUED.month, ISSUED.day)
    sets = {"P1Y": "YEARLY", "P1M": "MONTHLY", "P1W": "WEEKLY", "P1D": "DAILY", "P3M": "MONTHLY;INTERVAL=3"}
    sets |= {"P0.5Y": "MONTHLY;INTERVAL=6", "P2M": "MONTHLY;INTERVAL=2", "P2W": "WEEKLY;INTERVAL=2"}

    def read(phrase: str) -> list[Claim]:
        out: list[Claim] = []
        for found in recognize_datetime(phrase, Culture.Chinese, reference=reference):
            for value in (found.resolution or {}).get("values", ()):
                timex = value.get("timex", "")
                if value["type"] == "set":
                    weekday = timex.startswith("XXXX-WXX")
                    out.append(("", "", "", f"FREQ={'WEEKLY' if weekday else sets.get(timex, '?')}"))
                elif value["type"] == "duration":
                    out.append(("", "", timex, ""))
                elif value["type"] == "daterange":
                    end = value.get("end", "")  # its end is the day after
                    last = str(date.fromisoformat(end) - timedelta(days=1)) if end else ""
                    out.append((value.get("start", ""), last, "", ""))
                elif value["type"] == "date":
                    out.append((value["value"], value["value"], "", ""))
        return out

    return read


# name → (how it reads, the line that installs it)
PEERS: dict[str, tuple[Callable[[], Reader], str]] = {
    "JioNLP": (jionlp, "pip install jionlp"),
    "Recognizers-Text": (recognizers, "pip install recognizers-text-date-time 'emoji<2'"),
}


def right(row: dict[str, str], claims: list[Claim]) -> bool:
    """Whether one of the claims is right. A duration may also be claimed as the day it ends on, counted from the issue."""
    if row["kind"] not in KINDS or not any(row[c] for c in ("due_on", "duration", "recurrence")):
        begun = [c for c in claims if c[0] == row["starts_on"]] if row["starts_on"] else []
        return bool(begun) or not any(any(c[:4]) for c in claims)
    if row["kind"] == "due":
        return any(c[1] == row["due_on"] for c in claims)
    if row["kind"] == "window":
        return any(c[:2] == (row["starts_on"], row["due_on"]) for c in claims)
    if row["kind"] == "recurring":
        return any(c[3].split(";BY")[0] == row["recurrence"].split(";BY")[0] for c in claims if c[3])
    return any(c[2] == row["duration"] or _ends(row, c[1]) for c in claims)


def _ends(row: dict[str, str], due: str) -> bool:
    from pipeline.normalize.periods import after
    from pipeline.normalize.workdays import workday

    if not due or row["duration"].startswith("PT"):
        return False
    count = row["duration"][1:-1]
    last = workday(ISSUED, int(count)) if row["working_days"] == "true" else after(ISSUED, row["duration"])
    return last is not None and abs((date.fromisoformat(due) - last).days) <= 1


def exact(row: dict[str, str], claims: list[tuple]) -> bool:
    """Whether every column is as written down, and every further phase of its kind."""
    start, due, duration, recurrence, kind, working = claims[0]
    said = [kind, start, due, duration, recurrence, "" if working is None else str(working).lower()]
    want = [row[c] for c in ("kind", "starts_on", "due_on", "duration", "recurrence", "working_days")]
    return said == want and " ".join(c[4] for c in claims[1:]) == row["then"]


def measure(make: Callable[[], Reader], phrases: list[str]) -> tuple[list[list[Claim]], float]:
    """What a reader makes of every phrase, and microseconds a phrase: the best of some rounds, imports not counted."""
    reader = make()

    def read(phrase: str) -> list[Claim]:
        try:
            return reader(phrase)
        except Exception:  # a peer that fails on a phrase has read nothing
            return []

    claims = [read(phrase) for phrase in phrases]
    best = float("inf")
    for _ in range(TIMES):
        begin = time.perf_counter()
        for phrase in phrases:
            read(phrase)
        best = min(best, time.perf_counter() - begin)
    return claims, best / len(phrases) * 1e6


def elsewhere(name: str, python: str, phrases: list[str]) -> tuple[list[list[Claim]], float] | None:
    """The same in the peers' interpreter; None where the peer is not there."""
    command = [python, str(Path(__file__).resolve()), "--one", name]
    ran = subprocess.run(command, input=json.dumps(phrases), capture_output=True, text=True, check=False)
    if ran.returncode:
        return None
    claims, micros = json.loads(ran.stdout.splitlines()[-1])
    return [[tuple(c) for c in one] for one in claims], micros


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=HERE / "deadlines.csv")
    parser.add_argument("--peers", default=os.environ.get("PEERS") or sys.executable, help="their Python")
    parser.add_argument("--misses", action="store_true", help="what each read wrongly")
    parser.add_argument("--one", choices=PEERS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(PEERS[args.one][0], json.load(sys.stdin))))
        return 0
    with args.file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    phrases = [row["phrase"] for row in rows]
    claims, micros = measure(ours, phrases)
    results = {"taizhang": ([exact(r, c) for r, c in zip(rows, claims, strict=True)], micros)}
    for name, (_, install) in PEERS.items():
        if (there := elsewhere(name, args.peers, phrases)) is None:
            print(f"not measured: {name} → {install}", file=sys.stderr)
            continue
        results[name] = ([right(r, c) for r, c in zip(rows, there[0], strict=True)], there[1])
    groups = {kind: [n for n, row in enumerate(rows) if row["kind"] == kind] for kind in KINDS}
    groups["no date"] = [n for n, row in enumerate(rows) if row["kind"] not in KINDS]
    print(f"| | right of {len(rows)} | µs a phrase | {' | '.join(f'{k} ({len(v)})' for k, v in groups.items())} |")
    print(f"|---|---|---|{'---|' * len(groups)}")
    for name, (good, micros) in results.items():
        each = " | ".join(str(sum(good[n] for n in places)) for places in groups.values())
        print(f"| {name} | {sum(good)} ({sum(good) / len(rows):.1%}) | {micros:.0f} | {each} |")
        if args.misses:
            print(
                *(f"  {name}: {row['phrase']}" for row, ok in zip(rows, good, strict=True) if not ok),
                sep="\n",
                file=sys.stderr,
            )
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))  # the checkout, where taizhang is not installed
    sys.exit(main())
